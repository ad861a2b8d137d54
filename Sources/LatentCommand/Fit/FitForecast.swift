internal import Foundation
internal import Latent

/// How far the starts of a fit are, and how long the rest may take.
///
/// A start that is not done is expected to take as many iterations as those that are done took. Where none is, or where
/// it has passed their number, it goes on as its gains shrink: near a maximum, EM's gains fall by a constant factor.
struct FitForecast {
  /// One start under way.
  private struct Run {
    var number = 0
    var objective = -Double.infinity
    var logLikelihood = -Double.infinity
    /// The gains of the last iterations, the latest last.
    var gains: [Double] = []
    var isDone = false
  }

  /// How many starts there are, as far as that is known.
  private(set) var starts: Int
  private let stopping: StoppingRule
  private var runs: [Int: Run] = [:]

  /// How many gains tell by what factor they shrink.
  private static let memory = 10

  init(starts: Int, stopping: StoppingRule) {
    self.starts = starts
    self.stopping = stopping
  }

  /// Records a point of a start: θ_t with its log-likelihood, and its objective where there is a prior.
  mutating func record(start: Int, number: Int, logLikelihood: Double, objective: Double) {
    starts = max(starts, start + 1)
    var run = runs[start, default: Run()]
    if number > 0 { run.gains = (run.gains + [objective - run.objective]).suffix(Self.memory + 1) }
    run.isDone = number >= stopping.maximumIterations || stopping.isSatisfied(by: [run.objective, objective])
    (run.number, run.objective, run.logLikelihood) = (number, objective, logLikelihood)
    runs[start] = run
  }

  /// How many starts are done.
  var done: Int { runs.values.count { $0.isDone } }

  /// The log-likelihood of the start with the highest objective so far.
  var best: Double { runs.values.max { $0.objective < $1.objective }?.logLikelihood ?? -.infinity }

  /// The latest gain of a start; nil before its first step.
  func gain(ofStart start: Int) -> Double? { runs[start]?.gains.last }

  /// The seconds that all starts together still need, when so many have passed; nil while nobody can say.
  func secondsLeft(elapsed: Double) -> Double? {
    let finished = runs.values.filter(\.isDone)
    let iterations = runs.values.reduce(0) { $0 + $1.number }
    guard iterations > 0 else { return nil }
    let running = runs.values.filter { !$0.isDone }
    let typical: Double
    if finished.isEmpty {
      let expected = running.compactMap { run in left(run).map { Double(run.number) + $0 } }
      guard !expected.isEmpty else { return nil }
      typical = expected.reduce(0, +) / Double(expected.count)
    } else {
      typical = Double(finished.reduce(0) { $0 + $1.number }) / Double(finished.count)
    }
    var rest = typical * Double(starts - runs.count)
    for run in running {
      rest += Double(run.number) < typical ? typical - Double(run.number) : left(run) ?? typical
    }
    return rest * elapsed / Double(iterations)
  }

  /// How many iterations a start still needs as its gains shrink; nil while they do not.
  private func left(_ run: Run) -> Double? {
    let most = Double(stopping.maximumIterations - run.number)
    guard stopping.tolerance > 0 else { return most }
    guard let last = run.gains.last, let first = run.gains.first, run.gains.count > 2, last > 0, last < first else {
      return nil
    }
    let shrinking = log(last / first) / Double(run.gains.count - 1)
    let enough = stopping.tolerance * (1 + run.objective.magnitude)
    return min(most, max(1, log(enough / last) / shrinking))
  }
}

internal import Dispatch
public import LatentInference
public import LatentModels
internal import Synchronization

/// Where a start comes from.
public enum StartOrigin: Hashable, Sendable {
  /// The parameters of a model file, or of whatever else gave the model.
  case file
  /// Drawn at random with this seed.
  case random(seed: UInt64)
  /// Made from clusters of rows, found with this seed.
  case kMeans(seed: UInt64)
}

/// One point from which EM starts.
public struct Start<Model: Sendable>: Sendable {
  /// Where it comes from.
  public let origin: StartOrigin
  /// θ_0.
  public let model: Model

  /// A start at this model.
  public init(origin: StartOrigin, model: Model) {
    self.origin = origin
    self.model = model
  }
}

/// How one start ended.
public struct StartReport: Hashable, Sendable {
  /// The position among the starts.
  public let number: Int
  /// Where it came from: a seed, or the parameters of a file.
  public let origin: StartOrigin
  /// ℓ of its last point.
  public let logLikelihood: Double
  /// ℓ plus the log-prior of its last point.
  public let objective: Double
  /// The number of its M-steps.
  public let iterations: Int
  /// Why it ended.
  public let outcome: FitOutcome
  /// Whether it ended where the likelihood says little about the data, as with a variance at its floor: such a start is
  /// ranked behind all others.
  public let isDegenerate: Bool
  /// The position of the mode where it ended among `modes`.
  public internal(set) var mode: Int
}

/// The error of one start.
public struct StartError: Error {
  /// The position among the starts.
  public let number: Int
  /// What the engine or the driver threw.
  public let underlying: any Error
}

/// EM from several starts: the likelihood has local maxima and saddle points, and one run finds one of them.
public struct Restarts: Hashable, Sendable {
  /// The loop that every start runs.
  public let expectationMaximization: ExpectationMaximization
  /// How many starts run at a time; the result is the same, to the last bit, for any number.
  public let threads: Int

  /// Restarts of this loop on at least one thread.
  public init(_ expectationMaximization: ExpectationMaximization, threads: Int = 1) {
    precondition(threads > 0, "at least one thread")
    self.expectationMaximization = expectationMaximization
    self.threads = threads
  }

  /// The best fit and how every start ended.
  public struct Result<Model: ParametricModel>: Sendable {
    /// The fit with the highest objective; of those that are not degenerate, unless all are.
    public internal(set) var best: Fit<Model>
    /// The position of the best start; of equal ones, the first.
    public let bestStart: Int
    /// One report per start that ran, in order.
    public let reports: [StartReport]
    /// The modes at which starts ended, the best first.
    public let modes: [FitMode]
  }

  private struct Shared<Model: ParametricModel> {
    var next = 0
    var best: (report: StartReport, fit: Fit<Model>)?
    var census = ModeCensus<Model>()
    var failure: StartError?
    var stopped = false
  }

  /// Runs EM from every start.
  ///
  /// - Parameters:
  ///   - starts: at least one.
  ///   - comparison: which fits are the same mode, which are degenerate, and where digits are lost.
  ///   - makeEngine: an engine for one thread.
  ///   - onIteration: called, from several threads, with the position of a start and each of its points; when it asks
  ///     to stop, all starts end at their next point and those that have not begun are left out.
  /// - Throws: `StartError`, with what the engine or the driver threw.
  public func fit<Engine: ExpectationEngine & SendableMetatype>(
    _ starts: [Start<Engine.Model>], prior: Engine.Model.SufficientStatistics? = nil,
    acceleration: Acceleration<Engine.Model> = .none, comparison: FitComparison<Engine.Model> = .objectives,
    makeEngine: @Sendable () -> Engine,
    onIteration: @Sendable (Int, Iteration) -> Continuation = { _, _ in .proceed }
  ) throws -> Result<Engine.Model> {
    try fit(
      starts, prior: prior, acceleration: acceleration, comparison: comparison, further: { _ in [] },
      makeEngine: makeEngine, onIteration: onIteration)
  }

  /// The same, with more starts once these have ended.
  ///
  /// - further: the starts that follow those with these reports; none, to end.
  func fit<Engine: ExpectationEngine & SendableMetatype>(
    _ starts: [Start<Engine.Model>], prior: Engine.Model.SufficientStatistics?,
    acceleration: Acceleration<Engine.Model>, comparison: FitComparison<Engine.Model>,
    further: ([StartReport]) throws -> [Start<Engine.Model>], makeEngine: @Sendable () -> Engine,
    onIteration: @Sendable (Int, Iteration) -> Continuation
  ) throws -> Result<Engine.Model> {
    precondition(!starts.isEmpty, "at least one start")
    let shared = Mutex(Shared<Engine.Model>())
    var (starts, begun) = (starts, 0)
    while begun < starts.count {
      let waiting = starts[begun...]
      DispatchQueue.concurrentPerform(iterations: min(threads, waiting.count)) { _ in
        var engine = makeEngine()
        while let number = Self.nextStart(shared, end: waiting.endIndex) {
          run(
            waiting[number], number, &engine, prior: prior, acceleration: acceleration, comparison, shared, onIteration)
        }
      }
      begun = starts.count
      let (failure, wasStopped, census) = shared.withLock { ($0.failure, $0.stopped, $0.census) }
      if let failure { throw failure }
      if !wasStopped { starts += try further(census.ranked(comparison).reports) }
    }
    let (best, census) = shared.withLock { ($0.best, $0.census) }
    guard let best else { preconditionFailure("every start ends with a fit or an error") }
    let (reports, modes) = census.ranked(comparison)
    return Result(best: best.fit, bestStart: best.report.number, reports: reports, modes: modes)
  }

  /// Runs EM from one start and records how it ended.
  private func run<Engine: ExpectationEngine>(
    _ start: Start<Engine.Model>, _ number: Int, _ engine: inout Engine,
    prior: Engine.Model.SufficientStatistics?, acceleration: Acceleration<Engine.Model>,
    _ comparison: FitComparison<Engine.Model>, _ shared: borrowing Mutex<Shared<Engine.Model>>,
    _ onIteration: @Sendable (Int, Iteration) -> Continuation
  ) {
    do {
      let fit = try expectationMaximization.fit(
        start.model, with: &engine, prior: prior, acceleration: acceleration,
        falls: .endTheRun(at: comparison.losesDigits)
      ) { iteration in
        let wish = onIteration(number, iteration)
        return shared.withLock {
          if wish == .stop { $0.stopped = true }
          return $0.stopped ? .stop : .proceed
        }
      }
      shared.withLock { Self.record(fit, number: number, start.origin, comparison, in: &$0) }
    } catch {
      shared.withLock {
        if $0.failure.map({ number < $0.number }) ?? true {
          $0.failure = StartError(number: number, underlying: error)
        }
      }
    }
  }

  private static func nextStart<Model>(_ shared: borrowing Mutex<Shared<Model>>, end: Int) -> Int? {
    shared.withLock {
      guard $0.next < end, !$0.stopped || $0.next == 0, $0.failure == nil else { return nil }
      $0.next += 1
      return $0.next - 1
    }
  }

  private static func record<Model>(
    _ fit: Fit<Model>, number: Int, _ origin: StartOrigin, _ comparison: FitComparison<Model>,
    in shared: inout Shared<Model>
  ) {
    let report = StartReport(
      number: number, origin: origin, logLikelihood: fit.logLikelihood, objective: fit.objective,
      iterations: fit.iterations, outcome: fit.outcome, isDegenerate: comparison.isDegenerate(fit), mode: 0)
    shared.census.add(fit, report, comparison)
    if let best = shared.best, !report.isBetter(than: best.report) { return }
    shared.best = (report, fit)
  }
}

extension Restarts {
  /// Runs EM for a network from every start, on rows that were compiled once for all of them.
  public func fit(
    _ starts: [Start<BayesianNetwork>], of circuit: Circuit, prior: Statistics? = nil,
    acceleration: Acceleration<BayesianNetwork> = .none, comparison: FitComparison<BayesianNetwork> = .objectives,
    onIteration: @Sendable (Int, Iteration) -> Continuation = { _, _ in .proceed }
  ) throws -> Result<BayesianNetwork> {
    try fit(
      starts, of: circuit, prior: prior, acceleration: acceleration, comparison: comparison, further: { _ in [] },
      onIteration: onIteration)
  }

  /// The same, with more starts once these have ended.
  func fit(
    _ starts: [Start<BayesianNetwork>], of circuit: Circuit, prior: Statistics?,
    acceleration: Acceleration<BayesianNetwork>, comparison: FitComparison<BayesianNetwork>,
    further: ([StartReport]) throws -> [Start<BayesianNetwork>],
    onIteration: @Sendable (Int, Iteration) -> Continuation
  ) throws -> Result<BayesianNetwork> {
    let threadsPerStart = max(1, threads / starts.count)
    return try fit(
      starts, prior: prior, acceleration: acceleration, comparison: comparison, further: further,
      makeEngine: { ComponentEngine(circuit, threads: threadsPerStart) }, onIteration: onIteration)
  }
}

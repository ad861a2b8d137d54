internal import Latent
internal import Synchronization

/// One line on the terminal, redrawn while EM runs.
final class FitProgress: Sendable {
  private struct State {
    var drawn = ContinuousClock.now
    var isVisible = false
    var forecast: FitForecast
  }

  private let console: Console
  private let begin = ContinuousClock.now
  private let state: Mutex<State>

  init(starts: Int, stopping: StoppingRule, console: Console) {
    self.console = console
    state = Mutex(State(forecast: FitForecast(starts: starts, stopping: stopping)))
  }

  /// Draws the line, at most ten times a second.
  func update(start: Int, _ iteration: Iteration) {
    guard console.drawsProgress else { return }
    state.withLock { state in
      state.forecast.record(
        start: start, number: iteration.number, logLikelihood: iteration.logLikelihood, objective: iteration.objective)
      let now = ContinuousClock.now
      guard now - state.drawn > .milliseconds(100) else { return }
      state.drawn = now
      state.isVisible = true
      let line = Self.line(
        state.forecast, starts: state.forecast.starts, start: start, iteration: iteration.number,
        elapsed: (now - begin) / .seconds(1))
      Console.writeToStandardError("\r\u{1B}[K\(line)")
    }
  }

  /// What the line says at a point of a start: of one start how far it is, of many how many are done.
  static func line(
    _ forecast: FitForecast, starts: Int, start: Int, iteration: Int, elapsed: Double
  ) -> String {
    var parts = [
      starts > 1 ? "\(forecast.done) of \(starts) starts done" : "iteration \(iteration)",
      "\(starts > 1 ? "best " : "")log-likelihood \(fixed(forecast.best, 6))",
    ]
    if starts > 1 { parts.append("start \(start + 1) at iteration \(iteration)") }
    if starts == 1, let gain = forecast.gain(ofStart: start) {
      parts.append("gained \(Numerals.significant(gain, digits: 2))")
    }
    if let left = forecast.secondsLeft(elapsed: elapsed) { parts.append("about \(shown(wait: left)) left") }
    return parts.joined(separator: ", ")
  }

  /// Clears the line.
  func finish() {
    state.withLock { state in
      if state.isVisible { Console.writeToStandardError("\r\u{1B}[K") }
      state.isVisible = false
    }
  }
}

/// A time to wait, as exactly as one can know it: seconds, minutes, hours or days.
private func shown(wait seconds: Double) -> String {
  switch seconds {
  case ..<100: counted(max(1, Int(seconds.rounded())), "second")
  case ..<6000: "\(Int((seconds / 60).rounded())) minutes"
  case ..<172_800: "\(Int((seconds / 3600).rounded())) hours"
  default: "\(fixed(seconds / 86_400, 0)) days"
  }
}

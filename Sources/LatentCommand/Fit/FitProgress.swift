internal import Latent
internal import Synchronization

/// One line on the terminal, redrawn while EM runs.
final class FitProgress: Sendable {
  private struct State {
    var drawn = ContinuousClock.now
    var isVisible = false
    var last: [Int: Double] = [:]
  }

  private let starts: Int
  private let console: Console
  private let state = Mutex(State())

  init(starts: Int, console: Console) {
    self.starts = starts
    self.console = console
  }

  /// Draws the line, at most ten times a second.
  func update(start: Int, _ iteration: Iteration) {
    guard console.drawsProgress else { return }
    state.withLock { state in
      let gain = state.last[start].map { iteration.objective - $0 }
      state.last[start] = iteration.objective
      let now = ContinuousClock.now
      guard now - state.drawn > .milliseconds(100) else { return }
      state.drawn = now
      state.isVisible = true
      var line = starts > 1 ? "start \(start + 1) of \(starts), " : ""
      line += "iteration \(iteration.number), log-likelihood \(fixed(iteration.logLikelihood, 6))"
      if let gain { line += ", gained \(Numerals.significant(gain, digits: 2))" }
      Console.writeToStandardError("\r\u{1B}[K\(line)")
    }
  }

  /// Clears the line.
  func finish() {
    state.withLock { state in
      if state.isVisible { Console.writeToStandardError("\r\u{1B}[K") }
      state.isVisible = false
    }
  }
}

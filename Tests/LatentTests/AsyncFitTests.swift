import Latent
import LatentTestSupport
import Synchronization
import Testing

/// Fits from asynchronous code.
@Suite struct AsyncFitTests {
  private static func problem() throws -> (model: Model, table: Table) {
    let model = try Model(variables: ["h": .latent(2), "a": ["n", "y"], "b": ["n", "y"]], edges: ["h -> *"])
    let table = try Table(
      ["a": ["n", "y", "y", nil, "n"], "b": ["n", "y", nil, "n", "n"]], weights: [40, 30, 5, 5, 20], for: model)
    return (model, table)
  }

  private func synchronous(_ model: Model, _ table: Table, _ options: FitOptions) throws -> ModelFit {
    try model.fit(to: table, starts: 2, options: options)
  }

  @Test func isTheSynchronousFit() async throws {
    let (model, table) = try Self.problem()
    let points = Mutex(0)
    let fit = try await model.fit(to: table, starts: 2) { _, _ in
      points.withLock { $0 += 1 }
      return .proceed
    }
    let expected = try synchronous(model, table, FitOptions())
    #expect(fit.network == expected.network)
    #expect(fit.starts == expected.starts)
    #expect(points.withLock { $0 } == expected.starts.reduce(0) { $0 + $1.iterations + 1 })
  }

  @Test func cancellationGivesTheBestSoFar() async throws {
    let (model, table) = try Self.problem()
    var options = FitOptions()
    options.stopping = StoppingRule(maximumIterations: .max, tolerance: 0)
    let (points, continuation) = AsyncStream.makeStream(of: Int.self)
    let task = Task { [options] in
      try await model.fit(to: table, starts: 3, options: options) { _, iteration in
        continuation.yield(iteration.number)
        return .proceed
      }
    }
    for await number in points where number == 5 {
      task.cancel()
      break
    }
    let fit = try await task.value
    #expect(fit.outcome == .interrupted)
    #expect(fit.trace.count >= 6)
    #expect(try fit.network.logLikelihood(of: table) == fit.logLikelihood)
  }

  /// Rows that wait until a task was cancelled.
  private struct SlowRows: RowSource {
    let table: Table
    let cancelled: Cancelled

    var schema: Schema { table.schema }

    func forEachBlock(_ body: (Table) throws -> Void) throws {
      while !cancelled.flag.load(ordering: .relaxed) {}
      try body(table)
    }
  }

  private final class Cancelled: Sendable {
    let flag = Atomic(false)
  }

  @Test func cancellationWhileReadingThrows() async throws {
    let (model, table) = try Self.problem()
    let cancelled = Cancelled()
    let rows = SlowRows(table: table, cancelled: cancelled)
    let task = Task { try await model.fit(to: rows) }
    task.cancel()
    // The handler of the cancellation has run when `cancel` returns, or runs before the task reads.
    cancelled.flag.store(true, ordering: .relaxed)
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func errorsComeThrough() async throws {
    let (model, _) = try Self.problem()
    await #expect(throws: FitError.noRows) { try await model.fit(to: Table([:], for: model)) }
  }
}

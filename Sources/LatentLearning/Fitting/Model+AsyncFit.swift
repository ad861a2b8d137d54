internal import Dispatch
public import LatentData
public import LatentModels
internal import Synchronization

extension Model {
  /// Learns the parameters as the synchronous `fit` does, away from the caller's executor: neither the actor that calls
  /// nor a thread of the cooperative pool is held up.
  ///
  /// ```swift
  /// let task = Task { try await model.fit(to: votes, starts: 100) }
  /// task.cancel()
  /// let fit = try await task.value  // the best so far; its outcome is .interrupted
  /// ```
  ///
  /// When the task is cancelled while EM runs, all starts end at their next point, and the best fit so far is returned;
  /// its `outcome` is `.interrupted`. When it is cancelled before there is such a point, while rows are read, the call
  /// throws `CancellationError`.
  ///
  /// - Parameters:
  ///   - rows: a table, or any other source of rows; read on another thread.
  ///   - starts: from where, and how often; a number means so many starts.
  ///   - seed: that of the first random start; the next ones count on from it.
  ///   - options: when to stop, prior, acceleration, threads, memory.
  ///   - onIteration: progress: called, from several threads, with the position of a start and each of its points; may
  ///     ask to stop.
  /// - Throws: as the synchronous `fit`, and `CancellationError`.
  public func fit(
    to rows: some RowSource & Sendable, starts: StartPolicy = .standard, seed: UInt64 = 1,
    options: FitOptions = FitOptions(),
    onIteration: @escaping @Sendable (_ start: Int, Iteration) -> Continuation = { _, _ in .proceed }
  ) async throws -> ModelFit {
    let cancellation = Cancellation()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global().async {
          continuation.resume(
            with: Result {
              try synchronousFit(
                to: CancellableRows(rows: rows, cancellation: cancellation), starts: starts, seed: seed,
                options: options
              ) { start, iteration in
                let wish = onIteration(start, iteration)
                return cancellation.isRequested ? .stop : wish
              }
            })
        }
      }
    } onCancel: {
      cancellation.request()
    }
  }

  /// The synchronous overload, by a name that no asynchronous one has.
  private func synchronousFit(
    to rows: some RowSource, starts: StartPolicy, seed: UInt64, options: FitOptions,
    onIteration: @Sendable (Int, Iteration) -> Continuation
  ) throws -> ModelFit {
    try fit(to: rows, starts: starts, seed: seed, options: options, onIteration: onIteration)
  }
}

/// Whether a task was cancelled, for threads that are not part of it.
private final class Cancellation: Sendable {
  private let flag = Atomic(false)

  var isRequested: Bool { flag.load(ordering: .relaxed) }

  func request() { flag.store(true, ordering: .relaxed) }
}

/// Rows whose reading ends when a task is cancelled.
private struct CancellableRows<Rows: RowSource>: RowSource {
  let rows: Rows
  let cancellation: Cancellation

  var schema: Schema { rows.schema }

  func forEachBlock(_ body: (Table) throws -> Void) throws {
    try rows.forEachBlock { block in
      if cancellation.isRequested { throw CancellationError() }
      try body(block)
    }
    if cancellation.isRequested { throw CancellationError() }
  }
}

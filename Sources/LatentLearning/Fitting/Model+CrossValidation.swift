package import LatentData
internal import LatentInference
internal import LatentKernels
package import LatentModels

extension Model {
  /// How well the model predicts rows that it was not learned from: the log-likelihood of each fold under the parameters
  /// learned from the others, summed over the folds. It is −∞ when a fold has a row that the others make impossible, and
  /// nil when `onIteration` asked to stop.
  ///
  /// Rows are shuffled and dealt to the folds in turn. The same seed deals the same rows to the same folds, whatever the
  /// model, so that models can be compared.
  ///
  /// - Parameters:
  ///   - folds: at least 2, at most as many as there are rows.
  ///   - seed: that of the shuffle, and of the first start of each fit.
  /// - Throws: as `fit(to:starts:seed:options:onIteration:)`.
  /// - Complexity: a fit for each fold.
  package func crossValidatedLogLikelihood(
    of table: Table, folds: Int, starts: StartPolicy = .standard, seed: UInt64 = 1, options: FitOptions = FitOptions(),
    onIteration: @Sendable (_ start: Int, Iteration) -> Continuation = { _, _ in .proceed }
  ) throws -> Double? {
    precondition((2...max(2, table.rowCount)).contains(folds), "at least 2 folds, at most one per row")
    var random = SplitMix64(seed: seed)
    let order = Array(0..<table.rowCount).shuffled(using: &random)
    var sum = 0.0
    for fold in 0..<folds {
      func rows(_ isWanted: (Int) -> Bool) -> Table {
        table.selecting(order.indices.filter { isWanted($0 % folds) }.map { order[$0] }.sorted())
      }
      let fit = try fit(
        to: rows { $0 != fold }, starts: starts, seed: seed, options: options, onIteration: onIteration)
      guard fit.outcome != .interrupted else { return nil }
      sum += try fit.network.logLikelihood(of: rows { $0 == fold }, limit: options.memory)
    }
    return sum
  }
}

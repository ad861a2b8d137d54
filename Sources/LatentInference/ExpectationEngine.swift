public import LatentModels

/// The E-step: compiled once for a structure and its data, then asked once per iteration.
public protocol ExpectationEngine<Model> {
  associatedtype Model: ParametricModel

  /// Adds E[statistics | observed, model] to `statistics`.
  ///
  /// - Returns: log p(observed | model), the log-likelihood of the very parameters that the statistics belong to.
  mutating func expect(
    under model: Model, into statistics: inout Model.SufficientStatistics
  ) throws -> Double
}

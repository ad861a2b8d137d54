/// A model that is learned from sufficient statistics: what the M-step needs, and nothing else.
public protocol ParametricModel: Sendable {
  /// Sums over rows of (expected) sufficient statistics.
  associatedtype SufficientStatistics: AdditiveStatistics

  /// The statistics of no data.
  var emptyStatistics: SufficientStatistics { get }

  /// The log-likelihood of complete data with these statistics, up to a constant of the data:
  /// for a network Σ N · log θ, where 0 · log 0 is 0. Of pseudo-counts it is the log-prior up to a constant.
  func score(_ statistics: SufficientStatistics) -> Double

  /// Replaces the parameters by those that maximise `score` of these statistics: the M-step.
  mutating func maximize(from statistics: SufficientStatistics)
}

/// Statistics that add up: over rows, over parts of the data, and with the pseudo-counts of a prior.
public protocol AdditiveStatistics: Sendable {
  static func += (a: inout Self, b: Self)
}

extension Double: AdditiveStatistics {}

public import LatentData

/// How a normal distribution of several numbers spreads.
public enum Covariance: String, Hashable, Sendable, CaseIterable {
  /// A covariance matrix of its own in every configuration of the parents.
  case full
  /// Variances of their own in every configuration, no covariances.
  case diagonal
  /// One covariance matrix for all configurations.
  case tied
  /// One variance per configuration for all numbers, no covariances.
  case spherical
}

/// How the children of a family depend on its parents.
public enum Law: Hashable, Sendable {
  /// A conditional probability table: one distribution over the child's states per configuration of the parents.
  case table
  /// A normal distribution per configuration of the parents, of one number or of a block of columns.
  case gaussian(Covariance)
  /// A Poisson distribution per configuration of the parents.
  case poisson

  /// The law of a variable that is described by nothing but what its cells hold.
  public init(of domain: Domain) {
    switch domain {
    case .states: self = .table
    case .real: self = .gaussian(.full)
    case .count: self = .poisson
    }
  }

  /// What the law does; it and `numericBehavior` are the one place where a law is chosen by its case.
  ///
  /// - children: how many children the family has.
  /// - cardinality: how many states the child has, where it has states.
  func behavior(children: Int, cardinality: Int) -> any ConditionalLaw {
    numericBehavior(children: children) ?? TableLaw(cardinality: cardinality)
  }

  /// What a law of numbers does; nil for a table.
  func numericBehavior(children: Int) -> (any NumericLaw)? {
    switch self {
    case .table: nil
    case .gaussian(let covariance): GaussianLaw(covariance, dimension: children)
    case .poisson: PoissonLaw()
    }
  }
}

/// Which parameters of a family learning chooses.
package enum Learning: Hashable, Sendable {
  case nothing
  /// All but the means.
  case spread
  case everything
}

/// What a kind of conditional distribution does. It knows the size of its family and nothing else: numbers come in as
/// rows, one per configuration of the discrete parents, end to end.
package protocol ConditionalLaw: Sendable {
  /// How many parameters a row has.
  var parameterCount: Int { get }

  /// How many expected statistics a row has.
  var statisticsCount: Int { get }

  /// What each parameter of a row is called.
  func labels(of children: [Variable]) -> [String]

  /// The first row that is unusable, and what makes it so; nil when nothing does.
  func flaw(in rows: [Double]) -> (row: Int, flaw: ParameterError.Flaw)?

  /// How many numbers learning may choose.
  ///
  /// - isStructuralZero: whether a parameter, counted from the first row on, is 0 by the structure of the model.
  func freeParameters(rows: Int, _ learning: Learning, isStructuralZero: (Int) -> Bool) -> Int

  /// E[log p(children | parents)] summed over rows that have these statistics: Σ N · log θ for a table.
  func score(
    _ parameters: UnsafeBufferPointer<Double>, _ statistics: UnsafeBufferPointer<Double>, _ axes: [Frame.Axis]
  ) -> Double

  /// Replaces each row by the one that maximises `score`; rows without any weight stay as they are.
  func maximize(
    _ parameters: UnsafeMutableBufferPointer<Double>, from statistics: UnsafeBufferPointer<Double>,
    _ learning: Learning, _ axes: [Frame.Axis])

  /// The summed weight of the rows that a row of statistics came from.
  func weight(of statistics: ArraySlice<Double>) -> Double
}

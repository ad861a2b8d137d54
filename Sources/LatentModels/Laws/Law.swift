public import LatentData

/// How the child of a family depends on its parents.
public enum Law: Hashable, Sendable {
  /// A conditional probability table: one distribution over the child's states per configuration of the parents.
  case table
  /// A normal distribution per configuration of the parents.
  case gaussian

  /// The law of a variable that is described by nothing but what its cells hold.
  public init(of domain: Domain) {
    switch domain {
    case .states: self = .table
    case .real: self = .gaussian
    }
  }

  /// What the law does: the one place where a law is chosen by its case.
  package var behavior: any ConditionalLaw {
    switch self {
    case .table: TableLaw()
    case .gaussian: GaussianLaw()
    }
  }
}

/// What a kind of conditional distribution does. It has no state: numbers come in as rows, one per configuration of the
/// discrete parents, end to end.
package protocol ConditionalLaw: Sendable {
  /// How many parameters a row has.
  func parameterCount(of child: Variable) -> Int

  /// How many expected statistics a row has.
  func statisticsCount(of child: Variable) -> Int

  /// What each parameter of a row is called.
  func labels(of child: Variable) -> [String]

  /// What makes a row unusable; nil when nothing does.
  func flaw(in row: ArraySlice<Double>) -> ParameterError.Flaw?

  /// How many numbers of a row learning may choose.
  ///
  /// - isStructuralZero: whether a parameter, one of those that the range numbers, is 0 by the structure of the model.
  func freeParameters(in row: Range<Int>, isStructuralZero: (Int) -> Bool) -> Int

  /// E[log p(child | parents)] summed over rows that have these statistics: Σ N · log θ for a table.
  func score(_ parameters: UnsafeBufferPointer<Double>, _ statistics: UnsafeBufferPointer<Double>, _ axis: Frame.Axis)
    -> Double

  /// Replaces each row by the one that maximises `score`; rows without any weight stay as they are.
  ///
  /// - width: how many parameters a row has.
  func maximize(
    _ parameters: UnsafeMutableBufferPointer<Double>, from statistics: UnsafeBufferPointer<Double>, width: Int,
    _ axis: Frame.Axis)

  /// The summed weight of the rows that a row of statistics came from.
  func weight(of statistics: ArraySlice<Double>) -> Double
}

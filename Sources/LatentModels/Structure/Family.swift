public import LatentData

/// A variable, its parents, and how it depends on them.
public struct Family: Hashable, Sendable {
  /// The variable that the parameters are about.
  public let child: VariableID
  /// The parents, in the order of the table's axes.
  public let parents: [VariableID]
  /// How the child depends on the parents.
  public let law: Law
  /// How many joint states the parents have.
  public let configurations: Int
  /// Where the parameters stand in the flat vector: a row per configuration.
  public let parameters: Range<Int>
  /// Where the expected statistics stand in theirs: a row per configuration.
  public let statistics: Range<Int>

  /// How many parameters a row has.
  public var width: Int { parameters.count / configurations }

  /// The positions of the parameters in one configuration of the parents.
  public func parameters(in configuration: Int) -> Range<Int> { row(configuration, of: parameters) }

  /// The positions of the statistics in one configuration of the parents.
  public func statistics(in configuration: Int) -> Range<Int> { row(configuration, of: statistics) }

  private func row(_ configuration: Int, of rows: Range<Int>) -> Range<Int> {
    let width = rows.count / configurations
    let start = rows.lowerBound + configuration * width
    return start..<start + width
  }
}

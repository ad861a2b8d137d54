public import LatentData

/// A variable or a block of columns, its parents, and how it depends on them.
public struct Family: Hashable, Sendable {
  /// The name of the child, or of the block.
  public let name: String
  /// The variables that the parameters are about: one, or the columns of a block.
  public let children: [VariableID]
  /// The parents, in the order of the table's axes.
  public let parents: [VariableID]
  /// The parents of the previous step of a sequence, behind the other parents; none for a family that is the same in all
  /// steps.
  public let lags: [VariableID]
  /// How the children depend on the parents.
  public let law: Law
  /// How many rows the parameters have: one for each joint state of the parents. Where there are parents of the previous
  /// step, first come the rows of the first step, `initialConfigurations` of them, then those of the later steps.
  public let configurations: Int
  /// How many joint states the parents have, those of the previous step left out.
  public let initialConfigurations: Int
  /// Where the parameters stand in the flat vector: a row per configuration.
  public let parameters: Range<Int>
  /// Where the expected statistics stand in theirs: a row per configuration.
  public let statistics: Range<Int>

  /// The child, or the first column of a block.
  public var child: VariableID { children[0] }

  /// Whether the family is a table.
  public var isTable: Bool { law == .table }

  /// The positions of the parameters of the first step.
  package var initialParameters: Range<Int> { parameters.prefix(initialConfigurations * width) }

  /// The configuration of the parents and those of the previous step, by what either of them add up to.
  package func configuration(_ parents: Int, previous: Int) -> Int {
    initialConfigurations + parents * (configurations / initialConfigurations - 1) + previous
  }

  /// The configuration of the parents, those of the previous step left out, that a row is about.
  package func parentConfiguration(ofRow row: Int) -> Int {
    row < initialConfigurations
      ? row : (row - initialConfigurations) / (configurations / initialConfigurations - 1)
  }

  /// How many parameters a row has.
  public var width: Int { parameters.count / configurations }

  /// What the law does with rows of this width.
  package var behavior: any ConditionalLaw { law.behavior(children: children.count, cardinality: width) }

  /// What the law does with numbers; nil for a table.
  package var numericBehavior: (any NumericLaw)? { law.numericBehavior(children: children.count) }

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

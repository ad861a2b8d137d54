public import LatentData

/// The parameters of one family, seen as a table: a row per configuration of the parents, and in it the probabilities of
/// the child's states, or the mean and variance of its numbers.
public struct ConditionalTable: Hashable, Sendable {
  /// The variable that the table is about.
  public let child: Variable
  /// Its parents; the first varies slowest from row to row.
  public let parents: [Variable]
  /// How the child depends on the parents.
  public let law: Law
  /// What the cells of a row are called: the states of the child, or `mean` and `variance`.
  public let labels: [String]
  /// All cells, row by row.
  public let cells: [Double]

  /// The table of a family with these parameters, laid out as `NetworkStructure` says.
  package init(_ schema: Schema, _ family: Family, cells: [Double]) {
    child = schema[family.child]
    parents = family.parents.map { schema[$0] }
    law = family.law
    labels = law.behavior.labels(of: child)
    self.cells = cells
  }

  /// The number of rows.
  public var rowCount: Int { cells.count / labels.count }

  /// The positions of a row in `cells`.
  public func range(ofRow row: Int) -> Range<Int> { row * labels.count..<(row + 1) * labels.count }

  /// The cells of a row.
  public subscript(row: Int) -> ArraySlice<Double> { cells[range(ofRow: row)] }

  /// The rows in order.
  public var rows: some Collection<ArraySlice<Double>> { (0..<rowCount).lazy.map { self[$0] } }

  /// The states of the parents in a row, as labels.
  public func parentStates(ofRow row: Int) -> [String] {
    zip(parents, MixedRadix(parents.map(\.cardinality)).digits(of: row)).map { $0.states[$1] }
  }

  /// The states of the parents in a row, in words: `smoke=yes, bronc=no`.
  public func caption(ofRow row: Int) -> String {
    zip(parents, parentStates(ofRow: row)).map { "\($0.name)=\($1)" }.joined(separator: ", ")
  }

  /// The first row that cannot be a distribution, and why; nil when all can.
  package var flaw: (row: Int, error: ParameterError)? {
    let behavior = law.behavior
    for (row, cells) in rows.enumerated() {
      guard let flaw = behavior.flaw(in: cells) else { continue }
      return (row, .row(flaw, variable: child.name, configuration: caption(ofRow: row)))
    }
    return nil
  }
}

extension Model {
  /// The table of a variable; nil where the model has no parameters for it.
  public func table(of id: VariableID) -> ConditionalTable? {
    parameters[id.index].map { ConditionalTable(schema, structure.family(of: id), cells: $0) }
  }
}

extension BayesianNetwork {
  /// The table of a variable.
  public func table(of id: VariableID) -> ConditionalTable {
    ConditionalTable(schema, structure.family(of: id), cells: Array(parameters(of: id)))
  }
}

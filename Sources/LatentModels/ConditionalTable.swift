public import LatentData

/// The parameters of one family, seen as a table: a row per configuration of the parents, and in it the probabilities of
/// the child's states, or the parameters of its numbers.
public struct ConditionalTable: Hashable, Sendable {
  /// The name of the variable or block that the table is about.
  public let name: String
  /// The variables that the table is about: one, or the columns of a block.
  public let children: [Variable]
  /// Its parents; the first varies slowest from row to row.
  public let parents: [Variable]
  /// Its parents of the previous step; where there are any, first come the rows of the first step.
  public let lags: [Variable]
  /// How the child depends on the parents.
  public let law: Law
  /// What the cells of a row are called: the states of the child, `mean` and `variance`, or `rate`; in a block of columns
  /// the means, and the lower triangle of the covariance.
  public let labels: [String]
  /// All cells, row by row.
  public let cells: [Double]

  /// The table of a family with these parameters, laid out as `NetworkStructure` says.
  package init(_ schema: Schema, _ family: Family, cells: [Double]) {
    name = family.name
    children = family.children.map { schema[$0] }
    parents = family.parents.map { schema[$0] }
    lags = family.lags.map { schema[$0] }
    law = family.law
    labels = family.behavior.labels(of: children)
    self.cells = cells
  }

  /// The variable that the table is about, or the first column of a block.
  public var child: Variable { children[0] }

  /// The number of rows.
  public var rowCount: Int { cells.count / labels.count }

  /// The positions of a row in `cells`.
  public func range(ofRow row: Int) -> Range<Int> { row * labels.count..<(row + 1) * labels.count }

  /// The cells of a row.
  public subscript(row: Int) -> ArraySlice<Double> { cells[range(ofRow: row)] }

  /// The rows in order.
  public var rows: some Collection<ArraySlice<Double>> { (0..<rowCount).lazy.map { self[$0] } }

  /// How many rows are about the first step of a sequence only.
  public var initialRowCount: Int { lags.isEmpty ? 0 : parents.reduce(1) { $0 * $1.cardinality } }

  /// The states of the parents in a row, as labels; of a later step of a sequence, those of the previous step follow.
  public func parentStates(ofRow row: Int) -> [String] {
    let isLater = row >= initialRowCount
    let parents = isLater ? parents + lags : parents
    let digits = MixedRadix(parents.map(\.cardinality)).digits(of: isLater ? row - initialRowCount : row)
    return zip(parents, digits).map { $0.states[$1] }
  }

  /// What the axes of the rows are called: the parents, and those of the previous step as `climate[t-1]`.
  package var axisNames: [String] { parents.map(\.name) + lags.map { "\($0.name)[t-1]" } }

  /// The state of each axis in a row; the previous step of a first step has none.
  package func axisStates(ofRow row: Int) -> [String] {
    let states = parentStates(ofRow: row)
    return states + repeatElement(Dynamics.firstStep, count: axisNames.count - states.count)
  }

  /// The states of the parents in a row, in words: `smoke=yes, bronc=no`, and `first step` or `climate[t-1]=cold` in a
  /// sequence.
  public func caption(ofRow row: Int) -> String {
    let states = zip(axisNames, parentStates(ofRow: row)).map { "\($0)=\($1)" }
    return (states + (row < initialRowCount ? [Dynamics.firstStep] : [])).joined(separator: ", ")
  }

  /// The first row that cannot be a distribution, and why; nil when all can.
  package var flaw: (row: Int, error: ParameterError)? {
    law.behavior(children: children.count, cardinality: labels.count).flaw(in: cells).map {
      ($0.row, .row($0.flaw, variable: name, configuration: caption(ofRow: $0.row)))
    }
  }
}

extension Model {
  /// The table of a variable; nil where the model has no parameters for it.
  public func table(of id: VariableID) -> ConditionalTable? {
    parameters[structure.familyIndex(of: id)].map { ConditionalTable(schema, structure.family(of: id), cells: $0) }
  }
}

extension BayesianNetwork {
  /// The table of a variable.
  public func table(of id: VariableID) -> ConditionalTable {
    ConditionalTable(schema, structure.family(of: id), cells: Array(parameters(of: id)))
  }
}

public import LatentData

/// The parameters of one family, seen as a table: a row per configuration of the parents, and in it the probabilities of
/// the child's states, or the mean and variance of its numbers.
public struct ConditionalTable: Hashable, Sendable {
  /// The variable that the table is about.
  public let child: Variable
  /// Its parents; the first varies slowest from row to row.
  public let parents: [Variable]
  /// What the cells of a row are called: the states of the child, or `mean` and `variance`.
  public let labels: [String]
  /// All cells, row by row.
  public let cells: [Double]

  /// The table of a variable with these parameters, laid out as `NetworkStructure` says.
  init(_ structure: NetworkStructure, _ id: VariableID, cells: [Double]) {
    let family = structure.family(of: id)
    child = structure.schema[id]
    parents = family.parents.map { structure.schema[$0] }
    labels = family.law.behavior.labels(of: child)
    self.cells = cells
  }

  /// The number of rows.
  public var rowCount: Int { cells.count / labels.count }

  /// The cells of a row.
  public subscript(row: Int) -> ArraySlice<Double> { cells[row * labels.count..<(row + 1) * labels.count] }

  /// The rows in order.
  public var rows: some Collection<ArraySlice<Double>> { (0..<rowCount).lazy.map { self[$0] } }

  /// The states of the parents in a row, as labels.
  public func parentStates(ofRow row: Int) -> [String] {
    var rest = row
    var states: [String] = []
    for parent in parents.reversed() {
      states.append(parent.states[rest % parent.cardinality])
      rest /= parent.cardinality
    }
    return states.reversed()
  }

  /// The states of the parents in a row, in words: `smoke=yes, bronc=no`.
  public func caption(ofRow row: Int) -> String {
    zip(parents, parentStates(ofRow: row)).map { "\($0.name)=\($1)" }.joined(separator: ", ")
  }
}

extension Model {
  /// The table of a variable; nil where the model has no parameters for it.
  public func table(of id: VariableID) -> ConditionalTable? {
    parameters[id.index].map { ConditionalTable(structure, id, cells: $0) }
  }
}

extension BayesianNetwork {
  /// The table of a variable.
  public func table(of id: VariableID) -> ConditionalTable {
    ConditionalTable(structure, id, cells: Array(parameters(of: id)))
  }
}

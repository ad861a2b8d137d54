public import LatentData

/// A model as a file states it: a structure, what is known of its variables, and parameters where there are any.
public struct Model: Hashable, Sendable {
  /// The name of the network, where the format has one.
  public var name: String
  /// Variables, edges and the layout of the tables.
  public let structure: NetworkStructure
  /// The variables that the file declares latent; formats that cannot say so leave it empty.
  public var latent: Set<VariableID>
  /// The variables whose parameters are not learned.
  public var fixed: Set<VariableID>
  /// The table of each variable in schema order, child fastest, first parent slowest; nil where the file has none.
  public var tables: [[Double]?]

  /// Creates a description; a table that is present has as many cells as its family, and rows that sum to 1.
  public init(
    name: String, structure: NetworkStructure, latent: Set<VariableID> = [],
    fixed: Set<VariableID> = [], tables: [[Double]?]
  ) throws(ParameterError) {
    precondition(tables.count == structure.schema.count, "one entry per variable")
    for (id, table) in zip(structure.schema.ids, tables) {
      guard let table else { continue }
      precondition(table.count == structure.range(of: id).count, "one number per cell of the table")
      try ParameterError.check(table[...], of: id, in: structure)
    }
    self.name = name
    self.structure = structure
    self.latent = latent
    self.fixed = fixed
    self.tables = tables
  }

  /// The description of a network that has all its parameters.
  public init(_ network: BayesianNetwork, name: String, latent: Set<VariableID> = []) {
    self.name = name
    structure = network.structure
    self.latent = latent
    fixed = network.fixed
    tables = network.schema.ids.map { Array(network.table(of: $0)) }
  }

  /// The variables.
  public var schema: Schema { structure.schema }

  /// The variables without parameters.
  public var unparameterized: [VariableID] { schema.ids.filter { tables[$0.index] == nil } }
}

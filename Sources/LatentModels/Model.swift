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
  /// The parameters of each variable in schema order, laid out as `NetworkStructure` says; nil where there are none.
  public var parameters: [[Double]?]
  /// The rows of the tables for which there were no data when the parameters were learned.
  public var unseen: Set<UnseenConfiguration>

  /// Creates a model; parameters that are present are as many as their family has, and rows of tables sum to 1.
  public init(
    name: String, structure: NetworkStructure, latent: Set<VariableID> = [],
    fixed: Set<VariableID> = [], parameters: [[Double]?], unseen: Set<UnseenConfiguration> = []
  ) throws(ParameterError) {
    precondition(parameters.count == structure.schema.count, "one entry per variable")
    for (family, values) in zip(structure.families, parameters) {
      guard let values else { continue }
      precondition(values.count == family.parameters.count, "one number per parameter")
      if let flaw = ConditionalTable(structure.schema, family, cells: values).flaw { throw flaw.error }
    }
    self.name = name
    self.structure = structure
    self.latent = latent
    self.fixed = fixed
    self.parameters = parameters
    self.unseen = unseen
  }

  /// The description of a network that has all its parameters.
  public init(
    _ network: BayesianNetwork, name: String, latent: Set<VariableID> = [], unseen: Set<UnseenConfiguration> = []
  ) {
    self.name = name
    structure = network.structure
    self.latent = latent
    fixed = network.fixed
    parameters = network.schema.ids.map { Array(network.parameters(of: $0)) }
    self.unseen = unseen
  }

  /// The variables.
  public var schema: Schema { structure.schema }

  /// The network with these parameters; nil where some are missing.
  public var network: BayesianNetwork? {
    var values = [Double](repeating: 0, count: structure.parameterCount)
    for family in structure.families {
      guard let known = parameters[family.child.index] else { return nil }
      values.replaceSubrange(family.parameters, with: known)
    }
    return BayesianNetwork(checked: structure, parameters: values, fixed: fixed)
  }

  /// The variables without parameters.
  public var unparameterized: [VariableID] { schema.ids.filter { parameters[$0.index] == nil } }
}

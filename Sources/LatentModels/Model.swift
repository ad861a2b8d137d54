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
  /// How the cells of tables are read for this model. What follows from missing cells is part of the structure
  /// and stays when it is set.
  public var codebook: Codebook {
    didSet { codebook = codebook.withDerivations(of: oldValue) }
  }
  /// The variables of numbers whose means are not learned.
  public var fixedMeans: Set<VariableID>
  /// The parameters of each family, in the order of `NetworkStructure.families` and laid out as it says; nil where there
  /// are none. In a network of categories a family is a variable, in schema order.
  public var parameters: [[Double]?]
  /// The rows of the tables for which there were no data when the parameters were learned.
  public var unseen: Set<UnseenConfiguration>

  /// Creates a model; parameters that are present are as many as their family has, and rows of tables sum to 1.
  public init(
    name: String, structure: NetworkStructure, latent: Set<VariableID> = [],
    fixed: Set<VariableID> = [], fixedMeans: Set<VariableID> = [], parameters: [[Double]?],
    unseen: Set<UnseenConfiguration> = [], codebook: Codebook = Codebook()
  ) throws(ParameterError) {
    precondition(parameters.count == structure.families.count, "one entry per family")
    for (family, values) in zip(structure.families, parameters) {
      guard let values else { continue }
      precondition(values.count == family.parameters.count, "one number per parameter")
      if let flaw = ConditionalTable(structure.schema, family, cells: values).flaw { throw flaw.error }
    }
    self.name = name
    self.structure = structure
    self.latent = latent
    self.fixed = fixed
    self.fixedMeans = fixedMeans
    self.parameters = parameters
    self.unseen = unseen
    self.codebook = codebook
  }

  /// The description of a network that has all its parameters.
  public init(
    _ network: BayesianNetwork, name: String, latent: Set<VariableID> = [], unseen: Set<UnseenConfiguration> = [],
    codebook: Codebook = Codebook()
  ) {
    self.name = name
    self.codebook = codebook
    structure = network.structure
    self.latent = latent
    fixed = network.fixed
    fixedMeans = network.fixedMeans
    parameters = structure.families.map { Array(network.parameters[$0.parameters]) }
    self.unseen = unseen
  }

  /// The variables.
  public var schema: Schema { structure.schema }

  /// The network with these parameters; nil where some are missing.
  public var network: BayesianNetwork? {
    var values = [Double](repeating: 0, count: structure.parameterCount)
    for (family, known) in zip(structure.families, parameters) {
      guard let known else { return nil }
      values.replaceSubrange(family.parameters, with: known)
    }
    return BayesianNetwork(checked: structure, parameters: values, fixed: fixed, fixedMeans: fixedMeans)
  }

  /// The variables without parameters.
  public var unparameterized: [VariableID] { schema.ids.filter { parameters[structure.familyIndex(of: $0)] == nil } }
}

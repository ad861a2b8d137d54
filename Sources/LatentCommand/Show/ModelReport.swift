internal import Latent

/// A model as a document for programs: every table as nested lists, parents in order and the variable's states innermost.
struct ModelReport: Encodable {
  struct VariableEntry: Encodable {
    let name: String
    let states: [String]
    let parents: [String]
    let latent: Bool
    let fixed: Bool
    /// nil where the model has no parameters for the variable.
    let probabilities: NestedList?
  }

  let name: String?
  let variables: [VariableEntry]
  let edges: Int
  let parameters: Int
  let freeParameters: Int

  enum CodingKeys: String, CodingKey {
    case name, variables, edges, parameters
    case freeParameters = "free_parameters"
  }

  init(_ model: Model, _ shown: [VariableID]) {
    let schema = model.schema
    name = model.name.isEmpty ? nil : model.name
    edges = model.edgeCount
    parameters = model.structure.parameterCount
    freeParameters = model.freeParameterCount(zeros: .parameters)
    variables = shown.map { id in
      let parents = model.structure.family(of: id).parents
      let lengths = (parents + [id]).map { schema[$0].cardinality }
      return VariableEntry(
        name: schema[id].name, states: schema[id].states, parents: parents.map { schema[$0].name },
        latent: model.latent.contains(id), fixed: model.fixed.contains(id),
        probabilities: model.parameters[id.index].map { NestedList($0[...], lengths: lengths[...]) })
    }
  }
}

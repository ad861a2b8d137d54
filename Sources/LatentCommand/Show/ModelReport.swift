internal import Latent

/// A model as a document for programs: every table as nested lists, parents in order and the variable's states innermost.
struct ModelReport {
  let json: JSONValue

  init(_ model: Model, _ shown: [VariableID]) {
    let unseen = model.unseenConfigurations
    json = [
      "name": model.name.isEmpty ? nil : .text(model.name),
      "variables": .list(shown.map { Self.entry($0, of: model, unseen: unseen[$0] ?? []) }),
      "edges": .integer(model.edgeCount),
      "parameters": .integer(model.structure.parameterCount),
      "free_parameters": .integer(model.freeParameterCount(zeros: .parameters)),
    ]
  }

  /// - unseen: the configurations of the parents for which there are no data.
  private static func entry(_ id: VariableID, of model: Model, unseen: [Int]) -> JSONValue {
    let schema = model.schema
    let parents = model.structure.family(of: id).parents
    let lengths = parents.map { schema[$0].cardinality }
    let cells = model.parameters[id.index]
    var members: [String: JSONValue?] = [
      "name": .text(schema[id].name), "parents": .texts(parents.map { schema[$0].name }),
      "latent": .flag(model.latent.contains(id)), "fixed": .flag(model.fixed.contains(id)),
    ]
    if !unseen.isEmpty {
      members["unseen"] = .list(
        unseen.map { configuration in
          let codes = model.structure.parentStates(of: id, configuration: configuration)
          return .texts(zip(parents, codes).map { schema[$0].states[Int($1)] })
        })
    }
    switch schema[id].domain {
    case .states(let states):
      members["states"] = .texts(states)
      members["probabilities"] = cells.map { .table($0[...], lengths: (lengths + [states.count])[...]) }
    case .real:
      members["type"] = .text("gaussian")
      for (position, label) in ["mean", "variance"].enumerated() {
        members[label] = cells.map { cells in
          .table(stride(from: position, to: cells.count, by: 2).map { cells[$0] }[...], lengths: lengths[...])
        }
      }
    }
    return .object(members.compactMapValues { $0 })
  }
}

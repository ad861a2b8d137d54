internal import Latent

/// What a model is, in a few lines.
struct ModelSummary {
  let text: String

  init(_ model: ModelDescription) {
    let schema = model.schema
    var facts = TextTable([("", .left), ("", .left)])
    if !model.name.isEmpty { facts.append(["name", model.name]) }
    let states = schema.variables.map(\.cardinality)
    let fewest = states.min() ?? 0
    let most = states.max() ?? 0
    let range = fewest == most ? counted(most, "state") : "\(fewest) to \(most) states"
    facts.append(["variables", "\(schema.count), with \(range)"])
    facts.append(["edges", "\(model.edgeCount)"])
    func names(_ ids: Set<VariableID>) -> String { listed(ids.sorted().map { schema[$0].name }) }
    if !model.latent.isEmpty { facts.append(["latent", names(model.latent)]) }
    if !model.fixed.isEmpty { facts.append(["fixed", names(model.fixed)]) }
    let free = model.freeParameterCount(zeros: .parameters)
    facts.append(["parameters", "\(model.structure.parameterCount), \(free) of them free"])
    let without = model.unparameterized
    if without.count == schema.count {
      facts.append(["", "none given yet"])
    } else if !without.isEmpty {
      facts.append(["", "none given for \(names(Set(without)))"])
    }
    text = facts.text
  }
}

extension ModelDescription {
  var edgeCount: Int { structure.families.reduce(0) { $0 + $1.parents.count } }
}

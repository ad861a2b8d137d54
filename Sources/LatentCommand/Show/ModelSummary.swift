internal import Latent

/// What a model is, in a few lines.
struct ModelSummary {
  let text: String

  init(_ model: Model) {
    let schema = model.schema
    var facts = TextTable([("", .left), ("", .left)])
    if !model.name.isEmpty { facts.append(["name", model.name]) }
    let states = schema.variables.filter(\.isCategorical).map(\.cardinality)
    let fewest = states.min() ?? 0
    let most = states.max() ?? 0
    let range = fewest == most ? counted(most, "state") : "\(fewest) to \(most) states"
    let ofNumbers = schema.count - states.count
    facts.append([
      "variables",
      ofNumbers == 0 ? "\(schema.count), with \(range)" : "\(schema.count), \(ofNumbers) of them of numbers",
    ])
    facts.append(["edges", "\(model.edgeCount)"])
    func names(_ ids: Set<VariableID>) -> String { listed(ids.sorted().map { schema[$0].name }) }
    if !model.latent.isEmpty { facts.append(["latent", names(model.latent)]) }
    if !model.fixed.isEmpty { facts.append(["fixed", names(model.fixed)]) }
    if !model.unseen.isEmpty { facts.append(["no data", counted(model.unseen.count, "parent configuration")]) }
    let free = model.freeParameterCount(zeros: .parameters)
    facts.append(["parameters", "\(model.structure.parameterCount), \(free) of them free"])
    text = facts.text
  }
}

/// The variables whose parameters are still to be learned.
struct UnparameterizedText {
  let text: String

  init(_ model: Model, _ ids: [VariableID]) {
    let schema = model.schema
    var table = TextTable([("without parameters", .left), ("parents", .left), ("states", .left)])
    for id in ids {
      let parents = model.structure.family(of: id).parents.map { schema[$0].name }
      let states = schema[id].isCategorical ? listed(schema[id].states) : "numbers"
      table.append([schema[id].name, parents.joined(separator: ", "), states])
    }
    text = table.text
  }
}

extension Model {
  var edgeCount: Int { structure.families.reduce(0) { $0 + $1.parents.count + $1.lags.count } }
}

internal import LatentData
internal import LatentModels

/// The conditional probability table of a variable in words.
struct TableText {
  let model: Model
  let id: VariableID

  /// The most rows of one tooltip.
  static let mostRows = 100

  /// `p(dysp | bronc, either)`.
  var caption: String {
    let parents = model.structure.family(of: id).parents.map { model.schema[$0].name }
    return "p(\(model.schema[id].name)\(parents.isEmpty ? "" : " | \(parents.joined(separator: ", "))"))"
  }

  /// The variable, its roles, and a line per configuration of its parents.
  var tooltip: String {
    var roles = ""
    if model.latent.contains(id) { roles += ", latent" }
    if model.fixed.contains(id) { roles += ", fixed" }
    guard let cells = model.parameters[id.index] else {
      return "\(model.schema[id].name)\(roles): \(model.schema[id].states.joined(separator: ", "))"
    }
    var lines = [caption + roles]
    let states = model.schema[id].states
    let configurations = cells.count / states.count
    for configuration in 0..<min(configurations, Self.mostRows) {
      let row = cells[configuration * states.count..<(configuration + 1) * states.count]
      let condition = model.structure.describe(configuration: configuration, of: id)
      let text = zip(states, row).map { "\($0) \(Numerals.probability($1))" }.joined(separator: ", ")
      lines.append(condition.isEmpty ? text : "\(condition): \(text)")
    }
    if configurations > Self.mostRows { lines.append("… and \(configurations - Self.mostRows) rows more") }
    return lines.joined(separator: "\n")
  }
}

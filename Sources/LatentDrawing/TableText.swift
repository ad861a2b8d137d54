internal import LatentData
internal import LatentModels

/// The conditional probability table of a variable in words.
struct TableText {
  let model: Model
  let id: VariableID
  /// The rows for which there are no data.
  let unseen: [Int]

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
    guard let table = model.table(of: id) else {
      let variable = model.schema[id]
      return "\(variable.name)\(roles): \(variable.isCategorical ? variable.states.joined(separator: ", ") : "numbers")"
    }
    var lines = [caption + roles]
    let unseen = Set(unseen)
    for row in 0..<min(table.rowCount, Self.mostRows) {
      let condition = table.caption(ofRow: row)
      let text = zip(table.headings, table.texts(ofRow: row)).map { "\($0) \($1)" }.joined(separator: ", ")
      let note = unseen.contains(row) ? " (\(ConditionalTable.noData))" : ""
      lines.append((condition.isEmpty ? text : "\(condition): \(text)") + note)
    }
    if table.rowCount > Self.mostRows { lines.append("… and \(table.rowCount - Self.mostRows) rows more") }
    return lines.joined(separator: "\n")
  }
}

extension ConditionalTable {
  /// What is said beside a row for which there are no data.
  package static let noData = "no data"

  /// What people call the cells of a row: states, or the mean and the standard deviation of numbers.
  package var headings: [String] { child.isCategorical ? labels : ["mean", "sd"] }

  /// The cells of a row under their headings: probabilities, or numbers with six digits.
  package func texts(ofRow row: Int) -> [String] {
    let values = Array(self[row])
    if child.isCategorical { return values.map { Numerals.probability($0) } }
    return [values[0], values[1].squareRoot()].map { Numerals.significant($0, digits: 6) }
  }
}

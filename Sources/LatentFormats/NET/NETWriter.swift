internal import LatentData
internal import LatentModels

extension NET {
  /// Writes what every reader understands: identifiers, quoted states, a group of brackets for each parent.
  static func text(of model: Model, _ spelling: ModelSpelling) throws(FileError) -> ModelText {
    let tables = model.schema.ids.compactMap(model.table)
    let annotations = spelling.annotations ?? Annotations(.net)
    let name = model.name.isEmpty ? "" : "  name = \(quoted(model.name));\n"
    var text = block("net", name, annotations.network)
    let names = model.schema.variables.map { identifier.encode($0.name) }
    for (variable, name) in zip(model.schema.variables, names) {
      let pieces = annotations.variables[variable.name] ?? []
      var content = "  states = (\(variable.states.map(quoted).joined(separator: " ")));\n"
      if let label = label(of: variable.name), !pieces.contains(where: isLabel) { content += "  \(label)\n" }
      text += block("node \(name)", content, pieces)
    }
    for (family, table) in zip(model.structure.families, tables) {
      let parents = family.parents.map { " " + names[$0.index] }.joined()
      let content = data(table)
      text += block(
        "potential (\(names[family.child.index])\(parents.isEmpty ? "" : " |")\(parents))", content,
        annotations.tables[table.child.name] ?? [])
    }
    for piece in annotations.end { text += piece + "\n" }
    return ModelText(text: text)
  }

  /// The attribute that shows the name of a variable where an identifier cannot spell it; nil where it can.
  static func label(of name: String) -> String? {
    identifier.encode(name) == name ? nil : "label = \(quoted(name));"
  }

  private static func quoted(_ text: String) -> String { "\"\(quotable.encode(text))\"" }

  private static func isLabel(_ piece: String) -> Bool {
    piece.hasPrefix("label") && piece.dropFirst(5).first { $0 != " " } == "="
  }

  /// A block with its annotations: comments before it, attributes in it.
  private static func block(_ header: String, _ content: String, _ annotations: [String]) -> String {
    let comments = annotations.filter { $0.hasPrefix("%") }.map { $0 + "\n" }
    let attributes = annotations.filter { !$0.hasPrefix("%") }.map { "  \($0)\n" }
    return comments.joined() + "\(header)\n{\n\(content)" + attributes.joined() + "}\n"
  }

  /// A line for each row, with a pair of brackets around the rows below each state of each parent.
  private static func data(_ table: ConditionalTable) -> String {
    let parents = MixedRadix(table.parents.map(\.cardinality))
    var text = ""
    for (number, row) in table.rows.enumerated() {
      let (before, after) = (brackets(at: number, parents), brackets(at: number + 1, parents))
      text += number == 0 ? "  data = " : "          " + String(repeating: " ", count: parents.bases.count - before)
      text += String(repeating: "(", count: before + 1)
      text += row.map(DecimalNumber.text).joined(separator: " ")
      text += String(repeating: ")", count: after + 1)
      text += number + 1 == table.rowCount ? ";\n" : "\n"
    }
    return text
  }

  /// How many groups begin at a row, and so end before it: one for each parent below which it is the first.
  private static func brackets(at row: Int, _ parents: MixedRadix) -> Int {
    parents.digits(of: row).reversed().prefix { $0 == 0 }.count
  }
}

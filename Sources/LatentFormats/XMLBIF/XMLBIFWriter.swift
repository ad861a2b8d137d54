internal import LatentData
internal import LatentModels

extension XMLBIF {
  /// Writes the elements in the order of the document type of version 0.3, a line for each row of a table.
  static func text(of model: Model, _ spelling: ModelSpelling) throws(FileError) -> ModelText {
    let tables = model.schema.ids.compactMap(model.table)
    let annotations = spelling.annotations ?? Annotations(.xmlbif)
    let name = model.name.isEmpty ? BIF.placeholder : model.name
    let names = model.schema.variables.map { MarkupText.name($0.name) }
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<BIF VERSION=\"0.3\">\n"
    text += lines(annotations.network.filter(isComment), indent: "")
    text += "<NETWORK>\n  <NAME>\(MarkupText.name(name))</NAME>\n"
    text += lines(annotations.network.filter { !isComment($0) }, indent: "  ")
    for (variable, name) in zip(model.schema.variables, names) {
      let outcomes = variable.states.map { "<OUTCOME>\(MarkupText.name($0))</OUTCOME>" }
      text += block(
        "VARIABLE", " TYPE=\"nature\"", ["<NAME>\(name)</NAME>"] + outcomes, annotations.variables[variable.name])
    }
    for (id, table) in zip(model.schema.ids, tables) {
      let given = model.structure.family(of: id).parents.map { "<GIVEN>\(names[$0.index])</GIVEN>" }
      let cells = "<TABLE>\n\(rows(table))    </TABLE>"
      text += block(
        "DEFINITION", "", ["<FOR>\(names[id.index])</FOR>"] + given + [cells],
        annotations.tables[table.child.name])
    }
    text += "</NETWORK>\n" + lines(annotations.end, indent: "") + "</BIF>\n"
    return ModelText(text: text)
  }

  /// An element with its annotations: comments before it, properties at its end.
  private static func block(
    _ name: String, _ attributes: String, _ content: [String], _ annotations: [String]?
  ) -> String {
    let pieces = annotations ?? []
    return lines(pieces.filter(isComment), indent: "  ") + "  <\(name)\(attributes)>\n"
      + lines(content + pieces.filter { !isComment($0) }, indent: "    ") + "  </\(name)>\n"
  }

  private static func rows(_ table: ConditionalTable) -> String {
    var text = ""
    for row in table.rows {
      text += "      \(row.map(DecimalNumber.text).joined(separator: " "))\n"
    }
    return text
  }

  private static func lines(_ pieces: [String], indent: String) -> String {
    pieces.map { "\(indent)\($0)\n" }.joined()
  }

  private static func isComment(_ piece: String) -> Bool { piece.hasPrefix("<!--") }
}

internal import LatentData
internal import LatentModels

extension BIF {
  /// Writes what every reader understands: plain names where possible, commas, rows keyed by parent states in order,
  /// `table` only for variables without parents, no `default`.
  static func text(of model: Model, _ spelling: ModelSpelling) throws(FileError) -> ModelText {
    let tables = model.schema.ids.compactMap(model.table)
    let annotations = spelling.annotations ?? Annotations(.bif)
    let name = model.name.isEmpty ? placeholder : model.name
    var text = block("network \(self.spelling(name))", annotations.network, "")
    let names = model.schema.variables.map { self.spelling($0.name) }
    let states = model.schema.variables.map { $0.states.map(self.spelling) }
    for (variable, (name, labels)) in zip(model.schema.variables, zip(names, states)) {
      let type = "  type discrete [ \(labels.count) ] { \(labels.joined(separator: ", ")) };\n"
      text += block("variable \(name)", annotations.variables[variable.name], type)
    }
    for (id, table) in zip(model.schema.ids, tables) {
      let parents = model.structure.family(of: id).parents
      let condition = parents.isEmpty ? "" : "| \(parents.map { names[$0.index] }.joined(separator: ", ")) "
      text += block(
        "probability ( \(names[id.index]) \(condition))", annotations.tables[table.child.name],
        rows(table, parents.map { states[$0.index] }))
    }
    for piece in annotations.end { text += piece + "\n" }
    return ModelText(text: text)
  }

  /// A block with its annotations: comments before it, properties in it.
  private static func block(_ header: String, _ annotations: [String]?, _ content: String) -> String {
    let pieces = annotations ?? []
    let comments = pieces.filter { $0.hasPrefix("/") }.map { $0 + "\n" }
    let properties = pieces.filter { !$0.hasPrefix("/") }.map { "  \($0)\n" }
    return comments.joined() + "\(header) {\n" + properties.joined() + content + "}\n"
  }

  /// A line for each row.
  ///
  /// - parents: the spelled states of each parent.
  private static func rows(_ table: ConditionalTable, _ parents: [[String]]) -> String {
    let configurations = MixedRadix(parents.map(\.count))
    var text = ""
    for (configuration, row) in table.rows.enumerated() {
      let labels = zip(parents, configurations.digits(of: configuration)).map { $0[$1] }
      text += parents.isEmpty ? "  table " : "  (\(labels.joined(separator: ", "))) "
      text += row.map(DecimalNumber.text).joined(separator: ", ")
      text += ";\n"
    }
    return text
  }

  /// A name as it stands when letters, digits and some harmless punctuation are all it has, otherwise in quotes.
  private static func spelling(_ name: String) -> String {
    let name = quotable.encode(name)
    let isPlain = !name.contains("//") && name.utf8.allSatisfy(isPlain)
    return isPlain ? name : "\"\(name)\""
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default:
      "_-.<>=/+%:".utf8.contains(byte)
    }
  }
}

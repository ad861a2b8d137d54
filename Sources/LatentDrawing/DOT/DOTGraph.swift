internal import LatentData
internal import LatentModels

/// The network in the language of Graphviz.
struct DOTGraph {
  let text: String

  init(_ drawing: NetworkDrawing) {
    let cards = drawing.cards(.dot)
    var lines = ["digraph \(Self.quoted(drawing.title)) {"]
    lines.append("  rankdir=TB;")
    lines.append("  node [shape=box, style=rounded, fontname=\"Helvetica\", fontsize=11];")
    let names = drawing.vertices.map { Self.quoted($0.name) }
    for (name, card) in zip(names, cards) { lines.append("  \(name) [\(Self.attributes(of: card))];") }
    for edge in drawing.edges { lines.append("  \(names[edge.from]) -> \(names[edge.to]);") }
    lines.append("}")
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func attributes(of card: NodeCard) -> String {
    var attributes = ["label=\(label(of: card))"]
    if card.isLatent { attributes.append("style=\"rounded,dashed\"") }
    if card.isFixed { attributes.append("peripheries=2") }
    return attributes.joined(separator: ", ")
  }

  /// A table in the HTML of Graphviz: the name, then a row per state; behind its probability in a situation the one without.
  private static func label(of card: NodeCard) -> String {
    let columns = 1 + max(1, card.rows.map(\.cells.count).max() ?? 0)
    var rows = ["<tr><td colspan=\"\(columns)\"><b>\(content(card.name))</b></td></tr>"]
    for row in card.rows {
      let cells = row.cells.map { "<td align=\"right\">\(content($0))</td>" }
      let span = cells.isEmpty ? " colspan=\"\(columns)\"" : ""
      rows.append("<tr><td align=\"left\"\(span)>\(content(row.label))</td>\(cells.joined())</tr>")
    }
    for line in card.footer { rows.append("<tr><td align=\"left\" colspan=\"\(columns)\">\(line)</td></tr>") }
    return "<<table border=\"0\" cellborder=\"0\" cellspacing=\"2\" cellpadding=\"1\">\(rows.joined())</table>>"
  }

  /// Text between tags; a space where there is none, since an empty cell with bold type in it is an error.
  private static func content(_ text: String) -> String { text.isEmpty ? " " : text.line.markup }

  /// An identifier in quotes. Graphviz reads `\"` as a quote and keeps every other backslash, so that doubled ones stay
  /// two; identifiers remain different. NUL would end the text and becomes `\0`.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\0": result += "\\0"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

/// A table of text for people: aligned columns, broken into several tables below each other where it is too wide.
package struct TextTable {
  /// The side of its column at which a text stands.
  package enum Alignment {
    case left
    case right
  }

  private let header: [String]
  private let alignments: [Alignment]
  private var rows: [[String]] = []

  /// A table without rows.
  package init(_ columns: [(title: String, alignment: Alignment)]) {
    header = columns.map(\.title)
    alignments = columns.map(\.alignment)
  }

  /// Adds a row: one cell per column.
  package mutating func append(_ row: [String]) { rows.append(row) }

  /// The lines, each ended by a line break.
  package var text: String { lines(of: Array(header.indices)).map { $0 + "\n" }.joined() }

  /// The lines, in parts that are no wider than a page where their columns allow it, with an empty line between parts.
  ///
  /// - Parameters:
  ///   - keys: how many columns every part repeats on the left.
  ///   - indent: how many spaces stand before each line.
  ///   - pageWidth: the most characters of a line.
  package func lines(repeating keys: Int, indent: Int, pageWidth: Int) -> [String] {
    let widths = columnWidths
    let used = widths.prefix(keys).reduce(indent) { $0 + $1 + 2 }
    var parts: [[Int]] = [[]]
    var width = used
    for column in header.indices.dropFirst(keys) {
      if width + widths[column] > pageWidth, !parts[parts.count - 1].isEmpty {
        parts.append([])
        width = used
      }
      parts[parts.count - 1].append(column)
      width += widths[column] + 2
    }
    return Array(parts.map { lines(of: Array(0..<keys) + $0, indent: indent) }.joined(separator: [""]))
  }

  private var hasHeader: Bool { !header.allSatisfy(\.isEmpty) }

  private var columnWidths: [Int] {
    header.indices.map { column in rows.reduce(header[column].count) { max($0, $1[column].count) } }
  }

  /// Some columns with two spaces between them and none at the ends of lines; no header when all titles are empty.
  private func lines(of columns: [Int], indent: Int = 0) -> [String] {
    let widths = columnWidths
    let margin = String(repeating: " ", count: indent)
    return ((hasHeader ? [header] : []) + rows).map { row in
      let fields = columns.map { column in
        let padding = String(repeating: " ", count: widths[column] - row[column].count)
        return alignments[column] == .right ? padding + row[column] : row[column] + padding
      }
      var line = margin + fields.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}

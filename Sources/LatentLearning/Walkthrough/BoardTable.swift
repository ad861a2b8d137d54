/// A table of text with aligned columns, broken into several below each other where it is too wide.
struct BoardTable {
  enum Alignment {
    case left
    case right
  }

  struct Column {
    let header: String
    let alignment: Alignment
    var cells: [String]

    var width: Int { cells.reduce(header.count) { max($0, $1.count) } }
  }

  /// The most characters of a line.
  static let lineWidth = 100

  /// Columns that every part repeats on the left.
  let keys: [Column]
  let values: [Column]

  /// The lines, with this many spaces before each; parts are set apart by an empty line.
  func lines(indent: Int) -> [String] {
    let used = keys.reduce(indent) { $0 + $1.width + 2 }
    var parts: [[Column]] = [[]]
    var width = used
    for column in values {
      if width + column.width > Self.lineWidth, !parts[parts.count - 1].isEmpty {
        parts.append([])
        width = used
      }
      parts[parts.count - 1].append(column)
      width += column.width + 2
    }
    return parts.map { lines(of: keys + $0, indent: indent) }.joined(separator: [[""]]).flatMap { $0 }
  }

  private func lines(of columns: [Column], indent: Int) -> [[String]] {
    let count = columns.first?.cells.count ?? 0
    let margin = String(repeating: " ", count: indent)
    return (-1..<count).map { row in
      let fields = columns.map { Self.pad(row < 0 ? $0.header : $0.cells[row], to: $0.width, $0.alignment) }
      return [Self.trimmed(margin + fields.joined(separator: "  "))]
    }
  }

  private static func pad(_ text: String, to width: Int, _ alignment: Alignment) -> String {
    let space = String(repeating: " ", count: width - text.count)
    return alignment == .left ? text + space : space + text
  }

  private static func trimmed(_ line: String) -> String {
    String(line[..<(line.lastIndex { $0 != " " }.map { line.index(after: $0) } ?? line.startIndex)])
  }
}

/// Numbers as they stand on a board.
enum BoardNumber {
  /// Four decimals, with a true minus sign: `−12.3457`.
  static func fixed(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1e14 else {
      return value < 0 ? "−" + "\(value.magnitude)" : "\(value)"
    }
    let scaled = Int((value.magnitude * 10_000).rounded())
    let decimals = "\(10_000 + scaled % 10_000)".dropFirst()
    return (value < 0 && scaled > 0 ? "−" : "") + "\(scaled / 10_000).\(decimals)"
  }

  /// A whole number as one, any other with four decimals.
  static func weight(_ value: Double) -> String {
    Int(exactly: value).map { "\($0)" } ?? fixed(value)
  }

  /// A number ≥ 0 that may be tiny: four decimals, or `2.5e−7`; rounding errors are 0.
  static func small(_ value: Double) -> String {
    guard value < 5e-5, value > 1e-14 else { return fixed(max(value, 0)) }
    var (significand, exponent) = (value, 0)
    while significand < 1 {
      significand *= 10
      exponent += 1
    }
    let tenths = Int((significand * 10).rounded())
    return tenths == 100 ? "1.0e−\(exponent - 1)" : "\(tenths / 10).\(tenths % 10)e−\(exponent)"
  }
}

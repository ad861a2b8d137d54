public import LatentData

/// Writes a table as text, row by row: RFC 4180 with lines that end in LF.
///
/// A cell with the delimiter, a quote, a line end, or blanks around it is quoted; a missing cell is empty, and `""` in a
/// table of one column, where an empty line would say nothing.
public struct CSVWriter {
  private let file: OutputFile
  private let encoder: CellEncoder
  private let width: Int

  /// Begins a table with the line that names the columns; the file stays open until its owner commits it.
  public init(_ file: OutputFile, header: [String], delimiter: CSVDelimiter = .comma) throws(FileError) {
    precondition(!header.isEmpty, "a table has at least one column")
    self.file = file
    encoder = CellEncoder(delimiter: delimiter, width: header.count)
    width = header.count
    var line: [UInt8] = []
    for name in header { line += encoder.name(name) + [delimiter.rawValue] }
    try write(line)
  }

  /// Writes one row; nil is a missing cell.
  public func write(row cells: [String?]) throws(FileError) {
    precondition(cells.count == width, "one cell per column")
    var line: [UInt8] = []
    for cell in cells { line += encoder.cell(cell) + [encoder.delimiter.rawValue] }
    try write(line)
  }

  /// Writes rows given as columns of equal length.
  public func write(columns: [CSVColumn]) throws(FileError) {
    precondition(columns.count == width, "one column per name")
    let rows = columns[0].rowCount
    precondition(columns.allSatisfy { $0.rowCount == rows }, "columns are of equal length")
    let encoded = columns.map { EncodedColumn($0, encoder) }
    var line: [UInt8] = []
    for row in 0..<rows {
      line.removeAll(keepingCapacity: true)
      for column in encoded {
        column.append(row, to: &line, encoder)
        line.append(encoder.delimiter.rawValue)
      }
      try write(line)
    }
  }

  /// Writes cells of which each is followed by a delimiter, the last by a line end instead.
  private func write(_ line: [UInt8]) throws(FileError) {
    var line = line
    line[line.count - 1] = 0x0A
    try file.write(line)
  }
}

/// A column to be written.
public enum CSVColumn: Sendable {
  /// States by their codes; −1 is a missing cell.
  case codes([StateCode], states: [String])
  /// Numbers in the shortest form that reads back to the same value; NaN is a missing cell.
  case numbers([Double])
  /// Texts; nil is a missing cell.
  case texts([String?])
  /// Texts that were kept from a file.
  case kept(CSVText)

  var rowCount: Int {
    switch self {
    case .codes(let codes, _): codes.count
    case .numbers(let numbers): numbers.count
    case .texts(let texts): texts.count
    case .kept(let text): text.count
    }
  }
}

extension CSV {
  /// Writes columns of equal length as a table; the file stays open until its owner commits it.
  ///
  /// What is written reads back as the same table under a schema that declares its states. A missing cell is empty, or
  /// the first standard token that is not a state where the empty text is one.
  public static func write(
    header: [String], columns: [CSVColumn], to file: OutputFile, delimiter: CSVDelimiter = .comma
  ) throws(FileError) {
    precondition(header.count == columns.count, "one name per column")
    try CSVWriter(file, header: header, delimiter: delimiter).write(columns: columns)
  }
}

/// Spells cells as bytes.
private struct CellEncoder {
  let delimiter: CSVDelimiter
  let width: Int

  /// The name of a column; quoted with any delimiter in it, because readers guess the delimiter from the first line.
  func name(_ name: String) -> [UInt8] { hasDelimiter(name) ? quoted(name) : cell(name) }

  /// A cell, quoted where it must be; in a table of one column, whose first line has no delimiter, as if for any.
  func cell(_ text: String?) -> [UInt8] {
    guard let text, !text.isEmpty else { return width == 1 ? [0x22, 0x22] : [] }
    let hasSpecial = text.utf8.contains { $0 == delimiter.rawValue || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
    let blanks: [UInt8?] = [0x20, 0x09]
    let hasBlanks = blanks.contains(text.utf8.first) || blanks.contains(text.utf8.last)
    return hasSpecial || hasBlanks || (width == 1 && hasDelimiter(text)) ? quoted(text) : Array(text.utf8)
  }

  private func hasDelimiter(_ text: String) -> Bool { text.utf8.contains { CSVDelimiter(rawValue: $0) != nil } }

  private func quoted(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = [0x22]
    for byte in text.utf8 {
      if byte == 0x22 { bytes.append(byte) }
      bytes.append(byte)
    }
    return bytes + [0x22]
  }
}

/// A column with the spelling of each state prepared.
private struct EncodedColumn {
  private let column: CSVColumn
  /// The missing cell, then the states.
  private var spellings: [[UInt8]] = []

  init(_ column: CSVColumn, _ encoder: CellEncoder) {
    self.column = column
    guard case .codes(_, let states) = column else { return }
    let missing = MissingTokens.standard.first { !states.contains($0) }
    spellings = [encoder.cell(missing)] + states.map { encoder.cell($0) }
  }

  func append(_ row: Int, to line: inout [UInt8], _ encoder: CellEncoder) {
    switch column {
    case .codes(let codes, _): line += spellings[Int(codes[row]) + 1]
    case .numbers(let numbers): line += encoder.cell(numbers[row].isNaN ? nil : "\(numbers[row])")
    case .texts(let texts): line += encoder.cell(texts[row])
    case .kept(let text): line += encoder.cell(text[row])
    }
  }
}

/// The first line of a table: the names of the columns and the delimiter.
struct CSVHeader {
  let names: [String]
  let delimiter: CSVDelimiter
  /// The line on which the first row begins.
  let nextLine: Int
  /// The bytes of the first line as they stand, with the byte order mark before it and the line end behind it.
  let source: [UInt8]

  /// Reads the header from the front of a window and lets go of its bytes.
  static func read(from window: InputWindow) throws(FileError) -> CSVHeader {
    let mark = try skipByteOrderMark(window)
    if window.bytes.isEmpty, window.isFinal {
      throw FileError(.invalid, file: window.name, "the file is empty; its first line must name the columns")
    }
    while true {
      if let delimiter = sniffDelimiter(window) {
        var splitter = RecordSplitter(window, delimiter: delimiter, mostCells: ReadingLimits.columns)
        let outcome = try splitter.split(window.bytes, from: 0, isFinal: window.isFinal, line: 1)
        if case .record(let next) = outcome {
          let source = mark + window.bytes[..<next]
          let header = try CSVHeader(splitter, delimiter: delimiter, source: source, file: window.name)
          try window.advance(by: next)
          return header
        }
      }
      try window.advance(by: 0)
    }
  }

  private init(
    _ record: RecordSplitter, delimiter: CSVDelimiter, source: [UInt8], file: String
  ) throws(FileError) {
    if record.cells.count == 1, record[0].isEmpty {
      throw FileError(.invalid, file: file, line: 1, "the first line is empty; it must name the columns")
    }
    guard record.count <= record.cells.count else {
      throw FileError(
        .invalid, file: file, line: 1,
        "the first line names \(record.count) columns; a table has \(ReadingLimits.columns) at the most")
    }
    var names: [String] = []
    for cell in record.cells.indices {
      guard let name = String(validating: record[cell], as: UTF8.self) else {
        throw FileError(
          .invalid, file: file, line: 1,
          "the name of column \(cell + 1) (\(CellText.shown(record[cell]))) is not valid UTF-8 text; "
            + "save the file as text in UTF-8")
      }
      names.append(name)
    }
    var seen: [String: Int] = [:]
    for (position, name) in names.enumerated() where !name.isEmpty {
      if let first = seen.updateValue(position, forKey: name) {
        throw FileError(
          .invalid, file: file, line: 1,
          "columns \(first + 1) and \(position + 1) are both named \(CellText.cut(name)); "
            + "names must differ, rename one")
      }
    }
    self.names = names
    self.delimiter = delimiter
    self.source = source
    nextLine = 2 + record.innerLines
  }

  /// Steps over the byte order mark of UTF-8 and returns it, and refuses what is no text in UTF-8 by its first bytes.
  private static func skipByteOrderMark(_ window: InputWindow) throws(FileError) -> [UInt8] {
    while window.bytes.count < ForeignTable.beginning, !window.isFinal { try window.advance(by: 0) }
    let mark = Array(window.bytes.prefix(ForeignTable.beginning))
    if mark.starts(with: [0xEF, 0xBB, 0xBF]) {
      try window.advance(by: 3)
      return Array(mark.prefix(3))
    }
    if let foreign = ForeignTable(mark, file: window.name) {
      throw FileError(.invalid, file: window.name, foreign.message)
    }
    if mark.starts(with: [0xFF, 0xFE]) || mark.starts(with: [0xFE, 0xFF]) {
      throw FileError(.invalid, file: window.name, line: 1, "the text is in UTF-16; save it in UTF-8")
    }
    if mark.starts(with: [0x1F, 0x8B]) {
      throw FileError(
        .invalid, file: window.name, line: 1,
        "the file is packed; give it a name that ends in .gz, or unpack it with gzip -d")
    }
    return []
  }

  /// The delimiter of a first line: a comma if there is one outside quotes, else a tab, else a semicolon, else a comma;
  /// nil when the line is not all there. A NUL byte ends it, and so does its greatest length: the splitter refuses both.
  private static func sniffDelimiter(_ window: InputWindow) -> CSVDelimiter? {
    var found: [CSVDelimiter] = []
    var isQuoted = false
    var opens = true
    var isWhole = window.isFinal || window.bytes.count > window.recordLimit
    for byte in window.bytes {
      let isQuote = byte == UInt8(ascii: "\"")
      if byte == 0 {
        isWhole = true
        break
      } else if isQuoted {
        isQuoted = !isQuote
      } else if byte == 0x0A || byte == 0x0D {
        isWhole = true
        break
      } else if let delimiter = CSVDelimiter(rawValue: byte) {
        if !found.contains(delimiter) { found.append(delimiter) }
        opens = true
      } else {
        // A quote right after a closing quote is the second of a pair, and the cell goes on.
        isQuoted = isQuote && opens
        opens = opens && isQuote
      }
    }
    guard isWhole else { return nil }
    return [.comma, .tab, .semicolon].first { found.contains($0) } ?? .comma
  }
}

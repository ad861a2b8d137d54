internal import LatentData

/// The rows of a table of text one after another, each cell as it stands in the file: for what passes text on, and for
/// tables that no schema describes. The text is never in memory as a whole.
package final class CSVRecords {
  /// The names of the columns.
  package let header: [String]
  /// What stands between the cells.
  package let delimiter: CSVDelimiter
  /// The number of the current row, from 1; 0 before the first.
  package private(set) var row = 0
  /// The line on which the current row begins.
  package private(set) var line = 0

  let window: InputWindow
  let headerSource: [UInt8]
  private let tokens: RowTokens
  private var splitter: RecordSplitter
  /// Where what follows the row before begins in the window, and where the current row does: blank lines lie between.
  private(set) var lead = 0
  private(set) var start = 0
  /// Where the current row ends in the window, its line end included.
  private(set) var end = 0
  /// Where the cells of the current row stand in the window, quotes included.
  private(set) var extents: [Range<Int>] = []
  /// Whether the cells of the current row are their own text: there are no quotes.
  private var isPlain = true
  private var nextLine: Int
  private var blankLines = BlankLines()

  private var name: String { window.name }

  /// Opens a table and reads the names of its columns; `-` is standard input, a name that ends in `.gz` is unpacked.
  package convenience init(_ path: String, missing: MissingTokens = MissingTokens()) throws(FileError) {
    try self.init(InputWindow(opening: path), missing: missing)
  }

  init(_ window: InputWindow, missing: MissingTokens) throws(FileError) {
    let first = try CSVHeader.read(from: window)
    self.window = window
    header = first.names
    headerSource = first.source
    delimiter = first.delimiter
    nextLine = first.nextLine
    tokens = RowTokens(missing, header: first.names)
    splitter = RecordSplitter(window, delimiter: first.delimiter, mostCells: first.names.count + 1)
  }

  /// Goes to the next row; false behind the last.
  ///
  /// - Throws: for a row that does not have as many cells as the header, for quotes that do not close, and at the end of
  ///   a table without rows.
  package func next() throws(FileError) -> Bool {
    lead = end
    start = end
    while true {
      guard try takeRecord() else {
        if window.isFinal, start == window.bytes.count { return try finish() }
        try window.advance(by: lead)
        (lead, start) = (0, start - lead)
        continue
      }
      if extents.count == 1, extents[0].isEmpty, header.count > 1 {
        blankLines.record(line: nextLine, beforeRow: row)
        nextLine += 1
        start = end
        continue
      }
      row += 1
      line = nextLine
      nextLine += 1 + (isPlain ? 0 : splitter.innerLines)
      return true
    }
  }

  /// What was read in a way that the writer of the file may not have meant; to be asked for at the end.
  package var warnings: [FileWarning] {
    let blank = blankLines.count(rows: row)
    guard blank > 0 else { return [] }
    return ["\(CellText.count(blank, "blank line")) skipped, the first is line \(blankLines.firstLine)"]
  }

  /// The text of a cell of the current row.
  package func text(_ column: Int) throws(FileError) -> String {
    let bytes = withText(column) { Array($0) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw error(column, "\(CellText.shown(bytes[...])) is not valid UTF-8; save the file in UTF-8")
    }
    return text
  }

  /// The text of a cell of the current row without the whitespace around it.
  package func label(_ column: Int) throws(FileError) -> String {
    String(decoding: CellText.trimmed(Array(try text(column).utf8)[...]), as: UTF8.self)
  }

  /// Whether a cell of the current row holds a label, with or without whitespace around it.
  package func holds(_ column: Int, _ label: [UInt8]) -> Bool {
    withText(column) { CellText.trimmed($0).elementsEqual(label) }
  }

  /// The number in a cell of the current row; nil where it holds none.
  package func number(_ column: Int) -> Double? {
    withText(column) { text in
      DecimalNumber.parse(CellText.trimmed(text)).flatMap { $0.magnitude <= RowParser.greatestNumber ? $0 : nil }
    }
  }

  /// Whether a cell of the current row is missing.
  package func isMissing(_ column: Int) -> Bool { withText(column) { tokens.contains($0, column: column) } }

  /// The text that stands for a missing cell of a column; nil where none does.
  package func missingText(_ column: Int) -> String? { tokens.first(column: column) }

  /// An error about a cell of the current row.
  package func error(_ column: Int, _ sentence: String) -> FileError {
    FileError(.invalid, file: name, line: line, "column \(CellText.cut(header[column])): \(sentence)")
  }

  /// Calls `body` with the texts of all cells of the current row, from left to right.
  func forEachText(_ body: (_ column: Int, _ text: UnsafeBufferPointer<UInt8>) -> Void) {
    guard isPlain else {
      for column in header.indices { withText(column) { body(column, $0) } }
      return
    }
    let bytes = window.bytes
    extents.withUnsafeBufferPointer { extents in
      for column in 0..<extents.count { body(column, UnsafeBufferPointer(rebasing: bytes[extents[column]])) }
    }
  }

  func withText<Result>(_ column: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if isPlain { return body(UnsafeBufferPointer(rebasing: window.bytes[extents[column]])) }
    return splitter[column].withUnsafeBufferPointer(body)
  }

  private func finish() throws(FileError) -> Bool {
    guard row > 0 else {
      throw FileError(.invalid, file: name, "there are no rows below the names of the columns; give at least one")
    }
    return false
  }
}

extension CSVRecords {
  /// Takes the record that begins at `start`; false when it is not all in view.
  private func takeRecord() throws(FileError) -> Bool {
    guard start < window.bytes.count else { return false }
    isPlain = takePlainRecord()
    if isPlain, extents.count == header.count { return true }
    let outcome = try splitter.split(window.bytes, from: start, isFinal: window.isFinal, line: nextLine)
    guard case .record(let next) = outcome else { return false }
    end = next
    if !isPlain { findExtents() }
    let isBlank = extents.count == 1 && extents[0].isEmpty
    if !isBlank { try splitter.requireCount(header.count, file: name, line: nextLine) }
    return true
  }

  /// Takes a record without quotes that ends with LF or CR LF; false where there is none.
  private func takePlainRecord() -> Bool {
    let bytes = window.bytes
    let limit = min(bytes.count, start + window.recordLimit)
    let mark = delimiter.rawValue
    // A list of our own, since each access to that of the object would be checked.
    var found: [Range<Int>] = []
    swap(&found, &extents)
    defer { swap(&found, &extents) }
    found.removeAll(keepingCapacity: true)
    var first = start
    var at = start
    while at < limit {
      let byte = bytes[at]
      if byte == mark {
        found.append(first..<at)
        first = at + 1
      } else if byte == 0x0A {
        let hasReturn = at > first && bytes[at - 1] == 0x0D
        found.append(first..<(hasReturn ? at - 1 : at))
        end = at + 1
        return true
      } else if byte == 0x0D {
        guard at + 1 < limit, bytes[at + 1] == 0x0A else { return false }
      } else if byte == UInt8(ascii: "\"") || byte == 0 {
        return false
      }
      at += 1
    }
    return false
  }

  /// Finds the cells of a record that the splitter took.
  private func findExtents() {
    let bytes = window.bytes
    let quote = UInt8(ascii: "\"")
    extents.removeAll(keepingCapacity: true)
    var at = start
    while true {
      let first = at
      if at < end, bytes[at] == quote {
        at += 1
        while bytes[at] != quote || (at + 1 < end && bytes[at + 1] == quote) { at += bytes[at] == quote ? 2 : 1 }
        at += 1
      } else {
        while at < end, bytes[at] != delimiter.rawValue, bytes[at] != 0x0A, bytes[at] != 0x0D { at += 1 }
      }
      extents.append(first..<at)
      guard at < end, bytes[at] == delimiter.rawValue else { return }
      at += 1
    }
  }
}

/// Which texts stand for missing cells, column by column, where no column has declared states.
private struct RowTokens {
  private let resolved: [ResolvedToken]
  private let header: [String]
  /// One table for most columns, and one for each that has tokens of its own.
  private let tables: [LabelTable]
  private let tableOfColumn: [Int]
  /// The tokens of each table that are numbers, which stand for every spelling of them.
  private let numbers: [[Double]]

  init(_ missing: MissingTokens, header: [String]) {
    let resolved = missing.resolved(header: header, codebook: Codebook())
    let own = Set(resolved.compactMap(\.column))
    let common = resolved.filter { $0.column == nil }
    var tables = [Self.table(common)]
    var numbers = [Self.numbers(common)]
    tableOfColumn = header.map { name in
      guard own.contains(name) else { return 0 }
      let tokens = resolved.filter { $0.applies(to: name) }
      tables.append(Self.table(tokens))
      numbers.append(Self.numbers(tokens))
      return tables.count - 1
    }
    self.tables = tables
    self.numbers = numbers
    self.resolved = resolved
    self.header = header
  }

  func contains(_ text: UnsafeBufferPointer<UInt8>, column: Int) -> Bool {
    let table = tables[tableOfColumn[column]]
    if table.code(of: text) != nil { return true }
    let trimmed = CellText.trimmed(text)
    if trimmed.count < text.count, table.code(of: trimmed) != nil { return true }
    let numbers = numbers[tableOfColumn[column]]
    guard !numbers.isEmpty, let value = DecimalNumber.parse(trimmed) else { return false }
    return numbers.contains(value)
  }

  func first(column: Int) -> String? { resolved.first { $0.applies(to: header[column]) }?.text }

  private static func numbers(_ tokens: [ResolvedToken]) -> [Double] {
    tokens.compactMap { NumericLabels.value(of: $0.text) }
  }

  private static func table(_ tokens: [ResolvedToken]) -> LabelTable {
    let table = LabelTable()
    for (index, token) in tokens.enumerated() { table.insert(token.text.utf8, code: StateCode(-1 - index)) }
    return table
  }
}

extension CellText {
  /// A cell without the spaces and tabs around it.
  static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var range = bytes.indices
    while let first = range.first, bytes[first] == 0x20 || bytes[first] == 0x09 { range.removeFirst() }
    while let last = range.last, bytes[last] == 0x20 || bytes[last] == 0x09 { range.removeLast() }
    return UnsafeBufferPointer(rebasing: bytes[range])
  }
}

/// Splits one record of a table into cells by the rules of RFC 4180, slowly and with care.
///
/// A line ends with LF, CR LF or CR. A cell that begins with a quote ends with the next single quote; two quotes in it
/// are one. A quote inside a cell that does not begin with one is a character like any other.
struct RecordSplitter {
  /// A cell without its quotes, and where in the record it began.
  struct Cell {
    /// The place of its text in `text`.
    let range: Range<Int>
    /// The number of line ends in the record before it.
    let lineOffset: Int
  }

  enum Outcome {
    /// A record was split; it goes on at this offset.
    case record(next: Int)
    /// The bytes end before the record does, and there are more to come.
    case incomplete
  }

  private static let quote = UInt8(ascii: "\"")

  private enum State { case opening, plain, quoted, closed }

  private(set) var cells: [Cell] = []
  private(set) var text: [UInt8] = []
  /// The number of line ends in the record, the last not counted.
  private(set) var innerLines = 0
  private let delimiter: UInt8
  private let file: String

  private var cellStart = 0
  private var cellLine = 0
  /// Where the first byte of the present line is.
  private var lineStart = 0
  /// Where the quote of a quoted cell is.
  private var opening = (line: 0, column: 0)

  init(delimiter: CSVDelimiter, file: String) {
    self.delimiter = delimiter.rawValue
    self.file = file
  }

  /// The text of a cell.
  subscript(cell: Int) -> ArraySlice<UInt8> { text[cells[cell].range] }

  /// Splits the record that begins at `start`, on line `line` of the file.
  mutating func split(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, isFinal: Bool, line: Int
  ) throws(FileError) -> Outcome {
    cells.removeAll(keepingCapacity: true)
    text.removeAll(keepingCapacity: true)
    innerLines = 0
    lineStart = start
    beginCell()
    var state = State.opening
    var at = start
    while at < bytes.count {
      let byte = bytes[at]
      let next = at + 1 < bytes.count ? bytes[at + 1] : nil
      // What a quote or a carriage return means depends on the byte behind it.
      if next == nil, !isFinal, byte == Self.quote || byte == 0x0D { return .incomplete }
      switch (state, byte) {
      case (.quoted, Self.quote) where next == Self.quote:
        text.append(byte)
        at += 1
      case (.quoted, Self.quote):
        state = .closed
      case (.quoted, _):
        takeQuoted(byte, next: next, at: at)
      case (_, delimiter):
        endCell()
        state = .opening
      case (_, 0x0A), (_, 0x0D):
        endCell()
        return .record(next: byte == 0x0D && next == 0x0A ? at + 2 : at + 1)
      case (.opening, Self.quote):
        opening = (line + innerLines, at - lineStart + 1)
        state = .quoted
      default:
        state = try takePlain(byte, after: state, line: line + innerLines, column: at - lineStart + 1)
      }
      at += 1
    }
    return try end(state, at: at, isFinal: isFinal)
  }

  /// A character inside quotes.
  private mutating func takeQuoted(_ byte: UInt8, next: UInt8?, at: Int) {
    text.append(byte)
    guard byte == 0x0A || (byte == 0x0D && next != 0x0A) else { return }
    innerLines += 1
    lineStart = at + 1
  }

  private mutating func beginCell() {
    cellStart = text.count
    cellLine = innerLines
  }

  private mutating func endCell() {
    cells.append(Cell(range: cellStart..<text.count, lineOffset: cellLine))
    beginCell()
  }

  /// A character outside quotes.
  private mutating func takePlain(_ byte: UInt8, after state: State, line: Int, column: Int) throws(FileError) -> State
  {
    if state == .closed {
      throw FileError(
        .invalid, file: file, line: line, column: column,
        "text follows the closing quote of a cell; write a quote that belongs to the cell twice")
    }
    if byte == Self.quote, text[cellStart...].allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
      throw FileError(
        .invalid, file: file, line: line, column: column,
        "a blank stands before the opening quote of a cell; remove the blank")
    }
    text.append(byte)
    return .plain
  }

  private mutating func end(_ state: State, at: Int, isFinal: Bool) throws(FileError) -> Outcome {
    guard isFinal else { return .incomplete }
    if state == .quoted {
      throw FileError(
        .invalid, file: file, line: opening.line, column: opening.column,
        "the quote that opens here is never closed; close it, or write a quote that belongs to the cell twice")
    }
    endCell()
    return .record(next: at)
  }
}

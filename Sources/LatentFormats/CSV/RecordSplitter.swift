internal import LatentData

/// Splits one record of a table into cells by the rules of RFC 4180, slowly and with care.
///
/// A line ends with LF, CR LF or CR. A cell that begins with a quote ends with the next single quote; two quotes in it
/// are one. A quote inside a cell that does not begin with one is a character like any other. Nothing is copied before
/// the record is known to be whole.
struct RecordSplitter {
  /// A cell without its quotes, and where in the record it began.
  struct Cell {
    // Small, for a record may have a million of them.
    private var start: UInt32
    private var end: UInt32
    private let lines: UInt32
    /// Whether it has pairs of quotes, each of which stands for one.
    fileprivate let hasPairs: Bool

    /// The number of line ends in the record before it.
    var lineOffset: Int { Int(lines) }

    /// Where it stands: in the record while that is split, then in `text`.
    fileprivate var range: Range<Int> {
      get { Int(start)..<Int(end) }
      set { (start, end) = (UInt32(newValue.lowerBound), UInt32(newValue.upperBound)) }
    }

    fileprivate init(_ range: Range<Int>, hasPairs: Bool, lineOffset: Int) {
      start = UInt32(range.lowerBound)
      end = UInt32(range.upperBound)
      lines = UInt32(lineOffset)
      self.hasPairs = hasPairs
    }
  }

  enum Outcome {
    /// A record was split; it goes on at this offset.
    case record(next: Int)
    /// The bytes end before the record does, and there are more to come.
    case incomplete
  }

  private static let quote = UInt8(ascii: "\"")

  private enum State { case opening, plain, quoted, closed }

  /// The first cells, as many as are wanted.
  private(set) var cells: [Cell] = []
  /// How many cells the record has.
  private(set) var count = 0
  private(set) var text: [UInt8] = []
  /// The number of line ends in the record, the last not counted.
  private(set) var innerLines = 0
  private let delimiter: UInt8
  private let file: String
  private let byteLimit: Int
  private let mostCells: Int

  private var recordStart = 0
  private var cellStart = 0
  private var cellLine = 0
  private var cellHasPairs = false
  /// Where the first byte of the present line is.
  private var lineStart = 0
  /// Where the quote of a quoted cell is.
  private var opening = (line: 0, column: 0)

  /// A splitter for the records of a window, of which no more than the first cells are wanted.
  init(_ window: InputWindow, delimiter: CSVDelimiter, mostCells: Int) {
    self.delimiter = delimiter.rawValue
    file = window.name
    byteLimit = window.recordLimit
    self.mostCells = mostCells
  }

  /// The text of a cell.
  subscript(cell: Int) -> ArraySlice<UInt8> { text[cells[cell].range] }

  /// Splits the record that begins at `start`, on line `line` of the file.
  mutating func split(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, isFinal: Bool, line: Int
  ) throws(FileError) -> Outcome {
    beginRecord(at: start)
    var state = State.opening
    var at = start
    let end = bytes.count - start > byteLimit ? start + byteLimit : bytes.count
    while at < end {
      let byte = bytes[at]
      let next = at + 1 < bytes.count ? bytes[at + 1] : nil
      // What a quote or a carriage return means depends on the byte behind it.
      if next == nil, !isFinal, byte == Self.quote || byte == 0x0D { return .incomplete }
      if state != .quoted, byte == 0x0A || byte == 0x0D {
        endRecord(state, at: at, in: bytes)
        return .record(next: byte == 0x0D && next == 0x0A ? at + 2 : at + 1)
      }
      state = try step(state, byte, next, at: &at, in: bytes, line: line)
      at += 1
    }
    if at < bytes.count || !isFinal {
      guard at - start >= byteLimit else { return .incomplete }
      throw tooLong(state, line: line)
    }
    if state == .quoted {
      throw error(
        opening.line, opening.column,
        "the quote that opens here is never closed; close it, or write a quote that belongs to the cell twice")
    }
    endRecord(state, at: at, in: bytes)
    return .record(next: at)
  }

  /// Takes one byte that does not end the record, or a pair of quotes.
  @inline(__always)
  private mutating func step(
    _ state: State, _ byte: UInt8, _ next: UInt8?, at: inout Int, in bytes: UnsafeBufferPointer<UInt8>, line: Int
  ) throws(FileError) -> State {
    switch (state, byte) {
    case (_, 0):
      throw error(
        line + innerLines, at - lineStart + 1, "a NUL byte stands here; save the file as plain text in UTF-8")
    case (.quoted, Self.quote) where next == Self.quote:
      cellHasPairs = true
      at += 1
      return .quoted
    case (.quoted, Self.quote):
      endCell(at: at)
      return .closed
    case (.quoted, _):
      if byte == 0x0A || (byte == 0x0D && next != 0x0A) {
        innerLines += 1
        lineStart = at + 1
      }
      return .quoted
    case (_, delimiter):
      if state != .closed { endCell(at: at) }
      beginCell(at: at + 1)
      return .opening
    case (.opening, Self.quote):
      opening = (line + innerLines, at - lineStart + 1)
      beginCell(at: at + 1)
      return .quoted
    default:
      if state == .closed || byte == Self.quote {
        try checkPlain(after: state, bytes[cellStart..<at], line: line + innerLines, column: at - lineStart + 1)
      }
      return .plain
    }
  }

  private mutating func beginRecord(at start: Int) {
    cells.removeAll(keepingCapacity: true)
    count = 0
    innerLines = 0
    recordStart = start
    lineStart = start
    beginCell(at: start)
  }

  private mutating func endRecord(_ state: State, at end: Int, in bytes: UnsafeBufferPointer<UInt8>) {
    if state != .closed { endCell(at: end) }
    copyCells(of: bytes)
  }

  private mutating func beginCell(at start: Int) {
    cellStart = start
    cellLine = innerLines
    cellHasPairs = false
  }

  private mutating func endCell(at end: Int) {
    count += 1
    guard cells.count < mostCells else { return }
    let range = cellStart - recordStart..<end - recordStart
    cells.append(Cell(range, hasPairs: cellHasPairs, lineOffset: cellLine))
  }

  /// Puts the cells of a whole record into `text`, one of each pair of quotes left out.
  private mutating func copyCells(of bytes: UnsafeBufferPointer<UInt8>) {
    text.removeAll(keepingCapacity: true)
    let record = UnsafeBufferPointer(rebasing: bytes[recordStart...])
    for index in cells.indices {
      let start = text.count
      if cells[index].hasPairs {
        var isFirst = false
        for byte in record[cells[index].range] {
          isFirst = byte == Self.quote && !isFirst
          if byte != Self.quote || isFirst { text.append(byte) }
        }
      } else {
        text.append(contentsOf: record[cells[index].range])
      }
      cells[index].range = start..<text.count
    }
  }

  /// Refuses text after a closing quote, and a quote after whitespace.
  private func checkPlain(
    after state: State, _ cell: Slice<UnsafeBufferPointer<UInt8>>, line: Int, column: Int
  ) throws(FileError) {
    if state == .closed {
      throw error(
        line, column, "text follows the closing quote of a cell; write a quote that belongs to the cell twice")
    }
    if cell.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
      throw error(line, column, "whitespace stands before the opening quote of a cell; remove it")
    }
  }

  private func tooLong(_ state: State, line: Int) -> FileError {
    let limit = ReadingLimits.text(byteLimit)
    return state == .quoted
      ? error(
        opening.line, opening.column,
        "the quote that opens here is not closed within \(limit), the most that a row may have; close it, or write a "
          + "quote that belongs to the cell twice")
      : error(
        line, nil, "the row that begins here is longer than \(limit), the most that a row may have; is this a table?")
  }

  private func error(_ line: Int, _ column: Int?, _ message: String) -> FileError {
    FileError(.invalid, file: file, line: line, column: column, message)
  }
}

extension RecordSplitter {
  /// Refuses a record that has not as many cells as the header.
  func requireCount(_ expected: Int, file: String, line: Int) throws(FileError) {
    guard count != expected else { return }
    let remedy =
      count == expected + 1 && self[count - 1].isEmpty
      ? "remove the delimiter at the end of the line"
      : count > expected ? "quote a cell that holds the delimiter" : "leave a missing cell empty between delimiters"
    throw FileError(
      .invalid, file: file, line: line,
      "found \(CellText.count(count, "cell")), expected \(expected) as in the header; \(remedy)")
  }
}

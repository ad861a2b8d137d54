public import LatentData

/// A table as it was read, with what a report or a command that writes it again needs to know.
public struct CSVTable: Sendable {
  /// The cells of the variables.
  public let table: Table
  /// The names of all columns of the file, in its order.
  public let header: [String]
  /// What stood between the cells.
  public let delimiter: CSVDelimiter
  /// The columns that are neither variables nor weights, in the order of the file.
  public let ignoredColumns: [CSVTextColumn]
  /// The column that gave the weights.
  public let weightsColumn: CSVTextColumn?
  /// The numbers in columns that are cut into intervals, by the name of the variable, NaN where a cell holds none; empty
  /// unless the text of other columns is kept, and when a file is read block by block.
  public let cutNumbers: [String: [Double]]
  /// How many cells each missing token stood in; standard tokens first, those that were in no cell included.
  public let missingTokens: [MissingTokenCount]
  /// What was read in a way that the writer of the file may not have meant.
  public let warnings: [FileWarning]
  let lines: LineMap

  /// The line of the file on which a row begins; rows from 0, lines from 1.
  public func line(ofRow row: Int) -> Int { lines.line(ofRow: row) }
}

/// A column of a file that is not a variable.
public struct CSVTextColumn: Hashable, Sendable {
  /// The name in the header; empty when there is none.
  public let name: String
  /// The position in the file, from 0.
  public let position: Int
  /// The cells, one per row, without quotes; nil unless the options ask for them.
  public let cells: CSVText?
}

/// Many short texts in one block of memory.
public struct CSVText: Hashable, Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  init() {}

  /// The number of texts.
  public var count: Int { ends.count }

  /// The text of a row; linear in its length.
  public subscript(row: Int) -> String {
    String(decoding: bytes[(row == 0 ? 0 : ends[row - 1])..<ends[row]], as: UTF8.self)
  }

  mutating func append(_ text: some Sequence<UInt8>) {
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
  }

  /// These texts and then others.
  func followed(by other: CSVText) -> CSVText {
    if ends.isEmpty { return other }
    var both = self
    both.bytes += other.bytes
    both.ends += other.ends.map { $0 + bytes.count }
    return both
  }

  /// Keeps the first texts only.
  mutating func truncate(to count: Int) {
    guard count < ends.count else { return }
    ends.removeLast(ends.count - count)
    bytes.removeLast(bytes.count - (ends.last ?? 0))
  }
}

/// The line on which each row begins, stored only where rows and lines stop going in step.
struct LineMap: Sendable {
  /// From row `first` on, a row begins `shift` lines after its own number.
  private var steps: [(first: Int, shift: Int)] = []

  /// Records that a row begins on a line; rows in rising order.
  mutating func record(row: Int, line: Int) {
    let shift = line - row
    if shift == steps.last?.shift ?? 2 { return }
    if steps.last?.first == row { steps.removeLast() }
    steps.append((row, shift))
  }

  func line(ofRow row: Int) -> Int {
    var low = 0
    var high = steps.count
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].first <= row { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? row + 2 : row + steps[low - 1].shift
  }
}

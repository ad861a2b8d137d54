internal import LatentData

/// Turns the rows of a table into codes, block by block.
///
/// Three tiers of one grammar, each of which hands what it does not understand to the next and leaves no trace of the
/// attempt: `parseQuickly` reads short labels eight bytes at a time, four rows side by side; `parseField` one cell of
/// any length, quoted or not; `parseCarefully` a whole row with escaped quotes, line ends in cells, odd line ends,
/// whitespace around labels, new labels, and everything that is wrong.
final class RowParser {
  /// What the quick tier needs to know about a column of the file.
  struct FieldPlan {
    var slots: UnsafeMutablePointer<LabelTable.Slot>
    var multiplier: UInt64
    var shift: UInt64
    /// The column's codes in the block.
    let codes: UnsafeMutablePointer<StateCode>
    /// The byte behind a cell: the delimiter, or LF behind the last.
    let terminator: UInt8
    /// The column's numbers in the block; nil where it has codes only.
    var numbers: UnsafeMutablePointer<Double>?
  }

  let window: InputWindow
  let columns: [FileColumn]
  let delimiter: UInt8
  /// The offset in the window of the row that is to be read next.
  var position = 0
  /// The rows in the block so far.
  var blockRows = 0
  /// The rows before the block.
  private(set) var firstRow = 0
  /// The line of the next row, less its number.
  var lineShift: Int
  var lines = LineMap()
  var blankLines = BlankLines()
  var splitter: RecordSplitter

  /// The most rows of a block.
  let blockCapacity: Int
  let plans: UnsafeMutableBufferPointer<FieldPlan>
  let blockWeights: UnsafeMutableBufferPointer<Double>
  private let blockCodes: UnsafeMutablePointer<StateCode>

  private static let mostBlockRows = 1024
  private static let fewestBlockRows = 32
  private static let mostBlockCells = 1 << 19
  /// Columns of a block lie so far apart that their ends do not compete for one set of the cache.
  private static let padding = 32

  init(_ window: InputWindow, header: CSVHeader, columns: [FileColumn]) {
    self.window = window
    self.columns = columns
    delimiter = header.delimiter.rawValue
    lineShift = header.nextLine
    lines.record(row: 0, line: header.nextLine)
    splitter = RecordSplitter(window, delimiter: header.delimiter, mostCells: columns.count + 1)

    blockCapacity = max(Self.fewestBlockRows, min(Self.mostBlockRows, Self.mostBlockCells / columns.count))
    let stride = blockCapacity + Self.padding
    blockCodes = .allocate(capacity: stride * columns.count)
    blockCodes.initialize(repeating: -1, count: stride * columns.count)
    blockWeights = .allocate(capacity: blockCapacity)
    blockWeights.initialize(repeating: 1)
    plans = .allocate(capacity: columns.count)
    for (index, column) in columns.enumerated() {
      let plan = FieldPlan(
        slots: column.labels.slots, multiplier: column.labels.multiplier, shift: column.labels.shift,
        codes: blockCodes + index * stride,
        terminator: index == columns.count - 1 ? 0x0A : header.delimiter.rawValue)
      plans.initializeElement(at: index, to: plan)
      prepareNumbers(index)
    }
  }

  deinit {
    blockCodes.deallocate()
    blockWeights.deallocate()
    for plan in plans { plan.numbers?.deallocate() }
    plans.deallocate()
  }

  /// Reads up to `blockCapacity` rows; returns how many, 0 at the end of the table.
  func nextBlock() throws(FileError) -> Int {
    firstRow += blockRows
    blockRows = 0
    while blockRows < blockCapacity {
      parseQuickly()
      if blockRows == blockCapacity { break }
      if position == window.bytes.count, window.isFinal { break }
      guard try parseCarefully() else {
        try window.advance(by: position)
        position = 0
        continue
      }
    }
    return blockRows
  }

  /// The codes of a column in the block: states, and −1 − t for missing token t.
  func codes(ofColumn column: Int) -> UnsafeBufferPointer<StateCode> {
    UnsafeBufferPointer(start: plans[column].codes, count: blockRows)
  }

  /// The numbers of a column in the block; where the code of a row is negative, there is none, and where a cell holds the
  /// name of an interval, it is NaN.
  func numbers(ofColumn column: Int) -> UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(start: plans[column].numbers, count: plans[column].numbers == nil ? 0 : blockRows)
  }

  /// Stores a number of a row: as a missing token if it is one, otherwise itself, with the code of its interval.
  func store(_ value: Double, column: Int, row: Int) {
    let target = columns[column]
    plans[column].numbers?[row] = value
    plans[column].codes[row] = target.token(value) ?? target.cuts?.code(of: value) ?? 0
  }

  /// Makes room for the numbers of a column that has any.
  private func prepareNumbers(_ column: Int) {
    switch columns[column].use {
    case .intervals, .numbers, .presumedNumbers:
      guard plans[column].numbers == nil else { return }
      let numbers = UnsafeMutablePointer<Double>.allocate(capacity: blockCapacity)
      numbers.initialize(repeating: 0, count: blockCapacity)
      plans[column].numbers = numbers
    case .states, .learning, .weights, .other: break
    }
  }

  /// The weights of the rows of the block.
  var weights: UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(rebasing: UnsafeBufferPointer(blockWeights)[..<blockRows])
  }

  /// Lets the quick tier see labels that a column has learned.
  func refreshPlan(_ column: Int) {
    let labels = columns[column].labels
    plans[column].slots = labels.slots
    plans[column].multiplier = labels.multiplier
    plans[column].shift = labels.shift
    prepareNumbers(column)
  }
}

/// Lines without a cell in a table of several columns; those behind the last row do not count.
struct BlankLines {
  private(set) var firstLine = 0
  private var counted = 0
  private var run = (row: -1, count: 0)

  /// Records a blank line before row `row`.
  mutating func record(line: Int, beforeRow row: Int) {
    if run.count == 0 { firstLine = line }
    if run.row != row {
      counted += run.count
      run = (row, 0)
    }
    run.count += 1
  }

  /// The blank lines that some row follows.
  func count(rows: Int) -> Int {
    run.row < rows ? counted + run.count : counted
  }
}

internal import LatentData

/// A table of text while it is read for a schema, block by block.
struct TableReading {
  private let schema: Schema
  private let assignment: ColumnAssignment
  private let columns: [FileColumn]
  private let parser: RowParser
  private let otherText: CSVOptions.OtherText
  /// How many cells hold a state, and how many each missing token.
  private var hits: [Int]
  /// The number of rows read so far.
  private(set) var rowCount = 0

  /// Reads the header.
  init(_ window: InputWindow, schema: Schema, options: CSVOptions) throws(FileError) {
    let header = try CSVHeader.read(from: window)
    var assignment = try ColumnAssignment(header, file: window.name, options: options)
    columns = try assignment.columns(of: schema)
    parser = RowParser(window, header: header, columns: columns)
    hits = [Int](repeating: 0, count: 1 + assignment.tokens.count)
    self.assignment = assignment
    otherText = options.otherText
    self.schema = schema
  }

  /// No rows, of the columns of this table.
  var emptyRows: RowAccumulator {
    RowAccumulator(
      schema: schema, columns: columns, keepsCutNumbers: otherText == .kept, codebook: assignment.options.codebook)
  }

  /// Reads a block and appends its rows; false at the end of the file.
  mutating func appendBlock(to rows: inout RowAccumulator) throws(FileError) -> Bool {
    let count = try parser.nextBlock()
    guard count > 0 else { return false }
    rows.append(parser, countingMissingIn: &hits)
    rowCount += count
    return true
  }

  /// The table with what is to be said about the file, which has been read to its end.
  func csvTable(_ rows: RowAccumulator) throws(FileError) -> CSVTable {
    let report = try ReadingReport(parser, assignment: assignment, hits: Array(hits.dropFirst()), rows: rowCount)
    return report.csvTable(
      rows.table(), ignored: columns.filter { $0.use == .other }.map { $0.textColumn() }, cutNumbers: rows.cutNumbers)
  }
}

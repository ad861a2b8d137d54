public import LatentData

/// Tables of categorical cells in text: RFC 4180 with its usual relatives.
///
/// The first line names the columns. Cells are separated by commas, or by tabs or semicolons where the first line has
/// no comma; lines end with LF, CR LF or CR; a mark of UTF-8 is skipped. Blank lines are skipped with a warning when rows
/// follow them. In a table of one column, though, an empty line is a row whose only cell is empty, the last line
/// included, since nothing else could stand for such a row.
public enum CSV {
  /// Reads a table whose variables are known.
  ///
  /// A variable without a column in the file is `.absent`; the order of columns is of no concern. `-` is standard input;
  /// a name that ends in `.gz` is unpacked. The text is never in memory as a whole. Linear in the size of the file.
  ///
  /// Throws `.unreadable` when the file cannot be read, and `.invalid`, with the line, for the first thing in it that is
  /// neither a state, nor missing, nor allowed by the options.
  public static func readTable(
    _ path: String, schema: Schema, options: CSVOptions = CSVOptions()
  ) throws(FileError) -> CSVTable {
    try readTable(from: InputWindow(opening: path), schema: schema, options: options)
  }

  /// Reads a table whose variables are not known: every label that is not missing becomes a state.
  ///
  /// States that are all numbers are sorted by value, others by their characters; blanks around labels are left out. A
  /// column without any label, without a name, or with more than 1,000 labels does not become a variable but is listed in
  /// `ignoredColumns`.
  public static func inferTable(
    _ path: String, options: CSVOptions = CSVOptions()
  ) throws(FileError) -> InferredTable {
    try inferTable(from: InputWindow(opening: path), options: options)
  }
}

extension CSV {
  static func readTable(
    from window: InputWindow, schema: Schema, options: CSVOptions
  ) throws(FileError) -> CSVTable {
    let header = try CSVHeader.read(from: window)
    var assignment = try ColumnAssignment(header, file: window.name, options: options)
    let columns = try assignment.columns(of: schema)
    let parser = RowParser(window, header: header, columns: columns)

    var codes = [[StateCode]](repeating: [], count: columns.count)
    var weights: [Double] = []
    var hits = [Int](repeating: 0, count: 1 + assignment.tokens.count)
    while try parser.nextBlock() > 0 {
      weights += parser.weights
      for (index, column) in columns.enumerated() where column.use == .states {
        append(parser.codes(ofColumn: index), to: &codes[index], countingMissingIn: &hits)
      }
    }
    let report = try ReadingReport(parser, assignment: assignment, hits: Array(hits.dropFirst()), rows: weights.count)

    var tableColumns = [Column](repeating: .absent, count: schema.count)
    for (index, column) in columns.enumerated() where column.use == .states {
      if let id = schema[column.name] { tableColumns[id.index] = .codes(codes[index]) }
      codes[index] = []
    }
    return report.csvTable(
      Table(schema: schema, columns: tableColumns, weights: weights),
      ignored: columns.filter { $0.use == .other }.map { $0.textColumn() })
  }

  /// Appends raw codes with every missing token as −1, and adds up what they were: `hits[0]` the states, `hits[1 + t]`
  /// the missing token t.
  static func append(
    _ raw: UnsafeBufferPointer<StateCode>, to codes: inout [StateCode], countingMissingIn hits: inout [Int]
  ) {
    let start = codes.count
    codes += raw
    var least: StateCode = 0
    for code in raw { least = min(least, code) }
    guard least < 0 else { return }
    hits.withUnsafeMutableBufferPointer { hits in
      for code in raw { hits[Int(max(0, 0 &- code))] &+= 1 }
    }
    codes.withUnsafeMutableBufferPointer { codes in
      for row in start..<codes.count { codes[row] = max(codes[row], -1) }
    }
  }
}

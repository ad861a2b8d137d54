public import LatentData

/// Tables of categorical cells in text: RFC 4180 with its usual relatives.
///
/// The first line names the columns. Cells are separated by commas, or by tabs or semicolons where the first line has
/// no comma; lines end with LF, CR LF or CR; a byte order mark of UTF-8 is skipped. Blank lines are skipped with a warning when rows
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

  /// Reads a table block by block, as `readTable` does, and keeps only its first rows.
  ///
  /// - Parameters:
  ///   - limit: how many rows the table that is returned holds at most.
  ///   - body: called with blocks of rows in their order, those that are kept among them.
  /// - Throws: as `readTable`, and at once what `body` throws.
  public static func readTable(
    _ path: String, schema: Schema, options: CSVOptions = CSVOptions(), keeping limit: Int,
    forEachBlock body: (Table) throws -> Void
  ) throws -> CSVTable {
    var reading = try TableReading(InputWindow(opening: path), schema: schema, options: options)
    var kept = reading.emptyRows
    while true {
      let firstRow = reading.rowCount
      var block = reading.emptyRows
      guard try reading.appendBlock(to: &block) else { return try reading.csvTable(kept) }
      let table = block.table()
      try body(table)
      if firstRow < limit { kept.append(table, upTo: limit) }
    }
  }

  /// Reads a table whose variables are not known: every label that is not missing becomes a state.
  ///
  /// States that are all numbers are sorted by value, others by their characters; whitespace around labels is left out. A
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
    var reading = try TableReading(window, schema: schema, options: options)
    var rows = reading.emptyRows
    while try reading.appendBlock(to: &rows) {}
    return try reading.csvTable(rows)
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

  /// Appends numbers with NaN where the code of a row is that of a missing token, and adds up what the codes were.
  static func append(
    _ raw: UnsafeBufferPointer<Double>, missingIn codes: UnsafeBufferPointer<StateCode>, to numbers: inout [Double],
    countingMissingIn hits: inout [Int]
  ) {
    let start = numbers.count
    numbers += raw
    for (index, code) in codes.enumerated() where code < 0 {
      numbers[start + index] = .nan
      hits[-Int(code)] += 1
    }
  }
}

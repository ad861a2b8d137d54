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
  public static func readTable(
    _ path: String, schema: Schema, options: CSVOptions = CSVOptions(), keeping limit: Int,
    forEachBlock body: (Table) -> Void
  ) throws(FileError) -> CSVTable {
    let window = try InputWindow(opening: path)
    return try withoutActuallyEscaping(body) { (body) throws(FileError) in
      try readTable(from: window, schema: schema, options: options, keeping: limit, forEachBlock: body)
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
    from window: InputWindow, schema: Schema, options: CSVOptions, keeping limit: Int = .max,
    forEachBlock body: ((Table) -> Void)? = nil
  ) throws(FileError) -> CSVTable {
    let header = try CSVHeader.read(from: window)
    var assignment = try ColumnAssignment(header, file: window.name, options: options)
    let columns = try assignment.columns(of: schema)
    let parser = RowParser(window, header: header, columns: columns)

    var kept = RowAccumulator(schema: schema, columns: columns)
    var rows = 0
    var hits = [Int](repeating: 0, count: 1 + assignment.tokens.count)
    while case let count = try parser.nextBlock(), count > 0 {
      if let body {
        var block = RowAccumulator(schema: schema, columns: columns)
        block.append(parser, countingMissingIn: &hits)
        let table = block.table()
        body(table)
        if rows < limit { kept.append(table, upTo: limit) }
      } else {
        kept.append(parser, countingMissingIn: &hits)
      }
      rows += count
    }
    let report = try ReadingReport(parser, assignment: assignment, hits: Array(hits.dropFirst()), rows: rows)
    return report.csvTable(
      kept.table(), ignored: columns.filter { $0.use == .other }.map { $0.textColumn() })
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

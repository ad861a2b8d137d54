package import LatentData

/// What the columns of a table hold that was read without a schema.
package struct ScannedTable {
  /// The columns in the order of the file, that of weights left out.
  package let columns: [Column]
  /// What was read in a way that the writer of the file may not have meant.
  package let warnings: [FileWarning]

  /// A column of the file.
  package struct Column {
    /// Its name; a column without one goes by its position.
    package let name: String
    package let content: MissingnessContent
    /// Where every cell that is not missing is a number: the values of the labels, by their codes in blocks.
    package let numericLabels: [Double]?
    /// Numbers at an end of the range, such as −9 or 999, that look like codes for missing cells.
    package let suspectedCodes: [String]
  }
}

extension CSV {
  private static let scannedRows = 1024

  /// Reads a table of which nothing is known, block by block, in one pass; the text is never in memory as a whole.
  ///
  /// - Parameters:
  ///   - missing: which cells are missing.
  ///   - weightsColumn: the column that holds the weight of each row, if there is one.
  ///   - body: called with blocks of rows in their order.
  /// - Throws: when the file is no table, and at once what `body` throws.
  package static func scan(
    _ path: String, missing: MissingTokens, weightsColumn: String?, forEachBlock body: (CellBlock) throws -> Void
  ) throws -> ScannedTable {
    let records = try CSVRecords(path, missing: missing)
    let weights = try weightsColumn.map { try records.weightsPosition($0) }
    let tokens = missing.resolved(header: records.header, codebook: Codebook())
    let memory = ScanMemory(columns: records.header.count, rows: scannedRows)
    var columns = records.header.enumerated().map { position, name in
      ColumnScan(
        name, position: position, tokens: tokens, codes: memory.codes(position), numbers: memory.numbers(position))
    }
    var rowWeights: [Double] = []
    var isDone = false
    while !isDone {
      rowWeights.removeAll(keepingCapacity: true)
      while rowWeights.count < scannedRows {
        guard try records.next() else {
          isDone = true
          break
        }
        try take(records, into: &columns, row: rowWeights.count, except: weights)
        rowWeights.append(try weights.map { try records.weight($0) } ?? 1)
      }
      if !rowWeights.isEmpty { try body(memory.block(columns.filter { $0.position != weights }, rowWeights)) }
    }
    let scanned = columns.filter { $0.position != weights }
    return ScannedTable(
      columns: scanned.map { ScannedTable.Column($0, rows: records.row) },
      warnings: records.warnings + warnings(tokens, scanned))
  }

  /// Takes the cells of the current row.
  private static func take(
    _ records: CSVRecords, into columns: inout [ColumnScan], row: Int, except skipped: Int?
  ) throws(FileError) {
    var unreadable: Int?
    columns.withUnsafeMutableBufferPointer { columns in
      records.forEachText { position, text in
        guard position != skipped, !columns[position].take(text, row: row) else { return }
        unreadable = unreadable ?? position
      }
    }
    // The text is asked for, which says what is wrong with it.
    if let unreadable { _ = try records.text(unreadable) }
  }

  private static func warnings(_ tokens: [ResolvedToken], _ columns: [ColumnScan]) -> [FileWarning] {
    tokens.indices.filter { token in
      tokens[token].origin == .typed && columns.allSatisfy { $0.hits[token] == 0 }
    }.map { unused(tokens[$0]) }
  }

  /// What is to be said of a token that no cell held.
  static func unused(_ token: ResolvedToken) -> FileWarning {
    let column = token.column.map { " of column \($0)" } ?? ""
    return "no cell\(column) was read as missing for '\(token.text)': none holds it, or it is a state there"
  }
}

extension ScannedTable.Column {
  fileprivate init(_ scan: ColumnScan, rows: Int) {
    name = scan.name.isEmpty ? "column \(scan.position + 1)" : scan.name
    content = scan.content(rows: rows)
    numericLabels = scan.numericLabels
    suspectedCodes = scan.suspectedCodes
  }
}

extension CSVRecords {
  /// The position of the column of weights.
  fileprivate func weightsPosition(_ name: String) throws(FileError) -> Int {
    if let position = header.firstIndex(of: name) { return position }
    throw FileError(
      .invalid, file: window.name, line: 1,
      "there is no column \(name) for the weights; the columns are \(CellText.list(header))")
  }

  /// The weight in a cell of the current row.
  fileprivate func weight(_ column: Int) throws(FileError) -> Double {
    if let weight = number(column), weight >= 0 { return weight }
    if isMissing(column) {
      throw error(column, "the weight is missing; give every row a number, 0 to leave it out")
    }
    let shown = CellText.shown(Array(try text(column).utf8)[...])
    throw error(column, "\(shown) is not a weight; expected a finite number, 0 or greater")
  }
}

/// Memory for the cells of a block.
private final class ScanMemory {
  private let allCodes: UnsafeMutablePointer<StateCode>
  private let allNumbers: UnsafeMutablePointer<Double>
  private let rows: Int

  init(columns: Int, rows: Int) {
    self.rows = rows
    allCodes = .allocate(capacity: columns * rows)
    allCodes.initialize(repeating: CellBlock.missing, count: columns * rows)
    allNumbers = .allocate(capacity: columns * rows)
    allNumbers.initialize(repeating: .nan, count: columns * rows)
  }

  deinit {
    allCodes.deallocate()
    allNumbers.deallocate()
  }

  func codes(_ column: Int) -> UnsafeMutablePointer<StateCode> { allCodes + column * rows }

  func numbers(_ column: Int) -> UnsafeMutablePointer<Double> { allNumbers + column * rows }

  /// The first rows of the block.
  func block(_ columns: [ColumnScan], _ weights: [Double]) -> CellBlock {
    CellBlock(
      codes: columns.map { Array(UnsafeBufferPointer(start: codes($0.position), count: weights.count)) },
      numbers: columns.map { column in
        column.hasNumbers ? Array(UnsafeBufferPointer(start: numbers(column.position), count: weights.count)) : []
      },
      labelCounts: columns.map(\.labels.count), weights: weights)
  }
}

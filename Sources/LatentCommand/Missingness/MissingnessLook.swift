internal import Latent

/// All that the command finds out about a table.
struct MissingnessLook {
  let scan: ScannedTable
  let report: MissingnessReport
  let little: LittleOutcome

  /// Reads a file twice: to see what its columns hold, and for the numbers that Little's test fits. What comes from
  /// standard input is kept in between.
  init(_ path: String, _ options: TableOptions) throws {
    var counts: MissingnessCounts?
    var kept: [CellBlock] = []
    let scan = try CSV.scan(path, missing: options.missingTokens, weightsColumn: options.weights) { block in
      if counts == nil { counts = MissingnessCounts(columnCount: block.codes.count) }
      counts?.add(block)
      if path == "-" { kept.append(block) }
    }
    self.scan = scan
    let columns = scan.columns.map { MissingnessColumn(name: $0.name, content: $0.content) }
    let report = MissingnessReport(counts ?? MissingnessCounts(columnCount: columns.count), columns)
    self.report = report
    let numeric = columns.indices.filter { Self.varies(scan.columns[$0]) }
    let schema = try Schema(numeric.map { try Variable(name: columns[$0].name, domain: .real) })
    let patterns = Set(report.patterns.map { pattern in pattern.missing.filter(Set(numeric).contains) }).count
    if path == "-" {
      let rows = KeptNumbers(schema: schema, columns: numeric, blocks: kept, scan: scan)
      little = try LittleTest.outcome(of: rows, patternCount: patterns)
    } else {
      let reading = CSVOptions(
        missing: options.missingTokens, weightsColumn: options.weights, unknownColumns: .ignore)
      little = try LittleTest.outcome(
        of: CSVSource(path, schema: schema, options: reading), patternCount: patterns)
    }
  }

  /// The columns with numbers that may be codes for missing cells.
  var suspects: [ScannedTable.Column] { scan.columns.filter { !$0.suspectedCodes.isEmpty } }

  /// Whether a column holds numbers, and not one alone.
  private static func varies(_ column: ScannedTable.Column) -> Bool {
    switch column.content {
    case .numbers: true
    case .labels, .other: Set(column.numericLabels ?? []).count > 1
    }
  }
}

/// The numbers of rows that were kept.
private struct KeptNumbers: RowSource {
  let schema: Schema
  /// The positions of the columns.
  let columns: [Int]
  let blocks: [CellBlock]
  let scan: ScannedTable

  func forEachBlock(_ body: (Table) throws -> Void) throws {
    for block in blocks {
      try body(
        Table(schema: schema, columns: columns.map { .reals(numbers(block, $0)) }, weights: block.weights))
    }
  }

  private func numbers(_ block: CellBlock, _ column: Int) -> [Double] {
    let labels = scan.columns[column].numericLabels ?? []
    return block.codes[column].enumerated().map { row, code in
      switch code {
      case CellBlock.number: block.numbers[column][row]
      case 0...: labels[Int(code)]
      default: .nan
      }
    }
  }
}

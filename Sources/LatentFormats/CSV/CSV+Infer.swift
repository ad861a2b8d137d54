internal import LatentData

extension CSV {
  static func inferTable(from window: InputWindow, options: CSVOptions) throws(FileError) -> InferredTable {
    let header = try CSVHeader.read(from: window)
    var assignment = try ColumnAssignment(header, file: window.name, options: options)
    let columns = assignment.columnsToLearn()
    let parser = RowParser(window, header: header, columns: columns)

    var raw = [[StateCode]](repeating: [], count: columns.count)
    var late = [LateNumbers](repeating: LateNumbers(), count: columns.count)
    var weights: [Double] = []
    while try parser.nextBlock() > 0 {
      weights += parser.weights
      for (index, column) in columns.enumerated() {
        if column.use == .learning {
          raw[index] += parser.codes(ofColumn: index)
        } else if raw[index].count < column.firstTextRow {
          raw[index] += parser.codes(ofColumn: index).prefix(column.firstTextRow - raw[index].count)
        }
        if column.use == .presumedNumbers || column.use == .numbers {
          late[index].append(parser, column: index, from: column.firstTextRow)
        }
      }
    }
    var inference = Inference(tokens: assignment.tokens, rows: weights.count, options: options, file: window.name)
    for (index, column) in columns.enumerated() where column.use != .weights {
      try inference.add(column, raw: raw[index], late[index])
      (raw[index], late[index]) = ([], LateNumbers())
    }
    let report = try ReadingReport(parser, assignment: assignment, hits: inference.hits, rows: weights.count)
    let table = Table(checked: try inference.schema(), columns: inference.columns, weights: weights)
    return InferredTable(
      csv: report.csvTable(table, ignored: inference.ignored), readings: inference.readings,
      codebook: inference.codebook)
  }
}

/// The numbers of a column from the row on from which it is known or presumed to be one of numbers.
struct LateNumbers {
  private(set) var values: [Double] = []
  /// Per missing token: how many cells it stood in, after a count of numbers.
  private(set) var hits: [Int] = []

  fileprivate mutating func append(_ parser: RowParser, column: Int, from first: Int) {
    let skipped = max(0, first - parser.firstRow)
    let codes = UnsafeBufferPointer(rebasing: parser.codes(ofColumn: column)[skipped...])
    let numbers = UnsafeBufferPointer(rebasing: parser.numbers(ofColumn: column)[skipped...])
    let needed = 1 - Int(codes.min() ?? 0)
    if hits.count < needed { hits += repeatElement(0, count: needed - hits.count) }
    CSV.append(numbers, missingIn: codes, to: &values, countingMissingIn: &hits)
  }
}

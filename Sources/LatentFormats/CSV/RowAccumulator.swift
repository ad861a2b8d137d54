internal import LatentData

/// Rows on their way into a table.
struct RowAccumulator {
  private let schema: Schema
  private let columns: [FileColumn]
  /// The codes of each column of the file that is a variable.
  private var codes: [[StateCode]]
  private var weights: [Double] = []

  init(schema: Schema, columns: [FileColumn]) {
    self.schema = schema
    self.columns = columns
    codes = [[StateCode]](repeating: [], count: columns.count)
  }

  /// Appends the block that a parser has just read, and counts its missing tokens.
  mutating func append(_ parser: RowParser, countingMissingIn hits: inout [Int]) {
    weights += parser.weights
    for (index, column) in columns.enumerated() where column.use == .states {
      CSV.append(parser.codes(ofColumn: index), to: &codes[index], countingMissingIn: &hits)
    }
  }

  /// Appends rows of a table of the same columns until there are `limit` rows.
  mutating func append(_ table: Table, upTo limit: Int) {
    let count = min(table.rowCount, limit - weights.count)
    weights += table.weights.prefix(count)
    for (index, column) in columns.enumerated() where column.use == .states {
      guard let id = schema[column.name], case .codes(let rows) = table.columns[id.index] else { continue }
      codes[index] += rows.prefix(count)
    }
  }

  /// The rows as a table.
  func table() -> Table {
    var tableColumns = [Column](repeating: .absent, count: schema.count)
    for (index, column) in columns.enumerated() where column.use == .states {
      if let id = schema[column.name] { tableColumns[id.index] = .codes(codes[index]) }
    }
    return Table(checked: schema, columns: tableColumns, weights: weights)
  }
}

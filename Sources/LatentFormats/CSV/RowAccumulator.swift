internal import LatentData

/// Rows on their way into a table.
struct RowAccumulator {
  private let schema: Schema
  private let columns: [FileColumn]
  /// The codes of each column of the file that is a variable with states.
  private var codes: [[StateCode]]
  /// The numbers of each column of the file that is a variable of numbers, NaN where one is missing.
  private var numbers: [[Double]]
  private var weights: [Double] = []
  private let keepsCutNumbers: Bool
  private let codebook: Codebook

  /// - keepsCutNumbers: whether the numbers of columns of intervals are kept, too.
  /// - codebook: says which columns follow from others.
  init(schema: Schema, columns: [FileColumn], keepsCutNumbers: Bool, codebook: Codebook) {
    self.codebook = codebook
    self.schema = schema
    self.keepsCutNumbers = keepsCutNumbers
    self.columns = columns
    codes = [[StateCode]](repeating: [], count: columns.count)
    numbers = [[Double]](repeating: [], count: columns.count)
  }

  /// Appends the block that a parser has just read, and counts its missing tokens.
  mutating func append(_ parser: RowParser, countingMissingIn hits: inout [Int]) {
    weights += parser.weights
    for (index, column) in columns.enumerated() {
      switch column.use {
      case .states: CSV.append(parser.codes(ofColumn: index), to: &codes[index], countingMissingIn: &hits)
      case .intervals:
        CSV.append(parser.codes(ofColumn: index), to: &codes[index], countingMissingIn: &hits)
        if keepsCutNumbers { numbers[index] += parser.numbers(ofColumn: index) }
      case .numbers:
        CSV.append(
          parser.numbers(ofColumn: index), missingIn: parser.codes(ofColumn: index), to: &numbers[index],
          countingMissingIn: &hits)
      case .learning, .presumedNumbers, .weights, .other: break
      }
    }
  }

  /// Appends rows of a table of the same columns until there are `limit` rows.
  mutating func append(_ table: Table, upTo limit: Int) {
    let count = min(table.rowCount, limit - weights.count)
    weights += table.weights.prefix(count)
    for (index, column) in columns.enumerated() {
      guard column.use == .states || column.use == .intervals || column.use == .numbers, let id = schema[column.name]
      else { continue }
      switch table.columns[id.index] {
      case .absent: break
      case .codes(let rows): codes[index] += rows.prefix(count)
      case .reals(let rows): numbers[index] += rows.prefix(count)
      }
    }
  }

  /// The numbers of columns of intervals by the name of the variable, NaN where a cell holds none; empty unless kept.
  var cutNumbers: [String: [Double]] {
    guard keepsCutNumbers else { return [:] }
    var kept: [String: [Double]] = [:]
    for (index, column) in columns.enumerated() where column.use == .intervals {
      kept[column.name] = zip(numbers[index], codes[index]).map { $1 < 0 ? .nan : $0 }
    }
    return kept
  }

  /// The rows as a table.
  func table() -> Table {
    var tableColumns = [Column](repeating: .absent, count: schema.count)
    for (index, column) in columns.enumerated() {
      guard let id = schema[column.name] else { continue }
      switch column.use {
      case .states, .intervals: tableColumns[id.index] = .codes(codes[index])
      case .numbers: tableColumns[id.index] = .reals(numbers[index])
      case .learning, .presumedNumbers, .weights, .other: break
      }
    }
    return Table(checked: schema, columns: tableColumns, weights: weights).recordingMissingness(of: codebook)
  }
}

package import LatentData
internal import LatentInference
internal import LatentKernels
internal import LatentModels

/// What came of the wish to make Little's test.
package enum LittleOutcome: Hashable, Sendable {
  /// The test, over the columns of these names.
  case test(LittleTest, columns: [String])
  /// No test, and why.
  case none(LittleObstacle)
}

/// Why Little's test was not made.
package enum LittleObstacle: Hashable, Sendable, CustomStringConvertible {
  /// There are not two columns of numbers that vary.
  case tooFewColumns
  /// No two patterns of missing cells observe the same columns.
  case nothingToCompare
  /// So many patterns of so many columns, each of which takes a factorisation per iteration.
  case tooManyPatterns(Int, columns: Int)
  /// The normal distribution could not be fitted, and the reason.
  case fit(String)

  /// The reason as a clause.
  package var description: String {
    switch self {
    case .tooFewColumns: "it needs two numeric columns that vary"
    case .nothingToCompare: "no two patterns of missing cells have a numeric column in common"
    case .tooManyPatterns(let patterns, let columns):
      "\(patterns) patterns of \(columns) numeric columns are too many; give it fewer columns"
    case .fit(let reason): reason
    }
  }
}

extension LittleTest {
  /// The most work per iteration that the test is worth: patterns · columns³.
  private static let mostWork = 3e7

  /// Fits a normal distribution with a full covariance to the rows, by EM, and tests the means of their patterns.
  ///
  /// - Parameters:
  ///   - rows: numbers; read twice at the most.
  ///   - patternCount: how many patterns of missing cells there are.
  /// - Throws: what reading throws.
  package static func outcome(of rows: some RowSource, patternCount: Int) throws -> LittleOutcome {
    let names = rows.schema.variables.map(\.name)
    guard names.count > 1 else { return .none(.tooFewColumns) }
    let cubed = Double(names.count * names.count * names.count)
    guard Double(patternCount) * cubed <= mostWork else {
      return .none(.tooManyPatterns(patternCount, columns: names.count))
    }
    let recorded = RecordedRows(rows)
    let normal: (mean: [Double], covariance: [Double])
    do {
      normal = try fittedNormal(recorded)
    } catch let error as FitError {
      return .none(.fit("\(error)"))
    } catch let error as InferenceError {
      return .none(.fit("\(error)"))
    }
    guard
      let test = LittleTest(
        mean: normal.mean, covariance: normal.covariance, patterns: recorded.patterns.littlePatterns)
    else { return .none(.nothingToCompare) }
    return .test(test, columns: names)
  }

  /// The mean and the covariance, row by row, that make the rows most probable.
  private static func fittedNormal(_ rows: some RowSource) throws -> (mean: [Double], covariance: [Double]) {
    let ids = rows.schema.ids
    let block = Block(name: unusedName(in: rows.schema), columns: ids, covariance: .full)
    let structure = try NetworkStructure(schema: rows.schema, parents: ids.map { _ in [] }, blocks: [block])
    var options = FitOptions()
    options.stopping.tolerance = 1e-13
    options.acceleration = .squarem
    let model = try Model(name: "", structure: structure, parameters: [nil])
    let row = try model.fit(to: rows, options: options).network.parameters
    let n = ids.count
    return (
      Array(row.prefix(n)), (0..<n * n).map { row[n + packedIndex($0 / n, $0 % n)] }
    )
  }

  private static func unusedName(in schema: Schema) -> String {
    var name = "numbers"
    while schema[name] != nil { name += "_" }
    return name
  }
}

/// Rows that leave the patterns of their missing numbers behind when they are first read.
private final class RecordedRows<Rows: RowSource>: RowSource {
  private let rows: Rows
  private(set) var patterns: NumberPatterns
  private var isRecorded = false

  var schema: Schema { rows.schema }

  init(_ rows: Rows) {
    self.rows = rows
    patterns = NumberPatterns(columnCount: rows.schema.count)
  }

  func forEachBlock(_ body: (Table) throws -> Void) throws {
    let isFirst = !isRecorded
    try rows.forEachBlock { table in
      if isFirst { patterns.add(table) }
      try body(table)
    }
    isRecorded = true
  }
}

/// Sums of numbers by the pattern of missing cells in their rows.
struct NumberPatterns {
  private let columnCount: Int
  private var interner: WordInterner
  private var weights: [Double] = []
  /// Per pattern and column, Σ w (x − origin).
  private var sums: [Double] = []
  private var origins: [Double]

  init(columnCount: Int) {
    self.columnCount = columnCount
    interner = WordInterner(stride: max(1, (columnCount + 63) / 64))
    origins = [Double](repeating: .nan, count: columnCount)
  }

  /// Adds rows of numbers.
  mutating func add(_ table: Table) {
    let columns = table.columns.map { column -> [Double] in
      guard case .reals(let values) = column else { return [Double](repeating: .nan, count: table.rowCount) }
      return values
    }
    for (column, values) in columns.enumerated() where origins[column].isNaN {
      origins[column] = values.first { !$0.isNaN } ?? .nan
    }
    var key = [UInt64](repeating: 0, count: interner.stride)
    for (row, weight) in table.weights.enumerated() where weight > 0 {
      for word in key.indices { key[word] = 0 }
      for (column, values) in columns.enumerated() where values[row].isNaN {
        key[column >> 6] |= 1 << UInt64(column & 63)
      }
      let pattern = key.withUnsafeBufferPointer { $0.baseAddress.map { interner.intern($0) } ?? 0 }
      if pattern == weights.count {
        weights.append(0)
        sums += repeatElement(0, count: columnCount)
      }
      weights[pattern] += weight
      for (column, values) in columns.enumerated() where !values[row].isNaN {
        sums[pattern * columnCount + column] += weight * (values[row] - origins[column])
      }
    }
  }

  /// The patterns with the means of what they observe.
  var littlePatterns: [LittleTest.Pattern] {
    weights.enumerated().map { pattern, weight in
      let words = interner.keys[pattern * interner.stride..<(pattern + 1) * interner.stride]
      let observed = (0..<columnCount).filter { words[words.startIndex + $0 >> 6] >> UInt64($0 & 63) & 1 == 0 }
      return LittleTest.Pattern(
        observed: observed, weight: weight,
        means: observed.map { origins[$0] + sums[pattern * columnCount + $0] / weight })
    }
  }
}

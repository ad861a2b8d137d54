package import LatentData
internal import LatentInference

/// What is counted of the missing cells of a table, block by block: the patterns in which columns are missing together,
/// and per column what the others hold where it is missing.
///
/// A row costs a step per column, and one more per column for each cell that is missing in it.
package struct MissingnessCounts {
  /// The number of rows of positive weight.
  package private(set) var rows = 0
  /// Σ weights.
  package private(set) var weight = 0.0
  /// The patterns by their numbers.
  private var interner: WordInterner
  /// The weight of each pattern.
  private var patternWeights: [Double] = []
  /// Per column, what it holds.
  private var totals: [CellTotals]
  /// Per column i and column j, at i · columns + j: what j holds where i is missing; nil as long as that is nowhere.
  private var whereMissing: [CellTotals?]

  private var columnCount: Int { totals.count }

  /// The counts of no rows.
  package init(columnCount: Int) {
    interner = WordInterner(stride: max(1, (columnCount + 63) / 64))
    totals = [CellTotals](repeating: CellTotals(), count: columnCount)
    whereMissing = [CellTotals?](repeating: nil, count: columnCount * columnCount)
  }

  /// Adds rows.
  package mutating func add(_ block: CellBlock) {
    precondition(block.codes.count == columnCount, "one list of codes per column")
    rows += block.weights.count { $0 > 0 }
    for weight in block.weights { self.weight += weight }
    let all = block.weights.indices.map { Int32($0) }
    var words = [UInt64](repeating: 0, count: block.weights.count * interner.stride)
    for column in 0..<columnCount {
      totals[column].add(block, column, rows: all, origin: nil)
      let rows = Self.missingRows(block.codes[column])
      guard !rows.isEmpty else { continue }
      for row in rows { words[Int(row) * interner.stride + column >> 6] |= 1 << UInt64(column & 63) }
    }
    for column in 0..<columnCount {
      let rows = Self.missingRows(block.codes[column])
      guard !rows.isEmpty else { continue }
      for other in 0..<columnCount where other != column {
        let pair = column * columnCount + other
        if whereMissing[pair] == nil { whereMissing[pair] = CellTotals() }
        whereMissing[pair]?.add(block, other, rows: rows, origin: totals[other].origin)
      }
    }
    addPatterns(words, block.weights)
  }

  private mutating func addPatterns(_ words: [UInt64], _ weights: [Double]) {
    words.withUnsafeBufferPointer { words in
      guard var key = words.baseAddress else { return }
      for weight in weights {
        let pattern = interner.intern(key)
        if pattern == patternWeights.count { patternWeights.append(0) }
        patternWeights[pattern] += weight
        key += interner.stride
      }
    }
  }

  private static func missingRows(_ codes: [StateCode]) -> [Int32] {
    var rows: [Int32] = []
    for (row, code) in codes.enumerated() where code == CellBlock.missing { rows.append(Int32(row)) }
    return rows
  }
}

extension MissingnessCounts {
  /// Columns that are missing together in some rows, and in no row of theirs any other.
  package struct Pattern: Hashable, Sendable {
    /// The columns, rising.
    package let missing: [Int]
    /// Σ weights of the rows.
    package let weight: Double
  }

  /// The patterns of rows of positive weight, the heaviest first; of equal ones, those with fewer missing columns, and
  /// then with earlier ones.
  package var patterns: [Pattern] {
    let stride = interner.stride
    var patterns: [Pattern] = []
    for (number, weight) in patternWeights.enumerated() where weight > 0 {
      var missing: [Int] = []
      for (index, word) in interner.keys[number * stride..<(number + 1) * stride].enumerated() {
        var rest = word
        while rest != 0 {
          missing.append(64 * index + rest.trailingZeroBitCount)
          rest &= rest - 1
        }
      }
      patterns.append(Pattern(missing: missing, weight: weight))
    }
    return patterns.sorted { a, b in
      if a.weight != b.weight { return a.weight > b.weight }
      if a.missing.count != b.missing.count { return a.missing.count < b.missing.count }
      return a.missing.lexicographicallyPrecedes(b.missing)
    }
  }

  /// Σ weights of the rows in which a column is missing.
  package func missing(_ column: Int) -> Double { totals[column].missing }

  /// What a column holds in all rows.
  package func cells(_ column: Int) -> CellTotals { totals[column] }

  /// What a column holds where another is missing.
  package func cells(_ column: Int, whereMissing other: Int) -> CellTotals {
    whereMissing[other * columnCount + column] ?? CellTotals()
  }
}

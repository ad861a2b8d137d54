internal import LatentData

/// What the cells of a column hold, summed by weight.
package struct CellTotals {
  /// The weights of marks and labels: text, number, missing, label 0, label 1, and so on.
  private var weights = [Double](repeating: 0, count: firstLabel)
  /// Sums over the cells that hold numbers.
  private(set) var numbers = NumberTotals()

  private static let firstLabel = 3

  /// Σ weights of missing cells.
  package var missing: Double { weights[Self.firstLabel + Int(CellBlock.missing)] }

  /// Σ weights of the cells with each label; 0 for those that none holds.
  package func labels(_ count: Int) -> [Double] {
    let known = weights.dropFirst(Self.firstLabel).prefix(count)
    return known + [Double](repeating: 0, count: count - known.count)
  }

  /// What numbers are counted from; nil before there is one.
  var origin: Double? { numbers.origin }

  /// Adds the cells of a column in some rows of a block.
  ///
  /// - origin: what numbers are counted from; nil for the first number.
  mutating func add(_ block: CellBlock, _ column: Int, rows: [Int32], origin: Double?) {
    let needed = Self.firstLabel + block.labelCounts[column]
    if weights.count < needed { weights += repeatElement(0, count: needed - weights.count) }
    weights.withUnsafeMutableBufferPointer { totals in
      block.codes[column].withUnsafeBufferPointer { codes in
        block.weights.withUnsafeBufferPointer { weights in
          for row in rows { totals[Self.firstLabel &+ Int(codes[Int(row)])] += weights[Int(row)] }
        }
      }
    }
    if !block.numbers[column].isEmpty { numbers.add(block, column, rows, origin: origin) }
  }
}

/// Sums over weighted numbers about an origin that all sums to be compared share.
package struct NumberTotals {
  private(set) var origin: Double?
  package private(set) var weight = 0.0
  /// Σ w (x − origin).
  private var first = 0.0
  /// Σ w (x − origin)².
  private var second = 0.0

  /// Adds the numbers of a column in some rows of a block.
  mutating func add(_ block: CellBlock, _ column: Int, _ rows: [Int32], origin given: Double?) {
    let codes = block.codes[column]
    for row in rows where codes[Int(row)] == CellBlock.number {
      add(block.numbers[column][Int(row)], weight: block.weights[Int(row)], origin: given)
    }
  }

  /// Adds a number.
  mutating func add(_ value: Double, weight new: Double, origin given: Double?) {
    let from = origin ?? given ?? value
    origin = from
    let difference = value - from
    weight += new
    first += new * difference
    second += new * difference * difference
  }

  /// The sums over the numbers that are here and not there.
  func subtracting(_ other: NumberTotals) -> NumberTotals {
    precondition(other.weight == 0 || other.origin == origin, "sums about one origin")
    var rest = self
    rest.weight -= other.weight
    rest.first -= other.first
    rest.second -= other.second
    return rest
  }

  /// The mean; of no numbers, 0.
  package var mean: Double { weight > 0 ? (origin ?? 0) + first / weight : 0 }

  /// Σ w (x − mean)² / (Σ w − 1); 0 where there is too little.
  package var variance: Double {
    weight > 1 ? max(0, second - first * first / weight) / (weight - 1) : 0
  }
}

extension CellTotals {
  /// Sums over all numbers, those of the cells whose labels have these values included.
  package func numbers(_ values: [Double], origin: Double?) -> NumberTotals {
    var all = numbers
    for (value, weight) in zip(values, labels(values.count)) where weight > 0 {
      all.add(value, weight: weight, origin: origin)
    }
    return all
  }
}

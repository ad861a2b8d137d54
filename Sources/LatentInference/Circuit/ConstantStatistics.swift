internal import LatentData
internal import LatentKernels
internal import LatentModels

/// The statistics that no hidden cell touches: they are counted once, not in every E-step.
struct ConstantStatistics {
  /// Weighted counts of the tables whose members were all observed, laid out like their parameters.
  private(set) var counts: [Double]
  /// Per pattern: the moments of observed numbers whose parents were all observed.
  private var moments: [Int: ConstantMoments] = [:]

  init(_ layout: borrowing RowLayout) {
    counts = [Double](repeating: 0, count: layout.structure.tableCellCount)
  }

  /// The summed weight of all families that were counted.
  var weight: Double { moments.values.reduce(counts.reduce(0, +)) { $0 + $1.weight } }

  /// Counts every family over the rows that observe all its parents and some of its children.
  ///
  /// - isComplete: of which variables no row misses a cell.
  mutating func add(
    _ table: Table, isComplete: [Bool], _ layout: borrowing RowLayout, _ patterns: inout NumberPatterns
  ) {
    let structure = layout.structure
    let isUnweighted = table.weights.allSatisfy { $0 == 1 }
    var states = JointStates(rowCount: table.rowCount)
    func find(_ variables: [VariableID]) -> Bool {
      states.find(
        variables, structure.schema, rows: 0..<table.rowCount, column: { table.codes(of: $0) },
        isComplete: { isComplete[$0.index] })
    }
    // The family of a chain's variable is a matter of the chain.
    for family in structure.families where family.lags.isEmpty {
      guard family.isTable else {
        if find(family.parents.reversed()) { addNumbers(of: family, table, states.cells, &patterns) }
        continue
      }
      guard table.columns[family.child.index] != .absent, find([family.child] + family.parents.reversed()) else {
        continue
      }
      let counts =
        isUnweighted
        ? histogram(of: states.cells, cellCount: family.parameters.count)
        : histogram(of: states.cells, weights: table.weights, cellCount: family.parameters.count)
      for cell in family.parameters { self.counts[cell] += counts[cell - family.parameters.lowerBound] }
    }
  }

  /// Adds the numbers of a family.
  ///
  /// - configurations: that of the parents in each row; negative where it is not known.
  private mutating func addNumbers(
    of family: Family, _ table: Table, _ configurations: [Int32], _ patterns: inout NumberPatterns
  ) {
    var seen = ObservedNumbers(family, table)
    guard seen.hasColumns else { return }
    for (row, configuration) in configurations.enumerated() where configuration >= 0 && table.weights[row] > 0 {
      guard let number = seen.look(row, &patterns) else { continue }
      seen.values.withUnsafeBufferPointer {
        moments[number, default: ConstantMoments(patterns.patterns[number])].add(
          UnsafeBufferPointer(rebasing: $0[..<seen.count]), configuration: Int(configuration),
          weight: table.weights[row])
      }
    }
  }

  /// The moments about the origins of a frame, in the order of the patterns.
  func momentsByPattern(_ frame: Frame, _ patterns: NumberPatterns) -> [PatternMoments] {
    moments.sorted { $0.key < $1.key }.map { number, moments in
      let pattern = patterns.patterns[number]
      return PatternMoments(pattern: pattern, moments: moments.moments(pattern, frame))
    }
  }
}

/// The moments of rows of one pattern, those of all configurations end to end.
struct PatternMoments {
  let pattern: NumberPatterns.Pattern
  let moments: [Double]
}

/// The numbers that the rows of a table observe of one family, looked at row by row.
private struct ObservedNumbers {
  private let family: Family
  private let columns: [[Double]?]
  /// The numbers of patterns found before, by a bit per observed column; of families with up to 64 columns.
  private var known: [UInt64: Int] = [:]
  private var observed: [Int] = []
  /// The observed numbers of the row at hand, `count` of them.
  private(set) var values: [Double]
  private(set) var count = 0

  init(_ family: Family, _ table: Table) {
    self.family = family
    columns = family.children.map { child in
      if case .reals(let values) = table.columns[child.index] { return values }
      return nil
    }
    values = [Double](repeating: 0, count: columns.count)
  }

  /// Whether the table has any of the columns.
  var hasColumns: Bool { columns.contains { $0 != nil } }

  /// Goes to a row; returns the number of its pattern, nil where it observes nothing.
  mutating func look(_ row: Int, _ patterns: inout NumberPatterns) -> Int? {
    count = 0
    var mask: UInt64 = 0
    observed.removeAll(keepingCapacity: true)
    for position in columns.indices {
      guard let value = columns[position]?[row], !value.isNaN else { continue }
      values[count] = value
      count += 1
      mask |= 1 << UInt64(position % 64)
      observed.append(position)
    }
    guard count > 0 else { return nil }
    if columns.count <= 64, let number = known[mask] { return number }
    let number = patterns.number(of: family, observed: observed)
    known[mask] = number
    return number
  }
}

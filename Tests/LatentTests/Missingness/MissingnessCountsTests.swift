import Latent
import LatentKernels
import Testing

/// What is counted of missing cells, against counting row by row.
@Suite struct MissingnessCountsTests {
  /// A table of columns with states and with numbers, and its rows one by one.
  struct Example {
    let table: Table

    init(seed: Int, mostColumns: Int) throws {
      var random = SplitMix64(seed: UInt64(seed))
      let rows = Int.random(in: 1...60, using: &random)
      let variables = try (0..<Int.random(in: 1...mostColumns, using: &random)).map { index in
        let states = (0...Int.random(in: 0...4, using: &random)).map { "s\($0)" }
        return try Variable(name: "x\(index)", domain: index % 3 == 2 ? .real : .states(states))
      }
      let columns = variables.map { variable -> Column in
        let rate = Double.random(in: 0...0.5, using: &random)
        func isMissing() -> Bool { Double.random(in: 0..<1, using: &random) < rate }
        if variable.isCategorical {
          return .codes(
            (0..<rows).map { _ in
              isMissing() ? -1 : StateCode(Int.random(in: 0..<variable.cardinality, using: &random))
            })
        }
        return .reals((0..<rows).map { _ in isMissing() ? .nan : 1000 + Double.random(in: -1...1, using: &random) })
      }
      let weights = (0..<rows).map { _ in Double(Int.random(in: 0...3, using: &random)) }
      table = try Table(schema: Schema(variables), columns: columns, weights: weights)
    }

    func isMissing(_ row: Int, _ column: Int) -> Bool { table.cell(VariableID(column), row: row) == .missing }
  }

  private static func counts(_ tables: [Table]) -> MissingnessCounts {
    var counts = MissingnessCounts(columnCount: tables[0].schema.count)
    for table in tables { counts.add(CellBlock(table)) }
    return counts
  }

  @Test func countsAreThoseOfRowsOneByOne() throws {
    for seed in 0..<30 {
      let example = try Example(seed: seed, mostColumns: seed == 0 ? 140 : 12)
      let table = example.table
      let columns = table.columns.indices
      let counts = Self.counts([table])
      var patterns: [[Int]: Double] = [:]
      for (row, weight) in table.weights.enumerated() where weight > 0 {
        patterns[columns.filter { example.isMissing(row, $0) }, default: 0] += weight
      }
      #expect(Dictionary(uniqueKeysWithValues: counts.patterns.map { ($0.missing, $0.weight) }) == patterns)
      #expect(zip(counts.patterns, counts.patterns.dropFirst()).allSatisfy { $0.weight >= $1.weight })
      #expect(counts.rows == table.weights.count { $0 > 0 } && counts.weight == table.weights.reduce(0, +))
      for column in columns {
        let rows = table.weights.indices.filter { example.isMissing($0, column) }
        #expect(counts.missing(column) == rows.reduce(0) { $0 + table.weights[$1] })
        for other in columns where other != column {
          let found = counts.cells(other, whereMissing: column)
          switch table.columns[other] {
          case .codes(let codes):
            let expected = (0..<5).map { state in
              rows.reduce(0) { $0 + (codes[$1] == StateCode(state) ? table.weights[$1] : 0) }
            }
            #expect(found.labels(5) == expected)
          case .reals(let values):
            var moments = WeightedMoments()
            for row in rows where !values[row].isNaN { moments.add(values[row], weight: table.weights[row]) }
            let numbers = found.numbers([], origin: nil)
            expectClose([numbers.weight, numbers.mean], [moments.weight, moments.mean], relative: 1e-12)
            let variance = moments.weight > 1 ? moments.sumOfSquares / (moments.weight - 1) : 0
            expectClose(numbers.variance, variance, relative: 1e-9, absolute: 1e-12)
          case .absent: Issue.record("every variable has a column")
          }
        }
      }
    }
  }

  /// Blocks are of no concern, and a row of weight 2 is two rows.
  @Test func blocksAndWeightsAreRows() throws {
    for seed in 0..<40 {
      let table = try Example(seed: seed, mostColumns: 8).table
      let columns = MissingnessColumn.columns(of: table.schema)
      let whole = MissingnessReport(Self.counts([table]), columns)
      let rows = table.weights.indices.flatMap { row in Array(repeating: row, count: Int(table.weights[row])) }
      let single = rows.map { row in
        Table(
          checked: table.schema,
          columns: table.columns.map { column in
            switch column {
            case .absent: .absent
            case .codes(let codes): .codes([codes[row]])
            case .reals(let values): .reals([values[row]])
            }
          }, rowCount: 1)
      }
      guard !single.isEmpty else { continue }
      let parts = MissingnessReport(Self.counts(single), columns)
      #expect(whole.patterns == parts.patterns && whole.missing == parts.missing && whole.weight == parts.weight)
      expectClose(Self.inOrder(whole.tests), Self.inOrder(parts.tests), relative: 1e-8, "seed \(seed)")
    }
  }

  /// The p-values in the order of the columns, for tests that differ in rounding may stand in another order.
  private static func inOrder(_ tests: [MissingnessTest]) -> [Double] {
    tests.sorted { ($0.missing, $0.variable) < ($1.missing, $1.variable) }.map(\.pValue)
  }

  @Test func numbersMayBeginAsLabels() {
    var counts = MissingnessCounts(columnCount: 2)
    let missing = CellBlock.missing
    counts.add(
      CellBlock(
        codes: [[0, 1, 0], [missing, 0, missing]], numbers: [[], []], labelCounts: [2, 1], weights: [1, 1, 2]))
    counts.add(
      CellBlock(
        codes: [[CellBlock.number, missing, 1], [missing, 0, 0]], numbers: [[7, .nan, .nan], []], labelCounts: [2, 1],
        weights: [1, 1, 1]))
    // The labels 3 and 5, so that the numbers are 3, 5, 3, 3 and 7, 5: where the other is missing, 3, 3, 3 and 7.
    let there = counts.cells(0, whereMissing: 1).numbers([3, 5], origin: nil)
    #expect(there.weight == 4 && there.mean == 4 && there.variance == 4)
  }
}

package import LatentData

/// What can be said of the missing cells of a table.
package struct MissingnessReport {
  package let columns: [MissingnessColumn]
  /// Σ weights.
  package let weight: Double
  /// The number of rows of positive weight.
  package let rows: Int
  /// Per column, Σ weights of the rows in which it is missing.
  package let missing: [Double]
  package let patterns: [MissingnessCounts.Pattern]
  /// The tests of each column that is missing in some rows and each other one, those that stand out most first; of
  /// equals, those of earlier columns.
  package let tests: [MissingnessTest]

  /// The adjusted p-value below which a test stands out.
  package static let level = 0.05

  /// Makes the tests that the counts allow; O(columns² · labels).
  package init(_ counts: MissingnessCounts, _ columns: [MissingnessColumn]) {
    self.columns = columns
    weight = counts.weight
    rows = counts.rows
    missing = columns.indices.map { counts.missing($0) }
    patterns = counts.patterns
    var tests: [MissingnessTest] = []
    let orders = columns.map { Self.order(of: $0.content) }
    for column in columns.indices where missing[column] > 0 && missing[column] < weight {
      for other in columns.indices where other != column {
        let test = Self.test(column, other, counts, columns[other].content, order: orders[other])
        if let test { tests.append(test) }
      }
    }
    let adjusted = Multiplicity.holm(tests.map(\.pValue))
    for index in tests.indices { tests[index].adjustedPValue = adjusted[index] }
    self.tests = tests.enumerated().sorted { a, b in
      (a.element.adjustedPValue, a.element.pValue, -a.element.effect.magnitude, a.offset)
        < (b.element.adjustedPValue, b.element.pValue, -b.element.effect.magnitude, b.offset)
    }.map(\.element)
  }

  /// Σ weights of the rows without a missing cell, columns that are missing in every row left aside.
  package var completeWeight: Double {
    let always = Set(alwaysMissing)
    return patterns.reduce(0) { $1.missing.allSatisfy(always.contains) ? $0 + $1.weight : $0 }
  }

  /// The columns that are missing in every row.
  package var alwaysMissing: [Int] { columns.indices.filter { missing[$0] > 0 && missing[$0] == weight } }

  /// The tests that stand out.
  package var findings: ArraySlice<MissingnessTest> { tests.prefix { $0.adjustedPValue < Self.level } }

  private static func test(
    _ column: Int, _ other: Int, _ counts: MissingnessCounts, _ content: MissingnessContent, order: [Int]
  ) -> MissingnessTest? {
    let all = counts.cells(other)
    let there = counts.cells(other, whereMissing: column)
    switch content {
    case .other: return nil
    case .labels(let labels):
      return MissingnessTest(
        missing: column, variable: other,
        MissingShares(missing: there.labels(labels.count), totals: all.labels(labels.count), order: order))
    case .numbers(let values):
      let numbers = all.numbers(values, origin: nil)
      let missing = there.numbers(values, origin: numbers.origin)
      return MissingnessTest(missing: column, variable: other, missing, numbers.subtracting(missing))
    }
  }
  /// The labels of a column, those that are numbers first and by value, the others as text.
  private static func order(of content: MissingnessContent) -> [Int] {
    guard case .labels(let labels) = content else { return [] }
    let keys = labels.map { (NumericLabels.decimal($0) ?? .infinity, $0) }
    return labels.indices.sorted { keys[$0] < keys[$1] }
  }
}

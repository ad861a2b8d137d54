import LatentData
import LatentKernels
import LatentTestSupport
import Testing

@Suite struct TableSummaryTests {
  /// However rows are cut into parts, the summary is that of the whole, counted by the definitions.
  @Test(arguments: 0..<50) func partsAddUp(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let network = Arbitrary.network(variables: 4, using: &random)
    var table = Arbitrary.table(
      for: network, rows: 12, missing: seed % 3 == 0 ? 0.9 : 0.3, hidden: seed % 2 == 0 ? [VariableID(1)] : [],
      weights: .random, using: &random)
    if seed % 5 == 0 {
      var columns = table.columns
      columns[2] = .codes([StateCode](repeating: -1, count: table.rowCount))
      table = try Table(schema: table.schema, columns: columns, weights: table.weights)
    }
    var summary = TableSummary(schema: table.schema)
    let cut = Int.random(in: 0...table.rowCount, using: &random)
    summary.add(table.selecting(Array(0..<cut)))
    summary.add(table.selecting(Array(cut..<table.rowCount)))

    let rows = (0..<table.rowCount).filter { table.weights[$0] > 0 }
    let seen = table.schema.ids.filter { id in rows.contains { table.code(id, row: $0) >= 0 } }
    #expect(summary.rowCount == rows.count)
    #expect(summary.weight == table.weights.reduce(0, +))
    #expect(summary.missingCells == rows.reduce(0) { sum, row in sum + seen.count { table.code($0, row: row) < 0 } })
    #expect(summary.incompleteRows == rows.count { row in seen.contains { table.code($0, row: row) < 0 } })
    #expect(table.schema.ids.filter { !summary.isUnobserved($0) } == seen)
  }
}

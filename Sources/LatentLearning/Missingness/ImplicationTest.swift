package import LatentData
internal import LatentKernels
package import LatentModels

/// A test of an independence that a missingness graph implies, on rows with missing cells.
package struct ImplicationTest: Hashable, Sendable {
  /// What is tested.
  package let implication: MissingnessGraph.Implication
  /// G = 2 Σ found · log (found / expected), summed over the states of what is given.
  package let statistic: Double
  /// Σ (rows − 1)(columns − 1) of the tables, states that do not occur left out.
  package let degreesOfFreedom: Int
  /// P(χ² ≥ statistic).
  package let pValue: Double
  /// Σ weights of the rows in which all is observed.
  package let weight: Double
  /// The p-value with which the test stands out among all tests made; set when all are.
  package var adjustedPValue = 1.0

  /// Tests what can be tested with states: all implications about variables with states of which the rows hold enough.
  ///
  /// - Parameters:
  ///   - implications: those of the graph of a model.
  ///   - table: rows of this model, with indicators.
  package static func all(_ implications: [MissingnessGraph.Implication], in table: Table) -> [ImplicationTest] {
    var tests = implications.compactMap { ImplicationTest($0, table) }
    let adjusted = Multiplicity.holm(tests.map(\.pValue))
    for index in tests.indices { tests[index].adjustedPValue = adjusted[index] }
    return tests
  }

  private init?(_ implication: MissingnessGraph.Implication, _ table: Table) {
    func ids(_ nodes: [Int]) -> [VariableID] { nodes.map { VariableID($0) } }
    let pair = ids([implication.first, implication.second])
    let given = ids(implication.given)
    guard (pair + given).allSatisfy({ table.schema[$0].isCategorical }) else { return nil }
    let observed = ids(implication.observed)
    var counts: [[StateCode]: [Double]] = [:]
    let columns = table.schema[pair[1]].cardinality
    for (row, weight) in table.weights.enumerated() where weight > 0 {
      guard observed.allSatisfy({ table.code($0, row: row) == 0 }) else { continue }
      let (states, condition) = (pair.map { table.code($0, row: row) }, given.map { table.code($0, row: row) })
      guard states.allSatisfy({ $0 >= 0 }), condition.allSatisfy({ $0 >= 0 }) else { continue }
      let empty = [Double](repeating: 0, count: table.schema[pair[0]].cardinality * columns)
      counts[condition, default: empty][Int(states[0]) * columns + Int(states[1])] += weight
    }
    var (statistic, degreesOfFreedom, total) = (0.0, 0, 0.0)
    for cells in counts.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }).map(\.value) {
      let part = Self.independence(cells, columns: columns)
      statistic += part.statistic
      degreesOfFreedom += part.degreesOfFreedom
      total += part.weight
    }
    guard degreesOfFreedom > 0 else { return nil }
    self.implication = implication
    self.statistic = max(0, statistic)
    self.degreesOfFreedom = degreesOfFreedom
    pValue = chiSquareTail(max(0, statistic), degreesOfFreedom: Double(degreesOfFreedom))
    weight = total
  }

  /// G of one table, row by row.
  private static func independence(
    _ cells: [Double], columns: Int
  ) -> (statistic: Double, degreesOfFreedom: Int, weight: Double) {
    let rows = cells.count / columns
    let rowSums = (0..<rows).map { row in cells[row * columns..<(row + 1) * columns].reduce(0, +) }
    let columnSums = (0..<columns).map { column in (0..<rows).reduce(0) { $0 + cells[$1 * columns + column] } }
    let total = rowSums.reduce(0, +)
    var sum = 0.0
    for (cell, found) in cells.enumerated() where found > 0 {
      sum += found * naturalLog(found * total / (rowSums[cell / columns] * columnSums[cell % columns]))
    }
    let degreesOfFreedom = (rowSums.count { $0 > 0 } - 1) * (columnSums.count { $0 > 0 } - 1)
    return (2 * sum, degreesOfFreedom, total)
  }
}

package import LatentData
internal import LatentKernels

/// How far a model is from the proportions in a complete table of categories: G² = 2 Σ n log(n / (N p)), over the patterns
/// of cells that occur.
package struct LikelihoodRatio: Hashable, Sendable {
  /// G², 0 for a model that has the table's own proportions.
  package let statistic: Double
  /// The number of possible patterns, less one and less the free parameters; nil when it is beyond what a whole number can
  /// hold. It is negative for a model with more parameters than patterns.
  package let degreesOfFreedom: Int?

  /// Compares a model with the rows of positive weight; nil when an observed column has numbers or a missing cell.
  ///
  /// - Parameters:
  ///   - logLikelihood: ℓ of the model on this table.
  ///   - freeParameters: how many parameters were learned from it.
  package init?(_ table: Table, logLikelihood: Double, freeParameters: Int) {
    let rows = table.weights.indices.filter { table.weights[$0] > 0 }
    let table = rows.count == table.rowCount ? table : table.selecting(rows)
    let observed = table.schema.ids.filter { !table.isUnobserved($0) }
    guard observed.allSatisfy({ table.schema[$0].isCategorical && table.missingCells($0) == 0 }) else { return nil }
    var positions: [[StateCode]: Int] = [:]
    var counts: [Double] = []
    for (row, weight) in table.weights.enumerated() {
      let position = positions[table.codes(row: row), default: counts.count]
      if position == counts.count {
        positions[table.codes(row: row)] = position
        counts.append(0)
      }
      counts[position] += weight
    }
    let total = counts.reduce(0, +)
    let saturated = counts.reduce(0) { $0 + $1 * naturalLog($1 / total) }
    statistic = max(0, 2 * (saturated - logLikelihood))
    var patterns: Int? = 1
    for id in observed {
      patterns = patterns.flatMap {
        let (product, overflow) = $0.multipliedReportingOverflow(by: table.schema[id].cardinality)
        return overflow ? nil : product
      }
    }
    degreesOfFreedom = patterns.map { $0 - 1 - freeParameters }
  }
}

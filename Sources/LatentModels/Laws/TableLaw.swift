package import LatentData
internal import LatentKernels

/// Conditional probability tables: θ(x | pa), with N(x, pa) as statistics.
package struct TableLaw: ConditionalLaw {
  /// How many states the child has.
  let cardinality: Int

  package var parameterCount: Int { cardinality }
  package var statisticsCount: Int { cardinality }
  package func labels(of children: [Variable]) -> [String] { children[0].states }

  package func flaw(in rows: [Double]) -> (row: Int, flaw: ParameterError.Flaw)? {
    for row in 0..<rows.count / cardinality {
      var sum = 0.0
      for value in rows[row * cardinality..<(row + 1) * cardinality] {
        guard value >= 0, value <= 1 + ParameterError.tolerance else { return (row, .notAProbability(value)) }
        sum += value
      }
      if !((sum - 1).magnitude <= ParameterError.tolerance) { return (row, .sum(sum)) }
    }
    return nil
  }

  package func freeParameters(rows: Int, _ learning: Learning, isStructuralZero: (Int) -> Bool) -> Int {
    learning == .nothing ? 0 : (0..<rows * cardinality).count { !isStructuralZero($0) } - rows
  }

  /// Σ N · log θ, where 0 · log 0 is 0; −∞ when a cell with N > 0 has θ = 0. Of several tables end to end it is the sum.
  package func score(
    _ parameters: UnsafeBufferPointer<Double>, _ statistics: UnsafeBufferPointer<Double>, _ axes: [Frame.Axis]
  ) -> Double {
    weightedLogSum(weights: statistics, values: parameters)
  }

  /// θ(x | pa) = N(x, pa) / Σ_x' N(x', pa).
  package func maximize(
    _ parameters: UnsafeMutableBufferPointer<Double>, from statistics: UnsafeBufferPointer<Double>,
    _ learning: Learning, _ axes: [Frame.Axis]
  ) {
    normalizeRows(statistics, into: parameters, width: cardinality)
  }

  package func weight(of statistics: ArraySlice<Double>) -> Double { statistics.reduce(0, +) }
}

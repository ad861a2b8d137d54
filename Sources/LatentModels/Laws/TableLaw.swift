package import LatentData
internal import LatentKernels

/// Conditional probability tables: θ(x | pa), with N(x, pa) as statistics.
package struct TableLaw: ConditionalLaw {
  package init() {}

  package func parameterCount(of child: Variable) -> Int { child.cardinality }
  package func statisticsCount(of child: Variable) -> Int { child.cardinality }
  package func labels(of child: Variable) -> [String] { child.states }

  package func flaw(in row: ArraySlice<Double>) -> ParameterError.Flaw? {
    var sum = 0.0
    for value in row {
      guard value >= 0, value <= 1 + ParameterError.tolerance else { return .notAProbability(value) }
      sum += value
    }
    return (sum - 1).magnitude <= ParameterError.tolerance ? nil : .sum(sum)
  }

  package func freeParameters(in row: Range<Int>, isStructuralZero: (Int) -> Bool) -> Int {
    row.count { !isStructuralZero($0) } - 1
  }

  /// Σ N · log θ, where 0 · log 0 is 0; −∞ when a cell with N > 0 has θ = 0. Of several tables end to end it is the sum.
  package func score(
    _ parameters: UnsafeBufferPointer<Double>, _ statistics: UnsafeBufferPointer<Double>, _ axis: Frame.Axis
  ) -> Double {
    weightedLogSum(weights: statistics, values: parameters)
  }

  /// θ(x | pa) = N(x, pa) / Σ_x' N(x', pa).
  package func maximize(
    _ parameters: UnsafeMutableBufferPointer<Double>, from statistics: UnsafeBufferPointer<Double>, width: Int,
    _ axis: Frame.Axis
  ) {
    normalizeRows(statistics, into: parameters, width: width)
  }

  package func weight(of statistics: ArraySlice<Double>) -> Double { statistics.reduce(0, +) }
}

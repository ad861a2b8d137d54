import LatentKernels
import Testing

/// Poisson densities and moments against their formulas.
@Suite struct PoissonDensityTests {
  private static let rates = [2.5, 0, 1e-3, 40]
  private static let counts = [0.0, 1, 2, 7, 30, 0, 400]
  private static let configurations: [Int32] = [0, 2, 1]
  private static let bases: [Int32] = [0, 1, 0, 1, 1, 0, 0]

  @Test func logDensitiesAreAdded() {
    let densities = Self.rates.map { PreparedPoisson(rate: $0) }
    var logs = [Double](repeating: 1, count: 21)
    let numbers: [Double] = Self.counts.flatMap { count in [count, -1] }
    withIndex { addLogDensities(densities, $0, numbers, stride: 2, rows: 7, to: &logs) }
    for (row, x) in Self.counts.enumerated() {
      for cell in 0..<3 {
        let rate = Self.rates[Int(Self.configurations[cell] + Self.bases[row])]
        let expected = x == 0 ? 1 - rate : rate == 0 ? -.infinity : 1 + x * naturalLog(rate) - rate
        #expect(logs[3 * row + cell] == expected || (logs[3 * row + cell] - expected).magnitude < 1e-12)
      }
    }
  }

  @Test func momentsAreWeightedSums() {
    let mass = (0..<21).map { Double($0 % 4) }
    var moments = [Double](repeating: 2, count: 8)
    var expected = moments
    withIndex { addCountMoments(mass: mass, $0, Self.counts, stride: 1, rows: 7, to: &moments) }
    for row in 0..<7 {
      for cell in 0..<3 {
        let configuration = Int(Self.configurations[cell] + Self.bases[row])
        expected[2 * configuration] += mass[3 * row + cell]
        expected[2 * configuration + 1] += mass[3 * row + cell] * Self.counts[row]
      }
    }
    #expect(moments == expected)
  }

  /// Sums of logarithms, on both sides of where the series begins.
  @Test func logarithmsOfFactorialsAreSums() {
    var sum = 0.0
    for count in 0...200 {
      if count > 1 { sum += naturalLog(Double(count)) }
      expectClose(logFactorial(Double(count)), sum, relative: 1e-14, "\(count)")
    }
    // log 10⁶!, from log Γ(10⁶ + 1) = 12815518.384658169.
    expectClose(logFactorial(1e6), 12_815_518.384658169, relative: 1e-15)
  }

  private func withIndex(_ body: (DensityIndex) -> Void) {
    Self.configurations.withUnsafeBufferPointer { configurations in
      Self.bases.withUnsafeBufferPointer { bases in
        body(DensityIndex(configurations: configurations.baseAddress!, bases: bases.baseAddress!, cells: 3))
      }
    }
  }
}

import LatentKernels
import Testing

/// Exponentials of many numbers against the one of the system.
@Suite struct VectorExponentialTests {
  @Test(arguments: InstructionSet.available, [1e-300, 1e-17, 1e-8, 0.1, 1, 40, 700])
  func exponentialsAreExactToTwoUnits(instructions: InstructionSet, range: Double) {
    var random = SplitMix64(seed: 1)
    let numbers = (0..<20_000).map { _ in Double.random(in: -range...range, using: &random) }
    expectUnits(numbers, instructions)
  }

  /// Around whole and half multiples of log 2, where the power of two changes.
  @Test(arguments: InstructionSet.available) func stepsAreSmooth(instructions: InstructionSet) {
    let steps = (-2040...2000).map { 0.25 * naturalLog(2) * Double($0) }
    expectUnits(steps + steps.map { $0 * (1 - 1e-15) }, instructions)
  }

  @Test(arguments: InstructionSet.available) func limitsAreExact(instructions: InstructionSet) {
    var values = [0, -0.0, -.infinity, -708.0000001, -1e300, -708, .nan, -745, 0, -709]
    exponentiate(&values, count: 10, instructions: instructions)
    #expect(Array(values[...4]) == [1, 1, 0, 0, 0])
    #expect(values[5] > 3e-308 && values[5].isNormal)
    #expect(values[6].isNaN)
    #expect(Array(values[7...]) == [0, 1, 0])
  }

  /// Any number of values, and nothing behind them.
  @Test(arguments: InstructionSet.available) func countsAreKept(instructions: InstructionSet) {
    for count in 0...20 {
      var values = (0..<count + 1).map { -Double($0) / 3 }
      let expected = values.dropLast().map { exponential($0) } + [values[count]]
      exponentiate(&values, count: count, instructions: instructions)
      expectClose(values, expected, relative: 1e-15)
    }
  }

  /// Each row by its largest; a row without any likelihood becomes zeros, whatever its neighbours.
  @Test(arguments: InstructionSet.available, 1...9)
  func rowsAreDividedByTheirLargest(instructions: InstructionSet, cells: Int) {
    var random = SplitMix64(seed: UInt64(cells))
    let rows = 7
    var values = (0..<rows * cells).map { _ in Double.random(in: -2000...2000, using: &random) }
    for cell in 0..<cells { values[2 * cells + cell] = -.infinity }
    values[4 * cells] = -.infinity
    let weights = (0..<rows).map { 0.5 + Double($0) }
    var expected = values
    var sum = 0.0
    for row in 0..<rows {
      let largest = values[row * cells..<(row + 1) * cells].max()!
      if largest > -.infinity { sum += weights[row] * largest }
      for cell in row * cells..<(row + 1) * cells {
        let difference = values[cell] - largest
        expected[cell] = difference >= -708 ? exponential(difference) : 0
      }
    }
    let found = exponentiateRows(
      &values, rows: rows, cells: cells, weights: weights, instructions: instructions)
    expectClose(found, sum, relative: 1e-14)
    expectClose(values, expected, relative: 1e-15)
  }

  private func expectUnits(
    _ numbers: [Double], _ instructions: InstructionSet, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var found = numbers
    exponentiate(&found, count: found.count, instructions: instructions)
    var worst = 0.0
    for (number, value) in zip(numbers, found) where number >= -708 {
      let expected = exponential(number)
      worst = max(worst, (value - expected).magnitude / expected.ulp)
    }
    #expect(worst <= 2, sourceLocation: sourceLocation)
  }
}

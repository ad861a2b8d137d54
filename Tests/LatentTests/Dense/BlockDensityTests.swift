import LatentKernels
import Testing

/// Densities of tiles of vectors against the formula.
@Suite struct BlockDensityTests {
  @Test(arguments: [GaussianBlock.Form.full, .diagonal], InstructionSet.available)
  func logDensitiesAreAdded(form: GaussianBlock.Form, instructions: InstructionSet) {
    for (seed, rows) in [1, 2, 3, 4, 15, 16, 17, 36, 100, 256, 5, 20].enumerated() {
      for seed in (0..<6).map({ UInt64(seed + 100 * $0) }) {
        let example = TileExample(
          form: form, hasBases: seed >= 300, rows: rows, instructions: instructions, seed: seed)
        var logs = (0..<rows * example.cells).map { Double($0 % 5) }
        let expected = logs.indices.map { logs[$0] + example.logDensity($0 / example.cells, $0 % example.cells) }
        var densities = example.densities()
        example.withIndex { index, scratch in
          addLogDensities(
            example.block, &densities, index, example.numbers, stride: example.stride, rows: rows, to: &logs,
            scratch: scratch)
        }
        expectClose(logs, expected, relative: 1e-12, absolute: 1e-11, "seed \(seed), \(rows) rows")
      }
    }
  }

  /// Distributions so narrow, or so far from each other, that nearly all digits of a mean stand before the point when it
  /// is measured in their units.
  @Test(arguments: InstructionSet.available, [1, 1e3, 1e9, 1e100])
  func distancesDoNotMatter(instructions: InstructionSet, distance: Double) {
    var random = SplitMix64(seed: 3)
    let block = GaussianBlock(dimension: 2, form: .full, instructions: instructions)
    let means = (0..<6).flatMap { [distance * Double($0), -distance * Double($0)] }
    let configurations: [Int32] = [0, 1, 2, 3, 4, 5]
    var densities: [Double] = []
    for k in 0..<6 {
      var density = [Double](repeating: 0, count: block.densityCount)
      let definiteness = configurations[..<2].withUnsafeBufferPointer {
        prepareFullDensity(mean: Array(means[2 * k..<2 * k + 2]), covariance: [1, 0.5, 1], observed: $0, to: &density)
      }
      #expect(definiteness == .positive)
      densities += density
    }
    let numbers = (0..<40).flatMap { row in
      (0..<2).map { means[row % 6 * 2 + $0] + Double.random(in: -2...2, using: &random) }
    }
    var logs = [Double](repeating: 0, count: 120)
    var scratch = [Double](repeating: .nan, count: block.scratchCount(cells: 6))
    configurations.withUnsafeBufferPointer {
      addLogDensities(
        block, densities, DensityIndex(configurations: $0.baseAddress!, bases: nil, cells: 6), numbers, stride: 2,
        rows: 20, to: &logs, scratch: &scratch)
    }
    for row in 0..<20 {
      for cell in 0..<6 {
        let (a, b) = (numbers[2 * row] - means[2 * cell], numbers[2 * row + 1] - means[2 * cell + 1])
        let expected = -naturalLog(2 * .pi) - 0.5 * naturalLog(0.75) - (a * a - a * b + b * b) / 1.5
        expectClose(logs[6 * row + cell], expected, relative: 1e-11)
      }
    }
  }

  /// A vector far from the origin, of coordinates in units 10⁹ apart.
  @Test func unitsDoNotMatter() {
    let (mean, units) = ([1e6, -2e-3, 5], [1e5, 1e-4, 1.0])
    let correlations = [1, 0.5, 1, 0.25, -0.25, 1]
    var covariance = correlations
    for i in 0..<3 { for j in 0...i { covariance[packedIndex(i, j)] *= units[i] * units[j] } }
    let observed: [Int32] = [0, 1, 2]
    func logDensity(_ mean: [Double], _ covariance: [Double], _ x: [Double]) -> Double {
      let block = GaussianBlock(dimension: 3, form: .full)
      var density = [Double](repeating: 0, count: block.densityCount)
      var scratch = [Double](repeating: 0, count: block.scratchCount(cells: 1))
      var log = [0.0]
      let definiteness = observed.withUnsafeBufferPointer {
        prepareFullDensity(mean: mean, covariance: covariance, observed: $0, to: &density)
      }
      #expect(definiteness == .positive)
      let configurations: [Int32] = [0]
      configurations.withUnsafeBufferPointer {
        addLogDensities(
          block, density, DensityIndex(configurations: $0.baseAddress!, bases: nil, cells: 1), x, stride: 3, rows: 1,
          to: &log, scratch: &scratch)
      }
      return log[0]
    }
    let standard = logDensity([0, 0, 0], correlations, [1, -0.5, 2])
    let found = logDensity(mean, covariance, (0..<3).map { mean[$0] + units[$0] * [1, -0.5, 2][$0] })
    expectClose(found, standard - naturalLog(units[0] * units[1]), relative: 1e-10)
  }

  @Test func whatIsNotPositiveDefiniteIsSaid() {
    let block = GaussianBlock(dimension: 2, form: .full)
    var density = [Double](repeating: 0, count: block.densityCount)
    func prepare(_ covariance: [Double], observed: [Int32]) -> Definiteness {
      observed.withUnsafeBufferPointer {
        prepareFullDensity(mean: [0, 0], covariance: covariance, observed: $0, to: &density)
      }
    }
    #expect(prepare([1, 2, 1], observed: [0, 1]) == .none)
    #expect(prepare([1, 1, 1], observed: [0, 1]) == .none)
    #expect(prepare([1, 0, 0], observed: [0, 1]) == .none)
    #expect(prepare([1, .nan, 1], observed: [0, 1]) == .none)
    #expect(prepare([1e300, 1e300, 1e300], observed: [0, 1]) == .none)
    #expect(prepare([1, 2, 1], observed: [1]) == .positive)
    #expect(prepare([0, 0, 0], observed: []) == .positive)
    #expect(density[0] == 0)
  }
}

extension TileExample {
  /// The prepared densities of all configurations.
  func densities() -> [Double] {
    var densities: [Double] = []
    for normal in normals {
      var density = [Double](repeating: 0, count: block.densityCount)
      observed.withUnsafeBufferPointer { observed in
        if form == .full {
          #expect(
            prepareFullDensity(mean: normal.mean, covariance: normal.packed, observed: observed, to: &density)
              == .positive)
        } else {
          let variances = normal.covariance.indices.map { normal.covariance[$0][$0] }
          prepareDiagonalDensity(
            mean: normal.mean, variances: variances, varianceStride: 1, observed: observed, to: &density)
        }
      }
      densities += density
    }
    return densities
  }

  /// By the formula.
  func logDensity(_ row: Int, _ cell: Int) -> Double {
    let normal = normals[configuration(row, cell)]
    let (x, observed) = (numbers(ofRow: row), observed.map { Int($0) })
    if form == .full { return normal.logDensity(x, observed: observed) }
    return zip(x, observed).reduce(0) { sum, pair in
      let (number, j) = pair
      let variance = normal.covariance[j][j]
      let difference = number - normal.mean[j]
      return sum - 0.5 * (naturalLog(2 * .pi * variance) + difference * difference / variance)
    }
  }
}

import LatentKernels
import Testing

/// Moments of tiles of vectors, and of vectors with missing coordinates, against the formulas.
@Suite struct BlockMomentTests {
  @Test(arguments: [GaussianBlock.Form.full, .diagonal], InstructionSet.available)
  func momentsAreWeightedSums(form: GaussianBlock.Form, instructions: InstructionSet) {
    for (seed, rows) in [1, 2, 3, 4, 15, 16, 17, 65, 100, 256, 5, 20].enumerated() {
      for seed in (0..<6).map({ UInt64(seed + 100 * $0) }) {
        let example = TileExample(
          form: form, hasBases: seed >= 300, rows: rows, instructions: instructions, seed: seed)
        let origin = example.observed.map { Double($0) - 2 }
        let count = example.configurationCount * example.block.momentCount
        var moments = (0..<count).map { Double($0 % 3) }
        let expected = zip(moments, example.moments(origin)).map { $0 + $1 }
        example.withIndex { index, scratch in
          addMoments(
            example.block, mass: example.mass, index, example.numbers, stride: example.stride, rows: rows,
            origin: origin, to: &moments, scratch: scratch)
        }
        expectClose(moments, expected, relative: 1e-12, absolute: 1e-10, "seed \(seed), \(rows) rows")
      }
    }
  }

  /// One configuration, some rows, any coordinates missing: the completed moments are those of rows whose missing
  /// coordinates were replaced by what is expected of them, and the conditional covariance once per row.
  @Test(arguments: 0..<40) func missingCoordinatesAreCompleted(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let normal = NormalExample(dimension: Int.random(in: 1...6, using: &random), using: &random)
    let isObserved = (0..<normal.dimension).map { _ in Bool.random(using: &random) }
    let observed = isObserved.indices.filter { isObserved[$0] }
    let missing = isObserved.indices.filter { !isObserved[$0] }
    let origin = (0..<normal.dimension).map { _ in Double.random(in: -2...2, using: &random) }
    let mass = (0..<7).map { _ in Double.random(in: 0...1, using: &random) }
    let rows = mass.map { _ in observed.map { _ in Double.random(in: -4...4, using: &random) } }
    let (coefficients, conditional) = normal.regression(missing, on: observed)
    let parts = packedMoments(of: mass, rows.map { x in observed.indices.map { x[$0] - origin[observed[$0]] } })
    var expected = [Double](repeating: 0, count: packedCount(normal.dimension + 1))
    for (mass, x) in zip(mass, rows) {
      var whole = [Double](repeating: 0, count: normal.dimension)
      for (k, i) in observed.enumerated() { whole[i] = x[k] - origin[i] }
      for (k, i) in missing.enumerated() {
        whole[i] = normal.mean[i] - origin[i]
        for (l, j) in observed.enumerated() { whole[i] += coefficients[k][l] * (x[l] - normal.mean[j]) }
      }
      for (index, moment) in packedMoments(of: [mass], [whole]).enumerated() { expected[index] += moment }
      for (k, i) in missing.enumerated() {
        for (l, j) in missing[...k].enumerated() { expected[packedIndex(i + 1, j + 1)] += mass * conditional[k][l] }
      }
    }
    var moments = [Double](repeating: 0, count: expected.count)
    normal.withPattern(observed, missing) { density, pattern in
      var scratch = [Double](repeating: .nan, count: completionScratchCount(dimension: normal.dimension))
      completeMoments(
        configurations: 1, densities: density, means: normal.mean, covariances: normal.packed, stride: 0,
        pattern: pattern, origin: origin, observedMoments: parts, addingTo: &moments, momentStride: 0,
        scratch: &scratch)
    }
    expectClose(moments, expected, relative: 1e-11, absolute: 1e-11, "\(observed) of \(normal.dimension)")
  }

  @Test(arguments: 0..<10) func independentCoordinatesAreCompleted(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let normal = NormalExample(dimension: 5, using: &random)
    let (observed, missing) = ([1, 4], [0, 2, 3])
    let origin = (0..<5).map { _ in Double.random(in: -2...2, using: &random) }
    var moments = [Double](repeating: 1, count: 15)
    normal.withPattern(observed, missing) { _, pattern in
      completeDiagonalMoments(
        weight: 2.5, mean: normal.mean, variances: [4], varianceStride: 0, pattern: pattern, origin: origin,
        observedMoments: [2.5, 3, 6, 2.5, -1, 2], addingTo: &moments)
    }
    for (k, j) in observed.enumerated() {
      #expect(Array(moments[3 * j..<3 * j + 3]) == [[3.5, 4, 7], [3.5, 0, 3]][k])
    }
    for j in missing {
      let shift = normal.mean[j] - origin[j]
      expectClose(
        Array(moments[3 * j..<3 * j + 3]), [3.5, 1 + 2.5 * shift, 1 + 2.5 * (4 + shift * shift)], relative: 1e-14)
    }
  }
}

/// Σ m [1; x][1; x]ᵀ, packed.
private func packedMoments(of mass: [Double], _ rows: [[Double]]) -> [Double] {
  let dimension = rows[0].count
  var moments = [Double](repeating: 0, count: packedCount(dimension + 1))
  for (m, x) in zip(mass, rows) {
    let whole = [1] + x
    for i in 0...dimension { for j in 0...i { moments[packedIndex(i, j)] += m * whole[i] * whole[j] } }
  }
  return moments
}

extension NormalExample {
  /// B = Σ_mo Σ_oo⁻¹, and Σ_mm − B Σ_om.
  fileprivate func regression(_ missing: [Int], on observed: [Int]) -> ([[Double]], [[Double]]) {
    let coefficients = solve(submatrix(observed, observed), submatrix(missing, observed)).solutions
    let conditional = missing.enumerated().map { k, i in
      missing.map { j in
        observed.enumerated().reduce(covariance[i][j]) { $0 - coefficients[k][$1.offset] * covariance[$1.element][j] }
      }
    }
    return (coefficients, conditional)
  }

  /// Calls the body with the prepared density of the observed coordinates, and the pattern.
  fileprivate func withPattern(
    _ observed: [Int], _ missing: [Int], _ body: ([Double], CoordinatePattern) -> Void
  ) {
    var density = [Double](
      repeating: 0, count: GaussianBlock(dimension: observed.count, form: .full).densityCount)
    observed.map { Int32($0) }.withUnsafeBufferPointer { observed in
      missing.map { Int32($0) }.withUnsafeBufferPointer { missing in
        #expect(prepareFullDensity(mean: mean, covariance: packed, observed: observed, to: &density) == .positive)
        body(density, CoordinatePattern(observed: observed, missing: missing))
      }
    }
  }
}

extension TileExample {
  /// By the formula.
  fileprivate func moments(_ origin: [Double]) -> [Double] {
    var moments = [Double](repeating: 0, count: configurationCount * block.momentCount)
    for row in 0..<rows {
      let whole = [1] + zip(numbers(ofRow: row), origin).map { $0 - $1 }
      for cell in 0..<cells {
        let start = configuration(row, cell) * block.momentCount
        let part = mass[row * cells + cell]
        for i in whole.indices {
          if form == .full {
            for j in 0...i { moments[start + packedIndex(i, j)] += part * whole[i] * whole[j] }
          } else if i > 0 {
            for (k, feature) in [1, whole[i], whole[i] * whole[i]].enumerated() {
              moments[start + 3 * (i - 1) + k] += part * feature
            }
          }
        }
      }
    }
    return moments
  }
}

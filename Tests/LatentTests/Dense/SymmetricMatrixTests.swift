import LatentKernels
import Testing

/// Factors, inverses and eigenvalues of symmetric matrices: each gives back the matrix.
@Suite struct SymmetricMatrixTests {
  @Test(arguments: 1...9) func factorsReconstruct(dimension: Int) throws {
    for seed in 0..<20 {
      var random = SplitMix64(seed: UInt64(seed))
      let normal = NormalExample(dimension: dimension, using: &random)
      var factor = normal.packed
      let logDeterminant = try #require(choleskyFactor(&factor, dimension: dimension))
      expectClose(logDeterminant, solve(normal.covariance, []).logDeterminant, relative: 1e-11, absolute: 1e-12)
      let lower = square(factor, dimension)
      expectClose(product(lower, transposed(lower)), normal.covariance.flatMap { $0 }, relative: 1e-13, absolute: 1e-14)
      invertTriangle(&factor, dimension: dimension)
      expectClose(product(square(factor, dimension), lower), identity(dimension), relative: 1e-11, absolute: 1e-11)
    }
  }

  @Test func indefiniteMatricesHaveNoFactor() {
    for var matrix in [[1, 1, 1], [1, 2, 1], [0, 0, 1], [-1, 0, 1], [1, 0, .nan], [.infinity, 0, 1]] {
      #expect(choleskyFactor(&matrix, dimension: 2) == nil)
    }
    // Scales alone do not matter.
    var matrix = [1e-200, 0, 1e200]
    #expect(choleskyFactor(&matrix, dimension: 2) != nil)
  }

  @Test(arguments: [1, 2, 3, 5, 8, 13, 40]) func eigenvectorsReconstruct(dimension: Int) {
    for seed in 0..<6 {
      var random = SplitMix64(seed: UInt64(seed))
      var matrix = [[Double]](repeating: [Double](repeating: 0, count: dimension), count: dimension)
      for i in 0..<dimension {
        for j in 0...i {
          // Equal elements, too, and zeros: eigenvalues that coincide.
          let element = seed == 0 ? (i == j ? 2 : 0) : seed == 1 ? 1 : Double.random(in: -2...2, using: &random)
          (matrix[i][j], matrix[j][i]) = (element, element)
        }
      }
      var work = matrix.flatMap { $0 }
      var values = [Double](repeating: 0, count: dimension)
      var vectors = [Double](repeating: 0, count: dimension * dimension)
      symmetricEigen(&work, dimension: dimension, values: &values, vectors: &vectors)
      #expect(values == values.sorted(by: >))
      let rows = (0..<dimension).map { Array(vectors[$0 * dimension..<($0 + 1) * dimension]) }
      expectClose(product(rows, transposed(rows)), identity(dimension), relative: 1e-12, absolute: 1e-12)
      let scaled = zip(values, rows).map { value, row in row.map { value * $0 } }
      expectClose(
        product(transposed(rows), scaled), matrix.flatMap { $0 }, relative: 1e-11, absolute: 1e-12, "seed \(seed)")
    }
  }

  /// Eigenvalues below the floor are raised to it, others stay, and so do the eigenvectors; in any units.
  @Test(arguments: 1...7) func eigenvaluesAreRaised(dimension: Int) {
    for seed in 0..<20 {
      var random = SplitMix64(seed: UInt64(seed))
      let normal = NormalExample(dimension: dimension, using: &random)
      let units = (0..<dimension).map { _ in Double.random(in: 0.01...100, using: &random) }
      let (values, _) = eigen(normal.covariance)
      let floor = values[Int.random(in: 0..<dimension, using: &random)] * Double.random(in: 0.8...1.2, using: &random)
      var covariance = normal.packed
      for i in 0..<dimension { for j in 0...i { covariance[packedIndex(i, j)] *= units[i] * units[j] } }
      let untouched = covariance
      var scratch = [Double](repeating: .nan, count: eigenScratchCount(dimension: dimension))
      let raised = raiseEigenvalues(
        of: &covariance, floors: units.map { floor * $0 * $0 }, dimension: dimension, scratch: &scratch)
      #expect(raised == values.count { $0 < floor }, "seed \(seed)")
      if raised == 0 { #expect(covariance == untouched) }
      for i in 0..<dimension { for j in 0...i { covariance[packedIndex(i, j)] /= units[i] * units[j] } }
      let found = square(covariance, dimension, isSymmetric: true)
      expectClose(eigen(found).0, values.map { max($0, floor) }, relative: 1e-11, "seed \(seed)")
      let difference = zip(product(found, normal.covariance), product(normal.covariance, found)).map { $0 - $1 }
      expectClose(difference, difference.map { _ in 0 }, absolute: 1e-9, "equal eigenvectors commute, seed \(seed)")
    }
  }

  @Test func singularCovariancesAreRaised() {
    var (covariance, scratch) = ([0.0, 0, 4], [Double](repeating: 0, count: eigenScratchCount(dimension: 2)))
    #expect(raiseEigenvalues(of: &covariance, floors: [1e-9, 1e-9], dimension: 2, scratch: &scratch) == 1)
    #expect(covariance == [1e-9, 0, 4])
    covariance = [1, 1, 1]
    #expect(raiseEigenvalues(of: &covariance, floors: [1e-9, 1e-9], dimension: 2, scratch: &scratch) == 1)
    expectClose(eigen(square(covariance, 2, isSymmetric: true)).0, [2, 1e-9], relative: 1e-6)
  }

  private func eigen(_ matrix: [[Double]]) -> ([Double], [Double]) {
    var work = matrix.flatMap { $0 }
    var values = [Double](repeating: 0, count: matrix.count)
    var vectors = work
    symmetricEigen(&work, dimension: matrix.count, values: &values, vectors: &vectors)
    return (values, vectors)
  }

  private func square(_ packed: [Double], _ dimension: Int, isSymmetric: Bool = false) -> [[Double]] {
    (0..<dimension).map { i in
      (0..<dimension).map { j in j <= i || isSymmetric ? packed[packedIndex(i, j)] : 0 }
    }
  }

  private func transposed(_ matrix: [[Double]]) -> [[Double]] {
    matrix[0].indices.map { j in matrix.map { $0[j] } }
  }

  private func product(_ a: [[Double]], _ b: [[Double]]) -> [Double] {
    a.flatMap { row in b[0].indices.map { j in zip(row, b).reduce(0) { $0 + $1.0 * $1.1[j] } } }
  }

  private func identity(_ dimension: Int) -> [Double] {
    (0..<dimension * dimension).map { $0 % (dimension + 1) == 0 ? 1 : 0 }
  }
}

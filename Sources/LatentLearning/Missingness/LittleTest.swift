internal import LatentKernels
internal import LatentModels

/// Little's test (1988): whether the means of numeric columns differ between the patterns in which they are missing, which
/// they do not where cells are missing completely at random.
package struct LittleTest: Hashable, Sendable {
  /// d² = Σ_p n_p (ȳ_p − μ_p)ᵀ Σ_p⁻¹ (ȳ_p − μ_p) over the patterns p, with the columns that are observed in p, the mean of
  /// its n_p rows, and the mean and covariance of the fitted normal distribution.
  package let statistic: Double
  /// The observed columns of all patterns, less the columns; ranks of covariances where these are singular.
  package let degreesOfFreedom: Int
  /// P(χ² ≥ statistic).
  package let pValue: Double
  /// √(max(0, d² − degrees of freedom) / n): how far, beyond chance, the means of patterns lie from those of all rows, in
  /// standard deviations.
  package let effect: Double
  /// The number of patterns.
  package let patterns: Int
  /// How many dimensions of the covariance have no spread of their own: columns that others determine.
  package let missingRank: Int

  /// The rows of one pattern.
  package struct Pattern: Hashable, Sendable {
    /// The observed columns, rising.
    package var observed: [Int]
    /// Σ weights of the rows.
    package var weight: Double
    /// The means of the observed columns.
    package var means: [Double]

    /// A pattern of rows.
    package init(observed: [Int], weight: Double, means: [Double]) {
      self.observed = observed
      self.weight = weight
      self.means = means
    }
  }

  /// The test with a mean and a covariance; nil where no two patterns can be compared.
  ///
  /// - Parameters:
  ///   - mean: μ, one number per column.
  ///   - covariance: Σ, row by row; variances are above 0.
  ///   - patterns: of all rows, patterns that observe nothing included.
  /// - Complexity: O(patterns · columns³).
  package init?(mean: [Double], covariance: [Double], patterns: [Pattern]) {
    let all = ScaledCovariance(covariance, columns: Array(mean.indices), of: mean.count)
    let rank = all.distance(of: mean.map { _ in 0 }).rank
    var distance = 0.0
    var ranks = 0
    for pattern in patterns where !pattern.observed.isEmpty {
      let part = ScaledCovariance(covariance, columns: pattern.observed, of: mean.count)
      let (square, rank) = part.distance(of: zip(pattern.observed, pattern.means).map { $1 - mean[$0] })
      distance += pattern.weight * square
      ranks += rank
    }
    guard ranks > rank else { return nil }
    statistic = distance
    degreesOfFreedom = ranks - rank
    pValue = chiSquareTail(distance, degreesOfFreedom: Double(ranks - rank))
    let weight = patterns.reduce(0) { $0 + $1.weight }
    effect = (max(0, distance - Double(ranks - rank)) / weight).squareRoot()
    self.patterns = patterns.count
    missingRank = mean.count - rank
  }
}

/// The covariance of some columns in units of their standard deviations, packed.
private struct ScaledCovariance {
  private let correlations: [Double]
  private let scales: [Double]

  private var dimension: Int { scales.count }

  /// An eigenvalue of the correlations that counts as 0: above the floor of variances, at which a fit leaves those that
  /// would be 0.
  private static let leastEigenvalue = 10 * Frame.varianceFloorShare

  /// - count: how many columns the covariance has, row by row.
  init(_ covariance: [Double], columns: [Int], of count: Int) {
    let scales = columns.map { covariance[$0 * (count + 1)].squareRoot() }
    var correlations: [Double] = []
    for (row, i) in columns.enumerated() {
      for (column, j) in columns[...row].enumerated() {
        correlations.append(covariance[i * count + j] / (scales[row] * scales[column]))
      }
    }
    self.scales = scales
    self.correlations = correlations
  }

  /// dᵀ Σ⁻ d with the generalised inverse, and the rank of Σ.
  func distance(of difference: [Double]) -> (square: Double, rank: Int) {
    let scaled = zip(difference, scales).map { $0 / $1 }
    return regularDistance(scaled) ?? singularDistance(scaled)
  }

  /// By the triangular factor; nil where a pivot is too small to tell regular from singular.
  private func regularDistance(_ scaled: [Double]) -> (square: Double, rank: Int)? {
    var factor = correlations
    let isRegular = factor.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { choleskyFactor($0, dimension: dimension) != nil } ?? true
    }
    let pivots = scaled.indices.map { factor[packedIndex($0, $0)] }
    // Far above an eigenvalue that counts as 0: the eigenvalues are computed wherever one might.
    let least = 10 * Self.leastEigenvalue
    guard isRegular, pivots.allSatisfy({ $0 * $0 > least }) else { return nil }
    var square = 0.0
    var solution: [Double] = []
    for row in scaled.indices {
      var rest = scaled[row]
      for column in 0..<row { rest -= factor[packedIndex(row, column)] * solution[column] }
      solution.append(rest / pivots[row])
      square += solution[row] * solution[row]
    }
    return (square, dimension)
  }

  /// By eigenvalues, those that count as 0 left out.
  private func singularDistance(_ scaled: [Double]) -> (square: Double, rank: Int) {
    let n = dimension
    var matrix = (0..<n * n).map { correlations[packedIndex($0 / n, $0 % n)] }
    var values = [Double](repeating: 0, count: n)
    var vectors = matrix
    matrix.withUnsafeMutableBufferPointer { matrix in
      values.withUnsafeMutableBufferPointer { values in
        vectors.withUnsafeMutableBufferPointer { vectors in
          guard let matrix = matrix.baseAddress, let values = values.baseAddress, let vectors = vectors.baseAddress
          else { return }
          symmetricEigen(matrix, dimension: n, values: values, vectors: vectors)
        }
      }
    }
    var square = 0.0
    var rank = 0
    for (k, value) in values.enumerated() where value > Self.leastEigenvalue {
      let projection = scaled.indices.reduce(0) { $0 + vectors[k * n + $1] * scaled[$1] }
      square += projection * projection / value
      rank += 1
    }
    return (square, rank)
  }
}

/// The observed coordinates of a multivariate normal distribution, as the kernels see them, and the layout of what they
/// read and write.
///
/// With o observed coordinates, packed matrices as in `packedCount`, and configuration k at k times the count:
///
/// - A *density* of form full is `[constant, mean (o), factor (packed, o)]`, where factor = L⁻¹/√2 and Σ_oo = L Lᵀ:
///   log N(x) = constant − |factor · (x − mean)|². Of form diagonal it is `[constant, mean (o), 1/2σ² (o)]`.
/// - *Moments* of form full are the packed matrix Σ m [1; x − origin][1; x − origin]ᵀ of o + 1 rows, that is
///   N, S1₁, S11, S1₂, S21, S22, …; of form diagonal they are (N, S1_j, S2_j) for each coordinate in turn. Both are the
///   moments of a single number for o = 1.
public struct GaussianBlock: Hashable, Sendable {
  /// Which elements of a covariance may differ from 0.
  public enum Form: Hashable, Sendable {
    /// All of them.
    case full
    /// Those of the diagonal.
    case diagonal
  }

  /// The number o of observed coordinates.
  public let dimension: Int
  /// The form of the covariance.
  public let form: Form
  /// What tiles are computed with.
  public let instructions: InstructionSet

  /// A block of observed coordinates.
  public init(dimension: Int, form: Form, instructions: InstructionSet = .best) {
    precondition(dimension >= 0)
    self.dimension = dimension
    self.form = form
    self.instructions = instructions
  }

  /// The most rows of one call.
  public static let rows = 256

  /// The number of doubles of a prepared density.
  public var densityCount: Int {
    1 + dimension + (form == .full ? packedCount(dimension) : dimension)
  }

  /// The number of doubles of the moments of a configuration.
  public var momentCount: Int { form == .full ? packedCount(dimension + 1) : 3 * dimension }

  /// The doubles of scratch that the kernels need for a tile of this many cells a row.
  public func scratchCount(cells: Int) -> Int {
    max(DensityTile.scratchCount(self, cells: cells), MomentTile(self, cells: cells).scratchCount)
  }
}

/// Which coordinates of a block are observed, and which are missing: both ascending, together 0..<dimension.
public struct CoordinatePattern {
  /// The observed coordinates.
  public let observed: UnsafeBufferPointer<Int32>
  /// The missing coordinates.
  public let missing: UnsafeBufferPointer<Int32>

  /// A pattern over buffers that outlive it.
  public init(observed: UnsafeBufferPointer<Int32>, missing: UnsafeBufferPointer<Int32>) {
    self.observed = observed
    self.missing = missing
  }

  /// The number of coordinates.
  public var dimension: Int { observed.count + missing.count }
}

/// Whether a covariance can be the covariance of a normal distribution.
public enum Definiteness: Hashable, Sendable {
  /// It is positive definite.
  case positive
  /// It is not, to working precision; what was computed from it has no meaning.
  case none
}

/// Prepares the normal density of the observed coordinates, N(x; μ_o, Σ_oo), of form full.
///
/// - mean, covariance: μ and Σ (packed) of all coordinates.
/// - density: receives the density of a block of `observed.count` coordinates.
public func prepareFullDensity(
  mean: UnsafePointer<Double>, covariance: UnsafePointer<Double>, observed: UnsafeBufferPointer<Int32>,
  to density: UnsafeMutablePointer<Double>
) -> Definiteness {
  let count = observed.count
  let factor = density + 1 + count
  var element = factor
  for (position, i) in observed.enumerated() {
    density[1 + position] = mean[Int(i)]
    let row = covariance + packedCount(Int(i))
    for j in observed[...position] {
      element.pointee = row[Int(j)]
      element += 1
    }
  }
  guard let logDeterminant = choleskyFactor(factor, dimension: count) else { return .none }
  density[0] = logConstant(count, logDeterminant)
  invertTriangle(factor, dimension: count)
  for index in 0..<packedCount(count) { factor[index] *= 0.5.squareRoot() }
  return .positive
}

/// Prepares the normal density of the observed coordinates where they are independent.
///
/// - mean: μ of all coordinates.
/// - variances: σ² of coordinate j, above 0, at `variances[j · varianceStride]`; stride 0 for a spherical covariance.
/// - density: receives the density of a block of `observed.count` coordinates.
public func prepareDiagonalDensity(
  mean: UnsafePointer<Double>, variances: UnsafePointer<Double>, varianceStride: Int,
  observed: UnsafeBufferPointer<Int32>, to density: UnsafeMutablePointer<Double>
) {
  var logDeterminant = 0.0
  for (position, j) in observed.enumerated() {
    let variance = variances[Int(j) * varianceStride]
    density[1 + position] = mean[Int(j)]
    density[1 + observed.count + position] = 0.5 / variance
    logDeterminant += naturalLog(variance)
  }
  density[0] = logConstant(observed.count, logDeterminant)
}

/// −½ (n log 2π + log |Σ|).
func logConstant(_ dimension: Int, _ logDeterminant: Double) -> Double {
  -0.5 * (Double(dimension) * naturalLog(2 * .pi) + logDeterminant)
}

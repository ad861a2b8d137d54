internal import LatentKernels

/// What several completed copies of a table say about one quantity, by Rubin's rules (Rubin 1987).
///
/// ```swift
/// let pooled = try PooledEstimate(of: [10.2, 9.8, 10.5], variances: [1.1, 1.0, 1.2])
/// ```
public struct PooledEstimate: Hashable, Sendable {
  /// m, the number of copies.
  public let copies: Int
  /// q̄, the mean of the estimates.
  public let estimate: Double
  /// ū, the mean of their variances: what a complete table would leave uncertain.
  public let within: Double
  /// b = Σ (q − q̄)² / (m − 1), the variance between the copies: what the missing cells add.
  public let between: Double
  /// t = ū + (1 + 1/m) b, the variance of the pooled estimate.
  public let total: Double
  /// r = (1 + 1/m) b / ū, the relative increase of the variance due to the missing cells.
  public let relativeIncrease: Double
  /// ν, the degrees of freedom of Student's distribution for the estimate (Barnard and Rubin 1999); infinite where the
  /// copies agree and the table counts as infinitely long.
  ///
  /// 1/ν = 1/ν₁ + 1/ν₂ with ν₁ = (m − 1) / λ² from the copies, where λ = (1 + 1/m) b / t, and
  /// ν₂ = (ν₀ + 1) / (ν₀ + 3) · ν₀ (1 − λ) from the ν₀ of a complete table.
  public let degreesOfFreedom: Double
  /// (r + 2 / (ν + 3)) / (r + 1), the fraction of missing information.
  public let fractionOfMissingInformation: Double

  /// Pools the estimates of one quantity, each from one copy, with their variances (squared standard errors).
  ///
  /// - Parameters:
  ///   - estimates: q, one per copy; at least two.
  ///   - variances: u, one per copy, not negative and not all 0.
  ///   - completeDegreesOfFreedom: those that the analysis of a complete table has: rows less parameters, above 0.
  /// - Throws: when there is nothing to pool. Linear in the copies.
  public init(
    of estimates: [Double], variances: [Double], completeDegreesOfFreedom: Double = .infinity
  ) throws(PoolingError) {
    guard estimates.count == variances.count else { throw .counts(estimates.count, variances.count) }
    guard estimates.count > 1 else { throw .tooFewCopies(estimates.count) }
    guard completeDegreesOfFreedom > 0 else { throw .degreesOfFreedom(completeDegreesOfFreedom) }
    for value in estimates where !value.isFinite { throw .estimate(value) }
    for value in variances where !(value >= 0 && value.isFinite) { throw .variance(value) }
    let m = Double(estimates.count)
    let mean = estimates.reduce(0, +) / m
    copies = estimates.count
    estimate = mean
    within = variances.reduce(0, +) / m
    guard within > 0 else { throw .noVariance }
    between = estimates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (m - 1)
    let added = (1 + 1 / m) * between
    total = within + added
    guard total.isFinite, mean.isFinite else { throw .tooLarge }
    relativeIncrease = added / within
    let copies = (m - 1) * (total / added) * (total / added)
    let complete = completeDegreesOfFreedom
    let observed =
      complete < .infinity ? (complete + 1) / (complete + 3) * complete * (within / total) : .infinity
    degreesOfFreedom = 1 / (1 / copies + 1 / observed)
    fractionOfMissingInformation = (relativeIncrease + 2 / (degreesOfFreedom + 3)) / (relativeIncrease + 1)
  }

  /// The interval that holds the quantity with a probability between 0 and 1, such as 0.95.
  public func interval(_ level: Double) -> ClosedRange<Double> {
    let reach = studentQuantile(twoSided: 1 - level, degreesOfFreedom: degreesOfFreedom) * total.squareRoot()
    return estimate - reach...estimate + reach
  }
}

/// What keeps estimates from being pooled.
public enum PoolingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// So many estimates and so many variances.
  case counts(Int, Int)
  /// A number of copies below 2.
  case tooFewCopies(Int)
  /// Degrees of freedom of the complete table that are not above 0.
  case degreesOfFreedom(Double)
  /// An estimate that is not finite.
  case estimate(Double)
  /// A variance that is negative or not finite.
  case variance(Double)
  /// All variances are 0.
  case noVariance
  /// Squares that no double can hold.
  case tooLarge

  /// The error in one sentence, with a remedy.
  public var description: String {
    switch self {
    case .counts(let estimates, let variances):
      "found \(estimates) estimates and \(variances) variances; give one variance per estimate"
    case .tooFewCopies(let count):
      "found \(count == 1 ? "1 copy" : "\(count) copies"), expected at least 2, since their spread tells what the "
        + "missing cells add"
    case .degreesOfFreedom(let value):
      "\(value) degrees of freedom are left for the complete table; give more rows than parameters"
    case .estimate(let value): "\(value) is not an estimate; give a finite number"
    case .variance(let value): "\(value) is not a variance; give a finite number, 0 or greater"
    case .noVariance: "all variances are 0; give the squared standard errors of the estimates"
    case .tooLarge: "the numbers are too large to be squared and summed; divide them by a power of ten"
    }
  }
}

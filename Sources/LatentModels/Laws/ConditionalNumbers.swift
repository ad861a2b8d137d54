internal import LatentKernels

/// The numbers of a family in one configuration of its parents, of which some are observed: how probable these are, and
/// how the others are distributed given them.
package struct ConditionalNumbers: Sendable {
  private enum Content {
    case gaussian(ConditionalGaussian)
    case poisson(rate: Double, isObserved: Bool)
  }

  private let content: Content

  init(_ gaussian: ConditionalGaussian) { content = .gaussian(gaussian) }

  init(rate: Double, isObserved: Bool) { content = .poisson(rate: rate, isObserved: isObserved) }

  /// log p(observed numbers).
  package func logDensity(_ observed: ArraySlice<Double>) -> Double {
    switch content {
    case .gaussian(let gaussian): gaussian.logDensity(observed)
    case .poisson(let rate, _): observed.first.map { Poisson(rate: rate).logProbability($0) } ?? 0
    }
  }

  /// The means of the numbers that are not observed.
  package func means(given observed: ArraySlice<Double>) -> [Double] {
    switch content {
    case .gaussian(let gaussian): gaussian.means(given: observed)
    case .poisson(let rate, let isObserved): isObserved ? [] : [rate]
    }
  }

  /// The variances of the numbers that are not observed; they do not depend on what was observed.
  package var variances: [Double] {
    switch content {
    case .gaussian(let gaussian): gaussian.variances
    case .poisson(let rate, let isObserved): isObserved ? [] : [rate]
    }
  }

  /// The most probable values of the numbers that are not observed.
  package func modes(given observed: ArraySlice<Double>) -> [Double] {
    switch content {
    case .gaussian(let gaussian): gaussian.means(given: observed)
    case .poisson(let rate, let isObserved): isObserved ? [] : [rate.rounded(.down)]
    }
  }

  /// Draws the numbers that are not observed.
  package func sample(
    given observed: ArraySlice<Double>, using random: inout some RandomNumberGenerator
  ) -> [Double] {
    switch content {
    case .gaussian(let gaussian):
      let deviations = gaussian.missing.map { _ in sampleStandardNormal(using: &random) }
      return gaussian.sample(given: observed, deviations)
    case .poisson(let rate, let isObserved):
      return isObserved ? [] : [samplePoisson(rate: rate, at: unitInterval(random.next()))]
    }
  }
}

/// A normal distribution split into observed numbers o and missing ones m: x_m given x_o is normal with the mean
/// μ_m + B (x_o − μ_o) and the covariance C, where B = Σ_mo Σ_oo⁻¹ and C = Σ_mm − B Σ_om.
struct ConditionalGaussian: Sendable {
  /// Positions among the numbers of the family.
  let observed: [Int]
  let missing: [Int]
  /// The density of the observed numbers, as the kernels prepare it.
  private let density: [Double]
  private let mean: [Double]
  /// Rows of an intercept and of B, one per missing number; the intercepts are about the mean.
  private let regression: [Double]
  /// The lower triangle of C, row by row.
  private let covariance: [Double]

  /// Splits a normal distribution with a positive definite covariance, whose lower triangle stands row by row.
  init(mean: ArraySlice<Double>, covariance sigma: ArraySlice<Double>, observed: [Int]) {
    let dimension = mean.count
    let missing = (0..<dimension).filter { !observed.contains($0) }
    var density = [Double](
      repeating: 0, count: GaussianBlock(dimension: observed.count, form: .full).densityCount)
    var regression = [Double](repeating: 0, count: missing.count * (observed.count + 1))
    var conditional = [Double](repeating: 0, count: packedCount(missing.count))
    var scratch = [Double](repeating: 0, count: max(1, observed.count))
    withPointers(mean, sigma, observed: observed, missing: missing) { mean, sigma, pattern in
      prepareDensity(mean, sigma, pattern, to: &density)
      regressMissing(
        density: density, mean: mean, covariance: sigma, pattern: pattern, origin: mean, regression: &regression,
        conditional: &conditional, scratch: &scratch)
    }
    (self.observed, self.missing, self.density) = (observed, missing, density)
    (self.regression, covariance) = (regression, conditional)
    self.mean = Array(mean)
  }

  /// log N(x_o; μ_o, Σ_oo).
  func logDensity(_ values: ArraySlice<Double>) -> Double {
    let count = observed.count
    guard count > 0 else { return 0 }
    var sum = density[0]
    var position = 1 + count
    for row in 0..<count {
      var product = 0.0
      for column in 0...row {
        product += density[position] * (values[values.startIndex + column] - density[1 + column])
        position += 1
      }
      sum -= product * product
    }
    return sum
  }

  /// μ_m + B (x_o − μ_o).
  func means(given values: ArraySlice<Double>) -> [Double] {
    let width = observed.count + 1
    return missing.indices.map { row in
      observed.indices.reduce(mean[missing[row]] + regression[row * width]) {
        $0 + regression[row * width + 1 + $1] * (values[values.startIndex + $1] - mean[observed[$1]])
      }
    }
  }

  /// The diagonal of C; what rounding brought below 0 is 0.
  var variances: [Double] { missing.indices.map { max(0, covariance[packedCount($0 + 1) - 1]) } }

  /// A draw of x_m: its mean, and the factor of C times numbers of mean 0 and variance 1.
  func sample(given values: ArraySlice<Double>, _ deviations: [Double]) -> [Double] {
    let means = means(given: values)
    var factor = covariance
    // What is known but for rounding has no spread.
    guard choleskyFactor(&factor, dimension: missing.count) != nil else { return means }
    return means.indices.map { row in
      (0...row).reduce(means[row]) { $0 + factor[packedCount(row) + $1] * deviations[$1] }
    }
  }
}

/// Hands mean, covariance and pattern to kernels.
func withPointers<Result>(
  _ mean: ArraySlice<Double>, _ covariance: ArraySlice<Double>, observed: [Int], missing: [Int],
  _ body: (UnsafePointer<Double>, UnsafePointer<Double>, CoordinatePattern) -> Result
) -> Result {
  observed.map { Int32($0) }.withUnsafeBufferPointer { observed in
    missing.map { Int32($0) }.withUnsafeBufferPointer { missing in
      mean.withUnsafeBufferPointer { mean in
        covariance.withUnsafeBufferPointer { covariance in
          body(mean.baseAddress!, covariance.baseAddress!, CoordinatePattern(observed: observed, missing: missing))
        }
      }
    }
  }
}

/// The density of the observed coordinates of a covariance that is known to be positive definite.
func prepareDensity(
  _ mean: UnsafePointer<Double>, _ covariance: UnsafePointer<Double>, _ pattern: CoordinatePattern,
  to density: UnsafeMutablePointer<Double>
) {
  let definiteness = prepareFullDensity(mean: mean, covariance: covariance, observed: pattern.observed, to: density)
  precondition(definiteness == .positive, "a covariance is positive definite")
}

internal import LatentKernels

/// A normal distribution.
public struct Gaussian: Hashable, Sendable {
  /// μ.
  public let mean: Double
  /// σ².
  public let variance: Double

  /// A normal distribution with a variance above 0.
  public init(mean: Double, variance: Double) {
    precondition(variance > 0, "a variance is above 0")
    self.mean = mean
    self.variance = variance
  }

  /// σ.
  public var standardDeviation: Double { variance.squareRoot() }

  /// log N(x; μ, σ²) = −½ log 2πσ² − (x − μ)² / 2σ².
  public func logDensity(_ value: Double) -> Double {
    -0.5 * naturalLog(2 * .pi * variance) - (value - mean) * (value - mean) / (2 * variance)
  }

  /// A number drawn from the distribution (Box and Muller 1958); it uses two numbers of the generator.
  public func sample(using random: inout some RandomNumberGenerator) -> Double {
    mean + standardDeviation * sampleStandardNormal(using: &random)
  }
}

package import LatentData
internal import LatentKernels

/// Normal distributions, one per configuration of the parents: a row of parameters is mean μ and variance σ², a row of
/// statistics Σ w, Σ w (x − o) and Σ w (x − o)², with the origin o of the variable's axis.
package struct GaussianLaw: ConditionalLaw {
  package init() {}

  package func parameterCount(of child: Variable) -> Int { 2 }
  package func statisticsCount(of child: Variable) -> Int { 3 }
  package func labels(of child: Variable) -> [String] { ["mean", "variance"] }

  package func flaw(in row: ArraySlice<Double>) -> ParameterError.Flaw? {
    let (mean, variance) = (row[row.startIndex], row[row.startIndex + 1])
    if !mean.isFinite { return .notAMean(mean) }
    return Frame.variances.contains(variance) ? nil : .notAVariance(variance)
  }

  package func freeParameters(in row: Range<Int>, isStructuralZero: (Int) -> Bool) -> Int { 2 }

  /// Σ_j [−Σw/2 · log 2πσ² − (Σw(x−o)² − 2 d Σw(x−o) + d² Σw) / 2σ²] with d = μ − o.
  package func score(
    _ parameters: UnsafeBufferPointer<Double>, _ statistics: UnsafeBufferPointer<Double>, _ axis: Frame.Axis
  ) -> Double {
    var sum = 0.0
    for row in 0..<parameters.count / 2 {
      let (weight, first, second) = (statistics[3 * row], statistics[3 * row + 1], statistics[3 * row + 2])
      guard weight > 0 else { continue }
      let (shift, variance) = (parameters[2 * row] - axis.origin, parameters[2 * row + 1])
      let squares = second - 2 * shift * first + shift * shift * weight
      sum -= weight / 2 * naturalLog(2 * .pi * variance) + squares / (2 * variance)
    }
    return sum
  }

  /// μ = o + Σw(x−o)/Σw, σ² = Σw(x−o)²/Σw − (μ−o)², but no less than the floor of the axis, or than the variance at hand
  /// where that is below it: the exact maximum under a constraint that the parameters at hand satisfy, so that EM stays
  /// monotone. Where no floor is known and the numbers do not vary, the variance stays.
  package func maximize(
    _ parameters: UnsafeMutableBufferPointer<Double>, from statistics: UnsafeBufferPointer<Double>, width: Int,
    _ axis: Frame.Axis
  ) {
    for row in 0..<parameters.count / 2 {
      let weight = statistics[3 * row]
      guard weight > 0 else { continue }
      let shift = statistics[3 * row + 1] / weight
      parameters[2 * row] = axis.origin + shift
      let variance = statistics[3 * row + 2] / weight - shift * shift
      let floor = axis.varianceFloor > 0 ? axis.varianceFloor : Frame.variances.lowerBound
      if variance >= floor || axis.varianceFloor > 0 {
        parameters[2 * row + 1] = max(variance, min(floor, parameters[2 * row + 1]))
      }
    }
  }

  package func weight(of statistics: ArraySlice<Double>) -> Double { statistics[statistics.startIndex] }
}

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

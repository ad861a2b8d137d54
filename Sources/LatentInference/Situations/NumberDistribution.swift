internal import LatentKernels
internal import LatentModels

/// The distribution of a number given what was observed: a mixture of the normal distributions of its parents'
/// configurations, or the number itself where it was observed.
public struct NumberDistribution: Hashable, Sendable {
  /// One part of the mixture.
  public struct Component: Hashable, Sendable {
    /// The posterior probability of the configuration.
    public let weight: Double
    /// The mean in the configuration.
    public let mean: Double
    /// The variance in the configuration; 0 for a number that was observed.
    public let variance: Double

    /// p(X ≤ x) in the configuration.
    func cumulative(_ value: Double) -> Double {
      guard variance > 0 else { return value >= mean ? 1 : 0 }
      return standardNormalCumulative((value - mean) / variance.squareRoot())
    }
  }

  /// The parts; their weights sum to 1.
  public let components: [Component]

  /// A number that was observed.
  init(observed value: Double) { components = [Component(weight: 1, mean: value, variance: 0)] }

  /// A mixture of one distribution per weight.
  init(_ weights: some Sequence<Double>, _ gaussians: some Sequence<Gaussian>) {
    components = zip(weights, gaussians).map {
      Component(weight: $0, mean: $1.mean, variance: $1.variance)
    }
  }

  /// Σ p μ.
  public var mean: Double {
    var mean = 0.0
    for component in components { mean += component.weight * component.mean }
    return mean
  }

  /// Σ p (σ² + (μ − mean)²).
  public var variance: Double {
    let mean = mean
    var variance = 0.0
    for component in components {
      variance += component.weight * (component.variance + (component.mean - mean) * (component.mean - mean))
    }
    return variance
  }

  /// The standard deviation, in the unit of the number.
  public var standardDeviation: Double { variance.squareRoot() }

  /// p(X ≤ x).
  public func cumulative(_ value: Double) -> Double {
    var sum = 0.0
    for component in components where component.weight > 0 { sum += component.weight * component.cumulative(value) }
    return sum
  }

  /// The least number x with p(X ≤ x) ≥ p, to about the last digit: the median for p = 0.5.
  ///
  /// - Complexity: linear in the components, some hundred times.
  public func quantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "a probability between 0 and 1")
    let possible = components.filter { $0.weight > 0 }
    // Beyond 39 standard deviations no double is left of the tail.
    var low = possible.lazy.map { $0.mean - 39 * $0.variance.squareRoot() }.min() ?? .nan
    var high = possible.lazy.map { $0.mean + 39 * $0.variance.squareRoot() }.max() ?? .nan
    if cumulative(low) >= probability { return low }
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { return high }
      if cumulative(middle) < probability { low = middle } else { high = middle }
    }
  }
}

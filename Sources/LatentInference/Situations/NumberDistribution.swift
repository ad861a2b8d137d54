internal import LatentKernels
package import LatentModels

/// The distribution of a number given what was observed: a mixture of the normal or Poisson distributions of its parents'
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

  /// What the parts are distributions of.
  enum Kind: Hashable, Sendable {
    /// Real numbers, normally distributed.
    case reals
    /// Counts, with Poisson distributions.
    case counts
  }

  /// The parts; their weights sum to 1.
  public let components: [Component]
  private let kind: Kind

  /// A number that was observed.
  init(observed value: Double) {
    components = [Component(weight: 1, mean: value, variance: 0)]
    kind = .reals
  }

  /// A single normal distribution.
  package init(_ gaussian: Gaussian) {
    self.init([Component(weight: 1, mean: gaussian.mean, variance: gaussian.variance)], .reals)
  }

  /// A single Poisson distribution.
  package init(_ poisson: Poisson) {
    self.init([Component(weight: 1, mean: poisson.rate, variance: poisson.rate)], .counts)
  }

  /// A mixture.
  init(_ components: [Component], _ kind: Kind) {
    self.components = components
    self.kind = kind
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

  /// Whether the number counts something, so that only whole numbers have a probability.
  public var isCount: Bool { kind == .counts }

  /// The density at a number, or the probability of a count; infinite where the number was observed.
  public func density(at value: Double) -> Double {
    switch kind {
    case .counts: return value >= 0 && value == value.rounded() ? probability(ofCount: value) : 0
    case .reals:
      var sum = 0.0
      for component in components where component.weight > 0 {
        guard component.variance > 0 else {
          if value == component.mean { return .infinity }
          continue
        }
        let gaussian = Gaussian(mean: component.mean, variance: component.variance)
        sum += component.weight * exponential(gaussian.logDensity(value))
      }
      return sum
    }
  }

  /// p(X ≤ x).
  public func cumulative(_ value: Double) -> Double {
    var sum = 0.0
    switch kind {
    case .reals:
      for component in components where component.weight > 0 { sum += component.weight * component.cumulative(value) }
    case .counts:
      for count in stride(from: 0, through: value.rounded(.down), by: 1) { sum += probability(ofCount: count) }
    }
    return min(sum, 1)
  }

  /// The least number x with p(X ≤ x) ≥ p, to about the last digit: the median for p = 0.5.
  ///
  /// - Complexity: linear in the components, some hundred times.
  public func quantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "a probability between 0 and 1")
    if kind == .counts { return countQuantile(probability) }
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

  private func probability(ofCount count: Double) -> Double {
    components.reduce(0) {
      $0 + ($1.weight > 0 ? $1.weight * exponential(Poisson(rate: $1.mean).logProbability(count)) : 0)
    }
  }

  private func countQuantile(_ probability: Double) -> Double {
    // Further out no double is left of the tail.
    let most = (components.lazy.map { $0.mean + 40 * ($0.mean.squareRoot() + 1) }.max() ?? 0).rounded(.up)
    var (count, sum) = (0.0, self.probability(ofCount: 0))
    while sum < probability, count < most {
      count += 1
      sum += self.probability(ofCount: count)
    }
    return count
  }
}

internal import LatentData
internal import LatentKernels
internal import LatentModels

/// The posteriors of numbers that rows miss: mixtures, over the configurations of the parents, of what the law says given
/// the numbers of the same family that the row observes.
struct NumberMixtures {
  private let inference: RowInference
  private var splits: NumberSplits

  init(_ inference: RowInference) {
    self.inference = inference
    splits = NumberSplits(inference.network)
  }

  /// The posterior itself.
  mutating func distribution(
    of id: VariableID, instance: Int, _ weights: ArraySlice<Double>
  ) -> NumberDistribution {
    let parts = parts(of: id, instance: instance, weights)
    return NumberDistribution(
      parts.map { NumberDistribution.Component(weight: $0.weight, mean: $0.mean, variance: $0.variance) },
      inference.network.schema[id].domain == .count ? .counts : .reals)
  }

  /// Mean and variance, Σ p μ, and Σ p (σ² + μ²) less the square of the mean; and the most probable count, for a real
  /// number the mean.
  ///
  /// - weights: the posterior of the parents' configuration.
  mutating func summary(
    of id: VariableID, instance: Int, _ weights: ArraySlice<Double>
  ) -> (moments: Gaussian, mode: Double) {
    let parts = parts(of: id, instance: instance, weights)
    let mean = parts.reduce(0) { $0 + $1.weight * $1.mean }
    let variance = parts.reduce(0) { $0 + $1.weight * ($1.variance + ($1.mean - mean) * ($1.mean - mean)) }
    // An impossible row has no weights at all; what is known but for rounding has no variance.
    let moments = Gaussian(mean: mean, variance: max(variance, Frame.variances.lowerBound))
    return (moments, inference.network.schema[id].domain == .count ? mode(of: parts) : mean)
  }

  /// The most probable count of a mixture of Poisson distributions: the best of those that are reached uphill from the
  /// modes of its parts.
  private func mode(of parts: [(weight: Double, mean: Double, variance: Double)]) -> Double {
    func logProbability(_ count: Double) -> Double {
      guard count >= 0 else { return -.infinity }
      return logSumOfExponentials(
        parts.map { naturalLog($0.weight) + Poisson(rate: $0.mean).logProbability(count) })
    }
    var best = (count: 0.0, logProbability: -Double.infinity)
    for part in parts {
      var count = part.mean.rounded(.down)
      var height = logProbability(count)
      while let next = [count - 1, count + 1].first(where: { logProbability($0) > height }) {
        count = next
        height = logProbability(next)
      }
      if height > best.logProbability { best = (count, height) }
    }
    return best.count
  }

  private mutating func parts(
    of id: VariableID, instance: Int, _ weights: ArraySlice<Double>
  ) -> [(weight: Double, mean: Double, variance: Double)] {
    let family = inference.network.structure.family(of: id)
    let index = inference.layout.topologicalIndex[id.index]
    let density = inference.components.densities(ofInstance: instance).first { $0.index == index }
    let observed = density.map { inference.components.circuit.patterns.patterns[$0.pattern].observed } ?? []
    let missing = family.children.indices.filter { !observed.contains($0) }
    guard let position = missing.firstIndex(where: { family.children[$0] == id }) else { return [] }
    return weights.indices.filter { weights[$0] > 0 }.map { weight in
      let split = splits.split(family, weight - weights.startIndex, observed: observed)
      return (
        weights[weight], split.means(given: (density?.numbers ?? [])[...])[position], split.variances[position]
      )
    }
  }
}

extension RowInference {
  /// The children of a hidden family that an instance does not observe.
  func missingChildren(of family: Family, _ index: Int, instance: Int) -> [VariableID] {
    guard family.children.count > 1,
      let density = components.densities(ofInstance: instance).first(where: { $0.index == index })
    else { return family.children }
    let observed = components.circuit.patterns.patterns[density.pattern].observed
    return family.children.indices.filter { !observed.contains($0) }.map { family.children[$0] }
  }
}

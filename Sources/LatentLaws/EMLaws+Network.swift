internal import LatentData
public import LatentInference
internal import LatentKernels
public import LatentModels

extension EMLaws where Engine.Model == BayesianNetwork {
  /// The laws for your own engine on networks, where statistics and moves are known.
  ///
  /// - Parameters:
  ///   - network: where the laws are tested.
  ///   - directions: how many random directions the parameters are moved in. Probabilities of 0 and fixed variables stay
  ///     as they are; a probability p moves to p · exp(h g), normalised, with a number g drawn from −1 to 1, a mean by
  ///     h g standard deviations, and a variance to σ² · exp(h g).
  ///   - random: draws the directions.
  ///   - makeEngine: an engine on the data.
  public init(
    _ network: BayesianNetwork, directions: Int, using random: inout some RandomNumberGenerator,
    makeEngine: @escaping @Sendable () -> Engine
  ) {
    let moves = (0..<directions).map { _ in
      let slopes = network.parameters.map { _ in Double.random(in: -1...1, using: &random) }
      return { (network: BayesianNetwork, distance: Double) in network.moved(along: slopes, by: distance) }
    }
    self.init(network, moves: moves, statistics: \.values, makeEngine: makeEngine)
  }
}

extension BayesianNetwork {
  /// The network at a distance along a curve through it.
  fileprivate func moved(along slopes: [Double], by distance: Double) -> BayesianNetwork {
    var moved = parameters
    for family in structure.families where !fixed.contains(family.child) {
      for row in stride(from: family.parameters.lowerBound, to: family.parameters.upperBound, by: family.width) {
        switch family.law {
        case .table:
          for cell in row..<row + family.width { moved[cell] *= exponential(distance * slopes[cell]) }
          let sum = moved[row..<row + family.width].reduce(0, +)
          for cell in row..<row + family.width { moved[cell] /= sum }
        case .gaussian:
          moved[row] += distance * slopes[row] * parameters[row + 1].squareRoot()
          moved[row + 1] *= exponential(distance * slopes[row + 1])
        }
      }
    }
    return BayesianNetwork(checked: structure, parameters: moved, fixed: fixed)
  }
}

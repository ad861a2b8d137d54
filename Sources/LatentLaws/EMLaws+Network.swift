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
  ///     as they are; a probability p moves to p · exp(h g), normalised, with a number g drawn from −1 to 1, numbers move
  ///     along the coordinates of their law, a mean by h g standard deviations.
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
      for configuration in 0..<family.configurations {
        let row = family.parameters(in: configuration)
        if family.isTable {
          for cell in row { moved[cell] *= exponential(distance * slopes[cell]) }
          let sum = moved[row].reduce(0, +)
          for cell in row { moved[cell] /= sum }
        } else {
          moved.replaceSubrange(row, with: movedNumbers(family, configuration, along: slopes, by: distance))
        }
      }
    }
    return with(parameters: moved)
  }

  /// A row of a family of numbers at a distance, in the coordinates of its law.
  private func movedNumbers(
    _ family: Family, _ configuration: Int, along slopes: [Double], by distance: Double
  ) -> [Double] {
    let row = parameters[family.parameters(in: configuration)]
    guard let law = family.numericBehavior else { return Array(row) }
    let direction = law.shaped(
      Array(slopes[family.parameters(in: configuration)]), first: Array(slopes[family.parameters(in: 0)]))
    // About the first row, so that all rows of a tied covariance move alike.
    let reference = parameters[family.parameters(in: 0)]
    let coordinates = zip(law.coordinates(row, about: reference), direction).map { $0 + distance * $1 }
    return law.row(at: coordinates, about: reference)
  }
}

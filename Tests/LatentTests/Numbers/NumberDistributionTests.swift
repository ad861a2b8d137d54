import Latent
import LatentKernels
import LatentTestSupport
import Testing

/// The distribution of a number in a situation.
@Suite struct NumberDistributionTests {
  private static func network() throws -> BayesianNetwork {
    let model = try Model(
      variables: ["sex": ["f", "m"], "height": .real], edges: ["sex -> height"],
      parameters: ["sex": [0.5, 0.5], "height": [165, 36, 178, 49]])
    return try #require(model.network)
  }

  /// Quantiles of the standard normal distribution: Abramowitz and Stegun (1964), table 26.5.
  @Test func quantilesOfANormalDistribution() throws {
    let height = try Self.network().distribution(of: "height", given: ["sex": "m"])
    #expect(height.mean == 178 && height.variance == 49 && height.standardDeviation == 7)
    for (probability, z) in [(0.5, 0), (0.95, 1.6448536269514722), (0.975, 1.959963984540054)] {
      expectClose(height.quantile(probability), 178 + 7 * z, relative: 1e-13)
      expectClose(height.quantile(1 - probability), 178 - 7 * z, relative: 1e-13)
    }
    expectClose(height.quantile(1e-12), 178 - 7 * 7.034483825301131, relative: 1e-13)
  }

  @Test func aNumberThatWasObserved() throws {
    let height = try Self.network().distribution(of: "height", given: ["height": 170])
    #expect(height.mean == 170 && height.variance == 0)
    #expect(height.quantile(0.05) == 170 && height.quantile(0.95) == 170)
    #expect(height.cumulative(169.99) == 0 && height.cumulative(170) == 1)
  }

  /// The cumulative distribution and its quantiles invert each other, and numbers drawn from the network follow them.
  @Test(arguments: 0..<20) func quantilesInvertTheCumulativeDistribution(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let network = Arbitrary.mixedNetwork(variables: 3, numbers: 1, using: &random)
    let id = try #require(network.schema["x0"])
    let distribution = try network.distribution(of: "x0")
    let moments = try network.moments(of: "x0")
    #expect(distribution.mean == moments.mean && distribution.variance == moments.variance)
    expectClose(distribution.components.reduce(0) { $0 + $1.weight }, 1)
    var drawn: [Double] = []
    for _ in 0..<4000 {
      let row = Arbitrary.row(from: network, using: &random)
      let parents = network.structure.family(of: id).parents.map { row[$0.index] }
      drawn.append(network.gaussian(of: id, given: parents).sample(using: &random))
    }
    for probability in [0.001, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999] {
      let quantile = distribution.quantile(probability)
      expectClose(distribution.cumulative(quantile), probability, relative: 1e-10)
      let share = Double(drawn.count { $0 <= quantile }) / 4000
      #expect((share - probability).magnitude <= 5 * (probability * (1 - probability) / 4000).squareRoot())
    }
  }
}

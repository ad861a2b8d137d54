import Latent
import Testing

@Suite struct SamplingTests {
  private func network(_ seedOfParents: [[Int]], _ states: [Int], _ parameters: [Double]) throws -> BayesianNetwork {
    let variables = try states.enumerated().map { index, count in
      try Variable(name: "v\(index)", states: (0..<count).map { "s\($0)" })
    }
    let structure = try NetworkStructure(
      schema: Schema(variables), parents: seedOfParents.map { $0.map { VariableID($0) } })
    return try BayesianNetwork(structure: structure, parameters: parameters)
  }

  /// The child stands before its parents, which are listed out of order; a third of its configurations is certain.
  private func example() throws -> BayesianNetwork {
    try network(
      [[2, 1], [], []], [3, 2, 3],
      [
        0.2, 0.3, 0.5, 1, 0, 0,
        0, 0.5, 0.5, 0.1, 0.1, 0.8,
        0, 0, 1, 0.6, 0.4, 0,
        0.25, 0.75,
        0.5, 0.25, 0.25,
      ])
  }

  @Test func frequenciesApproachTheJointDistribution() throws {
    let network = try example()
    let rows = 40_000
    var random = SplitMix64(seed: 3)
    let table = network.sample(rows: rows, using: &random)
    var counts: [[StateCode]: Int] = [:]
    for row in 0..<rows { counts[table.codes(row: row), default: 0] += 1 }
    for cell in 0..<18 {
      let states = [StateCode(cell / 6), StateCode(cell / 3 % 2), StateCode(cell % 3)]
      let child = network.distribution(of: VariableID(0), given: [states[2], states[1]])[Int(states[0])]
      let first = network.distribution(of: VariableID(1))[Int(states[1])]
      let second = network.distribution(of: VariableID(2))[Int(states[2])]
      let probability = child * first * second
      let expected = Double(rows) * probability
      let deviation = (expected * (1 - probability)).squareRoot()
      #expect((Double(counts[states, default: 0]) - expected).magnitude <= 5 * deviation, "\(states)")
    }
  }

  @Test func moreRowsBeginWithTheSameRows() throws {
    let network = try example()
    var first = SplitMix64(seed: 8)
    var second = SplitMix64(seed: 8)
    let long = network.sample(rows: 50, using: &first)
    #expect(long.selecting(Array(0..<20)) == network.sample(rows: 20, using: &second))
    #expect(network.sample(rows: 0, using: &first).rowCount == 0)
  }

  /// A generator that always gives the same bits: the least and the greatest draw there are.
  private struct Constant: RandomNumberGenerator {
    let bits: UInt64
    func next() -> UInt64 { bits }
  }

  private struct Draw: Sendable {
    let bits: UInt64
    let distribution: [Double]
    let state: StateCode
  }

  @Test(arguments: [
    Draw(bits: .min, distribution: [0, 0.5, 0.5, 0], state: 1),
    Draw(bits: .max, distribution: [0, 0.5, 0.5, 0], state: 2),
    Draw(bits: .max, distribution: [0.1, 0.2, 0.7], state: 2),
    Draw(bits: .max, distribution: [1, 0], state: 0),
    Draw(bits: .min, distribution: [0, 1], state: 1),
    // The sum is 1 - 1e-13: the greatest draw lies beyond.
    Draw(bits: .max, distribution: [0.5, 0.5 - 1e-13, 0], state: 1),
  ])
  private func impossibleStatesAreNeverDrawn(_ draw: Draw) throws {
    let network = try network([[]], [draw.distribution.count], draw.distribution)
    var random = Constant(bits: draw.bits)
    #expect(network.sample(rows: 1, using: &random).codes(row: 0) == [draw.state])
  }
}

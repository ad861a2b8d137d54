import LatentData
import LatentInference
import LatentKernels
import LatentModels
import LatentTestSupport
import Testing

/// The engine that all others are measured against, measured against arithmetic done by hand.
@Suite struct EnumerationTests {
  /// rain -> wet, both yes or no: p(rain) = 0.2, p(wet | rain) = 0.9, p(wet | no rain) = 0.25.
  private func rain(_ wetWithoutRain: Double = 0.25) throws -> BayesianNetwork {
    let schema = try Schema([
      Variable(name: "rain", states: ["yes", "no"]), Variable(name: "wet", states: ["yes", "no"]),
    ])
    let structure = try NetworkStructure(schema: schema, parents: [[], [VariableID(0)]])
    return try BayesianNetwork(
      structure: structure, parameters: [0.2, 0.8, 0.9, 0.1, wetWithoutRain, 1 - wetWithoutRain])
  }

  @Test func expectedCountsByHand() throws {
    let network = try rain()
    // Wet with rain unknown (twice); no rain with wetness unknown; all observed; nothing observed; weight 0.
    let table = try Table(
      schema: network.schema, columns: [.codes([-1, 1, 0, -1, 0]), .codes([0, -1, 1, -1, -1])],
      weights: [2, 1, 0.5, 1, 0])
    var engine = EnumerationEngine(table)
    var statistics = network.emptyStatistics
    statistics.values[0] = 10
    let logLikelihood = try engine.expect(under: network, into: &statistics)
    // p(wet) = 0.18 + 0.2 = 0.38, so q(rain | wet) = 9/19.
    let q = 9.0 / 19
    expectClose(
      statistics.values,
      [
        10 + 2 * q + 0.5 + 0.2, 2 * (1 - q) + 1 + 0.8,
        2 * q + 0.18, 0.5 + 0.02, 2 * (1 - q) + 0.25 + 0.2, 0.75 + 0.6,
      ], relative: 1e-14)
    expectClose(logLikelihood, 2 * naturalLog(0.38) + naturalLog(0.8) + 0.5 * naturalLog(0.02), relative: 1e-14)
  }

  @Test func posteriorsStandInLexicographicOrder() throws {
    let network = try rain()
    let enumeration = Enumeration(network)
    let joint = try enumeration.joint(given: .none)
    #expect(joint.map(\.states) == [[0, 0], [0, 1], [1, 0], [1, 1]])
    expectClose(joint.map(\.probability), [0.18, 0.02, 0.2, 0.6], relative: 1e-14)
    let wet = try Evidence(labels: ["wet": "yes"], in: network.schema)
    expectClose(try enumeration.probability(of: wet), 0.38, relative: 1e-14)
    let best = try enumeration.mostProbableExplanation(given: wet)
    #expect(best.states == [1, 0])
    expectClose(best.probability, 10.0 / 19, relative: 1e-14)
  }

  @Test func impossibleRowsAreNamedAndTheStatisticsLeftAlone() throws {
    let network = try rain(0)
    var wet = [StateCode](repeating: 0, count: 20)
    wet[3] = 1
    let table = try Table(
      schema: network.schema, columns: [.codes([StateCode](repeating: 1, count: 20)), .codes(wet)],
      weights: [0, 1] + [Double](repeating: 2, count: 18))
    var engine = EnumerationEngine(table)
    var statistics = network.emptyStatistics
    #expect(throws: InferenceError.impossibleRows([1, 2, 4, 5, 6, 7, 8, 9, 10, 11])) {
      try engine.expect(under: network, into: &statistics)
    }
    #expect(statistics == network.emptyStatistics)
    #expect(
      InferenceError.impossibleRows([2, 4]).description
        == "the observed cells of rows 3, 5 (the first row is 1) have probability 0 under the model; correct them or "
        + "replace zeros in the tables")
  }

  @Test func tooManyCompletionsAreRefused() throws {
    var random = SplitMix64(seed: 3)
    let network = Arbitrary.network(variables: 60, using: &random)
    var states = 1.0
    for variable in network.schema.variables { states *= Double(variable.cardinality) }
    #expect(throws: InferenceError.tooManyHiddenStates(states, limit: Enumeration.standardLimit)) {
      try Enumeration(network).probability(of: .none)
    }
    #expect(throws: InferenceError.tooManyHiddenStates(4, limit: 3)) {
      try Enumeration(rain(), limit: 3).joint(given: .none)
    }
  }

  @Test(arguments: 0..<30)
  func statisticsOfEachFamilySumToTheWeightOfTheRows(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let (network, table) = Arbitrary.smallProblem(variables: 5, missing: 0.4, hiddenCount: 1, using: &random)
    var engine = EnumerationEngine(table)
    var statistics = network.emptyStatistics
    let logLikelihood = try engine.expect(under: network, into: &statistics)
    let weight = table.weights.reduce(0, +)
    for id in network.schema.ids {
      let sum = statistics.values[network.structure.family(of: id).parameters].reduce(0, +)
      expectClose(sum, weight, relative: 1e-12, "seed \(seed)")
    }
    // Nothing depends on the numbers of variables and states.
    let relabelling = Relabelling(of: network.schema, using: &random)
    var other = EnumerationEngine(relabelling(table))
    let moved = relabelling(network)
    var movedStatistics = moved.emptyStatistics
    expectClose(try other.expect(under: moved, into: &movedStatistics), logLikelihood, relative: 1e-12)
    expectClose(
      movedStatistics.values, relabelling(statistics.values, cellsOf: network.structure), relative: 1e-11,
      absolute: 1e-13)
  }

  /// ∂ℓ/∂θ = N / θ: the expected counts are the slope of the log-likelihood.
  @Test func expectedCountsAreTheSlopeOfTheLogLikelihood() throws {
    let network = try rain()
    let table = try Table(schema: network.schema, columns: [.codes([-1, 0]), .codes([0, -1])], rowCount: 2)
    var engine = EnumerationEngine(table)
    var statistics = network.emptyStatistics
    let start = try engine.expect(under: network, into: &statistics)
    let step = 1e-6
    let moved = try BayesianNetwork(
      structure: network.structure, parameters: [0.2 + step, 0.8 - step] + network.parameters[2...])
    var ignored = network.emptyStatistics
    let slope = (try engine.expect(under: moved, into: &ignored) - start) / step
    expectClose(slope, statistics.values[0] / 0.2 - statistics.values[1] / 0.8, relative: 1e-4)
  }

  @Test func evidenceIsCheckedAtTheBorder() throws {
    let schema = try rain().schema
    #expect(throws: EvidenceError.noSuchVariable("snow")) { try Evidence(labels: ["snow": "yes"], in: schema) }
    #expect(throws: EvidenceError.noSuchState("'maybe'", variable: "wet", states: ["yes", "no"])) {
      try Evidence(labels: ["wet": "maybe"], in: schema)
    }
    #expect(throws: EvidenceError.noSuchVariable("number 2")) { try Evidence([VariableID(2): 0], in: schema) }
    #expect(throws: EvidenceError.noSuchState("number -1", variable: "rain", states: ["yes", "no"])) {
      try Evidence([VariableID(0): -1], in: schema)
    }
    let table = try Table(schema: schema, columns: [.absent, .codes([-1, 1])], rowCount: 2)
    #expect(Evidence(row: 0, of: table) == .none)
    #expect(Evidence(row: 1, of: table).states == [VariableID(1): 1])
  }
}

import LatentData
import LatentInference
import LatentKernels
import LatentModels
import Testing

/// Published numbers, and networks far too large to enumerate.
@Suite struct VariableEliminationExampleTests {
  /// The chest clinic of Lauritzen and Spiegelhalter (1988).
  private func chestClinic() throws -> BayesianNetwork {
    let names = ["asia", "tub", "smoke", "lung", "bronc", "either", "xray", "dysp"]
    let schema = try Schema(names.map { try Variable(name: $0, states: ["yes", "no"]) })
    let parents = [[], ["asia"], [], ["smoke"], ["smoke"], ["lung", "tub"], ["either"], ["bronc", "either"]]
    let structure = try NetworkStructure(
      schema: schema, parents: parents.map { try $0.map { try #require(schema[$0]) } })
    let yes: [[Double]] = [
      [0.01], [0.05, 0.01], [0.5], [0.1, 0.01], [0.6, 0.3], [1, 1, 1, 0], [0.98, 0.05], [0.9, 0.8, 0.7, 0.1],
    ]
    return try BayesianNetwork(structure: structure, parameters: yes.joined().flatMap { [$0, 1 - $0] })
  }

  /// Probabilities of yes given evidence, and the probability of the evidence.
  struct Situation: Sendable {
    let evidence: [String: String]
    let probability: Double
    let probabilities: [String: Double]
  }

  // The published digits (tub 0.0104, lung 0.055, bronc 0.45, either 0.064828, ...; given a visit to Asia and
  // dyspnoea 0.0877510, 0.0995252, 0.8114021, 0.1822999, smoke 0.6259198) continued in exact fractions.
  @Test(arguments: [
    Situation(
      evidence: [:], probability: 1,
      probabilities: [
        "asia": 0.01, "tub": 0.0104, "smoke": 0.5,
        "lung": 0.055, "bronc": 0.45, "either": 0.064828,
        "xray": 0.11029004, "dysp": 0.4359706,
      ]),
    Situation(
      evidence: ["asia": "yes", "dysp": "yes"], probability: 0.004501375,
      probabilities: [
        "tub": 0.08775096498292188, "smoke": 0.6259198578212213, "lung": 0.09952514509455444,
        "bronc": 0.8114020715892366, "either": 0.1822998528227486, "xray": 0.2195388631251562,
      ]),
    Situation(
      evidence: ["asia": "yes", "dysp": "yes", "smoke": "no"], probability: 0.001683875,
      probabilities: [
        "tub": 0.11283497884344147, "lung": 0.022566995768688293, "bronc": 0.7179422463068814,
        "either": 0.13427362482369534,
      ]),
    Situation(
      evidence: ["xray": "yes"], probability: 0.11029004,
      probabilities: [
        "tub": 0.0924108831586243, "lung": 0.48871140131964774, "either": 0.5760396859045477,
        "dysp": 0.6407659694384008,
      ]),
  ])
  func chestClinicNumbers(situation: Situation) throws {
    let network = try chestClinic()
    let evidence = try Evidence(labels: situation.evidence, in: network.schema)
    expectClose(exponential(try network.logProbability(of: evidence)), situation.probability, relative: 1e-13)
    for (name, expected) in situation.probabilities {
      let id = try #require(network.schema[name])
      let answer = try network.answer(.marginal(id), given: evidence)
      guard case .table(let values, over: [id], let logEvidence) = answer else {
        Issue.record("a marginal is a table over its variable")
        continue
      }
      expectClose(values, [expected, 1 - expected], relative: 1e-12, "\(name)")
      expectClose(exponential(logEvidence), situation.probability, relative: 1e-13)
    }
  }

  @Test func jointTablesStandInTheOrderAskedAndIncludeEvidence() throws {
    let network = try chestClinic()
    let evidence = try Evidence(labels: ["asia": "yes", "dysp": "yes"], in: network.schema)
    let ids = try ["either", "dysp", "tub"].map { try #require(network.schema[$0]) }
    guard case .table(let values, over: ids, _) = try network.answer(.joint(ids), given: evidence) else {
      Issue.record("a joint is a table over its variables")
      return
    }
    // Tuberculosis implies either; dyspnoea was observed.
    expectClose(
      values, [0.08775096498292188, 0.1822998528227486 - 0.08775096498292188, 0, 0, 0, 1 - 0.1822998528227486, 0, 0],
      relative: 1e-12)
  }

  /// A chain of variables in which everything, or every third variable, is observed.
  @Test func aThousandObservedVariablesDoNotUnderflow() throws {
    let count = 1_000
    let schema = try Schema((0..<count).map { try Variable(name: "x\($0)", states: ["a", "b"]) })
    let structure = try NetworkStructure(
      schema: schema, parents: (0..<count).map { $0 == 0 ? [] : [VariableID($0 - 1)] })
    let step = [0.9, 0.1, 0.2, 0.8]
    let network = try BayesianNetwork(
      structure: structure, parameters: [0.5, 0.5] + (1..<count).flatMap { _ in step })
    let alternating = Dictionary(uniqueKeysWithValues: schema.ids.map { ($0, StateCode($0.index % 2)) })
    let all = try Evidence(alternating, in: schema)
    let expected = naturalLog(0.5) + 500 * naturalLog(0.1) + 499 * naturalLog(0.2)
    #expect(exponential(expected) == 0)
    expectClose(try network.logProbability(of: all), expected, relative: 1e-13)

    // Every third variable observed, all as b: the forward recursion, scaled at each step.
    let thirds = try Evidence(alternating.filter { $0.key.index % 3 == 0 }.mapValues { _ in 1 }, in: schema)
    var (state, log) = ([0.5, 0.5], 0.0)
    for index in 0..<count {
      if index > 0 { state = [state[0] * 0.9 + state[1] * 0.2, state[0] * 0.1 + state[1] * 0.8] }
      guard index % 3 == 0 else { continue }
      log += naturalLog(state[1])
      state = [0, 1]
    }
    expectClose(try network.logProbability(of: thirds), log, relative: 1e-12)
    guard case .assignment(let path, _) = try network.answer(.mostProbableExplanation, given: thirds) else {
      Issue.record("the explanation is an assignment")
      return
    }
    #expect(path.count == count - thirds.states.count && path.values.allSatisfy { $0 == 1 })
  }

  /// A class that a thousand items speak against and the last item proves: the small rest must not be lost.
  @Test func aStateFarBelowTheOthersSurvivesUntilAZeroSettlesIt() throws {
    let items = 1_001
    let schema = try Schema(
      [Variable(name: "class", states: ["a", "b"])]
        + (0..<items).map { try Variable(name: "item\($0)", states: ["no", "yes"]) })
    let structure = try NetworkStructure(
      schema: schema, parents: [[]] + (0..<items).map { _ in [VariableID(0)] })
    let item = [0.1, 0.9, 0.99, 0.01]
    let network = try BayesianNetwork(
      structure: structure, parameters: [0.5, 0.5] + (1..<items).flatMap { _ in item } + [1, 0, 0.5, 0.5])
    let yes = Dictionary(uniqueKeysWithValues: schema.ids.dropFirst().map { ($0, StateCode(1)) })
    let answer = try network.answer(.marginal(VariableID(0)), given: Evidence(yes, in: schema))
    guard case .table(let values, over: [VariableID(0)], let logEvidence) = answer else {
      Issue.record("a marginal is a table over its variable")
      return
    }
    expectClose(values, [0, 1], relative: 1e-12)
    expectClose(logEvidence, 2 * naturalLog(0.5) + 1_000 * naturalLog(0.01), relative: 1e-13)
  }
}

import LatentData
import LatentInference
import LatentKernels
import LatentModels
import LatentTestSupport
import Testing

/// Answers of variable elimination against enumeration, and against what enumeration cannot reach.
@Suite struct VariableEliminationTests {
  /// A random network, and evidence about some of its variables that may be impossible.
  private func problem(seed: UInt64) throws -> (BayesianNetwork, Evidence, SplitMix64) {
    var random = SplitMix64(seed: seed)
    let variables = Int.random(in: 1...6, using: &random)
    let network = Arbitrary.network(variables: variables, zeros: seed % 2 == 0 ? 0.3 : 0, using: &random)
    var states: [VariableID: StateCode] = [:]
    for (id, variable) in zip(network.schema.ids, network.schema.variables)
    where Int.random(in: 0..<3, using: &random) == 0 {
      states[id] = StateCode.random(in: 0..<StateCode(variable.cardinality), using: &random)
    }
    return (network, try Evidence(states, in: network.schema), random)
  }

  @Test(arguments: 0..<300)
  func agreesWithEnumeration(seed: UInt64) throws {
    var (network, evidence, random) = try problem(seed: seed)
    let enumeration = Enumeration(network)
    let logEvidence = try enumeration.logProbability(of: evidence)
    expectClose(try network.logProbability(of: evidence), logEvidence, relative: 1e-12, absolute: 1e-13)
    var queries = network.schema.ids.map { Query.marginal($0) }
    for count in 2...3 {
      queries.append(.joint(Array(network.schema.ids.shuffled(using: &random).prefix(count))))
    }
    guard logEvidence > -.infinity else {
      for query in queries + [.mostProbableExplanation] {
        #expect(throws: InferenceError.self) { try network.answer(query, given: evidence) }
      }
      return
    }
    let completions = try enumeration.joint(given: evidence)
    for query in queries {
      guard case .table(let actual, let ids, let log) = try network.answer(query, given: evidence) else {
        Issue.record("\(query) is answered by a table")
        continue
      }
      switch query {
      case .marginal(let id): #expect(ids == [id])
      case .joint(let asked): #expect(ids == asked)
      case .mostProbableExplanation, .mostProbable: break
      }
      expectClose(log, logEvidence, relative: 1e-12, absolute: 1e-13)
      let expected = shares(of: ids, in: completions, network.schema)
      expectClose(actual, expected, relative: 1e-11, "seed \(seed), \(query)")
      #expect(zip(actual, expected).allSatisfy { ($0 == 0) == ($1 == 0) }, "zeros are exact")
    }
  }

  @Test(arguments: 0..<300)
  func mostProbableExplanationsAgreeWithEnumeration(seed: UInt64) throws {
    let (network, evidence, _) = try problem(seed: seed)
    let enumeration = Enumeration(network)
    guard try enumeration.logProbability(of: evidence) > -.infinity else { return }
    let best = try enumeration.mostProbableExplanation(given: evidence)
    guard
      case .assignment(let states, let log) = try network.answer(.mostProbableExplanation, given: evidence)
    else {
      Issue.record("the explanation is an assignment")
      return
    }
    expectClose(log, enumeration.logProbability(ofComplete: best.states), relative: 1e-12, absolute: 1e-13)
    let hidden = network.schema.ids.filter { evidence[$0] == nil }
    #expect(Set(states.keys) == Set(hidden))
    let rivals = try enumeration.joint(given: evidence)
      .count { $0.probability >= best.probability * (1 - 1e-9) }
    if rivals == 1 {
      for id in hidden { #expect(states[id] == best.states[id.index], "seed \(seed)") }
    }
  }

  @Test func tiesGoToTheStateListedFirst() throws {
    let schema = try Schema((0..<4).map { try Variable(name: "x\($0)", states: ["a", "b", "c"]) })
    let parents = [[], [VariableID(0)], [VariableID(0)], [VariableID(2)]]
    let structure = try NetworkStructure(schema: schema, parents: parents)
    let third = [Double](repeating: 1.0 / 3, count: structure.parameterCount)
    let network = try BayesianNetwork(structure: structure, parameters: third)
    guard case .assignment(let states, let log) = try network.answer(.mostProbableExplanation) else {
      Issue.record("the explanation is an assignment")
      return
    }
    #expect(states == Dictionary(uniqueKeysWithValues: schema.ids.map { ($0, 0) }))
    expectClose(log, -4 * naturalLog(3), relative: 1e-14)
  }

  @Test func impossibleEvidenceIsNamed() throws {
    let schema = try Schema([
      Variable(name: "rain", states: ["yes", "no"]), Variable(name: "wet", states: ["yes", "no"]),
      Variable(name: "mood", states: ["good", "bad"]),
    ])
    let structure = try NetworkStructure(schema: schema, parents: [[], [VariableID(0)], []])
    let network = try BayesianNetwork(structure: structure, parameters: [0.2, 0.8, 1, 0, 0, 1, 0.5, 0.5])
    let evidence = try Evidence(labels: ["wet": "yes", "rain": "no"], in: schema)
    #expect(try network.logProbability(of: evidence) == -.infinity)
    // The evidence says nothing about the mood, and is impossible all the same.
    for query in [Query.marginal(VariableID(2)), .marginal(VariableID(0)), .mostProbableExplanation] {
      #expect(throws: InferenceError.impossibleEvidence(["rain=no", "wet=yes"])) {
        try network.answer(query, given: evidence)
      }
    }
  }

  @Test func cliquesAboveTheLimitAreRefusedByName() throws {
    // A square grid of binary variables: its cliques grow with the side.
    let side = 40
    let schema = try Schema(
      (0..<side * side).map { try Variable(name: "x\($0 / side)_\($0 % side)", states: ["a", "b"]) })
    let parents = (0..<side * side).map { index in
      (index % side > 0 ? [VariableID(index - 1)] : []) + (index >= side ? [VariableID(index - side)] : [])
    }
    let structure = try NetworkStructure(schema: schema, parents: parents)
    let network = try BayesianNetwork(
      structure: structure, parameters: [Double](repeating: 0.5, count: structure.parameterCount))
    let last = VariableID(side * side - 1)
    let error = #expect(throws: InferenceError.self) { try network.answer(.marginal(last)) }
    guard case .cliqueTooLarge(let variables, let cells, let limit) = error else {
      Issue.record("the clique fits no memory")
      return
    }
    #expect(cells > Double(1 << 28))
    expectClose(naturalLog(cells), Double(variables.count) * naturalLog(2))
    #expect(limit == .standard)
    // Observing the rest makes it easy.
    let observed = Dictionary(uniqueKeysWithValues: schema.ids.dropLast().map { ($0, StateCode(0)) })
    let answer = try network.answer(.marginal(last), given: Evidence(observed, in: schema))
    guard case .table(let values, over: [last], _) = answer else {
      Issue.record("a marginal is a table over its variable")
      return
    }
    expectClose(values, [0.5, 0.5], relative: 1e-12)
  }

  @Test func refusalsSaySizeAndLimit() {
    let names = (1...12).map { "v\($0)" }
    let error = InferenceError.cliqueTooLarge(variables: names, cells: 536_870_912, limit: .standard)
    #expect(
      error.description
        == "exact inference needs one table over v1, v2, v3, v4, v5, v6, v7, v8 and 4 more with 536870912 joint states, "
        + "that is 4 GiB, above the limit of 2 GiB; raise the limit, remove edges or observe more variables")
  }

  @Test func theLimitCountsTheLargestTable() throws {
    var random = SplitMix64(seed: 5)
    let schema = try Schema((0..<3).map { try Variable(name: "v\($0)", states: ["a", "b", "c"]) })
    let structure = try NetworkStructure(schema: schema, parents: [[], [VariableID(0)], [VariableID(1)]])
    let network = Arbitrary.network(structure, using: &random)
    #expect(throws: Never.self) { try network.answer(.marginal(VariableID(2)), limit: MemoryLimit(bytes: 72)) }
    #expect(throws: InferenceError.self) {
      try network.answer(.marginal(VariableID(2)), limit: MemoryLimit(bytes: 71))
    }
    // Nothing of a child without evidence is needed.
    #expect(throws: Never.self) { try network.answer(.marginal(VariableID(0)), limit: MemoryLimit(bytes: 24)) }
  }
}

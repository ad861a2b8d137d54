import LatentData
import LatentInference
import LatentKernels
import LatentModels
import LatentTestSupport
import Testing

/// Uncertain evidence, interventions and explanations of some variables, against enumeration.
@Suite struct SituationLawTests {
  /// A random network with numbers, and certain and uncertain evidence about some of its variables.
  private func problem(_ seed: UInt64) throws -> (network: BayesianNetwork, evidence: Evidence, random: SplitMix64) {
    var random = SplitMix64(seed: seed)
    let network = Arbitrary.numericNetwork(
      variables: Int.random(in: 1...5, using: &random), families: Int.random(in: 0...2, using: &random),
      zeros: seed % 2 == 0 ? 0.3 : 0, using: &random)
    let schema = network.schema
    var states: [VariableID: StateCode] = [:]
    var numbers: [VariableID: Double] = [:]
    for id in schema.ids where Int.random(in: 0..<4, using: &random) == 0 {
      if schema[id].isCategorical {
        states[id] = StateCode.random(in: 0..<StateCode(schema[id].cardinality), using: &random)
      } else {
        let isCount = schema[id].domain == .count
        let (count, real) = (Int.random(in: 0...6, using: &random), Double.random(in: -3...3, using: &random))
        numbers[id] = isCount ? Double(count) : real
      }
    }
    var evidence = try Evidence(states, numbers: numbers, in: schema)
    for id in schema.ids where schema[id].isCategorical && Bool.random(using: &random) {
      var likelihood = schema[id].states.map { _ in
        Bool.random(using: &random) ? 0 : Double.random(in: 0.01...20, using: &random)
      }
      if likelihood.allSatisfy({ $0 == 0 }) { likelihood[0] = 1 }
      evidence = try evidence.adding(likelihood: likelihood, of: id, in: schema)
    }
    return (network, evidence, random)
  }

  @Test(arguments: 0..<300) func likelihoodsAgreeWithEnumeration(seed: UInt64) throws {
    var (network, evidence, random) = try problem(seed)
    let schema = network.schema
    let enumeration = Enumeration(network)
    let logEvidence = try enumeration.logProbability(of: evidence)
    expectClose(try network.logProbability(of: evidence), logEvidence, relative: 1e-11, absolute: 1e-11)
    let categorical = schema.ids.filter { schema[$0].isCategorical }
    let asked = Array(categorical.shuffled(using: &random).prefix(2))
    guard logEvidence > -.infinity else {
      let named = InferenceError.impossibleEvidence(evidence.description(in: schema))
      #expect(throws: named) { try network.posteriors(given: evidence) }
      #expect(throws: named) { try network.answer(.joint(asked), given: evidence) }
      #expect(throws: named) { try network.answer(.mostProbableExplanation, given: evidence) }
      #expect(throws: InferenceError.self) { try enumeration.joint(given: evidence) }
      return
    }
    let completions = try enumeration.joint(given: evidence)
    guard case .table(let joint, _, let log) = try network.answer(.joint(asked), given: evidence) else {
      Issue.record("a joint distribution is a table")
      return
    }
    expectClose(joint, shares(of: asked, in: completions, schema), relative: 1e-10, absolute: 1e-14)
    expectClose(log, logEvidence, relative: 1e-11, absolute: 1e-11)
    let all = try network.posteriors(given: evidence)
    expectClose(all.logEvidence, logEvidence, relative: 1e-11, absolute: 1e-11)
    #expect(Set(all.marginals.keys) == Set(categorical.filter { evidence[$0] == nil }.map { schema[$0].name }))
    for id in categorical where evidence[id] == nil {
      let marginal = try #require(all.marginals[schema[id].name])
      expectClose(marginal.probabilities, shares(of: [id], in: completions, schema), relative: 1e-10, absolute: 1e-14)
    }
    let best = try enumeration.mostProbableExplanation(given: evidence)
    guard
      case .assignment(let states, let found) = try network.answer(.mostProbableExplanation, given: evidence)
    else {
      Issue.record("an explanation is an assignment")
      return
    }
    expectClose(found, naturalLog(best.probability) + logEvidence, relative: 1e-10, absolute: 1e-10)
    #expect(Set(states.keys) == Set(categorical.filter { evidence[$0] == nil }))
  }

  /// That a variable is in one of several states has the probability of all of them together.
  @Test(arguments: 0..<60) func severalStatesAddUp(seed: UInt64) throws {
    var (network, evidence, random) = try problem(seed)
    let schema = network.schema
    guard let id = schema.ids.first(where: { schema[$0].isCategorical && !evidence.variables.contains($0) }) else {
      return
    }
    let codes = Array(
      (0..<StateCode(schema[id].cardinality)).shuffled(using: &random).prefix(
        Int.random(in: 1...schema[id].cardinality, using: &random)))
    let together = try network.logProbability(of: evidence.adding(anyOf: codes, of: id, in: schema))
    var sum = 0.0
    for code in codes {
      sum += exponential(try network.logProbability(of: evidence.adding(anyOf: [code], of: id, in: schema)))
    }
    expectClose(exponential(together), sum, relative: 1e-10, absolute: 1e-300)
  }

  @Test(arguments: 0..<300) func explanationsOfSomeVariablesAgreeWithEnumeration(seed: UInt64) throws {
    var (network, evidence, random) = try problem(seed)
    let schema = network.schema
    let enumeration = Enumeration(network)
    let open = schema.ids.filter { schema[$0].isCategorical && evidence[$0] == nil }
    let asked = Array(open.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random)))
    guard try enumeration.logProbability(of: evidence) > -.infinity else {
      #expect(throws: InferenceError.self) { try network.answer(.mostProbable(asked), given: evidence) }
      return
    }
    let expected = shares(of: asked, in: try enumeration.joint(given: evidence), schema)
    guard case .assignment(let states, let log) = try network.answer(.mostProbable(asked), given: evidence) else {
      Issue.record("an explanation is an assignment")
      return
    }
    #expect(Set(states.keys) == Set(asked))
    let highest = expected.max() ?? 0
    let cell = asked.reduce(0) { $0 * schema[$1].cardinality + Int(states[$1] ?? 0) }
    expectClose(expected[cell], highest, relative: 1e-10)
    let logEvidence = try enumeration.logProbability(of: evidence)
    expectClose(log, naturalLog(highest) + logEvidence, relative: 1e-10, absolute: 1e-10)
  }

  /// p(v | do(x)) is the product of the families of the other variables, where x is what it was set to.
  @Test(arguments: 0..<200) func interventionsTruncateTheFactorisation(seed: UInt64) throws {
    var (network, _, random) = try problem(seed)
    let schema = network.schema
    let categorical = schema.ids.filter { schema[$0].isCategorical }
    var settings: [VariableID: StateCode] = [:]
    for id in categorical.shuffled(using: &random).prefix(Int.random(in: 1...2, using: &random)) {
      settings[id] = StateCode.random(in: 0..<StateCode(schema[id].cardinality), using: &random)
    }
    let labels = settings.map { (schema[$0].name, schema[$0].states[Int($1)]) }
    let cut = try network.intervening(Dictionary(uniqueKeysWithValues: labels))
    let others = categorical.filter { settings[$0] == nil }
    let rows = Self.rows(schema, categorical)
    for id in others {
      var expected = [Double](repeating: 0, count: schema[id].cardinality)
      for row in rows where settings.allSatisfy({ row[$0.index] == $1 }) {
        var product = 1.0
        for other in others {
          let parents = network.structure.family(of: other).parents.map { row[$0.index] }
          product *= network.distribution(of: other, given: parents)[Int(row[other.index])]
        }
        expected[Int(row[id.index])] += product
      }
      guard case .table(let found, _, _) = try cut.answer(.marginal(id)) else {
        Issue.record("a marginal is a table")
        return
      }
      expectClose(found, expected, relative: 1e-10, absolute: 1e-14)
    }
    for (id, state) in settings {
      #expect(cut.distribution(of: id) == schema[id].states.indices.map { $0 == Int(state) ? 1 : 0 })
    }
  }

  /// Every row of states; −1 for variables of numbers.
  private static func rows(_ schema: Schema, _ varying: [VariableID]) -> [[StateCode]] {
    varying.reduce([[StateCode](repeating: -1, count: schema.count)]) { rows, id in
      rows.flatMap { row in
        schema[id].states.indices.map { state in
          var row = row
          row[id.index] = StateCode(state)
          return row
        }
      }
    }
  }

  /// A root is observed or set, which is the same.
  @Test(arguments: 0..<40) func settingARootIsObservingIt(seed: UInt64) throws {
    let (network, _, _) = try problem(seed)
    let schema = network.schema
    for id in schema.ids where schema[id].isCategorical && network.structure.family(of: id).parents.isEmpty {
      let (name, label) = (schema[id].name, schema[id].states[0])
      guard network.distribution(of: id)[0] > 0 else { continue }
      let cut = try network.intervening([name: label])
      for other in schema.ids where schema[other].isCategorical {
        expectClose(
          try cut.posterior(of: schema[other].name).probabilities,
          try network.posterior(of: schema[other].name, given: [name: .anyOf([label])]).probabilities,
          relative: 1e-10, absolute: 1e-14)
      }
    }
  }
}

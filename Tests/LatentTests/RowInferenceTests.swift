import LatentData
import LatentInference
import LatentKernels
import LatentModels
import LatentTestSupport
import Testing

/// What is inferred for every row of a table at once, against going through all completions of each row.
@Suite struct RowInferenceTests {
  static func problem(_ seed: Int) -> (network: BayesianNetwork, table: Table) {
    var random = SplitMix64(seed: 7_000 + UInt64(seed))
    return Arbitrary.smallProblem(variables: 6, missing: 0.4, hiddenCount: seed % 4, using: &random)
  }

  /// p(variable | evidence) by adding up completions.
  static func marginal(_ id: VariableID, _ joint: [Completion], cardinality: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: cardinality)
    for completion in joint { sums[Int(completion.states[id.index])] += completion.probability }
    return sums
  }

  @Test(arguments: 0..<220) func rowsAgreeWithEnumeration(seed: Int) throws {
    let (network, table) = Self.problem(seed)
    let inference = try RowInference(network, table)
    let explanations = MostProbableCompletion(inference)
    let enumeration = Enumeration(network)
    #expect(inference.rowCount == table.rowCount)
    for row in stride(from: seed % 3, to: table.rowCount, by: 3) where table.weights[row] > 0 {
      let evidence = Evidence(row: row, of: table)
      let joint = try enumeration.joint(given: evidence)
      let best = try #require(joint.max { $0.probability < $1.probability })
      let logEvidence = enumeration.logProbability(ofComplete: best.states) - naturalLog(best.probability)
      expectClose(inference.logLikelihood(row: row), logEvidence, relative: 1e-10, absolute: 1e-10, "row \(row)")
      var visited: [VariableID] = []
      RowPosteriors(inference).forEach(row: row) { id, posterior in
        visited.append(id)
        let expected = Self.marginal(id, joint, cardinality: network.schema[id].cardinality)
        expectClose(Array(posterior), expected, relative: 1e-9, absolute: 1e-12, "row \(row), variable \(id.index)")
      }
      #expect(visited.sorted() == network.schema.ids.filter { evidence[$0] == nil })
      expectBest(explanations, row: row, evidence: evidence, among: joint, enumeration)
    }
  }

  /// The completion keeps what was observed and is as probable as the best; it is the best where there is only one.
  private func expectBest(
    _ explanations: MostProbableCompletion, row: Int, evidence: Evidence, among joint: [Completion],
    _ enumeration: Enumeration
  ) {
    let completion = explanations.completion(row: row)
    for (id, state) in evidence.states { #expect(completion[id.index] == state) }
    let logProbability = enumeration.logProbability(ofComplete: completion)
    let ordered = joint.sorted { $0.probability > $1.probability }
    let highest = enumeration.logProbability(ofComplete: ordered[0].states)
    expectClose(logProbability, highest, relative: 1e-10, absolute: 1e-10, "row \(row)")
    expectClose(explanations.logProbability(row: row), logProbability, relative: 1e-12, absolute: 1e-12)
    if ordered.count == 1 || ordered[1].probability < ordered[0].probability * (1 - 1e-6) {
      #expect(completion == ordered[0].states, "row \(row)")
    }
  }

  /// 20 000 draws of one row: X² = Σ (f − n·q)² / (n·q) has mean k − 1 and variance 2 (k − 1) where k cells are merged
  /// so that each expects at least 5 draws; six standard deviations are allowed.
  @Test(arguments: [1, 2, 3, 6, 7]) func drawsFollowThePosterior(seed: Int) throws {
    let (network, table) = Self.problem(seed)
    let enumeration = Enumeration(network)
    let row = try #require(
      (0..<table.rowCount).filter { table.weights[$0] > 0 }
        .max { table.codes(row: $0).count { $0 < 0 } < table.codes(row: $1).count { $0 < 0 } })
    let joint = try enumeration.joint(given: Evidence(row: row, of: table))
    let draws = 20_000
    var random = SplitMix64(seed: 90 + UInt64(seed))
    var frequencies: [[StateCode]: Int] = [:]
    let inference = try RowInference(network, table.selecting([Int](repeating: row, count: draws)))
    let columns = inference.draws(using: &random)
    for draw in 0..<draws { frequencies[columns.map { $0[draw] }, default: 0] += 1 }

    var statistic = 0.0
    var cells = 0
    var (rest, restExpected) = (0.0, 0.0)
    for completion in joint {
      let found = Double(frequencies.removeValue(forKey: completion.states) ?? 0)
      let expected = completion.probability * Double(draws)
      if expected == 0 { #expect(found == 0, "a completion of probability 0 was drawn") }
      if expected >= 5 {
        statistic += (found - expected) * (found - expected) / expected
        cells += 1
      } else {
        rest += found
        restExpected += expected
      }
    }
    if restExpected > 0 {
      statistic += (rest - restExpected) * (rest - restExpected) / max(restExpected, 1)
      cells += 1
    }
    #expect(frequencies.isEmpty, "draws keep the observed cells")
    let freedom = Double(cells - 1)
    #expect(freedom >= 3)
    let bound = freedom + 6 * (2 * freedom).squareRoot() + 6
    #expect(statistic < bound, "seed \(seed): X² \(statistic), k − 1 = \(freedom)")
  }

  @Test func equalSeedsDrawEqualRows() throws {
    let (network, table) = Self.problem(3)
    let inference = try RowInference(network, table)
    var (a, b) = (SplitMix64(seed: 5), SplitMix64(seed: 5))
    #expect(inference.draws(using: &a) == inference.draws(using: &b))
  }

  @Test func rowsOfWeightZeroAndNoRows() throws {
    let (network, table) = Self.problem(2)
    let weightless = try Table(
      schema: table.schema, columns: table.columns, weights: [Double](repeating: 0, count: table.rowCount))
    let inference = try RowInference(network, weightless)
    #expect(inference.logLikelihood(row: 0) == 0)
    RowPosteriors(inference).forEach(row: 0) { _, _ in Issue.record("a row of weight 0 has no posteriors") }
    #expect(inference.impossibleRows(limit: 10).isEmpty)

    let none = try RowInference(network, table.selecting([]))
    #expect(none.rowCount == 0)
    #expect(none.impossibleRows(limit: 10).isEmpty)
  }

  @Test(arguments: 0..<20) func emptyRowsHaveLogLikelihoodZeroAndThePriorAsPosterior(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let network = Arbitrary.network(variables: 6, zeros: 0.1, using: &random)
    let table = try Table(
      schema: network.schema, columns: network.schema.ids.map { $0.index % 2 == 0 ? .absent : .codes([-1]) },
      rowCount: 1)
    let inference = try RowInference(network, table)
    expectClose(inference.logLikelihood(row: 0), 0, absolute: 1e-13)
    let joint = try Enumeration(network).joint(given: .none)
    RowPosteriors(inference).forEach(row: 0) { id, posterior in
      let expected = Self.marginal(id, joint, cardinality: network.schema[id].cardinality)
      expectClose(Array(posterior), expected, relative: 1e-10, absolute: 1e-13)
    }
  }
}

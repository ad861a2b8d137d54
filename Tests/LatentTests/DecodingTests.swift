import LatentData
import LatentInference
import LatentKernels
import LatentModels
import LatentTestSupport
import Testing

/// Laws of decoding and of the log-likelihood of single rows; enumeration is the oracle.
@Suite struct DecodingTests {
  @Test(arguments: 0..<250) func aHiddenRootGetsItsLikeliestClass(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let network = Arbitrary.network(variables: 6, zeros: seed.isMultiple(of: 2) ? 0.2 : 0, using: &random)
    let root = try #require(network.structure.families.filter(\.parents.isEmpty).randomElement(using: &random)).child
    let table = Arbitrary.table(for: network, rows: 8, missing: 0.3, hidden: [root], using: &random)
    let oracle = Enumeration(network)
    let decoding = Decoding(try RowInference(network, table), latent: [root])
    #expect(decoding.method == .hiddenRoot(root))
    for row in 0..<table.rowCount {
      let evidence = Evidence(row: row, of: table)
      let marginal = try ImputationTests.marginals(oracle, evidence)[root.index]
      let highest = marginal.max() ?? 0
      let best = try #require(marginal.firstIndex { $0 >= highest * (1 - 1e-12) })
      var states = table.codes(row: row)
      states[root.index] = StateCode(best)
      let explanation = decoding.explanation(row: row)
      #expect(explanation.states == states, "seed \(seed), row \(row)")
      let joint = try Evidence(
        evidence.states.merging([root: StateCode(best)]) { old, _ in old }, in: network.schema)
      expectClose(
        explanation.logProbability, try oracle.logProbability(of: joint), relative: 1e-11, absolute: 1e-11,
        "seed \(seed), row \(row)")
    }
  }

  @Test(arguments: 0..<200) func anyOtherNetworkGetsItsLikeliestAssignment(seed: Int) throws {
    let (network, table) = try ImputationTests.tiedProblem(seed)
    let latent = table.schema.ids.filter { table.columns[$0.index] == .absent }
    guard !latent.contains(where: { network.structure.family(of: $0).parents.isEmpty }) else { return }
    let oracle = Enumeration(network)
    let decoding = Decoding(try RowInference(network, table), latent: latent)
    #expect(decoding.method == .joint)
    for row in 0..<table.rowCount {
      let best = try oracle.mostProbableExplanation(given: Evidence(row: row, of: table))
      let explanation = decoding.explanation(row: row)
      #expect(explanation.states == best.states, "seed \(seed), row \(row)")
      expectClose(
        explanation.logProbability, oracle.logProbability(ofComplete: best.states), relative: 1e-11, absolute: 1e-11)
    }
  }

  /// Any variables, in any order, observed or not: the likeliest of their joint states, the rest summed out.
  @Test(arguments: 0..<200) func variablesAskedForGetTheirLikeliestStates(seed: Int) throws {
    let (network, table) =
      seed.isMultiple(of: 2) ? try ImputationTests.tiedProblem(seed) : ImputationTests.problem(seed)
    var random = SplitMix64(seed: UInt64(seed))
    let asked = Array(network.schema.ids.shuffled(using: &random).prefix(1 + seed % 3))
    let oracle = Enumeration(network)
    let names = asked.map { network.schema[$0].name }
    let decoded = try network.decode(table, of: names)
    #expect(decoded.method == .variables(asked) && decoded.variables == asked)
    let decoding = try Decoding(RowInference(network, table), of: asked)
    let logProbabilities = decoded.logProbabilities()
    for row in 0..<table.rowCount {
      let evidence = Evidence(row: row, of: table)
      var best: (codes: [StateCode], logProbability: Double) = ([], -.infinity)
      for codes in network.schema.rows(table.codes(row: row), varying: asked) {
        let joint = asked.map { ($0, codes[$0.index]) }
        guard joint.allSatisfy({ evidence[$0] == nil || evidence[$0] == $1 }) else { continue }
        let states = evidence.states.merging(joint) { old, _ in old }
        let logProbability = try oracle.logProbability(of: Evidence(states, in: network.schema))
        if logProbability > best.logProbability + 1e-12 { best = (codes, logProbability) }
      }
      for id in asked { #expect(decoded.codes(of: id)[row] == best.codes[id.index], "seed \(seed), row \(row)") }
      #expect(decoding.explanation(row: row).states == best.codes, "seed \(seed), row \(row)")
      expectClose(
        logProbabilities[row], best.logProbability, relative: 1e-11, absolute: 1e-11, "seed \(seed), row \(row)")
    }
  }

  @Test(arguments: 0..<250) func rowsSumToTheLogLikelihoodOfTheEngine(seed: Int) throws {
    let (network, all) = EngineLawTests.problem(seed)
    let table = all.selecting(Array(0..<8))
    let oracle = Enumeration(network)
    let inference = try RowInference(network, table.withEqualWeights())
    var sum = 0.0
    for row in 0..<table.rowCount {
      let logLikelihood = inference.logLikelihood(row: row)
      expectClose(
        logLikelihood, try oracle.logProbability(of: Evidence(row: row, of: table)), relative: 1e-11, absolute: 1e-11)
      sum += table.weights[row] * logLikelihood
    }
    expectClose(
      sum, try EngineLawTests.expect(network, table).logLikelihood, relative: 1e-11, absolute: 1e-11, "seed \(seed)")
  }
}

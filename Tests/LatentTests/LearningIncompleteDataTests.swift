import LatentData
import LatentInference
import LatentKernels
import LatentLearning
import LatentModels
import LatentTestSupport
import Testing

/// What missing cells mean for the likelihood and for what is learned.
@Suite struct LearningIncompleteDataTests {
  /// A leaf that nobody observed changes neither the likelihood nor what is learned of the others.
  @Test(arguments: 0..<40) func aMissingLeafIsADeletedVariable(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let network = Arbitrary.network(variables: 6, using: &random)
    let leaf = try #require(network.schema.ids.first { network.structure.graph.children[$0.index].isEmpty })
    let table = Arbitrary.table(for: network, rows: 30, missing: 0.3, hidden: [leaf], using: &random)
    let (smaller, fewer) = try removing(leaf, from: network, table)
    let driver = ExpectationMaximization(stopping: StoppingRule(maximumIterations: 12, tolerance: 0))
    for completion in CompletionPolicy.allCases {
      var without = try engine(smaller, fewer, completion)
      let expected = try driver.fit(smaller, with: &without)
      var with = try engine(network, table, completion)
      let fit = try driver.fit(network, with: &with)
      expectClose(fit.logLikelihoods, expected.logLikelihoods, relative: 1e-11, absolute: 1e-11)
      for id in network.schema.ids where id != leaf {
        let moved = VariableID(id.index > leaf.index ? id.index - 1 : id.index)
        expectClose(
          Array(fit.model.parameters(of: id)), Array(expected.model.parameters(of: moved)), relative: 1e-8,
          absolute: 1e-11)
      }
      // Completed, the leaf reproduces its own table; left out, it is not touched at all.
      expectClose(
        Array(fit.model.parameters(of: leaf)), Array(network.parameters(of: leaf)),
        relative: completion == .minimal ? 0 : 1e-10)
    }
  }

  private func removing(
    _ leaf: VariableID, from network: BayesianNetwork, _ table: Table
  ) throws -> (BayesianNetwork, Table) {
    let kept = network.schema.ids.filter { $0 != leaf }
    let schema = try Schema(kept.map { network.schema[$0] })
    let parents = kept.map { id in
      network.structure.family(of: id).parents.map {
        VariableID($0.index > leaf.index ? $0.index - 1 : $0.index)
      }
    }
    let structure = try NetworkStructure(schema: schema, parents: parents)
    return (
      try BayesianNetwork(structure: structure, parameters: kept.flatMap { Array(network.parameters(of: $0)) }),
      try Table(schema: schema, columns: kept.map { table.columns[$0.index] }, weights: table.weights)
    )
  }

  /// Missing completely at random: an indicator without parents is learned beside the rest and changes nothing there.
  @Test(arguments: 0..<20) func anIndicatorWithoutParentsIsIgnorable(seed: Int) throws {
    let (start, table) = LearningTests.problem(seed)
    let masked = start.schema.ids.first { !table.isUnobserved($0) } ?? VariableID(0)
    let schema = try Schema(start.schema.variables + [Variable(name: "m", states: ["observed", "missing"])])
    let structure = try NetworkStructure(
      schema: schema, parents: start.structure.families.map(\.parents) + [[]])
    let modelled = try BayesianNetwork(structure: structure, parameters: start.parameters + [0.5, 0.5])
    let indicators = (0..<table.rowCount).map { table.code(masked, row: $0) < 0 ? StateCode(1) : 0 }
    let recorded = try Table(schema: schema, columns: table.columns + [.codes(indicators)], weights: table.weights)
    let driver = ExpectationMaximization(stopping: StoppingRule(maximumIterations: 15, tolerance: 0))
    var plainEngine = try engine(start, table)
    var engine = try engine(modelled, recorded)
    let plain = try driver.fit(start, with: &plainEngine)
    let fit = try driver.fit(modelled, with: &engine)
    expectClose(
      Array(fit.model.parameters.dropLast(2)), plain.model.parameters, relative: 1e-9, absolute: 1e-12)
    let total = table.weights.reduce(0, +)
    let missing = zip(indicators, table.weights).reduce(0) { $0 + Double($1.0) * $1.1 } / total
    expectClose(Array(fit.model.parameters.suffix(2)), [1 - missing, missing], relative: 1e-12, absolute: 1e-15)
    let own = weightedLogSum(weights: [(1 - missing) * total, missing * total], values: [1 - missing, missing])
    expectClose(fit.logLikelihood, plain.logLikelihood + own, relative: 1e-11, absolute: 1e-11)
  }

  /// Little and Rubin (Statistical Analysis with Missing Data): a 2 × 2 table with supplementary margins, as the
  /// saturated network row -> column with weighted rows. The maximum is unique, so any start reaches it.
  @Test(arguments: [[0.5, 0.5, 0.5, 0.5, 0.5, 0.5], [0.9, 0.1, 0.2, 0.8, 0.7, 0.3]])
  func aTableWithSupplementaryMargins(parameters: [Double]) throws {
    let start = try network(["row", "column"], parents: ["column": ["row"]], tables: [parameters])
    let table = table(
      of: start, [[0, 0], [0, 1], [1, 0], [1, 1], [0, nil], [1, nil], [nil, 0], [nil, 1]],
      weights: [100, 50, 75, 75, 30, 60, 28, 60])
    var engine = try engine(start, table)
    let fit = try ExpectationMaximization(stopping: StoppingRule(tolerance: 1e-15)).fit(start, with: &engine)
    let theta = fit.model.parameters
    let joint = [theta[0] * theta[2], theta[0] * theta[3], theta[1] * theta[4], theta[1] * theta[5]]
    expectClose(joint, [0.2794749, 0.1740243, 0.2387191, 0.3077818], relative: 0, absolute: 5e-8)
  }

  /// Rows of two latent classes drawn from known tables; the start is far from them, the estimate near.
  ///
  /// With 4 000 rows and classes that are easily told apart, the standard error of an item's probability in a class of
  /// share s is about √(p (1 − p) / (s · n)), the share's √(s (1 − s) / n). Uncertain membership makes both larger: six
  /// such errors are allowed.
  @Test func latentClassesAreRecovered() throws {
    let rows = 4_000
    let shares = [0.35, 0.65]
    let items = [[0.9, 0.85, 0.2, 0.1, 0.8], [0.15, 0.2, 0.75, 0.7, 0.3]]
    let truth = try latentClasses(shares: shares, items: items)
    var random = SplitMix64(seed: 12)
    let table = Arbitrary.table(for: truth, rows: rows, missing: 0.1, hidden: [VariableID(0)], using: &random)
    let start = try latentClasses(
      shares: [0.5, 0.5], items: [[0.55, 0.5, 0.5, 0.5, 0.5], [0.45, 0.5, 0.5, 0.5, 0.5]])
    var engine = try engine(truth, table, .minimal)
    let fit = try ExpectationMaximization().fit(start, with: &engine)
    #expect(fit.outcome == .converged)
    #expect(fit.logLikelihood >= (try logLikelihood(truth, table)))
    for family in truth.structure.families {
      for cell in family.parameters {
        let p = truth.parameters[cell]
        let share = family.child.index == 0 ? 1 : shares[(cell - family.parameters.lowerBound) / 2]
        let error = (p * (1 - p) / (share * Double(rows) * 0.9)).squareRoot()
        #expect((start.parameters[cell] - p).magnitude > 12 * error, "the start is far")
        #expect((fit.model.parameters[cell] - p).magnitude < 6 * error, "cell \(cell): \(fit.model.parameters[cell])")
      }
    }
  }
}

import LatentData
import LatentDrawing
import LatentInference
import LatentKernels
import LatentLearning
import LatentModels
import LatentTestSupport
import Testing

/// The board against a calculation by hand and against the engines.
@Suite struct WalkthroughTests {
  /// bloc -> A, bloc -> B; bloc is hidden. p(bloc) = 1/2, 1/2; p(A=yes | bloc) = 3/4, 1/4; p(B=yes | bloc) = 1/2, 1/4.
  static func problem() throws -> (start: BayesianNetwork, table: Table) {
    let schema = try Schema([
      Variable(name: "bloc", states: ["1", "2"]), Variable(name: "A", states: ["yes", "no"]),
      Variable(name: "B", states: ["yes", "no"]),
    ])
    let structure = try NetworkStructure(schema: schema, parents: [[], [VariableID(0)], [VariableID(0)]])
    let start = try BayesianNetwork(
      structure: structure, parameters: [0.5, 0.5, 0.75, 0.25, 0.25, 0.75, 0.5, 0.5, 0.25, 0.75])
    // The first kind of row stands in two rows of weights 10 and 4; a row of weight 0 is not there.
    let table = try Table(
      schema: schema, columns: [.absent, .codes([0, 0, 1, 0, 1, 1]), .codes([0, 1, 0, 0, 1, 0])],
      weights: [10, 3, 5, 4, 11, 0])
    return (start, table)
  }

  /// By hand, in the order (A, B) = (yes, yes), (yes, no), (no, yes), (no, no) with weights 14, 3, 5, 11.
  ///
  /// p(bloc, A, B | θ_0) in 32nds: bloc 1: 6, 6, 2, 2; bloc 2: 1, 3, 3, 9. Sums: 7, 9, 5, 11.
  /// So q_0(bloc=1) = 6/7, 2/3, 2/5, 2/11, and weight · q_0: bloc 1: 12, 2, 2, 2; bloc 2: 2, 1, 3, 9.
  /// N(bloc) = 18, 15. N(A | bloc=1) = 14, 4; N(A | bloc=2) = 3, 12. N(B | bloc=1) = 14, 4; N(B | bloc=2) = 5, 10.
  /// θ_1: bloc 6/11, 5/11; A 7/9, 2/9 and 1/5, 4/5; B 7/9, 2/9 and 1/3, 2/3.
  /// p(bloc, A, B | θ_1) in 297ths: bloc 1: 98, 28, 28, 8; bloc 2: 9, 18, 36, 72. Sums: 107, 46, 64, 80.
  @Test func theFirstIterationByHand() throws {
    let (start, table) = try Self.problem()
    let walkthrough = try Walkthrough(start: start, table: table, iterations: 2)
    #expect(walkthrough.rows.map(\.cells) == [[-1, 0, 0], [-1, 0, 1], [-1, 1, 0], [-1, 1, 1]])
    #expect(walkthrough.rows.map(\.weight) == [14, 3, 5, 11])
    #expect(walkthrough.rows.allSatisfy { $0.hidden == [VariableID(0)] })
    #expect(walkthrough.steps.map(\.number) == [1, 2])
    let step = walkthrough.steps[0]
    let q0 = [6.0 / 7, 2.0 / 3, 2.0 / 5, 2.0 / 11]
    expectClose(step.posteriors.flatMap { $0 }, q0.flatMap { [$0, 1 - $0] }, relative: 1e-14)
    expectClose(step.counts.values, [18, 15, 14, 4, 3, 12, 14, 4, 5, 10], relative: 1e-14)
    expectClose(
      step.model.parameters,
      [6.0 / 11, 5.0 / 11, 7.0 / 9, 2.0 / 9, 0.2, 0.8, 7.0 / 9, 2.0 / 9, 1.0 / 3, 2.0 / 3], relative: 1e-14)
    let q1 = [98.0 / 107, 28.0 / 46, 28.0 / 64, 8.0 / 80]
    expectClose(walkthrough.steps[1].posteriors.flatMap { $0 }, q1.flatMap { [$0, 1 - $0] }, relative: 1e-14)

    let weights = [14.0, 3, 5, 11]
    expectClose(
      walkthrough.startLogLikelihood,
      weightedLogSum(weights: weights, values: [7.0 / 32, 9.0 / 32, 5.0 / 32, 11.0 / 32]), relative: 1e-14)
    expectClose(
      step.logLikelihood,
      weightedLogSum(weights: weights, values: [107.0 / 297, 46.0 / 297, 64.0 / 297, 80.0 / 297]), relative: 1e-14)
    // F = Σ weight · q_0 · log (p / q_0), with p in 297ths.
    let bound = weightedLogSum(
      weights: [12, 2, 2, 1, 2, 3, 2, 9],
      values: [
        98 / (6.0 / 7) / 297, 9 / (1.0 / 7) / 297, 28 / (2.0 / 3) / 297, 18 / (1.0 / 3) / 297,
        28 / (2.0 / 5) / 297, 36 / (3.0 / 5) / 297, 8 / (2.0 / 11) / 297, 72 / (9.0 / 11) / 297,
      ])
    expectClose(step.bound, bound, relative: 1e-14)
    expectClose(step.gap, step.logLikelihood - bound, relative: 1e-10)
  }

  /// The same numbers as the loop with the compiled engine.
  @Test(arguments: 0..<60) func theBoardAgreesWithTheEngine(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let network = Arbitrary.network(
      variables: 4, maximumParents: 2, maximumStates: 2, zeros: seed % 2 == 0 ? 0 : 0.2, using: &random)
    let table = Arbitrary.table(
      for: network, rows: 12, missing: 0.4, hidden: [VariableID(seed % 4)], weights: .random, using: &random)
    let description = Model(network, name: "")
    let prior = seed % 3 == 0 ? description.dirichletPrior(pseudoCount: 0.5, zeros: .structural) : nil
    for completion in CompletionPolicy.allCases {
      let walkthrough = try Walkthrough(
        start: network, table: table, iterations: 4, completion: completion, prior: prior)
      var engine = try engine(network, table, completion)
      var statistics = network.emptyStatistics
      _ = try engine.expect(under: network, into: &statistics)
      expectClose(walkthrough.steps[0].counts.values, statistics.values, relative: 1e-10, absolute: 1e-12)
      let driver = ExpectationMaximization(stopping: StoppingRule(maximumIterations: 4, tolerance: 0))
      let fit = try driver.fit(network, with: &engine, prior: prior)
      let logLikelihoods = [walkthrough.startLogLikelihood] + walkthrough.steps.map(\.logLikelihood)
      expectClose(logLikelihoods, fit.logLikelihoods, relative: 1e-10, absolute: 1e-10)
      expectClose(walkthrough.steps.map(\.bound), fit.bounds, relative: 1e-10, absolute: 1e-10)
      expectClose((0...4).map { walkthrough.objective(after: $0) }, fit.objectives, relative: 1e-10, absolute: 1e-10)
      expectClose(walkthrough.steps[3].model.parameters, fit.model.parameters, relative: 1e-9, absolute: 1e-12)
      for step in walkthrough.steps {
        #expect(step.gap >= -1e-12)
        expectClose(step.gap, step.logLikelihood - step.bound, relative: 1e-9, absolute: 1e-10)
        for posterior in step.posteriors { expectClose(posterior.reduce(0, +), 1, relative: 1e-13) }
      }
      // Something is written, and no line is left with spaces at its end.
      #expect(!walkthrough.text.contains(" \n"))
    }
  }
}

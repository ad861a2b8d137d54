import LatentData
import LatentInference
import LatentKernels
import LatentLearning
import LatentModels
import LatentTestSupport
import Testing

/// SQUAREM: fewer E-steps to the same maximum, never a decrease.
@Suite struct AccelerationTests {
  private static func engine(_ network: BayesianNetwork, _ table: Table) throws -> ComponentEngine {
    var compiler = CircuitCompiler(network.structure)
    compiler.add(table)
    return ComponentEngine(try compiler.compile())
  }

  @Test(arguments: 0..<100) func theObjectiveNeverFalls(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let (network, table) = Arbitrary.smallProblem(variables: 6, missing: 0.4, hiddenCount: 1 + seed % 2, using: &random)
    let start = Arbitrary.network(network.structure, using: &random)
    var engine = try Self.engine(start, table)
    var prior = start.emptyStatistics
    for cell in prior.values.indices { prior.values[cell] = seed % 2 == 0 ? 0 : 0.5 }
    let driver = ExpectationMaximization(stopping: StoppingRule(maximumIterations: 30, tolerance: 0))
    let fit = try driver.fit(start, with: &engine, prior: prior, acceleration: .squarem)
    for (before, after) in zip(fit.objectives, fit.objectives.dropFirst()) {
      #expect(after >= before - 1e-10 * (1 + before.magnitude))
    }
    #expect(fit.expectationSteps <= 1 + 3 * fit.iterations)
    #expect(fit.expectationSteps == 1 + 2 * fit.iterations + fit.fallbacks || fit.fallbacks > 0)
    var statistics = start.emptyStatistics
    #expect(try engine.expect(under: fit.model, into: &statistics) == fit.logLikelihood)
    let plain = try driver.fit(start, with: &engine, prior: prior)
    #expect(fit.objective >= plain.objectives[min(30, fit.iterations)] - 1e-6 * plain.objective.magnitude)
  }

  /// Two classes that overlap, far from the start: plain EM creeps.
  @Test func slowProblemsTakeAFewOfTheSteps() throws {
    let items = 5
    let variables = try (0...items).map { try Variable(name: "v\($0)", states: ["a", "b"]) }
    let structure = try NetworkStructure(
      schema: try Schema(variables), parents: (0...items).map { $0 == 0 ? [] : [VariableID(0)] })
    func network(_ share: Double, _ low: Double, _ high: Double) throws -> BayesianNetwork {
      let rows = (1...items).flatMap { _ in [low, 1 - low, high, 1 - high] }
      return try BayesianNetwork(structure: structure, parameters: [share, 1 - share] + rows)
    }
    var random = SplitMix64(seed: 4)
    let table = Arbitrary.table(
      for: try network(0.4, 0.35, 0.65), rows: 2_000, missing: 0.1, hidden: [VariableID(0)], using: &random)
    let start = try network(0.5, 0.49, 0.51)
    var engine = try Self.engine(start, table)
    let driver = ExpectationMaximization(stopping: StoppingRule(maximumIterations: 100_000, tolerance: 1e-15))
    let plain = try driver.fit(start, with: &engine)
    let fast = try driver.fit(start, with: &engine, acceleration: .squarem)
    #expect((plain.logLikelihood - fast.logLikelihood).magnitude <= 1e-8)
    let steps = try #require(plain.logLikelihoods.firstIndex { $0 >= plain.logLikelihood - 1e-8 }) + 1
    #expect(fast.expectationSteps * 8 <= steps, "\(fast.expectationSteps) against \(steps)")
  }

  /// What EM does not move keeps its bits: fixed tables, configurations that no row reaches, zeros.
  @Test func whatDoesNotMoveKeepsItsBits() throws {
    let structure = try NetworkStructure(
      schema: try Schema([
        Variable(name: "h", states: ["a", "b"]), Variable(name: "x", states: ["a", "b", "c"]),
        Variable(name: "y", states: ["a", "b"]),
      ]), parents: [[], [VariableID(0)], [VariableID(1)]])
    let parameters = [0.3, 0.7, 0.2, 0.8, 0, 0.6, 0.4, 0, 0.1, 0.9, 0.7, 0.3, 1.0 / 3, 2.0 / 3]
    let start = try BayesianNetwork(structure: structure, parameters: parameters, fixed: [VariableID(0)])
    let table = try Table(
      schema: structure.schema, columns: [.absent, .codes([0, 1, 1, 0, -1, 1]), .codes([0, 1, 0, 0, 1, 1])], rowCount: 6
    )
    var engine = try Self.engine(start, table)
    let driver = ExpectationMaximization(stopping: StoppingRule(maximumIterations: 20, tolerance: 0))
    let fit = try driver.fit(start, with: &engine, acceleration: .squarem)
    #expect(Array(fit.model.parameters(of: VariableID(0))) == [0.3, 0.7])
    #expect(fit.model.parameters[4] == 0 && fit.model.parameters[7] == 0)
    #expect(Array(fit.model.parameters[12...]) == [1.0 / 3, 2.0 / 3])
    #expect(fit.model.parameters != start.parameters)
  }
}

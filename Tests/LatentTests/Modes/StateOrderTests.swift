import Latent
import LatentKernels
import LatentModels
import LatentTestSupport
import Testing

@testable import LatentLearning

/// The states of latent variables under other labels, and the order in which they are reported.
@Suite struct StateOrderTests {
  /// Any order of the states of any variables without a column: the same likelihood, and statistics that move along.
  @Test(arguments: 0..<100) func relabellingLeavesTheLikelihood(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let (network, table) = Arbitrary.numericProblem(
      variables: 3, families: 2, rows: 40, missing: 0.3, hiddenCount: 1 + seed % 2, using: &random)
    let hidden = network.schema.ids.filter { table.columns[$0.index] == .absent && network.schema[$0].isCategorical }
    let order = hidden.map { ($0, Array(0..<network.schema[$0].cardinality).shuffled(using: &random)) }
    let relabelling = StateRelabelling(Dictionary(uniqueKeysWithValues: order))
    let relabelled = relabelling(network)
    for id in network.schema.ids { #expect(relabelled.table(of: id).flaw == nil) }
    let (before, after) = (try EngineLawTests.expect(network, table), try EngineLawTests.expect(relabelled, table))
    expectClose(after.logLikelihood, before.logLikelihood, relative: 1e-12, absolute: 1e-12)
    let moved = relabelling(Statistics(values: before.counts), network.structure)
    expectClose(after.counts, moved.values, relative: 1e-9, absolute: 1e-9)
    let inverse = order.map { id, states in (id, states.indices.sorted { states[$0] < states[$1] }) }
    #expect(StateRelabelling(Dictionary(uniqueKeysWithValues: inverse))(relabelled) == network)
  }

  private static func weights(_ fit: ModelFit, _ id: VariableID) -> [Double] {
    fit.best.statistics.stateWeights(of: id, in: fit.network.structure)
  }

  /// Latent variables of a network with numbers, whatever else is in it: the largest state first, the trace as it was
  /// found, and the last entry of the trace that of the network.
  @Test(arguments: 0..<40) func statesStandInDecreasingOrder(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let (truth, table) = Arbitrary.numericProblem(
      variables: 3, families: 2, rows: 60, missing: 0.2, hiddenCount: 1 + seed % 2, using: &random)
    let model = try Model(
      name: "", structure: truth.structure, parameters: truth.structure.families.map { _ in nil })
    var options = FitOptions()
    options.stopping = StoppingRule(maximumIterations: 30)
    let prepared: PreparedFit
    do { prepared = try PreparedFit(model, to: table, starts: 2, options: options) } catch is FitError { return }
    let fit = try prepared.run()
    for id in prepared.interchangeable {
      let weights = Self.weights(fit, id)
      for (larger, smaller) in zip(weights, weights.dropFirst()) { #expect(larger >= smaller - 1e-6) }
    }
    var compiler = CircuitCompiler(model.structure)
    compiler.add(table)
    let plain = try Restarts(ExpectationMaximization(stopping: options.stopping, bounds: .none))
      .fit(prepared.starts, of: compiler.compile())
    #expect(fit.starts.map(\.logLikelihood) == plain.reports.map(\.logLikelihood))
    if fit.bestStart == plain.bestStart { #expect(fit.trace == plain.best.logLikelihoods) }
    expectClose(try fit.network.logLikelihood(of: table), fit.logLikelihood, relative: 1e-9, absolute: 1e-9)
  }

  private static func mixture(_ parameters: [String: [Double]] = [:]) throws -> (model: Model, table: Table) {
    let model = try Model(
      variables: ["k": .latent(2), "x": .real], edges: ["k -> x"], parameters: parameters)
    return (model, try Table(["x": .numbers([1, 2, 3, 11, 12, 13, 14, 12.5])], for: model))
  }

  /// The means of the two classes after a fit.
  private static func means(
    _ model: Model, _ table: Table, _ starts: StartPolicy = .standard, seed: UInt64 = 1,
    zeros: ZeroPolicy = .parameters
  ) throws -> [Double] {
    var options = FitOptions()
    options.zeros = zeros
    let fit = try model.fit(to: table, starts: starts, seed: seed, options: options)
    return [0, 1].map { fit.network.gaussian(of: VariableID(1), given: [$0]).mean.rounded() }
  }

  @Test(arguments: 1...10) func theOrderIsThatOfAllStarts(seed: UInt64) throws {
    let (model, table) = try Self.mixture()
    #expect(try Self.means(model, table, .kMeans(1), seed: seed) == [13, 2])
    #expect(try Self.means(model, table, .random(3), seed: seed) == [13, 2])
    let even = try Table(["x": .numbers([1, 2, 3, 13, 12, 11])], for: model)
    #expect(try Self.means(model, even, .kMeans(1), seed: seed) == [2, 12], "ties by the mean")
  }

  /// What the file or the data say of a state stays with it.
  @Test func otherVariablesKeepTheirOrder() throws {
    let known = ["k": [0.5, 0.5], "x": [2, 1, 12, 1.0]]
    let (model, table) = try Self.mixture(known)
    #expect(try Self.means(model, table) == [2, 13])
    #expect(try Self.means(model, table, 3) == [2, 13])
    #expect(try Self.means(model, table, .random(2)) == [13, 2])
    let (half, _) = try Self.mixture(["x": [2, 1, 12, 1.0]])
    #expect(try Self.means(half, table, 1) == [2, 13])
    var fixed = model
    fixed.fixed = [VariableID(0)]
    let order = try PreparedFit(fixed, to: table, starts: .random(1)).interchangeable
    #expect(order.isEmpty)
    fixed.fixed = []
    fixed.fixedMeans = [VariableID(1)]
    #expect(try PreparedFit(fixed, to: table, starts: .random(1)).interchangeable.isEmpty)
    let labelled = try Table(
      ["k": ["1", nil, nil, nil, nil, nil, nil, nil], "x": .numbers([1, 2, 3, 11, 12, 13, 14, 12.5])], for: model)
    #expect(try PreparedFit(model, to: labelled, starts: .random(1)).interchangeable.isEmpty)
    #expect(try PreparedFit(model, to: table, starts: .random(1)).interchangeable == [VariableID(0)])
  }

  @Test func structuralZerosKeepTheOrder() throws {
    let model = try Model(
      variables: ["k": .latent(2), "x": .real, "c": ["n", "y"]], edges: ["k -> *"],
      parameters: ["k": [0.5, 0.5], "x": [2, 1, 12, 1], "c": [1, 0, 0.5, 0.5]])
    let table = try Table(["x": [1, 2, 11, 12, 13], "c": ["n", "n", "y", "n", "y"]], for: model)
    var options = FitOptions()
    options.zeros = .structural
    #expect(try PreparedFit(model, to: table, starts: .random(1), options: options).interchangeable.isEmpty)
    #expect(try PreparedFit(model, to: table, starts: .random(1)).interchangeable == [VariableID(0)])
  }

  @Test func networksOfCategoriesKeepTheirOrder() throws {
    let model = try Model(variables: ["k": .latent(3), "a": ["n", "y"], "b": ["n", "y"]], edges: ["k -> *"])
    let table = try Table(
      ["a": ["n", "y", "y", "n", "y", "y", "n"], "b": ["n", "y", "y", "n", "n", "y", "y"]], for: model)
    for seed in 1...5 {
      let prepared = try PreparedFit(model, to: table, starts: 1, seed: UInt64(seed))
      var compiler = CircuitCompiler(model.structure)
      compiler.add(table)
      let plain = try Restarts(ExpectationMaximization(bounds: .none)).fit(prepared.starts, of: compiler.compile())
      #expect(try prepared.run().network == plain.best.model)
    }
  }
}

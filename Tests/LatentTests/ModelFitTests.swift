import Latent
import LatentTestSupport
import Synchronization
import Testing

/// `Model.fit` does what its parts do, by the rules of the tool.
@Suite struct ModelFitTests {
  private static func mixture() throws -> (model: Model, table: Table) {
    let truth = try Model(
      variables: ["class": .latent(2), "a": ["n", "y"], "b": ["n", "y"], "c": ["n", "y"]], edges: ["class -> *"],
      parameters: [
        "class": [0.4, 0.6], "a": [0.9, 0.1, 0.2, 0.8], "b": [0.8, 0.2, 0.1, 0.9], "c": [0.7, 0.3, 0.3, 0.7],
      ])
    var random = SplitMix64(seed: 7)
    let sampled = try #require(truth.network).sample(rows: 300, using: &random)
    var columns = sampled.columns
    columns[0] = .absent
    let model = try Model(
      variables: ["class": .latent(2), "a": ["n", "y"], "b": ["n", "y"], "c": ["n", "y"]], edges: ["class -> *"])
    return (model, try Table(schema: sampled.schema, columns: columns, rowCount: 300))
  }

  @Test func isTheFitOfItsParts() throws {
    let (model, table) = try Self.mixture()
    let fit = try model.fit(to: table, starts: 3, seed: 5)
    var compiler = CircuitCompiler(model.structure)
    compiler.add(table)
    let starts = (5...7).map { (seed: UInt64) in
      var random = SplitMix64(seed: seed)
      return Start(origin: .random(seed: seed), model: model.randomStart(zeros: .parameters, using: &random))
    }
    let parts = try Restarts(ExpectationMaximization(bounds: .none)).fit(starts, of: compiler.compile())
    #expect(fit.network == parts.best.model)
    #expect(fit.trace == parts.best.logLikelihoods)
    #expect(fit.starts == parts.reports)
    #expect(fit.bestStart == parts.bestStart)
    #expect(fit.starts.map(\.origin) == starts.map(\.origin))
    #expect(fit.logLikelihood == fit.trace.last)
    #expect(try fit.logLikelihood == fit.network.logLikelihood(of: table))
    #expect(fit.freeParameters == 7)
    #expect(fit.model.network == fit.network)
    #expect(fit.model.latent == [VariableID(0)])
    #expect(fit.latent == [VariableID(0)])
    #expect(fit.summary == TableSummary(table))
    #expect(fit.outcome == .converged)
    #expect(fit.findings == [])
    #expect(fit.unseen == [])
  }

  @Test func theNumberOfThreadsChangesNothing() throws {
    let (model, table) = try Self.mixture()
    var options = FitOptions()
    let one = try model.fit(to: table, starts: 4, options: options)
    options.threads = 3
    let three = try model.fit(to: table, starts: 4, options: options)
    #expect(one.network == three.network)
    #expect(one.trace == three.trace)
    #expect(one.starts == three.starts)
  }

  @Test func startsFollowTheRulesOfTheTool() throws {
    let (model, table) = try Self.mixture()
    func origins(_ model: Model, _ starts: StartPolicy) throws -> [StartOrigin] {
      try PreparedFit(model, to: table, starts: starts, seed: 4).starts.map(\.origin)
    }
    let seeds = (4...13).map { StartOrigin.random(seed: $0) }
    #expect(try origins(model, .standard) == seeds)
    #expect(try origins(model, 2) == Array(seeds.prefix(2)))
    #expect(throws: FitError.noParameters(["class", "a", "b", "c"])) { try origins(model, .parameters) }
    #expect(throws: FitError.startCount(0)) { try origins(model, 0) }
    let fitted = try model.fit(to: table, starts: 1).model
    #expect(try origins(fitted, .standard) == [.file])
    #expect(try origins(fitted, 3) == [.file, seeds[0], seeds[1]])
    #expect(try origins(fitted, .random(2)) == Array(seeds.prefix(2)))
    #expect(try origins(fitted, StartPolicy(.random)) == seeds)
    #expect(try PreparedFit(fitted, to: table, starts: .parameters).starts[0].model == fitted.network)
    let observed = try Model(variables: ["a": ["n", "y"], "b": ["n", "y"]])
    let complete = try Table(["a": ["n", "y"], "b": ["y", "y"]], for: observed)
    #expect(try PreparedFit(observed, to: complete).starts.map(\.origin) == [.random(seed: 1)])
    var fixed = observed
    fixed.fixed = [VariableID(1)]
    #expect(throws: FitError.fixedWithoutParameters(["b"])) { try PreparedFit(fixed, to: complete) }
  }

  @Test func completeDataAreCounted() throws {
    let model = try Model(variables: ["a": ["n", "y"], "b": ["n", "y"]], edges: ["a -> b"])
    let table = try Table(["a": ["n", "n", "n", "n"], "b": ["n", "y", "y", "y"]], for: model)
    let fit = try model.fit(to: table)
    #expect(fit.network.parameters(of: VariableID(0)) == [1, 0])
    #expect(fit.network.distribution(of: VariableID(1), given: [0]) == [0.25, 0.75])
    #expect(fit.unseen.map { $0.description(in: model.structure) } == ["b | a=y"])
    var options = FitOptions()
    options.prior = .dirichlet(pseudoCount: 1)
    let smoothed = try model.fit(to: table, options: options)
    #expect(smoothed.network.distribution(of: VariableID(1), given: [1]) == [0.5, 0.5])
    #expect(smoothed.network.parameters(of: VariableID(0)) == [5.0 / 6, 1.0 / 6])
    #expect(smoothed.unseen == [])
    options.prior = .dirichlet(pseudoCount: 0)
    #expect(throws: FitError.pseudoCount(0)) { try model.fit(to: table, options: options) }
  }

  @Test func findingsAreTold() throws {
    let (model, table) = try Self.mixture()
    var options = FitOptions()
    options.stopping.maximumIterations = 1
    #expect(try model.fit(to: table, starts: 1, options: options).findings == [.notConverged(iterations: 1)])

    let symmetric = try Model(
      variables: ["h": .latent(2), "a": ["n", "y"], "b": ["n", "y"], "alone": .latent(2)], edges: ["h -> [a, b]"],
      parameters: ["h": [0.5, 0.5], "a": [0.5, 0.5, 0.5, 0.5], "b": [0.5, 0.5, 0.5, 0.5], "alone": [0.5, 0.5]])
    let rows = try Table(["a": ["n", "y", "y"], "b": ["n", "n", "y"]], for: symmetric)
    #expect(
      try symmetric.fit(to: rows).findings.map { $0.description(in: symmetric.schema).prefix(26) }
        == ["the start is symmetric in ", "alone has no observed desc"])
    let labelled = try Table(["h": ["1", nil, "2"], "a": ["n", "y", "y"], "b": ["n", "n", "y"]], for: symmetric)
    #expect(try symmetric.fit(to: labelled).findings.first == .partlyLabelled(VariableID(0), rows: 2))
    let empty = try Table(["a": [nil, nil]], for: symmetric)
    let fit = try symmetric.fit(to: empty)
    #expect(fit.findings == [.allCellsMissing])
    #expect(fit.logLikelihood == 0)
  }

  @Test func whatCannotBeLearnedFromIsRefused() throws {
    let (model, table) = try Self.mixture()
    #expect(throws: FitError.noRows) { try model.fit(to: Table([:], for: model)) }
    #expect(throws: FitError.noRows) { try model.fit(to: Table(["a": ["n"]], weights: [0], for: model)) }
    let heavy = [Double](repeating: .greatestFiniteMagnitude, count: 2)
    #expect(throws: FitError.infiniteWeight) {
      try model.fit(to: Table(["a": ["n", "y"]], weights: heavy, for: model))
    }
    let other = try Model(variables: ["a": ["n", "y"]])
    #expect(throws: InferenceError.otherVariables) { try other.fit(to: table) }
    let sure = try Model(variables: ["a": ["n", "y"]], parameters: ["a": [1, 0]])
    #expect(throws: InferenceError.impossibleRows([1])) {
      try sure.fit(to: Table(["a": ["n", "y", "n"]], for: sure))
    }
  }

  @Test func anObserverMayStop() throws {
    let (model, table) = try Self.mixture()
    let seen = Mutex(0)
    let fit = try model.fit(to: table, starts: 5) { _, iteration in
      seen.withLock { $0 += 1 }
      return iteration.number == 2 ? .stop : .proceed
    }
    #expect(fit.outcome == .interrupted)
    #expect(fit.trace.count == 3)
    #expect(fit.starts.count == 1)
    #expect(seen.withLock { $0 } == 3)
  }
}

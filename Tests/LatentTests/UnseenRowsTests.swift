import Latent
import LatentTestSupport
import Testing

/// Laws of rows of tables without data: nothing of them is left to chance, and nothing else changes.
@Suite struct UnseenRowsTests {
  /// A random problem with small data, so that many parent configurations have none.
  static func problem(_ seed: Int, missing: Double, hidden: Bool = false) throws -> (model: Model, table: Table) {
    var random = SplitMix64(seed: UInt64(seed))
    let network = Arbitrary.network(variables: 6, zeros: 0, using: &random)
    let table = Arbitrary.table(
      for: network, rows: 6, missing: missing, hidden: hidden ? [VariableID(seed % 6)] : [], using: &random)
    let none = [[Double]?](repeating: nil, count: 6)
    return (try Model(name: "", structure: network.structure, parameters: none), table)
  }

  /// The best of raw EM from the starts of a fit, without anything done to it afterwards.
  static func raw(_ model: Model, _ table: Table, _ options: FitOptions) throws -> Restarts.Result<BayesianNetwork> {
    let prepared = try PreparedFit(model, to: table, options: options)
    var compiler = CircuitCompiler(model.structure, completion: options.completion)
    compiler.add(table)
    let driver = ExpectationMaximization(stopping: options.stopping, bounds: .none)
    return try Restarts(driver).fit(prepared.starts, of: compiler.compile())
  }

  @Test(arguments: 0..<60, [CompletionPolicy.minimal, .full])
  func rowsWithoutDataAreUniformAndNothingElseChanges(seed: Int, completion: CompletionPolicy) throws {
    let (model, table) = try Self.problem(seed, missing: 0.2, hidden: seed.isMultiple(of: 3))
    var options = FitOptions()
    options.completion = completion
    options.stopping.maximumIterations = 50
    let fit = try model.fit(to: table, options: options)
    let raw = try Self.raw(model, table, options)
    #expect(fit.trace == raw.best.logLikelihoods && fit.bestStart == raw.bestStart)
    // The modes are told apart by the models, of which the raw runs know nothing.
    for (start, report) in zip(fit.starts, raw.reports) {
      #expect(start.origin == report.origin && start.outcome == report.outcome)
      #expect(start.logLikelihood == report.logLikelihood && start.iterations == report.iterations)
    }
    #expect(fit.starts.count == raw.reports.count)
    #expect(fit.neutral == fit.unseen && fit.model.unseen == Set(fit.unseen))
    let unseen = fit.model.unseenConfigurations
    for family in model.structure.families {
      for configuration in 0..<family.configurations {
        let row = Array(fit.network.parameters[family.parameters(in: configuration)])
        if unseen[family.child]?.contains(configuration) == true {
          #expect(row == [Double](repeating: 1 / Double(row.count), count: row.count), "seed \(seed)")
        } else {
          #expect(row == Array(raw.best.model.parameters[family.parameters(in: configuration)]), "seed \(seed)")
        }
      }
    }
    if completion == .minimal {
      #expect(try fit.network.logLikelihood(of: table) == fit.logLikelihood, "seed \(seed)")
    } else {
      expectClose(try fit.network.logLikelihood(of: table), fit.logLikelihood, relative: 1e-12, absolute: 1e-12)
    }
  }

  /// With complete data, or what is missing left out, the seed of the start decides nothing.
  @Test(arguments: 0..<40) func completeDataGiveTheSameModelFromAnySeed(seed: Int) throws {
    let (model, table) = try Self.problem(seed, missing: 0)
    let first = try model.fit(to: table, seed: 1)
    for other in 2...4 {
      let fit = try model.fit(to: table, seed: UInt64(other))
      #expect(fit.model == first.model, "seed \(seed)")
      #expect(fit.logLikelihood == first.logLikelihood, "seed \(seed)")
    }
  }

  /// Completing cells that nothing informs counts them, but it is no information.
  @Test(arguments: 0..<40) func bothCompletionsMarkTheSameRows(seed: Int) throws {
    let (model, complete) = try Self.problem(seed, missing: 0)
    let leaf = try #require(model.structure.graph.topologicalOrder.last)
    var columns = complete.columns
    guard case .codes(var codes) = columns[leaf.index] else { return }
    for row in codes.indices where row % 3 == seed % 3 { codes[row] = -1 }
    columns[leaf.index] = .codes(codes)
    let table = try Table(schema: complete.schema, columns: columns, rowCount: codes.count)
    var options = FitOptions()
    let minimal = try model.fit(to: table, options: options)
    options.completion = .full
    let full = try model.fit(to: table, options: options)
    #expect(full.unseen == minimal.unseen && full.neutral == minimal.neutral, "seed \(seed)")
  }

  private static let thirds = [Double](repeating: 1.0 / 3, count: 3)

  @Test func whatAFileSaysStays() throws {
    let model = try Model(
      variables: ["a": ["n", "y"], "b": ["n", "m", "y"]], edges: ["a -> b"],
      parameters: ["a": [0.5, 0.5], "b": [0.25, 0.5, 0.25, 0.1, 0.2, 0.7]])
    let table = try Table(["a": ["n", "n"], "b": ["n", "y"]], for: model)
    let fit = try model.fit(to: table)
    #expect(Array(fit.network.parameters(of: VariableID(1))) == [0.5, 0, 0.5, 0.1, 0.2, 0.7])
    #expect(fit.unseen == [UnseenConfiguration(variable: VariableID(1), configuration: 1)])
    #expect(fit.neutral == [] && fit.model.unseen == Set(fit.unseen))
    // Where the file has no parameters for the variable, the row was drawn all the same.
    var partly = model
    partly.parameters[1] = nil
    let drawn = try partly.fit(to: table)
    #expect(drawn.starts.map(\.origin) == [.file])
    #expect(drawn.network.distribution(of: VariableID(1), given: [1]) == Self.thirds)
    #expect(drawn.neutral == fit.unseen)
  }

  @Test func structuralZerosStayZero() throws {
    let model = try Model(
      variables: ["a": ["n", "y"], "b": ["n", "m", "y"]], edges: ["a -> b"],
      parameters: ["a": [0.5, 0.5], "b": [0.25, 0.5, 0.25, 0.3, 0, 0.7]])
    let table = try Table(["a": ["n", "n"], "b": ["n", "y"]], for: model)
    var options = FitOptions()
    options.zeros = .structural
    let fit = try model.fit(to: table, starts: .random(1), options: options)
    #expect(fit.network.distribution(of: VariableID(1), given: [1]) == [0.5, 0, 0.5])
    options.zeros = .parameters
    let free = try model.fit(to: table, starts: .random(1), options: options)
    #expect(free.network.distribution(of: VariableID(1), given: [1]) == Self.thirds)
  }

  /// The marks of what is fixed belong to the file; those of what is learned, to the data.
  @Test func marksOfFixedTablesStayAndOthersAreFoundAnew() throws {
    var model = try Model(
      variables: ["a": ["n", "y"], "b": ["n", "y"], "c": ["n", "y"]], edges: ["a -> b", "a -> c"],
      parameters: ["a": [0.5, 0.5], "b": [0.5, 0.5, 0.5, 0.5], "c": [0.5, 0.5, 0.5, 0.5]])
    let rows = (1...2).map { UnseenConfiguration(variable: VariableID($0), configuration: 0) }
    model.unseen = Set(rows)
    model.fixed = [VariableID(1)]
    let table = try Table(["a": ["n", "n"], "b": ["n", "y"], "c": ["n", "n"]], for: model)
    let fit = try model.fit(to: table)
    #expect(fit.model.unseen == [rows[0], UnseenConfiguration(variable: VariableID(2), configuration: 1)])
  }

  /// A number without data has the mean and the variance of its column, whatever the start drew.
  @Test func numbersWithoutDataAreThoseOfTheColumn() throws {
    let model = try Model(variables: ["a": ["n", "y"], "x": .real], edges: ["a -> x"])
    let table = try Table(["a": ["n", "n", "n"], "x": [1, 2, 6]], for: model)
    let fit = try model.fit(to: table)
    let unseen = fit.network.gaussian(of: VariableID(1), given: [1])
    expectClose(unseen.mean, 3, relative: 1e-12, absolute: 0)
    expectClose(unseen.variance, 14.0 / 3, relative: 1e-12, absolute: 0)
    #expect(fit.neutral == [UnseenConfiguration(variable: VariableID(1), configuration: 1)])
    #expect(try model.fit(to: table, seed: 9).model == fit.model)
  }

  /// A latent variable below and above which nothing is observed, and a pair of them.
  @Test(arguments: [CompletionPolicy.minimal, .full])
  func aLatentVariableThatNothingInformsIsUniform(completion: CompletionPolicy) throws {
    let model = try Model(
      variables: ["a": ["n", "y"], "z": .latent(3), "w": .latent(2)], edges: ["a -> z", "w -> z"])
    let table = try Table(["a": ["n", "y", "n"]], for: model)
    var options = FitOptions()
    options.completion = completion
    let fit = try model.fit(to: table, starts: 2, options: options)
    #expect(Set(fit.network.parameters(of: VariableID(1))) == [1.0 / 3])
    #expect(Set(fit.network.parameters(of: VariableID(2))) == [0.5])
    #expect(fit.unseen.count == 5 && fit.neutral == fit.unseen)
  }

  /// A class whose weight no double can hold, until its rows are made uniform: the likelihood would depend on them.
  @Test func aRowThatMattersStaysAsItIs() throws {
    let (known, drawn) = (410, 2400)
    let names = (0..<known + drawn).map { "x\($0)" }
    let schema = try Schema(
      [Variable(name: "z", states: ["1", "2"])] + names.map { try Variable(name: $0, states: ["n", "y"]) })
    let structure = try NetworkStructure(schema: schema, parents: [[]] + names.map { _ in [VariableID(0)] })
    let model = try Model(
      name: "", structure: structure, latent: [VariableID(0)],
      parameters: [[0.5, 0.5]] + [[Double]?](repeating: [0.1, 0.9, 0.9, 0.1], count: known)
        + [[Double]?](repeating: nil, count: drawn))
    let table = try Table(
      schema: schema, columns: [.absent] + names.map { _ in .codes([1, 1]) }, rowCount: 2)
    var options = FitOptions()
    options.stopping.maximumIterations = 0
    let fit = try model.fit(to: table, options: options)
    #expect(fit.unseen.count == known + drawn && fit.neutral == [])
    #expect(try fit.network.logLikelihood(of: table) == fit.logLikelihood)
  }
}

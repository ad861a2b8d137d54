import Latent
import LatentKernels
import LatentModels
import LatentTestSupport
import Testing

@testable import LatentLearning

/// Starts that end at the same mode are counted once.
@Suite struct ModeTests {
  /// A start and the same start under other labels, again and again.
  private static func relabelledStarts(
    _ start: BayesianNetwork, _ variables: [VariableID], count: Int, using random: inout some RandomNumberGenerator
  ) -> [Start<BayesianNetwork>] {
    (0..<count).map { number in
      let order = variables.map { ($0, Array(0..<start.schema[$0].cardinality).shuffled(using: &random)) }
      let model = StateRelabelling(Dictionary(uniqueKeysWithValues: order))(start)
      return Start(origin: .random(seed: UInt64(number)), model: model)
    }
  }

  private static func modes(
    _ model: Model, _ table: Table, _ starts: [Start<BayesianNetwork>], iterations: Int, threads: Int = 1
  ) throws -> Restarts.Result<BayesianNetwork> {
    let modes = NetworkModes(try PreparedFit(model, to: table, starts: .random(1)))
    var compiler = CircuitCompiler(model.structure)
    compiler.add(table)
    let driver = ExpectationMaximization(stopping: StoppingRule(maximumIterations: iterations), bounds: .none)
    return try Restarts(driver, threads: threads).fit(
      starts, of: compiler.compile(), comparison: FitComparison(distance: modes.distance))
  }

  /// Any network with latent variables, of numbers or of categories: all labels lead to one mode.
  @Test(arguments: 0..<60) func labelsDoNotMatter(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let (truth, table) =
      seed % 2 == 0
      ? Arbitrary.numericProblem(
        variables: 3, families: 2, rows: 60, missing: 0.2, hiddenCount: 1 + seed / 2 % 2, using: &random)
      : Arbitrary.smallProblem(variables: 5, missing: 0.2, hiddenCount: 1 + seed / 2 % 2, using: &random)
    let model = try Model(
      name: "", structure: truth.structure, parameters: truth.structure.families.map { _ in nil })
    let prepared: PreparedFit
    do { prepared = try PreparedFit(model, to: table, starts: .random(1)) } catch is FitError { return }
    let starts = Self.relabelledStarts(
      prepared.starts[0].model, prepared.interchangeable, count: 6, using: &random)
    let result = try Self.modes(model, table, starts, iterations: 60)
    #expect(result.modes.map(\.starts) == [[0, 1, 2, 3, 4, 5]], "\(result.reports.map(\.objective))")
  }

  private static func threeGroups() throws -> (model: Model, table: Table) {
    let model = try Model(variables: ["k": .latent(2), "x": .real], edges: ["k -> x"])
    var random = SplitMix64(seed: 4)
    let values = (0..<120).map { Double($0 % 3) * 10 + Double.random(in: -1...1, using: &random) }
    return (model, try Table(["x": .numbers(values)], for: model))
  }

  /// Three groups in two classes: the pair of neighbours that share one, at left or at right, is a mode each.
  @Test func differentModesAreToldApart() throws {
    let (model, table) = try Self.threeGroups()
    let structure = model.structure
    func start(_ means: [Double], _ variances: [Double]) throws -> Start<BayesianNetwork> {
      let numbers = zip(means, variances).flatMap { [$0, $1] }
      return Start(origin: .file, model: try BayesianNetwork(structure: structure, parameters: [0.5, 0.5] + numbers))
    }
    let starts = try [
      start([0, 15], [1, 30]), start([20, 5], [1, 30]), start([15, 0], [30, 1]), start([5, 20], [30, 1]),
    ]
    for threads in [1, 3] {
      let result = try Self.modes(model, table, starts, iterations: 500, threads: threads)
      #expect(Set(result.modes.map(\.starts)) == [[0, 2], [1, 3]])
      #expect(result.reports.map { result.modes[$0.mode].starts.contains($0.number) } == [true, true, true, true])
      #expect(result.modes[0].starts.contains(result.bestStart))
    }
  }

  /// Objectives that agree are not enough: a symmetric problem has two modes of the same height.
  @Test func modesOfTheSameHeightAreToldApart() throws {
    let model = try Model(variables: ["k": .latent(2), "x": .real], edges: ["k -> x"])
    let table = try Table(
      ["x": .numbers([-11, -10, -9, -1, 0, 1, 9, 10, 11])], for: model)
    let structure = model.structure
    let starts = try [[-10, 1, 5, 30], [10, 1, -5, 30], [5, 30, -10, 1.0]].map { numbers in
      Start(origin: .file, model: try BayesianNetwork(structure: structure, parameters: [0.4, 0.6] + numbers))
    }
    let result = try Self.modes(model, table, starts, iterations: 1000)
    #expect((result.reports[0].objective - result.reports[1].objective).magnitude < 1e-6)
    #expect(result.modes.map(\.starts).contains([0, 2]) && result.modes.count == 2)
  }

  /// The census goes by the order of starts, and modes from best to worst.
  @Test func theCensusIsTheSameForAnyOrderOfArrival() throws {
    let (model, table) = try Self.threeGroups()
    var results: [(modes: [FitMode], starts: [StartReport])] = []
    for threads in [1, 2, 7] {
      var options = FitOptions()
      options.threads = threads
      let fit = try model.fit(to: table, starts: .random(12), options: options)
      results.append((fit.modes, fit.starts))
      #expect(fit.modes.flatMap(\.starts).sorted() == Array(0..<12))
      let best = fit.modes.map { mode in mode.starts.map { fit.starts[$0].objective }.max() ?? 0 }
      #expect(best == best.sorted(by: >))
    }
    for result in results {
      #expect(result.modes == results[0].modes)
      #expect(result.starts == results[0].starts)
    }
  }

  private static func report(_ number: Int, _ objective: Double, _ origin: StartOrigin, isDegenerate: Bool = false)
    -> StartReport
  {
    StartReport(
      number: number, origin: origin, logLikelihood: objective, objective: objective, iterations: 1,
      outcome: .converged, isDegenerate: isDegenerate, mode: 0)
  }

  /// The share of starts that are alone at their height; collapsed ones are one height, and a file is not drawn.
  @Test func theChanceOfAnUnseenModeIsTheShareOfStartsAlone() throws {
    let drawn = [-10, -10.000001, -12, -13, -13].enumerated().map {
      Self.report($0.offset, $0.element, .random(seed: 1))
    }
    #expect(drawn.chanceOfUnseenHeight == 0.2 && drawn.countAtBest == 2)
    let known = drawn + [Self.report(5, -9, .file)]
    #expect(known.chanceOfUnseenHeight == 0.2 && known.countAtBest == 1)
    let one = drawn + [Self.report(5, 100, .random(seed: 1), isDegenerate: true)]
    #expect(one.chanceOfUnseenHeight == 2.0 / 6 && one.countAtBest == 2)
    let two = one + [Self.report(6, 200, .random(seed: 1), isDegenerate: true)]
    #expect(two.chanceOfUnseenHeight == 1.0 / 7 && two.countAtBest == 2)
    #expect([drawn[0]].chanceOfUnseenHeight == nil && [StartReport]().countAtBest == 0)
  }
}

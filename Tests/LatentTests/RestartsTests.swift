import LatentData
import LatentInference
import LatentKernels
import LatentLearning
import LatentModels
import LatentTestSupport
import Synchronization
import Testing

/// Several starts: the best one wins, whatever the number of threads.
@Suite struct RestartsTests {
  private struct Problem {
    let starts: [Start<BayesianNetwork>]
    let circuit: Circuit
    let table: Table
  }

  /// Three latent classes of six items learned from 200 rows: a problem with several modes.
  private static func problem(starts count: Int) throws -> Problem {
    let truth = try latentClasses(
      shares: [0.3, 0.3, 0.4],
      items: [[0.9, 0.8, 0.2, 0.3, 0.5, 0.6], [0.2, 0.3, 0.9, 0.7, 0.4, 0.1], [0.5, 0.1, 0.2, 0.9, 0.8, 0.7]])
    var random = SplitMix64(seed: 21)
    let table = Arbitrary.table(for: truth, rows: 200, missing: 0.2, hidden: [VariableID(0)], using: &random)
    let description = Model(truth, name: "classes")
    let starts = (0..<count).map { number in
      var random = SplitMix64(seed: 100 + UInt64(number))
      return Start(
        origin: .random(seed: 100 + UInt64(number)),
        model: description.randomStart(zeros: .parameters, using: &random))
    }
    return Problem(starts: starts, circuit: try engine(truth, table, .minimal).circuit, table: table)
  }

  private static let driver = ExpectationMaximization(stopping: StoppingRule(maximumIterations: 40, tolerance: 1e-5))

  @Test func anyNumberOfThreadsGivesTheSameBits() throws {
    let problem = try Self.problem(starts: 9)
    let results = try [1, 2, 7].map { threads in
      try Restarts(Self.driver, threads: threads).fit(problem.starts) { ComponentEngine(problem.circuit) }
    }
    for result in results {
      #expect(result.bestStart == results[0].bestStart)
      #expect(result.best.model == results[0].best.model)
      #expect(result.best.logLikelihoods == results[0].best.logLikelihoods)
      #expect(result.best.bounds == results[0].best.bounds)
      #expect(result.reports == results[0].reports)
    }
  }

  @Test func theBestOfAllRunsWinsAndEachIsReported() throws {
    let problem = try Self.problem(starts: 7)
    let result = try Restarts(Self.driver, threads: 2).fit(problem.starts) { ComponentEngine(problem.circuit) }
    #expect(result.reports.map(\.number) == Array(0..<7))
    for (start, report) in zip(problem.starts, result.reports) {
      var engine = ComponentEngine(problem.circuit)
      let alone = try Self.driver.fit(start.model, with: &engine)
      #expect(report.logLikelihood == alone.logLikelihood)
      #expect(report.objective == alone.objective)
      #expect(report.iterations == alone.iterations)
      #expect(report.outcome == alone.outcome)
      if report.number == result.bestStart { #expect(alone.model == result.best.model) }
    }
    let highest = result.reports.map(\.objective).max()
    #expect(result.best.objective == highest)
    #expect(result.reports.firstIndex { $0.objective == highest } == result.bestStart)
    // The starts matter: not all runs end at the same height.
    #expect(Set(result.reports.map { ($0.objective * 100).rounded() }).count > 1)
  }

  @Test func ofEqualStartsTheFirstWins() throws {
    let problem = try Self.problem(starts: 1)
    let starts = [Start<BayesianNetwork>](repeating: problem.starts[0], count: 5)
    for threads in [1, 3] {
      let result = try Restarts(Self.driver, threads: threads).fit(starts) { ComponentEngine(problem.circuit) }
      #expect(result.bestStart == 0)
      #expect(result.reports.count == 5)
    }
  }

  @Test func thePriorDecidesWhichIsBest() throws {
    let problem = try Self.problem(starts: 5)
    let prior = Model(problem.starts[0].model, name: "").dirichletPrior(pseudoCount: 5, zeros: .parameters)
    let result = try Restarts(Self.driver).fit(problem.starts, prior: prior) { ComponentEngine(problem.circuit) }
    #expect(result.best.objective == result.reports.map(\.objective).max())
    expectClose(
      result.best.objective, result.best.logLikelihood + result.best.model.score(prior), relative: 1e-13)
  }

  @Test func stoppingEndsAllStarts() throws {
    let problem = try Self.problem(starts: 6)
    let result = try Restarts(Self.driver).fit(problem.starts) {
      ComponentEngine(problem.circuit)
    } onIteration: { start, iteration in
      start == 1 && iteration.number == 3 ? .stop : .proceed
    }
    #expect(result.reports.map(\.number) == [0, 1])
    #expect(result.reports[1].outcome == .interrupted)
    #expect(result.reports[1].iterations == 3)
    let atOnce = try Restarts(Self.driver, threads: 3).fit(problem.starts) {
      ComponentEngine(problem.circuit)
    } onIteration: { _, _ in
      .stop
    }
    #expect(!atOnce.reports.isEmpty)
    #expect(atOnce.reports.allSatisfy { $0.outcome == .interrupted && $0.iterations == 0 })
  }

  @Test func everyPointOfEveryStartIsSeen() throws {
    let problem = try Self.problem(starts: 4)
    let seen = Mutex([Int: [Int]]())
    let result = try Restarts(Self.driver, threads: 2).fit(problem.starts) {
      ComponentEngine(problem.circuit)
    } onIteration: { start, iteration in
      seen.withLock { $0[start, default: []].append(iteration.number) }
      return .proceed
    }
    for report in result.reports {
      #expect(seen.withLock { $0[report.number] } == Array(0...report.iterations))
    }
  }

  /// Start 2 makes the data impossible; start 4 does as well: the first is named, for any number of threads.
  @Test(arguments: [1, 2, 5]) func theFirstStartThatFailsIsNamed(threads: Int) throws {
    let problem = try Self.problem(starts: 6)
    let structure = problem.circuit.structure
    let broken = try latentClasses(
      shares: [0.3, 0.3, 0.4], items: [[Double]](repeating: [1, 1, 1, 1, 1, 1], count: 3))
    #expect(broken.structure == structure)
    var starts = problem.starts
    for number in [2, 4] { starts[number] = Start(origin: .file, model: broken) }
    #expect {
      _ = try Restarts(Self.driver, threads: threads).fit(starts) { ComponentEngine(problem.circuit) }
    } throws: { error in
      (error as? StartError)?.number == 2 && (error as? StartError)?.underlying is InferenceError
    }
  }
}

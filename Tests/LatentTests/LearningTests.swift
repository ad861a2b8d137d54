import LatentData
import LatentInference
import LatentKernels
import LatentLearning
import LatentModels
import LatentTestSupport
import Testing

/// Laws of the EM loop on random small problems.
@Suite struct LearningTests {
  /// Data from one network and a start from another one of the same structure.
  static func problem(_ seed: Int) -> (start: BayesianNetwork, table: Table) {
    var random = SplitMix64(seed: 40_000 + UInt64(seed))
    let (network, table) = Arbitrary.smallProblem(variables: 5, missing: 0.4, hiddenCount: seed % 3, using: &random)
    return (Arbitrary.network(network.structure, using: &random), table)
  }

  @Test(arguments: 0..<200) func everyStepClimbsThroughItsBound(seed: Int) throws {
    let (start, table) = Self.problem(seed)
    var engine = try engine(start, table, seed % 2 == 0 ? .full : .minimal)
    let stopping = StoppingRule(maximumIterations: 25, tolerance: 1e-7)
    var seen: [Iteration] = []
    let fit = try ExpectationMaximization(stopping: stopping).fit(start, with: &engine) {
      seen.append($0)
      return .proceed
    }
    let trace = fit.logLikelihoods
    #expect(fit.bounds.count == fit.iterations)
    #expect(fit.objectives == trace)
    for step in fit.bounds.indices {
      let slack = 1e-12 * (1 + trace[step].magnitude)
      #expect(trace[step] <= fit.bounds[step] + slack, "step \(step)")
      #expect(fit.bounds[step] <= trace[step + 1] + slack, "step \(step)")
    }
    #expect(seen.map(\.number) == Array(trace.indices))
    #expect(seen.map(\.logLikelihood) == trace)
    #expect(seen.map(\.objective) == trace)
    #expect(seen.map(\.bound) == [nil] + fit.bounds)
    // The ends of the trace belong to the start and to the model that is returned.
    expectClose(trace[0], try logLikelihood(start, table), relative: 1e-10, absolute: 1e-10)
    expectClose(fit.logLikelihood, try logLikelihood(fit.model, table), relative: 1e-10, absolute: 1e-10)
    #expect(fit.iterations == trace.count - 1)
    // It stopped where the rule says, and not before.
    let gains = zip(trace, trace.dropFirst()).map { ($1 - $0) / (1 + $1.magnitude) }
    for gain in gains.dropLast() { #expect(gain > 1e-7) }
    switch fit.outcome {
    case .converged: #expect((gains.last ?? 1) <= 1e-7)
    case .iterationLimit: #expect(fit.iterations == 25 && (gains.last ?? 0) > 1e-7)
    case .interrupted: Issue.record("nobody asked to stop")
    case .roundingLimit: Issue.record("no covariance is singular")
    }
    // Whatever comes out is a network.
    _ = try BayesianNetwork(structure: start.structure, parameters: fit.model.parameters)
  }

  /// The M-step is the maximum: no other tables score higher on the same counts.
  @Test(arguments: 0..<100) func noOtherTablesScoreHigher(seed: Int) throws {
    let (start, table) = Self.problem(seed)
    let engine = try engine(start, table)
    var statistics = start.emptyStatistics
    _ = try engine.expect(under: start, into: &statistics)
    var best = start
    best.maximize(from: statistics)
    let score = best.score(statistics)
    var random = SplitMix64(seed: UInt64(seed))
    for _ in 0..<10 {
      let other = Arbitrary.network(start.structure, using: &random)
      #expect(other.score(statistics) <= score)
      let share = 1e-3
      let near = try BayesianNetwork(
        structure: start.structure,
        parameters: zip(best.parameters, other.parameters).map { (1 - share) * $0 + share * $1 })
      #expect(near.score(statistics) <= score + 1e-12 * (1 + score.magnitude))
    }
  }

  @Test func noIterationsReturnTheStart() throws {
    let (start, table) = Self.problem(4)
    var engine = try engine(start, table)
    let fit = try ExpectationMaximization(stopping: StoppingRule(maximumIterations: 0)).fit(start, with: &engine)
    #expect(fit.model == start)
    #expect(fit.iterations == 0)
    #expect(fit.bounds.isEmpty)
    #expect(fit.outcome == .iterationLimit)
    expectClose(fit.logLikelihood, try logLikelihood(start, table), relative: 1e-12)
  }

  /// A tolerance of 0 runs exactly the iterations asked for, long after nothing is gained.
  @Test func noToleranceRunsAllIterations() throws {
    let start = try network(["a"], tables: [[0.5, 0.5]])
    var engine = try engine(start, table(of: start, [[0], [1], [1], [nil]]))
    let stopping = StoppingRule(maximumIterations: 37, tolerance: 0)
    let fit = try ExpectationMaximization(stopping: stopping).fit(start, with: &engine)
    #expect(fit.iterations == 37)
    #expect(fit.outcome == .iterationLimit)
  }

  @Test(arguments: [0, 1, 5]) func theObserverStopsAtThePointItSaw(number: Int) throws {
    let (start, table) = Self.problem(1)
    var engine = try engine(start, table)
    let driver = ExpectationMaximization(stopping: StoppingRule(maximumIterations: 50, tolerance: 0))
    let fit = try driver.fit(start, with: &engine) { $0.number == number ? .stop : .proceed }
    #expect(fit.outcome == .interrupted)
    #expect(fit.iterations == number)
    var stopped = driver
    stopped.stopping.maximumIterations = number
    #expect(try stopped.fit(start, with: &engine).model == fit.model)
  }

  @Test func theRuleIsAboutTheLastGain() {
    let rule = StoppingRule(tolerance: 0.1)
    #expect(!rule.isSatisfied(by: []))
    #expect(!rule.isSatisfied(by: [-9]))
    #expect(rule.isSatisfied(by: [-10, -9]))
    #expect(!rule.isSatisfied(by: [-10.01, -9]))
    #expect(rule.isSatisfied(by: [-100, -9, -9]))
    #expect(rule.isSatisfied(by: [-9, -9.0001]))
    #expect(!StoppingRule(tolerance: 0).isSatisfied(by: [-9, -9]))
    #expect(StoppingRule() == StoppingRule(maximumIterations: 10_000, tolerance: 1e-9))
  }

  /// An engine that reports less than before: something that no exact E-step does.
  private struct Faulty: ExpectationEngine {
    var calls = 0.0
    mutating func expect(under model: BayesianNetwork, into statistics: inout Statistics) -> Double {
      calls += 1
      return -10 - calls
    }
  }

  @Test func aFallingObjectiveIsAnError() throws {
    let start = try network(["a"], tables: [[0.5, 0.5]])
    #expect(throws: LearningError.objectiveDecreased(iteration: 1, from: -11, to: -12)) {
      var faulty = Faulty()
      _ = try ExpectationMaximization().fit(start, with: &faulty)
    }
  }

  /// Where digits are lost a fall ends the run at the point before it; elsewhere it stays an error.
  @Test(arguments: [true, false]) func aFallByRoundingEndsTheRun(isRounding: Bool) throws {
    let start = try network(["a"], tables: [[0.5, 0.5]])
    var faulty = Faulty()
    let run = Result {
      try ExpectationMaximization().fit(start, with: &faulty, falls: .endTheRun { _ in isRounding })
    }
    switch run {
    case .success(let fit):
      #expect(isRounding && fit.outcome == .roundingLimit)
      #expect(fit.logLikelihoods == [-11] && fit.model == start)
    case .failure(let error):
      #expect(!isRounding && error as? LearningError == .objectiveDecreased(iteration: 1, from: -11, to: -12))
    }
  }

  @Test func anImpossibleRowIsThrown() throws {
    let start = try network(["a", "b"], parents: ["b": ["a"]], tables: [[0.5, 0.5], [1, 0, 1, 0]])
    let table = table(of: start, [[nil, 1]])
    #expect(throws: InferenceError.self) {
      var engine = try engine(start, table)
      _ = try ExpectationMaximization().fit(start, with: &engine)
    }
    #expect(throws: InferenceError.self) {
      var engine = try engine(start, self.observedZero(start))
      _ = try ExpectationMaximization().fit(start, with: &engine)
    }
  }

  private func observedZero(_ start: BayesianNetwork) -> Table { table(of: start, [[0, 0], [1, 1]]) }
}

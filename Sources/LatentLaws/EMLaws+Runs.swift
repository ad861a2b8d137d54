internal import Dispatch
internal import LatentInference
internal import LatentLearning
internal import LatentModels
internal import Synchronization

extension EMLaws {
  /// The log-likelihood never falls along EM, and the last entry of the trace is what a new engine finds at the model that
  /// is returned.
  public func checkAscent() throws {
    var engine = makeEngine()
    let fit = try run(from: model, with: &engine)
    if let value = fit.logLikelihoods.first(where: { !$0.isFinite }) { throw LawViolation.notFinite(value) }
    var another = makeEngine()
    try compare(
      Answer(logLikelihood: fit.logLikelihood, statistics: fit.statistics), with: try ask(&another, fit.model),
      within: tolerance, .endOfRun)
  }

  /// Runs from the model and from the moved models have the same bits, whether one engine makes them one after the other or
  /// several engines make them side by side.
  ///
  /// - Parameter threads: numbers of engines to try.
  public func checkThreads(_ threads: [Int] = [2, 3]) throws {
    var engine = makeEngine()
    let statistics = try ask(&engine, model).statistics
    let starts = [model] + (try movedModels(of: model, judgedBy: statistics).map(\.model))
    let expected = try starts.map { try run(from: $0, with: &engine).logLikelihoods }
    for count in threads {
      let traces = try sideBySide(starts, engines: count)
      for (index, (trace, expected)) in zip(traces, expected).enumerated() {
        guard let difference = Discrepancy(trace, expected, relative: 0, absolute: 0) else { continue }
        throw LawViolation.threads(count, run: index, difference)
      }
    }
  }

  /// The traces of runs that are dealt out to engines in turn, each engine on a thread of its own.
  private func sideBySide(_ starts: [Engine.Model], engines: Int) throws -> [[Double]] {
    let results = Mutex([Result<[Double], any Error>?](repeating: nil, count: starts.count))
    let (makeEngine, iterations) = (makeEngine, iterations)
    DispatchQueue.concurrentPerform(iterations: engines) { worker in
      var engine = makeEngine()
      for start in stride(from: worker, to: starts.count, by: engines) {
        let result = Result { try Self.run(from: starts[start], with: &engine, iterations).logLikelihoods }
        results.withLock { $0[start] = result }
      }
    }
    return try results.withLock { try $0.compactMap { try $0?.get() } }
  }

  private func run(from start: Engine.Model, with engine: inout Engine) throws -> Fit<Engine.Model> {
    try Self.run(from: start, with: &engine, iterations)
  }

  /// EM for a number of iterations, whatever the gain.
  private static func run(
    from start: Engine.Model, with engine: inout Engine, _ iterations: Int
  ) throws -> Fit<Engine.Model> {
    let stopping = StoppingRule(maximumIterations: iterations, tolerance: 0)
    do {
      return try ExpectationMaximization(stopping: stopping, bounds: .none).fit(start, with: &engine)
    } catch LearningError.objectiveDecreased(let iteration, let from, let to) {
      throw LawViolation.logLikelihoodFell(iteration: iteration, from: from, to: to)
    }
  }
}

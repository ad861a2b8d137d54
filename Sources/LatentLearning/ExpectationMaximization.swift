public import LatentInference
public import LatentModels

/// One evaluated point of an EM run.
public struct Iteration: Hashable, Sendable {
  /// t: the number of M-steps so far; 0 is the start.
  public let number: Int
  /// ℓ(θ_t).
  public let logLikelihood: Double
  /// ℓ(θ_t) plus the log-prior.
  public let objective: Double
  /// F(q_{t−1}, θ_t), the bound that the M-step reached; nil at the start.
  public let bound: Double?
}

/// What an observer of EM wants next.
public enum Continuation: Hashable, Sendable {
  /// Go on.
  case proceed
  /// End here; the fit is then the point that was just seen.
  case stop
}

/// Expectation-maximization: the one loop for every model and engine.
///
/// EM is coordinate ascent on the bound F(q, θ) ≤ ℓ(θ): the E-step sets q to the posterior of what is hidden, which
/// closes the gap, the M-step maximises over θ (Dempster, Laird and Rubin 1977; Neal and Hinton 1998).
public struct ExpectationMaximization: Hashable, Sendable {
  /// When the loop ends.
  public var stopping: StoppingRule

  /// A loop with a stopping rule.
  public init(stopping: StoppingRule = StoppingRule()) { self.stopping = stopping }

  /// Learns from a start.
  ///
  /// - Parameters:
  ///   - initial: θ_0, used exactly as it is.
  ///   - engine: the E-step on the data.
  ///   - prior: pseudo-statistics of a conjugate prior; the objective is then ℓ plus their score.
  ///   - onIteration: called at every evaluated point, before the step to the next; may ask to stop.
  /// - Returns: the last evaluated model: every trace ends at its parameters.
  /// - Throws: what the engine throws, and `LearningError.objectiveDecreased`.
  public func fit<Engine: ExpectationEngine>(
    _ initial: Engine.Model, with engine: inout Engine, prior: Engine.Model.SufficientStatistics? = nil,
    onIteration: (Iteration) -> Continuation = { _ in .proceed }
  ) throws -> Fit<Engine.Model> {
    var model = initial
    var logLikelihoods: [Double] = []
    var objectives: [Double] = []
    var bounds: [Double] = []
    // F(q_t, θ) = ℓ(θ_t) + score_θ(N_t) − score_θt(N_t) for the expected statistics N_t under q_t.
    var nextBound: Double?
    func fit(_ outcome: FitOutcome) -> Fit<Engine.Model> {
      Fit(
        model: model, logLikelihoods: logLikelihoods, objectives: objectives, bounds: bounds, outcome: outcome)
    }
    while true {
      var statistics = model.emptyStatistics
      let logLikelihood = try engine.expect(under: model, into: &statistics)
      let objective = logLikelihood + (prior.map(model.score) ?? 0)
      if let last = objectives.last, objective < last - 1e-9 * (1 + last.magnitude) {
        throw LearningError.objectiveDecreased(iteration: objectives.count, from: last, to: objective)
      }
      logLikelihoods.append(logLikelihood)
      objectives.append(objective)
      if let nextBound { bounds.append(nextBound) }
      let iteration = Iteration(
        number: logLikelihoods.count - 1, logLikelihood: logLikelihood, objective: objective, bound: nextBound)
      if onIteration(iteration) == .stop { return fit(.interrupted) }
      if stopping.isSatisfied(by: objectives) { return fit(.converged) }
      if iteration.number >= stopping.maximumIterations { return fit(.iterationLimit) }
      let entropyPart = logLikelihood - model.score(statistics)
      let expected = statistics
      if let prior { statistics += prior }
      model.maximize(from: statistics)
      nextBound = entropyPart + model.score(expected)
    }
  }
}

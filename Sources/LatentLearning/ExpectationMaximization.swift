public import LatentInference
public import LatentModels

/// One recorded point of an EM run.
public struct Iteration: Hashable, Sendable {
  /// t: the number of iterations so far; 0 is the start.
  public let number: Int
  /// ℓ(θ_t).
  public let logLikelihood: Double
  /// ℓ(θ_t) plus the log-prior.
  public let objective: Double
  /// F(q_{t−1}, θ_t), the bound that the M-step reached; nil at the start and where bounds are not recorded.
  public let bound: Double?
}

/// What an observer of EM wants next.
public enum Continuation: Hashable, Sendable {
  /// Go on.
  case proceed
  /// End here; the fit is then the point that was just seen.
  case stop
}

/// Whether the bounds F(q_{t−1}, θ_t) are recorded; they cost two passes over the parameters per iteration.
public enum BoundRecording: Hashable, Sendable {
  /// No: `Fit.bounds` stays empty.
  case none
  /// Yes, after every M-step.
  case everyIteration
}

/// What it means when the objective falls by more than the rounding of a sum.
public enum FallPolicy<Model: Sendable>: Sendable {
  /// The model or the engine is wrong.
  case areErrors
  /// At such a model it is rounding, as at a covariance that is nearly singular: the run ends at the point before.
  case endTheRun(at: @Sendable (Model) -> Bool)
}

/// Expectation-maximization: the one loop for every model and engine.
///
/// EM is coordinate ascent on the bound F(q, θ) ≤ ℓ(θ): the E-step sets q to the posterior of what is hidden, which
/// closes the gap, the M-step maximises over θ (Dempster, Laird and Rubin 1977; Neal and Hinton 1998).
public struct ExpectationMaximization: Hashable, Sendable {
  /// When the loop ends.
  public var stopping: StoppingRule
  /// Whether `Fit.bounds` is filled.
  public var bounds: BoundRecording

  /// A loop with a stopping rule.
  public init(stopping: StoppingRule = StoppingRule(), bounds: BoundRecording = .everyIteration) {
    self.stopping = stopping
    self.bounds = bounds
  }

  /// Learns from a start.
  ///
  /// - Parameters:
  ///   - initial: θ_0, used exactly as it is.
  ///   - engine: the E-step on the data.
  ///   - prior: pseudo-statistics of a conjugate prior; the objective is then ℓ plus their score.
  ///   - acceleration: how iterations are made longer. With any, an iteration is a cycle of several E-steps, and no
  ///     bounds are recorded.
  ///   - falls: what it means when the objective falls.
  ///   - onIteration: called at every recorded point, before the step to the next; may ask to stop.
  /// - Returns: the last recorded model: every trace ends at its parameters.
  /// - Throws: what the engine throws, and `LearningError.objectiveDecreased`.
  public func fit<Engine: ExpectationEngine>(
    _ initial: Engine.Model, with engine: inout Engine, prior: Engine.Model.SufficientStatistics? = nil,
    acceleration: Acceleration<Engine.Model> = .none, falls: FallPolicy<Engine.Model> = .areErrors,
    onIteration: (Iteration) -> Continuation = { _ in .proceed }
  ) throws -> Fit<Engine.Model> {
    var run = Run<Engine.Model>(prior: prior)
    var point = try run.evaluate(initial, with: &engine)
    var bound: Double?
    while true {
      let iteration = run.record(point, bound: bound)
      if onIteration(iteration) == .stop { return run.fit(point, .interrupted) }
      if stopping.isSatisfied(by: run.objectives) { return run.fit(point, .converged) }
      if iteration.number >= stopping.maximumIterations { return run.fit(point, .iterationLimit) }
      let next: Point<Engine.Model>
      switch acceleration {
      case .none:
        let model = run.maximized(point)
        if bounds == .everyIteration {
          // F(q_t, θ) = ℓ(θ_t) + score_θ(N_t) − score_θt(N_t) for the expected statistics N_t under q_t.
          bound = point.logLikelihood - point.model.score(point.statistics) + model.score(point.statistics)
        }
        next = try run.evaluate(model, with: &engine)
      case .squared(let extrapolate):
        next = try run.squaredStep(from: point, extrapolate, with: &engine)
      }
      if let fall = run.fall(to: next) {
        guard case .endTheRun(let isRounding) = falls, isRounding(next.model) else { throw fall }
        return run.fit(point, .roundingLimit)
      }
      point = next
    }
  }
}

/// An evaluated point: a model, its expected statistics and what they belong to.
private struct Point<Model: ParametricModel> {
  let model: Model
  let statistics: Model.SufficientStatistics
  let logLikelihood: Double
  let objective: Double
}

/// What a run of EM has recorded so far.
private struct Run<Model: ParametricModel> {
  let prior: Model.SufficientStatistics?
  private var logLikelihoods: [Double] = []
  private(set) var objectives: [Double] = []
  private var bounds: [Double] = []
  private var expectationSteps = 0
  private var fallbacks = 0

  init(prior: Model.SufficientStatistics?) { self.prior = prior }

  /// The E-step.
  mutating func evaluate<Engine: ExpectationEngine>(
    _ model: Model, with engine: inout Engine
  ) throws -> Point<Model> where Engine.Model == Model {
    var statistics = model.emptyStatistics
    let logLikelihood = try engine.expect(under: model, into: &statistics)
    expectationSteps += 1
    return Point(
      model: model, statistics: statistics, logLikelihood: logLikelihood,
      objective: logLikelihood + (prior.map(model.score) ?? 0))
  }

  /// The M-step.
  func maximized(_ point: Point<Model>) -> Model {
    var model = point.model
    if let prior {
      var statistics = point.statistics
      statistics += prior
      model.maximize(from: statistics)
    } else {
      model.maximize(from: point.statistics)
    }
    return model
  }

  /// Two EM steps, the extrapolation of both, and the better of it and the second EM point.
  mutating func squaredStep<Engine: ExpectationEngine>(
    from point: Point<Model>, _ extrapolate: (Model, Model, Model) -> Model?, with engine: inout Engine
  ) throws -> Point<Model> where Engine.Model == Model {
    let first = try evaluate(maximized(point), with: &engine)
    let second = maximized(first)
    if let model = extrapolate(point.model, first.model, second),
      let extrapolated = try? evaluate(model, with: &engine), extrapolated.objective >= first.objective
    {
      return extrapolated
    }
    fallbacks += 1
    return try evaluate(second, with: &engine)
  }

  /// What is wrong with a step to a point: its objective is below the last one by more than rounding explains.
  func fall(to point: Point<Model>) -> LearningError? {
    guard let last = objectives.last, point.objective < last - 1e-9 * (1 + last.magnitude) else { return nil }
    return .objectiveDecreased(iteration: objectives.count, from: last, to: point.objective)
  }

  /// Appends a point to the traces.
  mutating func record(_ point: Point<Model>, bound: Double?) -> Iteration {
    logLikelihoods.append(point.logLikelihood)
    objectives.append(point.objective)
    if let bound { bounds.append(bound) }
    return Iteration(
      number: logLikelihoods.count - 1, logLikelihood: point.logLikelihood, objective: point.objective, bound: bound)
  }

  func fit(_ point: Point<Model>, _ outcome: FitOutcome) -> Fit<Model> {
    Fit(
      model: point.model, statistics: point.statistics, logLikelihoods: logLikelihoods, objectives: objectives,
      bounds: bounds,
      expectationSteps: expectationSteps, fallbacks: fallbacks, outcome: outcome)
  }
}

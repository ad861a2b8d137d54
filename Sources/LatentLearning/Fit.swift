public import LatentModels

/// Why a run of EM ended.
public enum FitOutcome: Hashable, Sendable {
  /// The stopping rule was satisfied.
  case converged
  /// The largest number of iterations was reached first.
  case iterationLimit
  /// The observer asked to stop.
  case interrupted
  /// The next step would have lowered the objective by rounding, at a covariance that is nearly singular.
  case roundingLimit
}

/// What EM found, and how it got there.
public struct Fit<Model: ParametricModel>: Sendable {
  /// The model at the last entry of the traces.
  public internal(set) var model: Model
  /// The expected statistics under `model`, without those of a prior: what the next M-step would have used.
  public let statistics: Model.SufficientStatistics
  /// ℓ(θ_0), ℓ(θ_1), …, ℓ(θ_T): the last entry belongs to `model`.
  public let logLikelihoods: [Double]
  /// ℓ plus the log-prior, up to its constant; equal to `logLikelihoods` without a prior.
  public let objectives: [Double]
  /// F(q_{t−1}, θ_t) at t − 1, where bounds are recorded: the bound after M-step t, below ℓ(θ_t) by the gap that the next
  /// E-step closes.
  public let bounds: [Double]
  /// The number of E-steps; one more than there are iterations without acceleration.
  public let expectationSteps: Int
  /// How often an extrapolation was given up for the plain EM point.
  public let fallbacks: Int
  /// Why the run ended.
  public let outcome: FitOutcome

  /// The number of iterations, T: M-steps, or cycles of an acceleration.
  public var iterations: Int { logLikelihoods.count - 1 }
  /// ℓ(θ_T), that of `model`.
  public var logLikelihood: Double { logLikelihoods[iterations] }
  /// ℓ(θ_T) plus the log-prior, that of `model`.
  public var objective: Double { objectives[iterations] }
}

/// What makes learning fail.
public enum LearningError: Error, Hashable, Sendable, CustomStringConvertible {
  /// An exact EM step never lowers the objective: the engine or the model is wrong.
  case objectiveDecreased(iteration: Int, from: Double, to: Double)

  /// The error in one sentence.
  public var description: String {
    switch self {
    case .objectiveDecreased(let iteration, let from, let to):
      "iteration \(iteration) lowered the objective from \(from) to \(to), which an exact EM step cannot do; please report this"
    }
  }
}

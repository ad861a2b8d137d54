public import LatentInference
public import LatentModels

/// What is known of the parameters before the data.
public enum FitPrior: Hashable, Sendable {
  /// Nothing: maximum likelihood.
  case none
  /// A conjugate prior of this weight, a finite number above 0: a pseudo-count in every cell of a table that is learned,
  /// and for numbers as many pseudo-rows, in each configuration of their parents, with the means and variances of the
  /// columns.
  case dirichlet(pseudoCount: Double)
}

/// How the iterations of a fit are made longer.
public enum AccelerationMethod: String, Hashable, Sendable, CaseIterable {
  /// Plain EM.
  case none
  /// `Acceleration.squarem(frame:)`: fewer E-steps to the same maximum.
  case squarem
}

/// How a fit learns; those that are not given are as the tool has them.
///
/// ```swift
/// var options = FitOptions()
/// options.prior = .dirichlet(pseudoCount: 1)
/// options.threads = ProcessInfo.processInfo.activeProcessorCount
/// let fit = try model.fit(to: votes, options: options)
/// ```
public struct FitOptions: Hashable, Sendable {
  /// When a start ends.
  public var stopping = StoppingRule()
  /// What is known of the parameters before the data.
  public var prior = FitPrior.none
  /// Which zeros of the model's tables are part of its structure.
  public var zeros = ZeroPolicy.parameters
  /// Which unobserved cells of a row the E-step completes.
  public var completion = CompletionPolicy.minimal
  /// The least variance of numbers, as a share of the column's: at least 0 and below 1. With 0 only the rounding of sums of
  /// squares sets a limit, `Frame.leastFloorShare`.
  public var varianceFloor = Frame.varianceFloorShare
  /// How iterations are made longer.
  public var acceleration = AccelerationMethod.none
  /// Whether the bounds of the trace are recorded.
  public var bounds = BoundRecording.none
  /// How many threads work, on several starts or on parts of large data; at least 1. The result is the same, to the
  /// last bit, for any number.
  public var threads = 1
  /// How much memory the tables of the E-step may take.
  public var memory = MemoryLimit.standard

  /// The options of the tool, on one thread.
  public init() {}

  /// The pseudo-statistics of the prior; nil for maximum likelihood.
  package func pseudoStatistics(of model: Model, _ frame: Frame) throws(FitError) -> Statistics? {
    switch prior {
    case .none: return nil
    case .dirichlet(let pseudoCount):
      guard pseudoCount > 0, pseudoCount.isFinite else { throw .pseudoCount(pseudoCount) }
      return model.conjugatePrior(pseudoCount: pseudoCount, zeros: zeros, frame: frame)
    }
  }

  /// The acceleration for data with this frame.
  func acceleration(in frame: Frame) -> Acceleration<BayesianNetwork> {
    switch acceleration {
    case .none: .none
    case .squarem: .squarem(frame: frame)
    }
  }
}

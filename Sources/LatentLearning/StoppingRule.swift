/// When EM stops.
public struct StoppingRule: Hashable, Sendable {
  /// The most M-steps.
  public var maximumIterations: Int
  /// Stop when o_t − o_{t−1} ≤ tolerance · (1 + |o_t|); 0 never stops before `maximumIterations`.
  public var tolerance: Double

  /// A rule; both limits are 0 or more.
  public init(maximumIterations: Int = 10_000, tolerance: Double = 1e-9) {
    precondition(maximumIterations >= 0 && tolerance >= 0, "limits are not negative")
    self.maximumIterations = maximumIterations
    self.tolerance = tolerance
  }

  /// Whether the last step gained too little to go on.
  ///
  /// - objectives: o_0, o_1, …, o_t: the log-likelihood plus the log-prior where there is one.
  public func isSatisfied(by objectives: [Double]) -> Bool {
    guard tolerance > 0, objectives.count > 1 else { return false }
    let last = objectives[objectives.count - 1]
    return last - objectives[objectives.count - 2] <= tolerance * (1 + last.magnitude)
  }
}

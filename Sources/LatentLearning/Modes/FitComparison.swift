public import LatentModels

/// What is to be known of fits to tell their modes apart and to rank them.
public struct FitComparison<Model: ParametricModel>: Sendable {
  /// How far apart two fits are: how much worse the parameters of the second explain what the first expects, in nats per
  /// row, once states that may change places are paired.
  public var distance: @Sendable (Fit<Model>, Fit<Model>) -> Double
  /// Whether a fit ended where the likelihood says little about the data, as with a variance at its floor.
  public var isDegenerate: @Sendable (Fit<Model>) -> Bool
  /// Whether a model lies where rounding may lower the objective.
  public var losesDigits: @Sendable (Model) -> Bool

  /// A comparison; without more, fits with the same objective are the same mode, none is degenerate, and none loses digits.
  public init(
    distance: @escaping @Sendable (Fit<Model>, Fit<Model>) -> Double = { _, _ in 0 },
    isDegenerate: @escaping @Sendable (Fit<Model>) -> Bool = { _ in false },
    losesDigits: @escaping @Sendable (Model) -> Bool = { _ in false }
  ) {
    (self.distance, self.isDegenerate, self.losesDigits) = (distance, isDegenerate, losesDigits)
  }

  /// By objectives alone.
  public static var objectives: Self { Self() }

  /// Whether two fits ended at the same mode: their objectives agree, and they are less than 0.001 nats per row apart.
  func areSameMode(_ first: Fit<Model>, _ second: Fit<Model>) -> Bool {
    first.objective.isLevel(with: second.objective) && distance(first, second) <= 1e-3
  }
}

extension Double {
  /// Whether two objectives are the same, within 1e-6 · (1 + |o|): EM stops a little before a mode.
  func isLevel(with other: Double) -> Bool { (self - other).magnitude <= 1e-6 * (1 + other.magnitude) }
}

extension StartReport {
  /// Whether a start is ranked before another: degenerate ones last, then by objective, then by number.
  public func isBetter(than other: Self) -> Bool {
    if isDegenerate != other.isDegenerate { return other.isDegenerate }
    return objective == other.objective ? number < other.number : objective > other.objective
  }
}

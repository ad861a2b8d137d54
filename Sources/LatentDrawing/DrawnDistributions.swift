public import LatentData
public import LatentInference

/// The distribution of each variable, as far as it is known.
public struct DrawnDistributions: Sendable {
  /// Per variable with states, a probability per state.
  public var states: [VariableID: [Double]]
  /// Per variable of numbers, its distribution.
  public var numbers: [VariableID: NumberDistribution]

  /// Distributions of some variables; the others are drawn without.
  public init(states: [VariableID: [Double]] = [:], numbers: [VariableID: NumberDistribution] = [:]) {
    self.states = states
    self.numbers = numbers
  }
}

/// What was observed or set in one situation, and what is known of each variable then.
public struct DrawnSituation: Sendable {
  /// What is known, in words: `smoke=yes`.
  public let description: String
  /// The variables that were observed or set.
  public let observed: Set<VariableID>
  /// The distribution of each variable in the situation.
  public let distributions: DrawnDistributions

  /// A situation to be drawn beside what is known without it.
  public init(description: String, observed: Set<VariableID>, distributions: DrawnDistributions) {
    self.description = description
    self.observed = observed
    self.distributions = distributions
  }
}

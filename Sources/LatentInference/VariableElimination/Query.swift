public import LatentData

/// What is asked about one situation.
public enum Query: Hashable, Sendable {
  /// The distribution of one variable given the evidence.
  case marginal(VariableID)
  /// The joint distribution of several different variables given the evidence.
  case joint([VariableID])
  /// The jointly most probable states of everything that was not observed.
  case mostProbableExplanation
  /// The jointly most probable states of several different variables that were not observed, with all others summed
  /// out: not always those that they have in the most probable explanation of everything.
  case mostProbable([VariableID])
}

/// The answer to a query.
public enum Posterior: Hashable, Sendable {
  /// p(variables | evidence), a probability per joint state: the variables in the order asked, the last one fastest;
  /// and the natural logarithm of p(evidence).
  case table([Double], over: [VariableID], logEvidence: Double)
  /// The state of each variable that was asked for and not observed, and log p(states, evidence).
  case assignment([VariableID: StateCode], logProbability: Double)

  /// The assignment of an explanation.
  static func assignment(_ explanation: (states: [VariableID: StateCode], logProbability: Double)) -> Posterior {
    .assignment(explanation.states, logProbability: explanation.logProbability)
  }
}

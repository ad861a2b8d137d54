public import LatentData
internal import LatentKernels
public import LatentModels

/// A row without missing states that agrees with what was observed, and how probable it is.
public struct Completion: Hashable, Sendable {
  /// The state of every variable, in schema order; −1 for variables of numbers.
  public let states: [StateCode]
  /// q(x_mis) = p(x_mis | x_obs), the probability of the states that were filled in given those observed.
  public let probability: Double
}

/// Inference by going through every way to fill in what is missing: exact, slow, and as plain as the definitions.
///
/// All other engines are tested against this one. A situation with h hidden variables of r states costs r^h.
public struct Enumeration: Sendable {
  /// The network with its parameters.
  public let network: BayesianNetwork
  /// The most joint states of hidden variables that are gone through for one situation.
  public let limit: Int
  private let logTables: [Double]

  /// The limit unless another is given: about a million completions.
  public static let standardLimit = 1 << 20

  /// Inference for a network; situations with more joint hidden states than the limit are refused.
  public init(_ network: BayesianNetwork, limit: Int = Self.standardLimit) {
    self.network = network
    self.limit = limit
    logTables = network.parameters[..<network.structure.tableCellCount].map { naturalLog($0) }
  }

  /// q(x_mis) = p(x_mis | x_obs): the probability of each completion given the evidence.
  ///
  /// - Returns: every completion, those of probability 0 included, in lexicographic order of the hidden states: the
  ///   last hidden variable varies fastest. The probabilities sum to 1.
  public func joint(given evidence: Evidence) throws(InferenceError) -> [Completion] {
    let rows = try completions(of: evidence)
    let logs = rows.map { logProbability(ofComplete: $0, given: evidence) }
    let logEvidence = logSumOfExponentials(logs)
    guard logEvidence > -.infinity else {
      throw .impossibleEvidence(evidence.description(in: network.schema))
    }
    return zip(rows, logs).map { Completion(states: $0, probability: exponential($1 - logEvidence)) }
  }

  /// log p(x_obs) = log Σ over completions of p(x_obs, x_mis); −∞ when the evidence is impossible.
  public func logProbability(of evidence: Evidence) throws(InferenceError) -> Double {
    logSumOfExponentials(try completions(of: evidence).map { logProbability(ofComplete: $0, given: evidence) })
  }

  /// log p(row, observed numbers), and with it the likelihoods of its states.
  private func logProbability(ofComplete states: [StateCode], given evidence: Evidence) -> Double {
    logProbability(ofComplete: states, numbers: evidence.numbers) + evidence.logLikelihood { states[$0.index] }
  }

  /// p(x_obs); 0 as well where it is too small for a `Double`, which its logarithm is not.
  public func probability(of evidence: Evidence) throws(InferenceError) -> Double {
    exponential(try logProbability(of: evidence))
  }

  /// The completion with the highest probability given the evidence; of several within a relative 1e-12 of each other
  /// the first in lexicographic order.
  public func mostProbableExplanation(given evidence: Evidence) throws(InferenceError) -> Completion {
    let completions = try joint(given: evidence)
    var highest = 0.0
    for completion in completions { highest = max(highest, completion.probability) }
    return completions.first { $0.probability >= highest * (1 - 1e-12) } ?? completions[0]
  }

  /// log p(x) of a row with all its states: Σ_v log θ(x_v | x_parents(v)), and for each number that was observed its
  /// log-density; the others are integrated out.
  public func logProbability(ofComplete states: [StateCode], numbers: [VariableID: Double] = [:]) -> Double {
    logProbability(ofComplete: states, numbers: numbers, before: nil)
  }

  /// - before: the states of the previous step of a sequence; nil in its first step.
  private func logProbability(
    ofComplete states: [StateCode], numbers: [VariableID: Double], before: [StateCode]?
  ) -> Double {
    var sum = 0.0
    for family in network.structure.families {
      guard family.isTable else {
        sum += TextbookNumbers(network, family, states, numbers).logDensity
        continue
      }
      precondition(states[family.child.index] >= 0, "a row with all its states")
      let lagged = before.map { before in family.lags.map { before[$0.index] } } ?? []
      let configuration = network.structure.configuration(
        of: family.child, parentStates: family.parents.map { states[$0.index] } + lagged)
      sum += logTables[family.parameters(in: configuration).lowerBound + Int(states[family.child.index])]
    }
    return sum
  }

  /// log p of a sequence of rows with all their states, numbers that were not observed integrated out.
  func logProbability(ofSteps steps: [[StateCode]], numbers: [[VariableID: Double]]) -> Double {
    steps.indices.reduce(0) {
      $0 + logProbability(ofComplete: steps[$1], numbers: numbers[$1], before: $1 > 0 ? steps[$1 - 1] : nil)
    }
  }

  /// Every complete row that agrees with the evidence, in lexicographic order.
  func completions(of evidence: Evidence) throws(InferenceError) -> [[StateCode]] {
    precondition(evidence.belongs(to: network.schema), "the evidence is about variables of the network")
    let hidden = network.schema.ids.filter { evidence[$0] == nil && network.schema[$0].isCategorical }
    var count = 1.0
    for id in hidden { count *= Double(network.schema[id].cardinality) }
    guard count <= Double(limit) else { throw .tooManyHiddenStates(count, limit: limit) }
    let codes = network.schema.ids.map { evidence[$0] ?? (network.schema[$0].isCategorical ? 0 : -1) }
    return network.schema.rows(codes, varying: hidden)
  }
}

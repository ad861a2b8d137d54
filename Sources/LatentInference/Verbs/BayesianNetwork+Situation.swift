internal import LatentData
public import LatentModels

/// Questions about one situation.
extension BayesianNetwork {
  /// The probabilities of a variable's states in one situation.
  ///
  /// ```swift
  /// let bloc = try network.posterior(of: "bloc", given: ["party": "democrat", "crime": "y"])
  /// print(bloc["2"], bloc.mode)
  /// ```
  ///
  /// - Parameters:
  ///   - name: a variable with states; one that was observed has probability 1 at its state.
  ///   - situation: what was observed, by name: labels, and numbers of variables that have them.
  ///   - limit: how much memory the table of one clique may take.
  /// - Throws: `QuestionError`, `EvidenceError` for names and states that the network does not have, and
  ///   `InferenceError` when the situation is impossible or the limit too low.
  /// - Complexity: exponential in the number of variables of the largest clique, linear in the number of cliques.
  public func posterior(
    of name: String, given situation: [String: Observation] = [:], limit: MemoryLimit = .standard
  ) throws -> Distribution {
    try posterior(of: [name], given: situation, limit: limit)
  }

  /// The joint probabilities of the states of several variables in one situation.
  ///
  /// ```swift
  /// let joint = try network.posterior(of: ["lung", "bronc"], given: ["smoke": "yes"])
  /// print(joint["yes", "no"])
  /// ```
  ///
  /// - Throws: as the posterior of one variable, also when a variable is asked for twice.
  /// - Complexity: as for one variable, whose largest clique is at least that of all variables asked for.
  public func posterior(
    of names: [String], given situation: [String: Observation] = [:], limit: MemoryLimit = .standard
  ) throws -> Distribution {
    try posterior(of: names, given: Evidence(situation, in: schema), limit: limit)
  }

  /// The joint probabilities of the states of one or more variables, given evidence: of a row, it is
  /// `Evidence(row:of:)`.
  ///
  /// - Throws: as the posterior of one variable.
  public func posterior(
    of names: [String], given evidence: Evidence, limit: MemoryLimit = .standard
  ) throws -> Distribution {
    try joint(of: QuestionError.states(names, in: schema), given: evidence, limit: limit)
  }

  /// Mean and variance of a variable of numbers in one situation.
  ///
  /// ```swift
  /// let height = try network.moments(of: "height", given: ["sex": "f"])
  /// print(height.mean, height.standardDeviation)
  /// ```
  ///
  /// The posterior itself is a mixture of the normal distributions of the parents' configurations. Of a number that was
  /// observed, the variance is 0.
  ///
  /// - Throws: `QuestionError`, `EvidenceError` for names and states that the network does not have, and
  ///   `InferenceError` when the situation is impossible or the limit too low.
  public func moments(
    of name: String, given situation: [String: Observation] = [:], limit: MemoryLimit = .standard
  ) throws -> Moments {
    let distribution = try distribution(of: name, given: situation, limit: limit)
    return Moments(mean: distribution.mean, variance: distribution.variance)
  }

  /// The distribution of a variable of numbers in one situation.
  ///
  /// ```swift
  /// let height = try network.distribution(of: "height", given: ["sex": "f"])
  /// print(height.quantile(0.05), height.quantile(0.95))
  /// ```
  ///
  /// - Throws: `QuestionError`, `EvidenceError` for names and states that the network does not have, and
  ///   `InferenceError` when the situation is impossible or the limit too low.
  public func distribution(
    of name: String, given situation: [String: Observation] = [:], limit: MemoryLimit = .standard
  ) throws -> NumberDistribution {
    let id = try QuestionError.number(name, in: schema)
    let answers = try allPosteriors(given: Evidence(situation, in: schema), limit: limit)
    guard let answer = answers.numbers[schema[id].name] else { preconditionFailure("every number has a distribution") }
    return answer
  }

  /// The probabilities of the states of every variable that was not observed, by name; and log p(situation).
  ///
  /// - Throws: `InferenceError` when the situation is impossible or the limit too low.
  public func posteriors(
    given evidence: Evidence, limit: MemoryLimit = .standard
  ) throws(InferenceError) -> (marginals: [String: Distribution], logEvidence: Double) {
    let answers = try allPosteriors(given: evidence, limit: limit)
    return (answers.marginals, answers.logEvidence)
  }

  /// What is known of every variable in one situation.
  package struct Answers {
    /// Of each variable with states that was not observed, their probabilities.
    package var marginals: [String: Distribution] = [:]
    /// Of each variable of numbers its distribution.
    package var numbers: [String: NumberDistribution] = [:]
    /// log p(situation).
    package let logEvidence: Double
  }

  /// All variables at once, by one pass over the network.
  package func allPosteriors(
    given evidence: Evidence, limit: MemoryLimit = .standard
  ) throws(InferenceError) -> Answers {
    let (network, certain, logScale) = absorbingLikelihoods(of: evidence)
    let inference = try RowInference(network, certain.row(of: network.schema), limit: limit)
    let logEvidence = inference.logLikelihood(row: 0) + logScale
    guard logEvidence > -.infinity else { throw .impossibleEvidence(evidence.description(in: schema)) }
    var answers = Answers(logEvidence: logEvidence)
    let posteriors = RowPosteriors(inference)
    posteriors.forEach(row: 0) { id, posterior in
      answers.marginals[schema[id].name] = Distribution(variables: [schema[id]], probabilities: Array(posterior))
    }
    posteriors.forEachDistribution(row: 0) { answers.numbers[schema[$0].name] = $1 }
    for (id, value) in evidence.numbers { answers.numbers[schema[id].name] = NumberDistribution(observed: value) }
    return answers
  }

  /// The jointly most probable states of everything with states that was not observed.
  ///
  /// - Returns: the labels by name, and log p(these states, situation).
  /// - Throws: `EvidenceError` for names and states that the network does not have, and `InferenceError` when the
  ///   situation is impossible or the limit too low.
  /// - Complexity: exponential in the number of variables of the largest clique, linear in the number of cliques.
  public func mostProbableExplanation(
    given situation: [String: Observation] = [:], limit: MemoryLimit = .standard
  ) throws -> (states: [String: String], logProbability: Double) {
    let evidence = try Evidence(situation, in: schema)
    let (codes, logProbability) = try explanation(given: evidence, limit: limit)
    let labels = codes.map { (schema[$0].name, schema[$0].states[Int($1)]) }
    return (Dictionary(uniqueKeysWithValues: labels), logProbability)
  }

  /// The jointly most probable states of some variables, with all others summed out.
  ///
  /// ```swift
  /// let cause = try network.mostProbableExplanation(of: ["lung", "bronc"], given: ["dysp": "yes"]).states
  /// ```
  ///
  /// They need not be those of the most probable explanation of everything: that one explanation is the likeliest says
  /// little of a state that many explanations share.
  ///
  /// - Returns: the labels by name, and log p(these states, situation).
  /// - Throws: `QuestionError`, also for a variable that was observed; otherwise as the explanation of everything.
  /// - Complexity: exponential in the number of variables of the largest clique, which is at least that of all variables
  ///   asked for that depend on each other once the others are summed out.
  public func mostProbableExplanation(
    of names: [String], given situation: [String: Observation] = [:], limit: MemoryLimit = .standard
  ) throws -> (states: [String: String], logProbability: Double) {
    let evidence = try Evidence(situation, in: schema)
    let ids = try QuestionError.states(names, in: schema)
    if let id = ids.first(where: { evidence[$0] != nil }) { throw QuestionError.observed(schema[id].name) }
    let (codes, logProbability) = try explanation(of: ids, given: evidence, limit: limit)
    let labels = codes.map { (schema[$0].name, schema[$0].states[Int($1)]) }
    return (Dictionary(uniqueKeysWithValues: labels), logProbability)
  }

  /// The joint distribution of variables with states that are all different.
  func joint(
    of ids: [VariableID], given evidence: Evidence, limit: MemoryLimit
  ) throws(InferenceError) -> Distribution {
    let (probabilities, _) = try table(over: ids, given: evidence, limit: limit)
    return Distribution(variables: ids.map { schema[$0] }, probabilities: probabilities)
  }
}

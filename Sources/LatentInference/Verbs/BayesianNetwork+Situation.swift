public import LatentData
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
    of name: String, given situation: [String: CellValue] = [:], limit: MemoryLimit = .standard
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
    of names: [String], given situation: [String: CellValue] = [:], limit: MemoryLimit = .standard
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
    of name: String, given situation: [String: CellValue] = [:], limit: MemoryLimit = .standard
  ) throws -> Moments {
    let row = try Evidence(situation, in: schema).row(of: schema)
    return try moments(of: name, in: row, limit: limit)[0]
  }

  /// The probabilities of the states of every variable that was not observed, by name; and log p(situation).
  ///
  /// - Throws: `EvidenceError` for names and states that the network does not have, and `InferenceError` when the
  ///   situation is impossible or the limit too low.
  public func posteriors(
    given evidence: Evidence, limit: MemoryLimit = .standard
  ) throws(InferenceError) -> (marginals: [String: Distribution], logEvidence: Double) {
    let inference = try RowInference(self, evidence.row(of: schema), limit: limit)
    let logEvidence = inference.logLikelihood(row: 0)
    guard logEvidence > -.infinity else { throw .impossibleEvidence(evidence.description(in: schema)) }
    var marginals: [String: Distribution] = [:]
    RowPosteriors(inference).forEach(row: 0) { id, posterior in
      marginals[schema[id].name] = Distribution(variables: [schema[id]], probabilities: Array(posterior))
    }
    return (marginals, logEvidence)
  }

  /// The jointly most probable states of everything with states that was not observed.
  ///
  /// - Returns: the labels by name, and log p(these states, situation).
  /// - Throws: `EvidenceError` for names and states that the network does not have, and `InferenceError` when the
  ///   situation is impossible or the limit too low.
  /// - Complexity: exponential in the number of variables of the largest clique, linear in the number of cliques.
  public func mostProbableExplanation(
    given situation: [String: CellValue] = [:], limit: MemoryLimit = .standard
  ) throws -> (states: [String: String], logProbability: Double) {
    let evidence = try Evidence(situation, in: schema)
    let (codes, logProbability) = try explanation(given: evidence, limit: limit)
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

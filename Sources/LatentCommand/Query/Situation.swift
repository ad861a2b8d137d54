internal import Latent

/// A network and what is known in one situation.
struct Situation {
  /// The network, in which what is set from outside depends on nothing.
  let network: BayesianNetwork
  /// What was observed.
  let observed: Evidence
  /// What was observed or set.
  let evidence: Evidence
  /// What is set from outside.
  let interventions: [VariableID: StateCode]
  let limit: MemoryLimit

  var schema: Schema { network.schema }

  init(
    _ network: BayesianNetwork, _ observed: Evidence, interventions: [VariableID: StateCode], limit: MemoryLimit
  ) {
    self.network = network.intervening(interventions)
    self.observed = observed
    evidence = observed.adding(interventions)
    self.interventions = interventions
    self.limit = limit
  }

  /// The joint distribution of those of some variables that have states, and the distributions of the others.
  func distributions(of ids: [VariableID]) throws -> DistributionsAnswer {
    let categorical = ids.filter { schema[$0].isCategorical }
    var joint: JointDistribution?
    if !categorical.isEmpty {
      let answer = try network.answer(.joint(categorical), given: evidence, limit: limit)
      guard case .table(let probabilities, let variables, let logEvidence) = answer else { throw answer.unexpected }
      joint = JointDistribution(
        variables: variables.map { schema[$0] }, probabilities: probabilities, logEvidence: logEvidence)
    }
    let numeric = ids.filter { !schema[$0].isCategorical }
    guard !numeric.isEmpty || joint == nil else {
      return DistributionsAnswer(joint: joint, numbers: [], evidence: line(joint?.logEvidence))
    }
    let answers = try network.allPosteriors(given: evidence, limit: limit)
    return DistributionsAnswer(
      joint: joint, numbers: numbers(numeric, answers), evidence: line(joint?.logEvidence ?? answers.logEvidence))
  }

  /// The distribution of each variable that was not observed.
  func marginals() throws -> MarginalsAnswer {
    let answers = try network.allPosteriors(given: evidence, limit: limit)
    let marginals = schema.variables.compactMap { variable in
      answers.marginals[variable.name].map { (variable, $0.probabilities) }
    }
    let numeric = schema.ids.filter { !schema[$0].isCategorical && evidence.numbers[$0] == nil }
    return MarginalsAnswer(
      marginals: marginals, numbers: numbers(numeric, answers), evidence: line(answers.logEvidence))
  }

  private func numbers(_ ids: [VariableID], _ answers: BayesianNetwork.Answers) -> [NumberRow] {
    ids.compactMap { id in answers.numbers[schema[id].name].map { NumberRow(name: schema[id].name, distribution: $0) } }
  }

  /// The most probable states of some variables, or of everything that was not observed.
  func explanation(of ids: [VariableID]? = nil) throws -> ExplanationAnswer {
    let query = ids.map { Query.mostProbable($0) } ?? .mostProbableExplanation
    let answer = try network.answer(query, given: evidence, limit: limit)
    guard case .assignment(let states, let logProbability) = answer else { throw answer.unexpected }
    let logEvidence = try network.logProbability(of: evidence, limit: limit)
    return ExplanationAnswer(
      states: states.sorted { $0.key < $1.key }.map { (schema[$0.key], $0.value) }, logProbability: logProbability,
      evidence: line(logEvidence))
  }

  private func line(_ logEvidence: Double?) -> EvidenceLine { EvidenceLine(self, logProbability: logEvidence ?? 0) }
}

extension Posterior {
  fileprivate var unexpected: CommandError { CommandError(.software, "the query got an answer to another question") }
}

/// What was observed and how probable it is.
struct EvidenceLine {
  /// `variable=state` for each observed variable, in the order of the model.
  let observed: [String]
  /// `do(variable=state)` for each variable that is set.
  let interventions: [String]
  let logProbability: Double
  /// What stands behind a logarithm: that it is one of a density where numbers were observed.
  let unit: String
  /// In place of a table where there is nothing to tell.
  let nothingHidden: String

  init(_ situation: Situation, logProbability: Double) {
    let schema = situation.schema
    observed = situation.observed.description(in: schema)
    interventions = situation.interventions.sorted { $0.key < $1.key }.map {
      "do(\(schema[$0.key].name)=\(schema[$0.key].states[Int($0.value)]))"
    }
    let isComplete = situation.evidence.certain.count == schema.count
    nothingHidden = "every variable \(isComplete ? "" : "with states ")was observed\n"
    unit = situation.observed.numbers.isEmpty ? "" : ", of a density"
    // Nothing observed has probability 1, whatever the sum of the tables was rounded to.
    self.logProbability = observed.isEmpty ? 0 : logProbability
  }

  /// The conditions of everything that is said, with commas between.
  var conditions: String { (observed + interventions).joined(separator: ", ") }

  /// The last line of a text answer; empty when nothing was observed.
  var text: String {
    let given = interventions.isEmpty ? "" : " | \(interventions.joined(separator: ", "))"
    return observed.isEmpty
      ? "" : "\nlog p(\(observed.joined(separator: ", "))\(given)) = \(fixed(logProbability, 6))\(unit)\n"
  }
}

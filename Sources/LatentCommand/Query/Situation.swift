internal import Latent

/// A network and what was observed in one situation.
struct Situation {
  let network: BayesianNetwork
  let evidence: Evidence
  let limit: MemoryLimit

  var schema: Schema { network.schema }

  /// The joint distribution of some variables given the evidence.
  func joint(of ids: [VariableID]) throws -> JointAnswer {
    let answer = try network.answer(.joint(ids), given: evidence, limit: limit)
    guard case .table(let probabilities, let variables, let logEvidence) = answer else { throw answer.unexpected }
    return JointAnswer(
      variables: variables.map { schema[$0] }, probabilities: probabilities,
      evidence: EvidenceLine(self, logProbability: logEvidence))
  }

  /// The distribution of each unobserved variable given the evidence.
  func marginals() throws -> MarginalsAnswer {
    let (marginals, logEvidence) = try network.posteriors(given: evidence, limit: limit)
    return MarginalsAnswer(
      marginals: schema.variables.compactMap { variable in
        marginals[variable.name].map { (variable, $0.probabilities) }
      }, evidence: EvidenceLine(self, logProbability: logEvidence))
  }

  /// The most probable states of everything that was not observed.
  func explanation() throws -> ExplanationAnswer {
    let answer = try network.answer(.mostProbableExplanation, given: evidence, limit: limit)
    guard case .assignment(let states, let logProbability) = answer else { throw answer.unexpected }
    let logEvidence = try network.logProbability(of: evidence, limit: limit)
    return ExplanationAnswer(
      states: states.sorted { $0.key < $1.key }.map { (schema[$0.key], $0.value) }, logProbability: logProbability,
      evidence: EvidenceLine(self, logProbability: logEvidence))
  }

  /// `variable=state` for each observed variable, in the order of the model.
  var observed: [String] { evidence.description(in: schema) }
}

extension Posterior {
  fileprivate var unexpected: CommandError { CommandError(.software, "the query got an answer to another question") }
}

/// What was observed and how probable it is.
struct EvidenceLine {
  let observed: [String]
  let logProbability: Double
  /// In place of a table where there is nothing to tell.
  let nothingHidden: String

  init(_ situation: Situation, logProbability: Double) {
    observed = situation.observed
    let isComplete = situation.evidence.variables.count == situation.schema.count
    nothingHidden = "every variable \(isComplete ? "" : "with states ")was observed\n"
    // Nothing observed has probability 1, whatever the sum of the tables was rounded to.
    self.logProbability = observed.isEmpty ? 0 : logProbability
  }

  /// The last line of a text answer; empty when nothing was observed.
  var text: String {
    observed.isEmpty ? "" : "\nlog p(\(observed.joined(separator: ", "))) = \(fixed(logProbability, 6))\n"
  }
}

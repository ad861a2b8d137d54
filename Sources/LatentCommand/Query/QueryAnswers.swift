internal import Latent

/// An answer as people and programs read it.
protocol QueryAnswer {
  associatedtype Report: Encodable

  /// The lines for people.
  var text: String { get }
  /// The document for programs.
  var report: Report { get }
}

/// Decimals of probabilities in answers for people.
private let decimals = 6

/// In place of a table where there is nothing to tell.
private let nothingHidden = "every variable was observed\n"

/// A joint distribution; of one variable, a marginal.
struct JointAnswer: QueryAnswer {
  let variables: [Variable]
  /// A probability per joint state, the last variable fastest.
  let probabilities: [Double]
  let evidence: EvidenceLine

  var text: String {
    var table = TextTable(variables.map { ($0.name, .left) } + [("probability", .right)])
    for (index, value) in probabilities.enumerated() {
      var rest = index
      var states: [String] = []
      for variable in variables.reversed() {
        states.append(variable.states[rest % variable.cardinality])
        rest /= variable.cardinality
      }
      table.append(states.reversed() + [probability(value, decimals)])
    }
    return table.text + evidence.text
  }

  struct Report: Encodable {
    let variables: [String]
    let states: [[String]]
    let probabilities: NestedList
    let logEvidence: Double

    enum CodingKeys: String, CodingKey {
      case variables, states, probabilities
      case logEvidence = "log_evidence"
    }
  }

  var report: Report {
    Report(
      variables: variables.map(\.name), states: variables.map(\.states),
      probabilities: NestedList(probabilities[...], lengths: variables.map(\.cardinality)[...]),
      logEvidence: evidence.logProbability)
  }
}

/// The distribution of each of several variables by itself.
struct MarginalsAnswer: QueryAnswer {
  let marginals: [(variable: Variable, probabilities: [Double])]
  let evidence: EvidenceLine

  var text: String {
    var table = TextTable([("variable", .left), ("state", .left), ("probability", .right)])
    for (variable, probabilities) in marginals {
      for (index, value) in probabilities.enumerated() {
        table.append([index == 0 ? variable.name : "", variable.states[index], probability(value, decimals)])
      }
    }
    return (marginals.isEmpty ? nothingHidden : table.text) + evidence.text
  }

  struct Report: Encodable {
    let variables: [String]
    let states: [[String]]
    let marginals: [[Double]]
    let logEvidence: Double

    enum CodingKeys: String, CodingKey {
      case variables, states, marginals
      case logEvidence = "log_evidence"
    }
  }

  var report: Report {
    Report(
      variables: marginals.map(\.variable.name), states: marginals.map(\.variable.states),
      marginals: marginals.map(\.probabilities), logEvidence: evidence.logProbability)
  }
}

/// The jointly most probable states.
struct ExplanationAnswer: QueryAnswer {
  let states: [(variable: Variable, code: StateCode)]
  let logProbability: Double
  let evidence: EvidenceLine

  var text: String {
    var table = TextTable([("variable", .left), ("state", .left)])
    for (variable, code) in states { table.append([variable.name, variable.states[Int(code)]]) }
    let conditions = evidence.observed.isEmpty ? "" : " | \(evidence.observed.joined(separator: ", "))"
    return (states.isEmpty ? nothingHidden : table.text) + "\nlog p(these states\(conditions)) = \(fixed(logProbability - evidence.logProbability, 6))\n"
      + evidence.text.drop { $0 == "\n" }
  }

  struct Report: Encodable {
    let assignment: [String: String]
    let logEvidence: Double
    let logProbability: Double

    enum CodingKeys: String, CodingKey {
      case assignment
      case logEvidence = "log_evidence"
      case logProbability = "log_probability"
    }
  }

  var report: Report {
    Report(
      assignment: Dictionary(uniqueKeysWithValues: states.map { ($0.variable.name, $0.variable.states[Int($0.code)]) }),
      logEvidence: evidence.logProbability, logProbability: logProbability)
  }
}

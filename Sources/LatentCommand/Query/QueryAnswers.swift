internal import Latent

/// An answer as people and programs read it.
protocol QueryAnswer {
  /// The lines for people.
  var text: String { get }
  /// The document for programs.
  var json: JSONValue { get }
}

/// Decimals of probabilities in answers for people.
private let decimals = 6

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

  var json: JSONValue {
    [
      "variables": .texts(variables.map(\.name)), "states": .list(variables.map { .texts($0.states) }),
      "probabilities": .table(probabilities[...], lengths: variables.map(\.cardinality)[...]),
      "log_evidence": .number(evidence.logProbability),
    ]
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
    return (marginals.isEmpty ? evidence.nothingHidden : table.text) + evidence.text
  }

  var json: JSONValue {
    [
      "variables": .texts(marginals.map(\.variable.name)),
      "states": .list(marginals.map { .texts($0.variable.states) }),
      "marginals": .list(marginals.map { .numbers($0.probabilities) }),
      "log_evidence": .number(evidence.logProbability),
    ]
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
    return (states.isEmpty ? evidence.nothingHidden : table.text)
      + "\nlog p(these states\(conditions)) = \(fixed(logProbability - evidence.logProbability, 6))\n"
      + evidence.text.drop { $0 == "\n" }
  }

  var json: JSONValue {
    let assignment = states.map { ($0.variable.name, JSONValue.text($0.variable.states[Int($0.code)])) }
    return [
      "assignment": .object(Dictionary(uniqueKeysWithValues: assignment)),
      "log_evidence": .number(evidence.logProbability), "log_probability": .number(logProbability),
    ]
  }
}

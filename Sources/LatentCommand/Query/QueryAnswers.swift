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

/// An expected count; a small one does not look like the exact 0.
private func expected(_ count: Double) -> String {
  let text = fixed(count, 1)
  return text == "0.0" ? Numerals.significant(count, digits: 2) : text
}

/// A joint distribution; of one variable, a marginal.
struct JointDistribution {
  let variables: [Variable]
  /// A probability per joint state, the last variable fastest.
  let probabilities: [Double]
  let logEvidence: Double

  /// A row per joint state, in a group of `group` with the number of its members that are expected there.
  func text(group: Double?) -> String {
    let last: [(String, TextTable.Alignment)] = group == nil ? [] : [("expected", .right)]
    var table = TextTable(variables.map { ($0.name, .left) } + [("probability", .right)] + last)
    let joint = MixedRadix(variables.map(\.cardinality))
    for (index, value) in probabilities.enumerated() {
      let states = zip(variables, joint.digits(of: index)).map { $0.states[$1] }
      table.append(states + [probability(value, decimals)] + (group.map { [expected($0 * value)] } ?? []))
    }
    return table.text
  }

  func json(group: Double?) -> [String: JSONValue] {
    let lengths = variables.map(\.cardinality)[...]
    var members: [String: JSONValue] = [
      "variables": .texts(variables.map(\.name)), "states": .list(variables.map { .texts($0.states) }),
      "probabilities": .table(probabilities[...], lengths: lengths),
    ]
    if let group { members["expected_counts"] = .table(probabilities.map { group * $0 }[...], lengths: lengths) }
    return members
  }
}

/// The distributions of the variables asked for: of those with states jointly, of numbers each by itself.
struct DistributionsAnswer: QueryAnswer {
  let joint: JointDistribution?
  let numbers: [NumberRow]
  let evidence: EvidenceLine
  /// The size of the group of which expected counts are told.
  var group: Double?

  var text: String {
    let tables = [joint?.text(group: group), numbers.isEmpty ? nil : NumberRow.text(numbers)]
    return tables.compactMap(\.self).joined(separator: "\n") + evidence.text
  }

  var json: JSONValue {
    var members = joint?.json(group: group) ?? [:]
    if !numbers.isEmpty { members["numbers"] = .list(numbers.map(\.json)) }
    members["log_evidence"] = .number(evidence.logProbability)
    return .object(members)
  }
}

/// The distribution of each of several variables by itself.
struct MarginalsAnswer: QueryAnswer {
  let marginals: [(variable: Variable, probabilities: [Double])]
  let numbers: [NumberRow]
  let evidence: EvidenceLine
  /// The size of the group of which expected counts are told.
  var group: Double?

  var text: String {
    let last: [(String, TextTable.Alignment)] = group == nil ? [] : [("expected", .right)]
    var table = TextTable([("variable", .left), ("state", .left), ("probability", .right)] + last)
    for (variable, probabilities) in marginals {
      for (index, value) in probabilities.enumerated() {
        table.append(
          [index == 0 ? variable.name : "", variable.states[index], probability(value, decimals)]
            + (group.map { [expected($0 * value)] } ?? []))
      }
    }
    let tables = [marginals.isEmpty ? nil : table.text, numbers.isEmpty ? nil : NumberRow.text(numbers)]
      .compactMap(\.self)
    return (tables.isEmpty ? evidence.nothingHidden : tables.joined(separator: "\n")) + evidence.text
  }

  var json: JSONValue {
    var members: [String: JSONValue] = [
      "variables": .texts(marginals.map(\.variable.name)),
      "states": .list(marginals.map { .texts($0.variable.states) }),
      "marginals": .list(marginals.map { .numbers($0.probabilities) }),
      "log_evidence": .number(evidence.logProbability),
    ]
    if let group {
      members["expected_counts"] = .list(marginals.map { .numbers($0.probabilities.map { group * $0 }) })
    }
    if !numbers.isEmpty { members["numbers"] = .list(numbers.map(\.json)) }
    return .object(members)
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
    let conditions = evidence.conditions.isEmpty ? "" : " | \(evidence.conditions)"
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

public import LatentData

/// What is known of one variable in one situation.
///
/// Literals stand for what was observed: `"yes"`, `21.5`, and `nil` where nothing was.
public enum Observation: Hashable, Sendable {
  /// A state, a number, or nothing.
  case cell(CellValue)
  /// One of these states; which of them is not known.
  case anyOf([String])
  /// Uncertain evidence: for each state in its order the probability of what was seen if the variable is in that state,
  /// up to a common factor (Pearl 1988, section 2.2.2). It is multiplied with the prior; it is not the posterior.
  case likelihood([Double])
}

extension Observation: ExpressibleByStringInterpolation, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByNilLiteral
{
  /// A state.
  public init(stringLiteral label: String) { self = .cell(.label(label)) }

  /// A number.
  public init(floatLiteral number: Double) { self = .cell(.number(number)) }

  /// A number.
  public init(integerLiteral number: Int) { self = .cell(.number(Double(number))) }

  /// Nothing was observed.
  public init(nilLiteral: ()) { self = .cell(.missing) }
}

extension Evidence {
  /// What is known by name: `["party": "democrat", "age": .anyOf(["18-34", "35-54"])]`.
  ///
  /// - Throws: when the schema has no such variable or the variable no such state, when a number is not finite, or when
  ///   a likelihood does not have one number per state, none of them below 0 and not all 0.
  public init(_ situation: [String: Observation], in schema: Schema) throws(EvidenceError) {
    var cells: [String: CellValue] = [:]
    for case (let name, .cell(let value)) in situation { cells[name] = value }
    var evidence = try Evidence(cells: cells, in: schema)
    for (name, observation) in situation.sorted(by: { $0.key < $1.key }) {
      if case .cell = observation { continue }
      guard let id = schema[name] else { throw .noSuchVariable(name) }
      switch observation {
      case .cell: continue
      case .anyOf(let labels):
        var codes: [StateCode] = []
        for label in labels {
          guard let code = schema[id].code(of: label) else {
            throw .noSuchState("'\(label)'", variable: name, states: schema[id].states)
          }
          codes.append(code)
        }
        evidence = try evidence.adding(anyOf: codes, of: id, in: schema)
      case .likelihood(let values): evidence = try evidence.adding(likelihood: values, of: id, in: schema)
      }
    }
    self = evidence
  }

  /// The same evidence, and that a variable is in one of several states.
  ///
  /// - Throws: when the variable has no such state, or none is given.
  public func adding(
    anyOf codes: [StateCode], of id: VariableID, in schema: Schema
  ) throws(EvidenceError) -> Evidence {
    let states = schema[id].states
    if let code = codes.first(where: { !states.indices.contains(Int($0)) }) {
      throw .noSuchState("number \(code)", variable: schema[id].name, states: states)
    }
    return try adding(
      likelihood: states.indices.map { codes.contains(StateCode($0)) ? 1 : 0 }, of: id, in: schema)
  }

  /// The same evidence, and of a variable λ(s) = p(what was seen | state s), up to a common factor.
  ///
  /// - Throws: unless there is one number per state, all of them finite and none below 0, and one above.
  public func adding(
    likelihood: [Double], of id: VariableID, in schema: Schema
  ) throws(EvidenceError) -> Evidence {
    let variable = schema[id]
    guard variable.isCategorical, likelihood.count == variable.cardinality,
      likelihood.allSatisfy({ $0 >= 0 && $0.isFinite }), likelihood.contains(where: { $0 > 0 })
    else { throw .notALikelihood(likelihood, variable: variable.name, states: variable.states) }
    return adding(checked: likelihood, of: id)
  }
}

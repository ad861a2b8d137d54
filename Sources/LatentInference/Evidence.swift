public import LatentData

/// What was observed in one situation: a state for each variable of a set.
public struct Evidence: Hashable, Sendable {
  /// The state of each observed variable.
  public let states: [VariableID: StateCode]

  /// Nothing observed.
  public static let none = Evidence(checked: [:])

  private init(checked states: [VariableID: StateCode]) { self.states = states }

  /// Observed states by identifier and code; a variable that was not observed is left out.
  ///
  /// - Throws: when the schema has no such variable or the variable no such state.
  public init(_ states: [VariableID: StateCode], in schema: Schema) throws(EvidenceError) {
    for (id, code) in states.sorted(by: { $0.key < $1.key }) {
      guard schema.variables.indices.contains(id.index) else {
        throw .noSuchVariable("number \(id.index)")
      }
      let variable = schema[id]
      guard code >= 0, Int(code) < variable.cardinality else {
        throw .noSuchState("number \(code)", variable: variable.name, states: variable.states)
      }
    }
    self.init(checked: states)
  }

  /// Observed states by name and label.
  ///
  /// - Throws: when the schema has no such variable or the variable no such state.
  public init(labels: [String: String], in schema: Schema) throws(EvidenceError) {
    var states: [VariableID: StateCode] = [:]
    for (name, label) in labels.sorted(by: { $0.key < $1.key }) {
      guard let id = schema[name] else { throw .noSuchVariable(name) }
      guard let code = schema[id].code(of: label) else {
        throw .noSuchState("'\(label)'", variable: name, states: schema[id].states)
      }
      states[id] = code
    }
    self.init(checked: states)
  }

  /// The cells of one row that are not missing; the weight of the row plays no part.
  public init(row: Int, of table: Table) {
    var states: [VariableID: StateCode] = [:]
    for id in table.schema.ids {
      let code = table.code(id, row: row)
      if code >= 0 { states[id] = code }
    }
    self.init(checked: states)
  }

  /// The state of a variable, nil when it was not observed.
  public subscript(id: VariableID) -> StateCode? { states[id] }

  /// Whether the schema has all observed variables and states.
  func belongs(to schema: Schema) -> Bool {
    states.allSatisfy { schema.variables.indices.contains($0.index) && Int($1) < schema[$0].cardinality }
  }

  /// `variable=state` for each observed variable, in schema order.
  func description(in schema: Schema) -> [String] {
    states.sorted { $0.key < $1.key }.map { "\(schema[$0].name)=\(schema[$0].states[Int($1)])" }
  }
}

/// What makes observed states unusable with a schema.
public enum EvidenceError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A name or number that no variable of the schema has.
  case noSuchVariable(String)
  /// A label or number that no state of the variable has; `states` are those it has.
  case noSuchState(String, variable: String, states: [String])

  /// The error in one sentence, with a remedy.
  public var description: String {
    switch self {
    case .noSuchVariable(let name):
      "the model has no variable \(name); check the name against those of the model"
    case .noSuchState(let state, let variable, let states):
      "\(state) is not a state of \(variable); use one of \(states.joined(separator: ", "))"
    }
  }
}

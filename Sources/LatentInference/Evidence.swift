public import LatentData
internal import LatentKernels
internal import LatentModels

/// What was observed in one situation: a state or a number for each variable of a set.
public struct Evidence: Hashable, Sendable {
  /// The state of each observed variable with states.
  public let states: [VariableID: StateCode]
  /// The number of each observed variable of numbers.
  public let numbers: [VariableID: Double]
  /// Uncertain evidence: of each of these variables with states, λ(s) = p(what was seen | state s) up to a factor. That a
  /// variable is in one of several states is a λ of ones and zeros.
  public private(set) var likelihoods: [VariableID: [Double]] = [:]

  /// Nothing observed.
  public static let none = Evidence(checked: [:])

  /// Certain observations that are known to be right.
  init(checked states: [VariableID: StateCode], numbers: [VariableID: Double] = [:]) {
    self.states = states
    self.numbers = numbers
  }

  /// The same evidence with a likelihood that is known to be right; several of one variable multiply.
  func adding(checked likelihood: [Double], of id: VariableID) -> Evidence {
    var sum = self
    sum.likelihoods[id] = likelihoods[id].map { zip($0, likelihood).map { $0 * $1 } } ?? likelihood
    return sum
  }

  /// Observed states and numbers by identifier; a variable that was not observed is left out.
  ///
  /// - Throws: when the schema has no such variable or the variable no such state, or when a number is not finite.
  public init(
    _ states: [VariableID: StateCode], numbers: [VariableID: Double] = [:], in schema: Schema
  ) throws(EvidenceError) {
    for id in (Array(states.keys) + numbers.keys).sorted() where !schema.variables.indices.contains(id.index) {
      throw .noSuchVariable("number \(id.index)")
    }
    for (id, code) in states.sorted(by: { $0.key < $1.key }) {
      let variable = schema[id]
      guard code >= 0, Int(code) < variable.states.count else {
        throw .noSuchState("number \(code)", variable: variable.name, states: variable.states)
      }
    }
    for (id, value) in numbers.sorted(by: { $0.key < $1.key }) {
      guard !schema[id].isCategorical else {
        throw .noSuchState("\(value)", variable: schema[id].name, states: schema[id].states)
      }
      try Self.check(value, of: schema[id], as: "\(value)")
    }
    self.init(checked: states, numbers: numbers)
  }

  /// Observed states and numbers by name; a missing one was not observed.
  init(cells values: [String: CellValue], in schema: Schema) throws(EvidenceError) {
    var states: [VariableID: StateCode] = [:]
    var numbers: [VariableID: Double] = [:]
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      guard let id = schema[name] else { throw .noSuchVariable(name) }
      switch (value, schema[id].domain) {
      case (.missing, _): continue
      case (.label(let label), .states(let known)):
        guard let code = schema[id].code(of: label) else {
          throw .noSuchState("'\(label)'", variable: name, states: known)
        }
        states[id] = code
      case (.number(let number), .real), (.number(let number), .count):
        try Self.check(number, of: schema[id], as: "\(number)")
        numbers[id] = number
      case (.label(let label), .real), (.label(let label), .count): throw .notANumber("'\(label)'", variable: name)
      case (.number(let number), .states(let known)):
        throw .noSuchState("\(number)", variable: name, states: known)
      }
    }
    self.init(checked: states, numbers: numbers)
  }

  /// Observed states by name and label, and numbers by name and decimal spelling.
  ///
  /// - Throws: when the schema has no such variable or the variable no such state, or a text spells no finite number.
  public init(labels: [String: String], in schema: Schema) throws(EvidenceError) {
    var states: [VariableID: StateCode] = [:]
    var numbers: [VariableID: Double] = [:]
    for (name, label) in labels.sorted(by: { $0.key < $1.key }) {
      guard let id = schema[name] else { throw .noSuchVariable(name) }
      switch schema[id].domain {
      case .states(let known):
        guard let code = schema[id].code(of: label) else {
          throw .noSuchState("'\(label)'", variable: name, states: known)
        }
        states[id] = code
      case .real, .count:
        guard let value = Self.number(label) else { throw .notANumber("'\(label)'", variable: name) }
        try Self.check(value, of: schema[id], as: "'\(label)'")
        numbers[id] = value
      }
    }
    self.init(checked: states, numbers: numbers)
  }

  /// The same evidence with further states that are known to be right.
  package func adding(_ states: [VariableID: StateCode]) -> Evidence {
    var sum = Evidence(checked: self.states.merging(states) { $1 }, numbers: numbers)
    sum.likelihoods = likelihoods
    return sum
  }

  /// Refuses a number that the variable cannot have.
  private static func check(_ value: Double, of variable: Variable, as text: String) throws(EvidenceError) {
    guard value.isFinite else { throw .notANumber(text, variable: variable.name) }
    if variable.domain == .count, value < 0 || value != value.rounded(.down) {
      throw .notACount(text, variable: variable.name)
    }
  }

  /// The finite number that a text spells in decimal digits; nil when it spells none. The standard library also reads
  /// hexadecimal digits.
  package static func number(_ text: String) -> Double? {
    guard !text.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "x") }), let value = Double(text) else { return nil }
    return value.isFinite ? value : nil
  }

  /// The cells of one row that are not missing; the weight of the row plays no part.
  public init(row: Int, of table: Table) {
    var states: [VariableID: StateCode] = [:]
    var numbers: [VariableID: Double] = [:]
    for id in table.schema.ids {
      switch table.cell(id, row: row) {
      case .missing: continue
      case .state(let code): states[id] = code
      case .real(let value): numbers[id] = value
      }
    }
    self.init(checked: states, numbers: numbers)
  }

  /// A table of one row that observes this and nothing else.
  package func row(of schema: Schema) -> Table {
    let columns = schema.ids.map { id in
      switch schema[id].domain {
      case .states: Column.codes([states[id] ?? -1])
      case .real, .count: Column.reals([numbers[id] ?? .nan])
      }
    }
    return Table(checked: schema, columns: columns, rowCount: 1)
  }

  /// The variables of which anything is known.
  public var variables: Set<VariableID> { certain.union(likelihoods.keys) }

  /// The variables whose state or number is known for certain.
  package var certain: Set<VariableID> { Set(states.keys).union(numbers.keys) }

  /// The state of a variable, nil when it has numbers or was not observed.
  public subscript(id: VariableID) -> StateCode? { states[id] }

  /// The positions, among the children of a family of numbers, that were observed.
  func observed(of family: Family) -> [Int] { family.children.indices.filter { numbers[family.children[$0]] != nil } }

  /// Whether the schema has all variables and states of the evidence.
  func belongs(to schema: Schema) -> Bool {
    variables.allSatisfy { schema.variables.indices.contains($0.index) }
      && likelihoods.allSatisfy { $1.count == schema[$0].states.count }
      && states.allSatisfy { Int($1) < schema[$0].states.count }
      && numbers.keys.allSatisfy { !schema[$0].isCategorical }
  }

  /// In schema order `variable=state` or `variable=number` for each observed variable, `variable=state|state` where it is
  /// one of several, and `likely variable=0.8,0.2` for a likelihood.
  package func description(in schema: Schema) -> [String] {
    variables.sorted().flatMap { id in
      let value = states[id].map { schema[id].states[Int($0)] } ?? numbers[id].map(Self.spelled)
      let observed = value.map { "\(schema[id].name)=\($0)" }
      let likelihood = likelihoods[id].map { likelihood in
        guard likelihood.allSatisfy({ $0 == 0 || $0 == 1 }) else {
          return "likely \(schema[id].name)=\(likelihood.map(Self.spelled).joined(separator: ","))"
        }
        let possible = zip(schema[id].states, likelihood).filter { $0.1 == 1 }.map(\.0)
        return "\(schema[id].name)=\(possible.joined(separator: "|"))"
      }
      return [observed, likelihood].compactMap(\.self)
    }
  }

  /// A number with as many digits as it needs.
  private static func spelled(_ number: Double) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// Σ log λ where each variable has the state that `state` says.
  func logLikelihood(_ state: (VariableID) -> StateCode) -> Double {
    var sum = 0.0
    for (id, likelihood) in likelihoods.sorted(by: { $0.key < $1.key }) {
      sum += naturalLog(likelihood[Int(state(id))])
    }
    return sum
  }
}

/// What makes observed states unusable with a schema.
public enum EvidenceError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A name or number that no variable of the schema has.
  case noSuchVariable(String)
  /// A label or number that no state of the variable has; `states` are those it has.
  case noSuchState(String, variable: String, states: [String])
  /// A text or number that cannot be observed of a variable of numbers.
  case notANumber(String, variable: String)
  /// Numbers that are no likelihood of the variable's states.
  case notALikelihood([Double], variable: String, states: [String])
  /// A variable of numbers that is to be set from outside.
  case settingANumber(String)
  /// A text or number that cannot be observed of a variable that counts.
  case notACount(String, variable: String)

  /// The error in one sentence, with a remedy.
  public var description: String {
    switch self {
    case .noSuchVariable(let name):
      "the model has no variable \(name); check the name against those of the model"
    case .noSuchState(let state, let variable, let states):
      "\(state) is not a state of \(variable); use one of \(states.joined(separator: ", "))"
    case .notANumber(let text, let variable):
      "\(text) is not a finite number, which \(variable) needs; give one such as 1.5"
    case .notALikelihood(_, let variable, []):
      "\(variable) has numbers, and a likelihood is one of states; leave it out"
    case .notALikelihood(let values, let variable, let states):
      "the likelihood \(values.map { "\($0)" }.joined(separator: ",")) of \(variable) needs one number for each of its "
        + "\(states.count) states (\(states.joined(separator: ", "))), none below 0 and not all 0"
    case .settingANumber(let name):
      "\(name) has numbers, on which nothing depends, so setting it changes nothing; set a variable with states"
    case .notACount(let text, let variable):
      "\(text) is not a count, which \(variable) needs; give a whole number, 0 or greater"
    }
  }
}

/// The code of a state: its position among the states of its variable; −1 is a missing cell.
public typealias StateCode = Int16

/// What the cells of a variable hold.
public enum Domain: Hashable, Sendable {
  /// One of these labels, all different, in the order in which tables list them.
  case states([String])
  /// A real number.
  case real
  /// A whole number, 0 or greater: how many of something. Columns hold it as a number.
  case count
}

/// A variable: a name and what its cells hold.
public struct Variable: Hashable, Sendable {
  /// The most states that a `StateCode` can number.
  public static let maximumStates = Int(StateCode.max)

  /// The name, unique within a schema.
  public let name: String
  /// What the cells hold.
  public let domain: Domain

  /// Creates a variable with a name; one with states has at least one of them, and all differ.
  public init(name: String, domain: Domain) throws(SchemaError) {
    guard !name.isEmpty else { throw .emptyName }
    if case .states(let states) = domain { try Self.check(states, of: name) }
    self.name = name
    self.domain = domain
  }

  /// Creates a categorical variable with at least one state.
  public init(name: String, states: [String]) throws(SchemaError) {
    try self.init(name: name, domain: .states(states))
  }

  private static func check(_ states: [String], of name: String) throws(SchemaError) {
    guard !states.isEmpty else { throw .noStates(variable: name) }
    guard states.count <= maximumStates else { throw .tooManyStates(variable: name, count: states.count) }
    var seen = Set<String>()
    for state in states where !seen.insert(state).inserted { throw .duplicateState(state, variable: name) }
  }

  /// Whether the variable has states.
  public var isCategorical: Bool {
    switch domain {
    case .states: true
    case .real, .count: false
    }
  }

  /// The labels of the states in order; none for a variable of numbers.
  public var states: [String] {
    switch domain {
    case .states(let states): states
    case .real, .count: []
    }
  }

  /// The number of states; asked of a variable that has some.
  public var cardinality: Int {
    guard case .states(let states) = domain else { preconditionFailure("\(name) has numbers, not states") }
    return states.count
  }

  /// The code of the state with this label; linear in the number of states. Nil for a variable of numbers.
  public func code(of label: String) -> StateCode? {
    states.firstIndex(of: label).map { StateCode($0) }
  }
}

/// The position of a variable in its schema.
public struct VariableID: Hashable, Comparable, Sendable {
  /// The position, counted from 0.
  public let index: Int

  /// The variable at this position of a schema.
  public init(_ index: Int) { self.index = index }

  /// Whether the first comes before the second in the schema.
  public static func < (a: Self, b: Self) -> Bool { a.index < b.index }
}

/// What makes a list of variables unusable.
public enum SchemaError: Error, Hashable, CustomStringConvertible {
  /// A variable without a name.
  case emptyName
  /// A variable without states.
  case noStates(variable: String)
  /// A variable with more states than a `StateCode` can number.
  case tooManyStates(variable: String, count: Int)
  /// A label that stands twice among the states of a variable.
  case duplicateState(String, variable: String)
  /// A name that two variables have.
  case duplicateVariable(String)

  /// The error in one sentence, with a remedy.
  public var description: String {
    switch self {
    case .emptyName:
      "a variable has an empty name; give it one"
    case .noStates(let variable):
      "variable \(variable) has no states; list at least one"
    case .tooManyStates(let variable, let count):
      "variable \(variable) has \(count) states; at most \(Variable.maximumStates) can be told apart"
    case .duplicateState(let state, let variable):
      "variable \(variable) lists the state '\(state)' twice; states must differ"
    case .duplicateVariable(let name):
      "the variable \(name) is there twice; names must differ"
    }
  }
}

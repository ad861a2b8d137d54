/// The code of a state: its position among the states of its variable; −1 is a missing cell.
public typealias StateCode = Int16

/// A categorical variable: a name and its states in order.
public struct Variable: Hashable, Sendable {
  /// The most states that a `StateCode` can number.
  public static let maximumStates = Int(StateCode.max)

  /// The name, unique within a schema.
  public let name: String
  /// The labels of the states, all different, in the order in which tables list them.
  public let states: [String]

  /// Creates a variable with at least one state.
  public init(name: String, states: [String]) throws(SchemaError) {
    guard !name.isEmpty else { throw .emptyName }
    guard !states.isEmpty else { throw .noStates(variable: name) }
    guard states.count <= Self.maximumStates else {
      throw .tooManyStates(variable: name, count: states.count)
    }
    var seen = Set<String>()
    for state in states where !seen.insert(state).inserted {
      throw .duplicateState(state, variable: name)
    }
    self.name = name
    self.states = states
  }

  /// The number of states.
  public var cardinality: Int { states.count }

  /// The code of the state with this label; linear in the number of states.
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

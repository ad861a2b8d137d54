public import LatentData

/// What decides whether the cells of a variable are missing.
public struct MissingnessMechanism: Hashable, Sendable {
  /// The name of the variable whose cells may be missing.
  public var variable: String
  /// What its indicator depends on: names of variables, of itself or others, observed or latent, and of other indicators,
  /// such as `m_age`. None: its cells are missing completely at random.
  public var dependsOn: [String]

  /// A mechanism; the order of the names is that of the table's axes.
  public init(_ variable: String, dependsOn: [String] = []) {
    self.variable = variable
    self.dependsOn = dependsOn
  }
}

/// A variable that says whether the cells of another are missing.
public struct Indicator: Hashable, Sendable {
  /// The variable whose cells may be missing.
  public let variable: VariableID
  /// The indicator, with the states `observed` and `missing`.
  public let id: VariableID
}

/// What makes a mechanism unusable in a model.
public enum MissingnessError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A mechanism of a name that no variable has.
  case unknownVariable(String)
  /// A mechanism of a block of columns.
  case block(String, columns: [String])
  /// A mechanism of a latent variable.
  case latent(String)
  /// Two mechanisms of one variable.
  case duplicate(String)
  /// An indicator whose name is taken.
  case nameTaken(String, variable: String)
  /// A name among what an indicator depends on that is neither a variable nor an indicator.
  case unknownParent(String, variable: String)
  /// A variable of numbers among what an indicator depends on.
  case parentOfNumbers(String, variable: String)
  /// What else makes indicators and their edges no network, such as a cycle.
  case structure(StructureError)

  /// The error in one sentence, with a remedy.
  public var description: String {
    switch self {
    case .unknownVariable(let name):
      "'\(name)' is not a variable, so that none of its cells can be missing; correct the name"
    case .block(let name, let columns):
      "\(name) is a block of columns; give each of its columns (\(columns.joined(separator: ", "))) a mechanism of its own"
    case .latent(let name):
      "\(name) is latent: all of its cells are missing, and nothing decides it; leave it out of 'missingness'"
    case .duplicate(let name): "\(name) has two mechanisms; keep one"
    case .nameTaken(let name, let variable):
      "the name \(name) is needed for the indicator of \(variable) and is taken by another variable; rename that"
    case .unknownParent(let name, let variable):
      "'\(name)', on which the missing cells of \(variable) depend, is neither a variable nor an indicator of the model; "
        + "correct the name"
    case .parentOfNumbers(let name, let variable):
      "\(name) has numbers, and the missing cells of \(variable) cannot depend on them; cut them into states ('cuts' beside "
        + "\(name))"
    case .structure(let error): error.description
    }
  }
}

public import LatentData

/// Probabilities of the joint states of one or more variables, given what was observed.
public struct Distribution: Hashable, Sendable {
  /// The variables, in the order asked for.
  public let variables: [Variable]
  /// One probability per joint state, summing to 1; the last variable varies fastest.
  public let probabilities: [Double]

  /// The probability of a joint state, by the labels in the order of the variables: `bloc["2"]`. Nil when there is no
  /// such state. Linear in the number of states.
  public subscript(labels: String...) -> Double? {
    guard labels.count == variables.count else { return nil }
    var position = 0
    for (label, variable) in zip(labels, variables) {
      guard let code = variable.code(of: label) else { return nil }
      position = position * variable.cardinality + Int(code)
    }
    return probabilities[position]
  }

  /// The labels of the most probable joint state; of several within a relative 1e-12 of each other, the one listed
  /// first.
  public var mode: [String] {
    var rest = likeliestState(of: probabilities).first
    var labels: [String] = []
    for variable in variables.reversed() {
      labels.append(variable.states[rest % variable.cardinality])
      rest /= variable.cardinality
    }
    return labels.reversed()
  }
}

/// Mean and variance of a number, given what was observed.
public struct Moments: Hashable, Sendable {
  /// The mean, in the unit of the number.
  public let mean: Double
  /// The variance, in the square of that unit; 0 for a number that was observed.
  public let variance: Double

  /// The standard deviation, in the unit of the number.
  public var standardDeviation: Double { variance.squareRoot() }
}

/// What makes a question to a network one that it cannot answer.
public enum QuestionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A name that no variable of the network has.
  case noSuchVariable(String)
  /// A variable that is asked for twice.
  case repeated(String)
  /// Probabilities of states, asked of a variable of numbers.
  case numbers(String)
  /// Mean and variance, asked of a variable with states.
  case states(String)
  /// A most probable state, asked of a variable that was observed.
  case observed(String)

  /// The error in one sentence, with a remedy.
  public var description: String {
    switch self {
    case .noSuchVariable(let name): "the model has no variable \(name); check the name against those of the model"
    case .repeated(let name): "\(name) is asked for twice; ask once"
    case .numbers(let name): "\(name) has numbers, which have no probabilities; ask for its moments"
    case .states(let name): "\(name) has states, which have no mean; ask for its posterior"
    case .observed(let name): "\(name) was observed, which needs no explanation; leave it out"
    }
  }

  /// The variables with states of these names, all different.
  static func states(_ names: [String], in schema: Schema) throws(QuestionError) -> [VariableID] {
    var ids: [VariableID] = []
    for name in names {
      guard let id = schema[name] else { throw .noSuchVariable(name) }
      guard schema[id].isCategorical else { throw .numbers(name) }
      guard !ids.contains(id) else { throw .repeated(name) }
      ids.append(id)
    }
    return ids
  }

  /// The variable of numbers of this name.
  static func number(_ name: String, in schema: Schema) throws(QuestionError) -> VariableID {
    guard let id = schema[name] else { throw .noSuchVariable(name) }
    guard !schema[id].isCategorical else { throw .states(name) }
    return id
  }
}

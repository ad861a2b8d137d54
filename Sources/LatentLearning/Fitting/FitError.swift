/// What keeps a fit from beginning.
public enum FitError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is no row of positive weight.
  case noRows
  /// The weights of the rows sum to more than a number can hold.
  case infiniteWeight
  /// A start at the parameters of the model, of which these variables have none.
  case noParameters([String])
  /// Variables whose parameters are fixed but are not there.
  case fixedWithoutParameters([String])
  /// A number of starts below 1.
  case startCount(Int)
  /// A pseudo-count that is not a finite number above 0.
  case pseudoCount(Double)

  /// The error in one sentence, with a remedy.
  public var description: String {
    switch self {
    case .noRows: "there is no row of positive weight, so there is nothing to learn from; give at least one"
    case .infiniteWeight: "the weights sum to more than \(Double.greatestFiniteMagnitude); scale them down"
    case .noParameters(let names):
      "a start at the parameters of the model needs those of every variable, but \(names.joined(separator: ", ")) "
        + "\(names.count == 1 ? "has" : "have") none; give them or start at random"
    case .fixedWithoutParameters(let names):
      "\(names.joined(separator: ", ")) \(names.count == 1 ? "is" : "are") fixed but "
        + "\(names.count == 1 ? "has" : "have") no parameters; give them, or let them be learned"
    case .startCount(let count): "\(count) is not a number of starts; use 1 or more"
    case .pseudoCount(let value): "\(value) is not a pseudo-count; use a finite number above 0"
    }
  }
}

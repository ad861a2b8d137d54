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
  /// A start from clusters of rows where no number stands below a latent variable that rows can be clustered for.
  case nothingToCluster
  /// A least variance that is not a share of the column's, from 0 to below 1.
  case varianceFloor(Double)
  /// A pseudo-count that is not a finite number above 0.
  case pseudoCount(Double)
  /// A column of numbers that are all the same.
  case constantColumn(String, value: Double)
  /// A column of numbers whose variance is too small or too large to compute with.
  case variance(Double, column: String)

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
    case .constantColumn(let column, let value):
      "column \(column) is constant (\(value) in every row that has it), and a normal distribution needs numbers that "
        + "vary; remove the variable from the model, or give it states"
    case .variance(let variance, let column):
      variance < 1
        ? "column \(column) has numbers that hardly differ (a variance of \(variance)); multiply them by a large number"
        : "column \(column) has a variance of \(variance), too large to compute with; divide its numbers, or the weights"
    case .nothingToCluster:
      "a start from clusters of rows needs a variable of numbers below a latent one, and nothing that is fixed below that; "
        + "start at random"
    case .varianceFloor(let share):
      "\(share) is not a share of a column's variance for the least one; use 0 or more, and less than 1"
    case .pseudoCount(let value): "\(value) is not a pseudo-count; use a finite number above 0"
    }
  }
}

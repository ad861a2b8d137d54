/// What keeps inference from giving an exact answer.
public enum InferenceError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Rows whose observed cells have probability 0 under the model: the first ten, counted from 0.
  case impossibleRows([Int])
  /// Some row's observed cells have probability 0 under the model; `RowInference` finds which, and why.
  case impossibleData
  /// Observed states, as `variable=state` in schema order, that have probability 0 together.
  case impossibleEvidence([String])
  /// The table that exact inference needs over these variables has more joint states (`cells`) than fit the limit.
  case cliqueTooLarge(variables: [String], cells: Double, limit: MemoryLimit)
  /// All tables of a compiled E-step together do not fit the limit; the largest comes from this clique.
  case circuitTooLarge(bytes: Double, limit: MemoryLimit, clique: [String], cells: Double)
  /// The unobserved variables of one situation have more joint states than enumeration goes through.
  case tooManyHiddenStates(Double, limit: Int)

  /// A row, counted from 0, in which a parent of the variable of a chain is missing in its own step.
  case hiddenParentOfChain(String, row: Int)
  /// A question about single rows under a network whose variable of this name depends on its previous step.
  case sequences(String)
  /// Rows of other variables than those of the network.
  case otherVariables

  /// How many rows `impossibleRows` names.
  package static let rowsNamed = 10

  /// The error in one sentence, with a remedy.
  public var description: String {
    switch self {
    case .impossibleRows(let rows):
      "the observed cells of \(rows.count == 1 ? "row" : "rows") \(Self.list(rows.map { "\($0 + 1)" })) "
        + "(the first row is 1) have probability 0 under the model; correct them or replace zeros in the tables"
    case .impossibleData:
      "the observed cells of some row have probability 0 under the model; correct them or replace zeros in the tables"
    case .impossibleEvidence(let states):
      "the evidence \(Self.list(states)) has probability 0 under the model; change a state or leave one out"
    case .cliqueTooLarge(let variables, let cells, let limit):
      "exact inference needs one table over \(Self.list(variables)) with \(MemoryLimit.describe(count: cells)) joint "
        + "states, that is \(limit.describe(exceededBy: cells * 8)); raise the limit, remove edges or observe more "
        + "variables"
    case .circuitTooLarge(let bytes, let limit, let clique, let cells):
      "the tables of the exact E-step need \(limit.describe(exceededBy: bytes)); the largest clique is "
        + "\(Self.list(clique)) with "
        + "\(MemoryLimit.describe(count: cells)) joint states; raise the limit, remove edges or observe more variables"
    case .tooManyHiddenStates(let count, let limit):
      "the unobserved variables have \(MemoryLimit.describe(count: count)) joint states, above the limit of "
        + "\(limit) for enumeration; use another engine"
    case .hiddenParentOfChain(let name, let row):
      "row \(row + 1) (the first row is 1, sequences one after the other) misses a parent of \(name), which also depends on "
        + "its previous step; fill the cell, or turn the edge around"
    case .sequences(let name):
      "\(name) depends on its previous step, so that rows cannot be taken one by one; ask about sequences"
    case .otherVariables:
      "the rows are about other variables than the network; make them for the schema of the network"
    }
  }

  /// At most eight names, and how many there are beyond.
  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(names.count > 9 ? 8 : 9).joined(separator: ", ")
    return names.count > 9 ? "\(shown) and \(names.count - 8) more" : shown
  }
}

/// What makes columns and weights unusable as a table. Rows and columns are counted from 0.
public enum TableError: Error, Hashable, Sendable, CustomStringConvertible {
  /// So many columns for the variables of a schema.
  case columnCount(Int, expected: Int)
  /// A column with more or fewer cells than there are rows.
  case cellCount(Int, variable: String, expected: Int)
  /// A code that no state of the variable has.
  case code(StateCode, variable: String, row: Int)
  /// A number that is infinite.
  case number(Double, variable: String, row: Int)
  /// A number that is no count: negative, or not whole.
  case count(Double, variable: String, row: Int)
  /// Codes for a variable of numbers, or numbers for one with states.
  case kind(variable: String)
  /// A weight that is negative or not finite.
  case weight(Double, row: Int)
  /// A name that no variable of the schema has; `known` are those they have.
  case noSuchVariable(String, known: [String])
  /// A label that no state of the variable has; `states` are those it has.
  case noSuchState(String, variable: String, row: Int, states: [String])

  /// First rows of sequences that do not rise from 0 to rows that there are.
  case sequenceStarts([Int])
  /// A weight that is not that of the first row of its sequence.
  case sequenceWeight(Double, row: Int, expected: Double)

  /// The error in one sentence, with a remedy; rows are counted from 1.
  public var description: String {
    switch self {
    case .columnCount(let found, let expected):
      "found \(found) columns, expected \(expected): one for each variable, .absent for one without cells"
    case .cellCount(let found, let variable, let expected):
      "column \(variable) has \(found) cells, expected \(expected): one for each row"
    case .code(let code, let variable, let row):
      "row \(row + 1), column \(variable): no state has the code \(code); use -1 for a missing cell"
    case .number(let value, let variable, let row):
      "row \(row + 1), column \(variable): \(value) is not a finite number; use NaN for a missing cell"
    case .count(let value, let variable, let row):
      "row \(row + 1), column \(variable): \(value) is not a count; use a whole number, 0 or greater, or NaN for a missing "
        + "cell"
    case .kind(let variable):
      "the cells of column \(variable) are of another kind than its variable; use states for one with states, numbers "
        + "for one of numbers"
    case .weight(let weight, let row):
      "row \(row + 1): \(weight) is not a weight; use a finite number, 0 or greater"
    case .sequenceStarts(let starts):
      "\(Self.list(starts.map(String.init))) cannot be the first rows of sequences; use numbers of rows that rise from 0"
    case .sequenceWeight(let weight, let row, let expected):
      "row \(row + 1): the weight \(weight) differs from that of the first row of its sequence, \(expected); give all rows "
        + "of a sequence one weight"
    case .noSuchVariable(let name, let known):
      "there is no variable \(name); the variables are \(Self.list(known))"
    case .noSuchState(let label, let variable, let row, let states):
      "row \(row + 1), column \(variable): '\(label)' is not a state; use one of \(Self.list(states)), or nil for a "
        + "missing cell"
    }
  }

  /// At most eight names, and how many there are beyond.
  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(names.count > 9 ? 8 : 9).joined(separator: ", ")
    return names.count > 9 ? "\(shown) and \(names.count - 8) more" : shown
  }

  static func check(_ column: Column, of variable: Variable, rows: Int) throws(TableError) {
    switch (column, variable.domain) {
    case (.absent, _): return
    case (.codes(let codes), .states(let states)):
      guard codes.count == rows else { throw .cellCount(codes.count, variable: variable.name, expected: rows) }
      var (least, greatest) = (StateCode(0), StateCode(0))
      for code in codes {
        least = min(least, code)
        greatest = max(greatest, code)
      }
      guard least >= -1, Int(greatest) < states.count else {
        let row = codes.firstIndex { $0 < -1 || Int($0) >= states.count } ?? 0
        throw .code(codes[row], variable: variable.name, row: row)
      }
    case (.reals(let values), .real), (.reals(let values), .count):
      guard values.count == rows else { throw .cellCount(values.count, variable: variable.name, expected: rows) }
      if let row = values.firstIndex(where: \.isInfinite) {
        throw .number(values[row], variable: variable.name, row: row)
      }
      if variable.domain == .count,
        let row = values.firstIndex(where: { $0 < 0 || $0 != $0.rounded(.down) && !$0.isNaN })
      {
        throw .count(values[row], variable: variable.name, row: row)
      }
    case (.codes, .real), (.codes, .count), (.reals, .states):
      throw .kind(variable: variable.name)
    }
  }
}

/// The cells of one variable in a table.
public enum Column: Hashable, Sendable {
  /// The table has no column for the variable: every cell is missing.
  case absent
  /// One code per row; −1 where the cell is missing.
  case codes([StateCode])
  /// One number per row; NaN where the cell is missing.
  case reals([Double])

  /// Whether no cell is missing.
  package var isComplete: Bool {
    switch self {
    case .absent:
      return false
    case .codes(let codes):
      var least: StateCode = 0
      for code in codes { least = min(least, code) }
      return least == 0
    case .reals(let values):
      return !values.contains { $0.isNaN }
    }
  }

  /// Whether both hold the same cells; missing cells are the same.
  public static func == (a: Self, b: Self) -> Bool {
    switch (a, b) {
    case (.absent, .absent): true
    case (.codes(let a), .codes(let b)): a == b
    case (.reals(let a), .reals(let b)): a.elementsEqual(b) { $0 == $1 || ($0.isNaN && $1.isNaN) }
    case (.absent, _), (.codes, _), (.reals, _): false
    }
  }

  /// Feeds the cells to a hasher.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .absent: hasher.combine(0)
    case .codes(let codes): hasher.combine(codes)
    case .reals(let values): for value in values { hasher.combine(value.isNaN ? nil : value) }
    }
  }
}

/// What a cell of a table holds.
public enum Cell: Hashable, Sendable {
  /// Nothing: the cell is missing.
  case missing
  /// The state with this code.
  case state(StateCode)
  /// This number.
  case real(Double)
}

/// Rows of observed cells: one column per variable of the schema, and one weight per row.
public struct Table: Hashable, Sendable {
  /// The variables that the columns are about.
  public let schema: Schema
  /// One column per variable, in schema order.
  public let columns: [Column]
  /// One weight per row, finite and ≥ 0; a row of weight 3 stands for three equal rows, one of weight 0 for none.
  public let weights: [Double]
  /// The first row of each sequence, in rising order from 0; nil where rows are independent. The rows of a sequence stand
  /// side by side and have one weight.
  public let sequenceStarts: [Int]?

  /// Creates a table.
  ///
  /// - Throws: when there is not one column per variable, a column does not have one cell per weight or holds what its
  ///   variable cannot, or a weight is negative or not finite. Linear in the cells.
  public init(schema: Schema, columns: [Column], weights: [Double]) throws(TableError) {
    guard columns.count == schema.count else {
      throw .columnCount(columns.count, expected: schema.count)
    }
    for (variable, column) in zip(schema.variables, columns) {
      try TableError.check(column, of: variable, rows: weights.count)
    }
    if let row = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      throw .weight(weights[row], row: row)
    }
    self.init(checked: schema, columns: columns, weights: weights)
  }

  /// Creates a table whose rows all have weight 1.
  public init(schema: Schema, columns: [Column], rowCount: Int) throws(TableError) {
    try self.init(schema: schema, columns: columns, weights: [Double](repeating: 1, count: rowCount))
  }

  /// Creates a table from what is known to be right.
  package init(checked schema: Schema, columns: [Column], weights: [Double], sequenceStarts: [Int]? = nil) {
    self.schema = schema
    self.columns = columns
    self.weights = weights
    self.sequenceStarts = sequenceStarts
  }

  /// Creates a table from what is known to be right; all rows have weight 1.
  package init(checked schema: Schema, columns: [Column], rowCount: Int) {
    self.init(checked: schema, columns: columns, weights: [Double](repeating: 1, count: rowCount))
  }

  /// The same rows as the steps of sequences, each of which begins at one of these rows.
  ///
  /// - Throws: when the starts do not rise from 0 to rows that there are, or the rows of a sequence differ in weight.
  public func withSequences(startingAt starts: [Int]) throws(TableError) -> Table {
    let bounds = starts + [rowCount]
    guard rowCount == 0 || starts.first == 0, zip(bounds, bounds.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw .sequenceStarts(starts)
    }
    for (start, end) in zip(bounds, bounds.dropFirst()) {
      if let row = (start..<end).first(where: { weights[$0] != weights[start] }) {
        throw .sequenceWeight(weights[row], row: row, expected: weights[start])
      }
    }
    return Table(checked: schema, columns: columns, weights: weights, sequenceStarts: starts)
  }

  /// The rows of each sequence; each row by itself where rows are independent.
  public var sequences: [Range<Int>] {
    guard let sequenceStarts else { return (0..<rowCount).map { $0..<$0 + 1 } }
    return zip(sequenceStarts, sequenceStarts.dropFirst() + [rowCount]).map { $0..<$1 }
  }

  /// The number of rows, those of weight 0 included.
  public var rowCount: Int { weights.count }

  /// The code of a cell, −1 when it is missing; the variable has states.
  public func code(_ id: VariableID, row: Int) -> StateCode {
    switch columns[id.index] {
    case .absent: -1
    case .codes(let codes): codes[row]
    case .reals: preconditionFailure("\(schema[id].name) has numbers, not states")
    }
  }

  /// The number in a cell, NaN when it is missing; the variable has numbers.
  public func value(_ id: VariableID, row: Int) -> Double {
    switch columns[id.index] {
    case .absent: .nan
    case .codes: preconditionFailure("\(schema[id].name) has states, not numbers")
    case .reals(let values): values[row]
    }
  }

  /// What a cell holds.
  public func cell(_ id: VariableID, row: Int) -> Cell {
    switch columns[id.index] {
    case .absent: .missing
    case .codes(let codes): codes[row] < 0 ? .missing : .state(codes[row])
    case .reals(let values): values[row].isNaN ? .missing : .real(values[row])
    }
  }

  /// What the cells of one row hold, in schema order.
  public func cells(row: Int) -> [Cell] {
    schema.ids.map { cell($0, row: row) }
  }

  /// The codes of one row, in schema order; −1 where a cell is missing or the variable has numbers.
  public func codes(row: Int) -> [StateCode] {
    columns.map { column in
      switch column {
      case .absent, .reals: -1
      case .codes(let codes): codes[row]
      }
    }
  }

  /// The codes of a variable, −1 where a cell is missing; nil when the table has no column for it, or one of numbers.
  package func codes(of id: VariableID) -> [StateCode]? {
    switch columns[id.index] {
    case .absent, .reals: nil
    case .codes(let codes): codes
    }
  }

  /// Whether no row observes the variable: it has no column, or an empty one.
  public func isUnobserved(_ id: VariableID) -> Bool {
    switch columns[id.index] {
    case .absent: true
    case .codes(let codes): codes.allSatisfy { $0 < 0 }
    case .reals(let values): values.allSatisfy(\.isNaN)
    }
  }

  /// The number of missing cells in the column of a variable; 0 for a variable without a column.
  public func missingCells(_ id: VariableID) -> Int {
    switch columns[id.index] {
    case .absent: 0
    case .codes(let codes): codes.count { $0 < 0 }
    case .reals(let values): values.count(where: \.isNaN)
    }
  }
}

extension Table {
  /// The table of these rows, in this order.
  public func selecting(_ rows: [Int]) -> Table {
    let columns = columns.map { column in
      switch column {
      case .absent: Column.absent
      case .codes(let codes): Column.codes(rows.map { codes[$0] })
      case .reals(let values): Column.reals(rows.map { values[$0] })
      }
    }
    return Table(checked: schema, columns: columns, weights: rows.map { weights[$0] })
  }

  /// The same rows as if no cell of these variables had been observed.
  public func hiding(_ ids: [VariableID]) -> Table {
    var columns = columns
    for id in ids {
      switch columns[id.index] {
      case .absent: break
      case .codes: columns[id.index] = .codes([StateCode](repeating: -1, count: rowCount))
      case .reals: columns[id.index] = .reals([Double](repeating: .nan, count: rowCount))
      }
    }
    return Table(checked: schema, columns: columns, weights: weights, sequenceStarts: sequenceStarts)
  }

  /// The same rows, each with weight 1: what is asked of each row by itself does not depend on its weight.
  public func withEqualWeights() -> Table {
    Table(
      checked: schema, columns: columns, weights: [Double](repeating: 1, count: rowCount),
      sequenceStarts: sequenceStarts)
  }

  /// The rows of tables of one schema below each other.
  package init(checked schema: Schema, joining blocks: [Table]) {
    let columns = schema.ids.map { id in
      guard blocks.contains(where: { $0.columns[id.index] != .absent }) else { return Column.absent }
      switch schema[id].domain {
      case .states:
        var codes: [StateCode] = []
        for block in blocks {
          if case .codes(let cells) = block.columns[id.index] {
            codes += cells
          } else {
            codes += repeatElement(-1, count: block.rowCount)
          }
        }
        return .codes(codes)
      case .real, .count:
        var values: [Double] = []
        for block in blocks {
          if case .reals(let cells) = block.columns[id.index] {
            values += cells
          } else {
            values += repeatElement(.nan, count: block.rowCount)
          }
        }
        return .reals(values)
      }
    }
    self.init(checked: schema, columns: columns, weights: blocks.flatMap(\.weights))
  }
}

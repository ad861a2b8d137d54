/// The cells of one variable in a table.
public enum Column: Hashable, Sendable {
  /// The table has no column for the variable: every cell is missing.
  case absent
  /// One code per row; −1 where the cell is missing.
  case codes([StateCode])
}

/// Rows of observed cells: one column per variable of the schema, and one weight per row.
public struct Table: Hashable, Sendable {
  /// The variables that the columns are about.
  public let schema: Schema
  /// One column per variable, in schema order.
  public let columns: [Column]
  /// One weight per row, finite and ≥ 0; a row of weight 3 stands for three equal rows, one of weight 0 for none.
  public let weights: [Double]

  /// Creates a table; every column that is present holds as many codes as there are weights.
  public init(schema: Schema, columns: [Column], weights: [Double]) {
    precondition(columns.count == schema.count, "one column per variable")
    for (variable, column) in zip(schema.variables, columns) {
      guard case .codes(let codes) = column else { continue }
      precondition(codes.count == weights.count, "one cell per row")
      var (least, greatest) = (StateCode(0), StateCode(0))
      for code in codes {
        least = min(least, code)
        greatest = max(greatest, code)
      }
      precondition(
        least >= -1 && Int(greatest) < variable.cardinality, "codes lie between -1 and the number of states")
    }
    precondition(weights.allSatisfy { $0 >= 0 && $0.isFinite }, "weights are finite and not negative")
    self.schema = schema
    self.columns = columns
    self.weights = weights
  }

  /// Creates a table whose rows all have weight 1.
  public init(schema: Schema, columns: [Column], rowCount: Int) {
    self.init(schema: schema, columns: columns, weights: [Double](repeating: 1, count: rowCount))
  }

  /// The number of rows, those of weight 0 included.
  public var rowCount: Int { weights.count }

  /// The code of a cell, −1 when it is missing.
  public func code(_ id: VariableID, row: Int) -> StateCode {
    switch columns[id.index] {
    case .absent: -1
    case .codes(let codes): codes[row]
    }
  }

  /// The codes of one row, in schema order.
  public func row(_ row: Int) -> [StateCode] {
    schema.ids.map { code($0, row: row) }
  }

  /// Whether no row observes the variable: it has no column, or an empty one.
  public func isUnobserved(_ id: VariableID) -> Bool {
    switch columns[id.index] {
    case .absent: true
    case .codes(let codes): codes.allSatisfy { $0 < 0 }
    }
  }

  /// The number of missing cells in the column of a variable; 0 for a variable without a column.
  public func missingCells(_ id: VariableID) -> Int {
    switch columns[id.index] {
    case .absent: 0
    case .codes(let codes): codes.count { $0 < 0 }
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
      }
    }
    return Table(schema: schema, columns: columns, weights: rows.map { weights[$0] })
  }
}

extension Table {
  /// Creates a table from its columns by name; every row has weight 1.
  ///
  /// ```swift
  /// let table = try Table(["smoke": ["yes", nil, "no"], "bmi": [21.5, nil, 30]], schema: schema)
  /// ```
  ///
  /// A variable that is not named has no column: all its cells are missing, as those of a latent variable.
  ///
  /// - Throws: when a name is not that of a variable, a cell holds what its variable cannot, or columns differ in
  ///   length. Linear in the cells.
  public init(_ columns: [String: ColumnValues], schema: Schema) throws(TableError) {
    let rows = columns.values.map(\.cells.count).max() ?? 0
    try self.init(columns, weights: [Double](repeating: 1, count: rows), schema: schema)
  }

  /// Creates a table from its columns by name, and one weight per row.
  ///
  /// - Throws: also when there is not one cell per weight, or a weight is negative or not finite.
  public init(_ columns: [String: ColumnValues], weights: [Double], schema: Schema) throws(TableError) {
    if let name = columns.keys.sorted().first(where: { schema[$0] == nil }) {
      throw .noSuchVariable(name, known: schema.variables.map(\.name))
    }
    var coded: [Column] = []
    for variable in schema.variables {
      coded.append(
        try columns[variable.name].map { (values) throws(TableError) in try values.column(of: variable) } ?? .absent)
    }
    try self.init(schema: schema, columns: coded, weights: weights)
  }

  /// The labels in the column of a variable with states, nil where a cell is missing; linear in the rows.
  ///
  /// - Throws: when there is no such variable, or it has numbers.
  public func labels(of name: String) throws(TableError) -> [String?] {
    let id = try variable(name)
    let states = schema[id].states
    switch (columns[id.index], schema[id].domain) {
    case (_, .real), (_, .count), (.reals, _): throw .kind(variable: name)
    case (.absent, .states): return [String?](repeating: nil, count: rowCount)
    case (.codes(let codes), .states): return codes.map { $0 < 0 ? nil : states[Int($0)] }
    }
  }

  /// The numbers in the column of a variable of numbers, nil where a cell is missing; linear in the rows.
  ///
  /// - Throws: when there is no such variable, or it has states.
  public func numbers(of name: String) throws(TableError) -> [Double?] {
    let id = try variable(name)
    switch (columns[id.index], schema[id].domain) {
    case (_, .states), (.codes, _): throw .kind(variable: name)
    case (.absent, .real), (.absent, .count): return [Double?](repeating: nil, count: rowCount)
    case (.reals(let values), .real), (.reals(let values), .count): return values.map { $0.isNaN ? nil : $0 }
    }
  }

  private func variable(_ name: String) throws(TableError) -> VariableID {
    guard let id = schema[name] else { throw .noSuchVariable(name, known: schema.variables.map(\.name)) }
    return id
  }
}

extension ColumnValues {
  /// The cells as those of a variable.
  fileprivate func column(of variable: Variable) throws(TableError) -> Column {
    switch variable.domain {
    case .states(let states):
      let codes = Dictionary(uniqueKeysWithValues: states.enumerated().map { ($1, StateCode($0)) })
      var column: [StateCode] = []
      column.reserveCapacity(cells.count)
      for (row, cell) in cells.enumerated() {
        switch cell {
        case .missing: column.append(-1)
        case .label(let label):
          guard let code = codes[label] else {
            throw .noSuchState(label, variable: variable.name, row: row, states: states)
          }
          column.append(code)
        case .number: throw .kind(variable: variable.name)
        }
      }
      return .codes(column)
    case .real, .count:
      var column: [Double] = []
      column.reserveCapacity(cells.count)
      for cell in cells {
        switch cell {
        case .missing: column.append(.nan)
        case .number(let number): column.append(number)
        case .label: throw .kind(variable: variable.name)
        }
      }
      return .reals(column)
    }
  }
}

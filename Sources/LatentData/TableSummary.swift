/// What a table holds, counted over rows of positive weight that may come in several parts.
public struct TableSummary: Hashable, Sendable {
  /// The number of rows of positive weight.
  public private(set) var rowCount = 0
  /// The summed weight of these rows.
  public private(set) var weight = 0.0
  /// Per variable, the number of rows that observe it.
  public private(set) var observedCells: [Int]
  /// Per variable with a column, the number of rows that do not observe it.
  private var missing: [Int]
  /// Rows with a missing cell in a column of which some cell had been seen by then.
  private var decidedRows = 0
  /// Rows whose only missing cells are in columns of which no cell had been seen by then, by these columns.
  private var undecidedRows: [[Int]: Int] = [:]

  /// The summary of no rows.
  public init(schema: Schema) {
    observedCells = [Int](repeating: 0, count: schema.count)
    missing = observedCells
  }

  /// The summary of one table.
  public init(_ table: Table) {
    self.init(schema: table.schema)
    add(table)
  }

  /// Whether no row observes a variable: it has no column, or an empty one.
  public func isUnobserved(_ id: VariableID) -> Bool { observedCells[id.index] == 0 }

  /// The number of missing cells in columns that are not wholly empty.
  public var missingCells: Int {
    missing.indices.reduce(0) { $0 + (observedCells[$1] > 0 ? missing[$1] : 0) }
  }

  /// The number of rows with a missing cell in a column that is not wholly empty.
  public var incompleteRows: Int {
    undecidedRows.reduce(decidedRows) { count, rows in
      rows.key.contains { observedCells[$0] > 0 } ? count + rows.value : count
    }
  }

  /// The number of rows without such a cell.
  public var completeRows: Int { rowCount - incompleteRows }

  /// Adds rows; O(cells).
  public mutating func add(_ table: Table) {
    let counted = table.weights.count { $0 > 0 }
    rowCount += counted
    for weight in table.weights { self.weight += weight }
    var misses = [Bool](repeating: false, count: table.rowCount)
    var unseen: [Int] = []
    for (index, column) in table.columns.enumerated() {
      switch column {
      case .absent: continue
      case .codes(let codes):
        add(
          codes, to: index, table.weights, counted: counted, isComplete: column.isComplete, &misses, &unseen
        ) { $0 >= 0 }
      case .reals(let values):
        add(values, to: index, table.weights, counted: counted, isComplete: false, &misses, &unseen) { !$0.isNaN }
      }
    }
    for (row, weight) in table.weights.enumerated() where weight > 0 {
      if misses[row] {
        decidedRows += 1
      } else if !unseen.isEmpty {
        undecidedRows[unseen, default: 0] += 1
      }
    }
  }

  /// Counts the cells of one column.
  ///
  /// - isComplete: whether it is known that no cell is missing.
  @inline(__always)
  private mutating func add<Value>(
    _ cells: [Value], to index: Int, _ weights: [Double], counted: Int, isComplete: Bool, _ misses: inout [Bool],
    _ unseen: inout [Int], isObserved: (Value) -> Bool
  ) {
    var observed = 0
    if isComplete {
      observed = counted
    } else if counted == cells.count {
      for cell in cells { observed &+= isObserved(cell) ? 1 : 0 }
    } else {
      for (row, cell) in cells.enumerated() where isObserved(cell) && weights[row] > 0 { observed += 1 }
    }
    observedCells[index] += observed
    missing[index] += counted - observed
    if observedCells[index] == 0 {
      unseen.append(index)
    } else if observed < counted {
      for (row, cell) in cells.enumerated() where !isObserved(cell) { misses[row] = true }
    }
  }
}

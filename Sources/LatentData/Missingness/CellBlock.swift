/// Some rows of a table whose columns need no schema: what is known of each cell is a number of its label, a number, or
/// that it is there.
package struct CellBlock {
  /// Per column, a code per row: the number of a label from 0 on, or one of the marks below 0.
  package var codes: [[StateCode]]
  /// Per column, the numbers in the cells marked `number`, and anything elsewhere; empty where a column has none.
  package var numbers: [[Double]]
  /// Per column, more than the greatest number of a label so far.
  package var labelCounts: [Int]
  /// The weight of each row.
  package var weights: [Double]

  /// Marks a missing cell.
  package static let missing: StateCode = -1
  /// Marks a cell that holds a number.
  package static let number: StateCode = -2
  /// Marks a cell that holds a text of which nothing is kept.
  package static let text: StateCode = -3

  /// A block of rows; see the properties.
  package init(codes: [[StateCode]], numbers: [[Double]], labelCounts: [Int], weights: [Double]) {
    self.codes = codes
    self.numbers = numbers
    self.labelCounts = labelCounts
    self.weights = weights
  }

  /// The rows of a table.
  package init(_ table: Table) {
    let absent = [StateCode](repeating: Self.missing, count: table.rowCount)
    codes = table.columns.map { column in
      switch column {
      case .absent: absent
      case .codes(let codes): codes
      case .reals(let values): values.map { $0.isNaN ? Self.missing : Self.number }
      }
    }
    numbers = table.columns.map { column in
      switch column {
      case .absent, .codes: []
      case .reals(let values): values
      }
    }
    labelCounts = table.schema.variables.map { $0.states.count }
    weights = table.weights
  }
}

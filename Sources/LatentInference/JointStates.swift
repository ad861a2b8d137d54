internal import LatentData

/// The joint state of some variables in each of some rows, found again and again for other variables or rows.
struct JointStates {
  /// Per row, the first variable fastest; negative where one of the variables is missing.
  private(set) var cells: [Int32]

  /// Room for the joint states of so many rows.
  init(rowCount: Int) { cells = [Int32](repeating: 0, count: rowCount) }

  /// Finds the joint states of some variables; false when no row has one of them.
  ///
  /// - column: the codes of a variable, −1 where it is missing; nil when no row has it.
  /// - isComplete: whether it is known that no row misses a variable.
  mutating func find(
    _ variables: [VariableID], _ schema: Schema, rows: Range<Int>, column: (VariableID) -> [StateCode]?,
    isComplete: (VariableID) -> Bool = { _ in false }
  ) -> Bool {
    for index in 0..<rows.count { cells[index] = 0 }
    var stride: Int32 = 1
    for variable in variables {
      guard let codes = column(variable) else { return false }
      add(codes[rows], stride: stride, isComplete: isComplete(variable))
      stride *= Int32(schema[variable].cardinality)
    }
    return true
  }

  private mutating func add(_ codes: ArraySlice<StateCode>, stride: Int32, isComplete: Bool) {
    cells.withUnsafeMutableBufferPointer { cells in
      codes.withUnsafeBufferPointer { codes in
        if isComplete {
          for (row, code) in codes.enumerated() { cells[row] &+= Int32(code) &* stride }
        } else {
          // A negative cell stays negative: no sum of codes times strides reaches this far.
          for (row, code) in codes.enumerated() {
            cells[row] = code < 0 ? .min / 2 : cells[row] &+ Int32(code) &* stride
          }
        }
      }
    }
  }
}

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
    var stride: Int32 = 1
    for (position, variable) in variables.enumerated() {
      guard let codes = column(variable) else { return false }
      if position == 0 {
        start(codes[rows])
      } else {
        add(codes[rows], stride: stride, isComplete: isComplete(variable))
      }
      stride *= Int32(schema[variable].cardinality)
    }
    if variables.isEmpty { for index in 0..<rows.count { cells[index] = 0 } }
    return true
  }

  /// The states of the first variable; a missing one stays negative, however much is added.
  private mutating func start(_ codes: ArraySlice<StateCode>) {
    update(codes) { _, code in code < 0 ? Self.missing : Int32(code) }
  }

  private mutating func add(_ codes: ArraySlice<StateCode>, stride: Int32, isComplete: Bool) {
    if isComplete {
      update(codes) { cell, code in cell &+ Int32(code) &* stride }
    } else {
      update(codes) { cell, code in code < 0 ? Self.missing : cell &+ Int32(code) &* stride }
    }
  }

  /// So far below 0 that no sum of codes times strides reaches it.
  private static let missing = Int32.min / 2

  /// Bare addresses: loops over buffers are not vectorized here, which takes twice the time.
  @inline(__always)
  private mutating func update(_ codes: ArraySlice<StateCode>, _ next: (Int32, StateCode) -> Int32) {
    precondition(codes.count <= cells.count)
    cells.withUnsafeMutableBufferPointer { cells in
      codes.withUnsafeBufferPointer { codes in
        guard let from = codes.baseAddress, let to = cells.baseAddress else { return }
        for row in 0..<codes.count { to[row] = next(to[row], from[row]) }
      }
    }
  }
}

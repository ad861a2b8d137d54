internal import LatentData

/// One state for each hidden variable of each distinct component: what fills the missing cells of all rows.
struct DistinctStates {
  /// The states of all instances end to end, those of one in the order of `RowInference.hidden(ofInstance:)`.
  private var states: [StateCode] = []
  /// Where the states of each instance begin.
  private var starts: [Int] = []

  init(_ inference: RowInference) { starts.reserveCapacity(inference.instanceCount) }

  /// Begins the states of the next instance.
  mutating func beginInstance() { starts.append(states.count) }

  /// Appends the state of a variable of the instance.
  mutating func append(_ state: StateCode) { states.append(state) }

  /// Calls `body` with each hidden variable of a row that has states, by its topological index, and its state.
  @inline(__always)
  func forEach(row: Int, of inference: RowInference, _ body: (_ index: Int, StateCode) -> Void) {
    for position in inference.positions(ofRow: row) {
      let instance = Int(inference.rowInstances[position])
      var next = starts[instance]
      for index in inference.hidden(ofInstance: instance) {
        if !inference.layout.isNumeric[Int(index)] { body(Int(index), states[next]) }
        next += 1
      }
    }
  }

  /// The codes of a row in schema order, its missing cells filled.
  func completion(row: Int, of inference: RowInference) -> [StateCode] {
    var codes = inference.table.codes(row: row)
    forEach(row: row, of: inference) { codes[inference.layout.order[$0].index] = $1 }
    return codes
  }

  /// One column of codes per variable, the missing cells of all rows filled.
  func completions(of inference: RowInference) -> [[StateCode]] {
    var columns = inference.observedColumns()
    let variables = inference.layout.order.map(\.index)
    for row in 0..<inference.rowCount {
      forEach(row: row, of: inference) { columns[variables[$0]][row] = $1 }
    }
    return columns
  }
}

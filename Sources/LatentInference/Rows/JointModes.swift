internal import LatentData
internal import LatentKernels
internal import LatentModels

/// The jointly most probable states of some variables in every row, with everything else that is unobserved summed out
/// (maximum a posteriori of a part; rows that observe the same share one variable elimination).
struct JointModes {
  private struct Mode {
    /// The states, in the order of the variables.
    let states: [StateCode]
    /// log p(states | observed cells of the row).
    let logProbability: Double
  }

  private let inference: RowInference
  private let variables: [VariableID]
  private let modes: [Mode]

  /// Finds the modes of all rows, none of which is impossible. Of several within a relative 1e-12 of each other the one is
  /// taken that has the state listed first, in the first variable in which they differ.
  init(_ inference: RowInference, of variables: [VariableID], limit: MemoryLimit) throws(InferenceError) {
    self.inference = inference
    self.variables = variables
    let network = inference.network
    let radix = MixedRadix(variables.map { network.schema[$0].cardinality })
    var known: [Evidence: Mode] = [:]
    var modes: [Mode] = []
    for row in 0..<inference.rowCount {
      let evidence = Evidence(row: row, of: inference.table)
      if let mode = known[evidence] {
        modes.append(mode)
        continue
      }
      let (probabilities, _) = try network.table(over: variables, given: evidence, limit: limit)
      let best = likeliestState(of: probabilities).first
      let mode = Mode(
        states: radix.digits(of: best).map { StateCode($0) }, logProbability: naturalLog(probabilities[best]))
      known[evidence] = mode
      modes.append(mode)
    }
    self.modes = modes
  }

  /// The codes of a row in schema order with the decoded states; −1 where a cell was summed out or has a number.
  func states(row: Int) -> [StateCode] {
    var codes = inference.table.codes(row: row)
    for (id, state) in zip(variables, modes[row].states) { codes[id.index] = state }
    return codes
  }

  /// The states of all rows, one column of codes per variable.
  func states() -> [[StateCode]] {
    var columns = inference.observedColumns()
    for (position, id) in variables.enumerated() { columns[id.index] = modes.map { $0.states[position] } }
    return columns
  }

  /// log p(decoded states | observed cells of the row).
  func logProbability(row: Int) -> Double { modes[row].logProbability }
}

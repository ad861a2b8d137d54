public import LatentData
internal import LatentKernels
internal import LatentModels

/// The sequences of a table with every missing cell filled.
extension ChainInference {
  /// The table with every missing cell filled; no sequence is impossible. Variables without a column get one.
  ///
  /// - Complexity: linear in the cells; `mostProbable` times the number of states of the chain.
  public func imputed(by method: ImputationMethod) throws(InferenceError) -> Table {
    switch method {
    case .mostProbable:
      let rows = try RowInference(network.slice, table(with: try jointPath()), limit: limit)
      return rows.mostProbableTable()
    case .mode: return try smoothedTable { $0.modeTable() }
    case .mean: return try smoothedTable { $0.meanTable() }
    }
  }

  /// The table with every missing cell drawn from its posterior: the states of the chain first, then what stands in each
  /// step given these.
  public func drawnTable(using random: inout some RandomNumberGenerator) throws(InferenceError) -> Table {
    let path = drawnPath(using: &random)
    return try RowInference(network.slice, table(with: path), limit: limit).drawnTable(using: &random)
  }

  /// The states of the chain in the jointly most probable completion of each sequence, missing numbers integrated out.
  private func jointPath() throws(InferenceError) -> [StateCode] {
    // What each step says of each state is its most probable completion, not the sum over all.
    var scores = [Double](repeating: -.infinity, count: table.rowCount * states)
    let observed = table.codes(of: variable)
    for state in 0..<states {
      let path = (0..<table.rowCount).map { row in
        observed.map { $0[row] < 0 ? StateCode(state) : $0[row] } ?? StateCode(state)
      }
      let rows = try RowInference(network.slice, self.table(with: path), limit: limit)
      let codes = MostProbableCompletion(rows).completions()
      let logs = FamilyLogs(network.slice).sums(of: rows.table, blocks: .observedColumns) { codes[$0.index] }
      for row in path.indices where Int(path[row]) == state {
        scores[row * states + state] = rows.logLikelihood(row: row) == -.infinity ? -.infinity : logs[row]
      }
    }
    for row in 0..<table.rowCount {
      let cells = row * states..<(row + 1) * states
      let largest = scores[cells].max() ?? 0
      for cell in cells { scores[cell] = exponential(scores[cell] - largest) }
    }
    return path(through: scores)
  }

  /// The most probable path where each step says these things of the states, `states` numbers a row.
  private func path(through messages: [Double]) -> [StateCode] {
    var messages = messages
    var path = [StateCode](repeating: 0, count: table.rowCount)
    let sources = (0..<table.rowCount).map { ~Int32($0 * states) }
    let family = network.structure.family(of: variable)
    let initial = family.initialParameters.count
    messages.withUnsafeMutableBufferPointer { own in
      sources.withUnsafeBufferPointer { sources in
        guard let own = own.baseAddress, let sources = sources.baseAddress else { return }
        withSteps { steps in
          let steps = ChainSteps(
            states: states, shared: steps.shared, own: own, sources: sources, configurations: steps.configurations,
            initial: steps.initial, transition: steps.transition)
          var viterbi = ViterbiPath(steps, initial: initial, transition: family.parameters.count - initial)
          for sequence in sequences { viterbi.decode(sequence, into: &path) }
        }
      }
    }
    return path
  }

  /// The table filled as each row is by itself, given what all of its sequence says of the chain's state.
  private func smoothedTable(_ fill: (RowInference) -> Table) throws(InferenceError) -> Table {
    let marginals = marginals()
    var blocks: [Table] = []
    for start in stride(from: 0, to: table.rowCount, by: Self.mostRows) {
      let rows = Array(start..<min(start + Self.mostRows, table.rowCount))
      let filled = fill(try smoothedRows(rows, marginals))
      blocks.append(
        Table(checked: table.schema, columns: Array(filled.columns.dropLast()), rowCount: filled.rowCount))
    }
    let joined = Table(checked: table.schema, joining: blocks)
    return Table(
      checked: table.schema, columns: joined.columns, weights: joined.weights, sequenceStarts: table.sequenceStarts)
  }
}

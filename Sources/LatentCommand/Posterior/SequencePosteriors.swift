internal import Latent

/// The posteriors of rows that are steps of sequences, as columns in the order of the file.
struct SequencePosteriors {
  /// Per variable: a column per state, or mean and standard deviation.
  private(set) var columns: [VariableID: [[Double]]] = [:]

  init(of asked: [VariableID], _ chain: LoadedChain, _ data: LoadedTable, _ evidence: ChainInference.Evidence) throws {
    let (inference, sequenced) = (chain.inference, chain.sequenced)
    let table = data.table
    let marginals = inference.marginals(given: evidence)
    for id in asked { columns[id] = Self.observed(id, table) }
    let states = table.schema[inference.variable].cardinality
    if asked.contains(inference.variable) {
      columns[inference.variable] = (0..<states).map { state in
        sequenced.inFileOrder((0..<table.rowCount).map { marginals.probabilities[$0 * states + state] })
      }
    }
    let others = asked.filter { $0 != inference.variable }
    guard !others.isEmpty else { return }
    for start in stride(from: 0, to: table.rowCount, by: ChainInference.mostRows) {
      let rows = Array(start..<min(start + ChainInference.mostRows, table.rowCount))
      let posteriors = RowPosteriors(try inference.smoothedRows(rows, marginals), of: others)
      for (position, row) in rows.enumerated() {
        let target = sequenced.rows[row]
        posteriors.forEach(row: position) { id, posterior in
          for (state, probability) in posterior.enumerated() { columns[id]?[state][target] = probability }
        }
        posteriors.forEachNumber(row: position) { id, moments in
          columns[id]?[0][target] = moments.mean
          columns[id]?[1][target] = moments.standardDeviation
        }
      }
    }
  }

  /// What the cells of a variable say where they were observed.
  private static func observed(_ id: VariableID, _ table: Table) -> [[Double]] {
    switch table.schema[id].domain {
    case .states(let states):
      states.indices.map { state in (0..<table.rowCount).map { Int(table.code(id, row: $0)) == state ? 1 : 0 } }
    case .real, .count:
      [(0..<table.rowCount).map { table.value(id, row: $0) }, [Double](repeating: 0, count: table.rowCount)]
    }
  }
}

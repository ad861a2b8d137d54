internal import Latent

/// Exact inference for the sequences of a table.
struct LoadedChain {
  let inference: ChainInference
  let sequenced: SequencedTable

  /// - Throws: when a sequence has probability 0, which leaves nothing to infer from it.
  init(_ loaded: LoadedModel, _ data: LoadedTable, _ sequenced: SequencedTable, memory: MemoryLimit) throws {
    self.sequenced = sequenced
    inference = try ChainInference(try loaded.network(), sequenced.table, limit: memory)
    if let error = Self.impossibleRows(inference, data, sequenced, model: loaded.path) { throw error }
  }

  /// Which rows a model makes impossible after those before them in their sequence; nil when there are none.
  static func impossibleRows(
    _ inference: ChainInference, _ data: LoadedTable, _ sequenced: SequencedTable, model: String
  ) -> CommandError? {
    let rows = inference.impossibleRows()
    guard !rows.isEmpty else { return nil }
    let lines = rows.prefix(ImpossibleRowsMessage.named)
      .map { "line \(data.csv.line(ofRow: sequenced.rows[$0]))" }
    let verb = rows.count == 1 ? "has" : "have"
    let name = inference.network.schema[inference.variable].name
    return CommandError(
      .data,
      "\(displayName(data.path)): \(counted(rows.count, "sequence")) \(verb) probability 0 under \(displayName(model)): no state of \(name) fits "
        + "after the rows before \(listed(lines)); correct the cells, or the zeros of the model")
  }
}

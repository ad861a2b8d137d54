internal import Latent

/// Which rows a model makes impossible, and why, for an error.
struct ImpossibleRowsMessage {
  let error: CommandError

  /// How many rows are named.
  static let named = 10

  init(_ network: BayesianNetwork, _ data: LoadedTable, model: String, memory: MemoryLimit) throws {
    if let sequenced = data.sequenced {
      let chain = try ChainInference(network, sequenced.table, limit: memory)
      self.init(
        error: LoadedChain.impossibleRows(chain, data, sequenced, model: model)
          ?? CommandError(InferenceError.impossibleData))
      return
    }
    self.init(try RowInference(network, data.table, limit: memory), data, model: model)
  }

  private init(error: CommandError) { self.error = error }

  /// The message about the rows of `data` that `inference` was made for.
  init(_ inference: RowInference, _ data: LoadedTable, model: String) {
    let schema = inference.network.schema
    let rows = inference.impossibleRows(limit: Self.named + 1)
    let list = rows.prefix(Self.named)
      .map { "line \(data.csv.line(ofRow: $0.row)) (\($0.description(in: schema)))" }
    let count = rows.count > Self.named ? "more than \(Self.named)" : "\(rows.count)"
    let noun = rows.count == 1 ? "row has" : "rows have"
    error = CommandError(
      .data,
      "\(displayName(data.path)): \(count) \(noun) probability 0 under \(displayName(model)): "
        + "\(list.joined(separator: ", ")); correct the cells, or the zeros of the model")
  }
}

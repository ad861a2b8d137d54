internal import Foundation
internal import Latent

/// Exact inference for every row of a table by itself; weights play no part, and a row of weight 0 is one like any
/// other.
struct LoadedRows {
  let loaded: LoadedModel
  let data: LoadedTable
  let inference: RowInference

  var schema: Schema { loaded.model.schema }

  init(_ loaded: LoadedModel, _ data: LoadedTable, memory: MemoryLimit) throws {
    self.loaded = loaded
    self.data = data
    inference = try RowInference(try loaded.network(), data.table.withEqualWeights(), limit: memory)
  }

  /// Throws when the model gives a row probability 0, which leaves nothing to infer from it.
  func requirePossible() throws {
    guard (0..<inference.rowCount).contains(where: { inference.logLikelihood(row: $0) == -.infinity }) else { return }
    throw ImpossibleRowsMessage(inference, data, model: loaded.path).error
  }
}

/// What a verb of the library answers about the rows of a table; of impossible rows the error says which lines they
/// are, and why.
func answer<Answer>(
  _ loaded: LoadedModel, _ data: LoadedTable, memory: MemoryLimit, _ verb: (BayesianNetwork) throws -> Answer
) throws -> Answer {
  let network = try loaded.network()
  do {
    return try verb(network)
  } catch InferenceError.impossibleRows {
    try LoadedRows(loaded, data, memory: memory).requirePossible()
    throw InferenceError.impossibleData
  }
}

/// The variables that count as latent with these data: those declared so and those with states that no row observes.
func latentVariables(_ loaded: LoadedModel, _ data: LoadedTable) -> [VariableID] {
  let schema = loaded.model.schema
  let derived = Set(loaded.model.indicators.map(\.id))
  return schema.ids.filter {
    loaded.model.latent.contains($0)
      || schema[$0].isCategorical && data.table.isUnobserved($0) && !derived.contains($0)
  }
}

/// The variables with unobserved cells that do not count as latent: those of numbers may have no observed cell at all.
func incompleteVariables(_ table: Table) -> [VariableID] {
  table.schema.ids.filter {
    table.isUnobserved($0) ? !table.schema[$0].isCategorical : table.missingCells($0) > 0
  }
}

extension LoadedTable {
  /// The variable that a column of the file holds; nil for a column of weights and for one that was passed over.
  func variable(at position: Int) -> VariableID? {
    let others = csv.ignoredColumns + [csv.weightsColumn].compactMap(\.self)
    guard !others.contains(where: { $0.position == position }) else { return nil }
    let name = csv.header[position]
    return table.schema[name] ?? table.schema[name.trimmingCharacters(in: .whitespaces)]
  }
}

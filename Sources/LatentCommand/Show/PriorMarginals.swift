internal import Latent

/// The distribution of each variable when nothing was observed.
struct PriorMarginals {
  /// Per variable; none where a table that it depends on is missing.
  let values: [VariableID: [Double]]

  /// Exact; throws where inference needs more memory than the limit.
  init(_ model: Model, limit: MemoryLimit) throws {
    var known = Set<VariableID>()
    for id in model.structure.graph.topologicalOrder where model.tables[id.index] != nil {
      if model.structure.family(of: id).parents.allSatisfy({ known.contains($0) }) { known.insert(id) }
    }
    guard !known.isEmpty else {
      values = [:]
      return
    }
    // What stands in for a missing table does not matter: it changes only variables that are left out.
    let parameters = model.schema.ids.flatMap { id in
      let states = model.schema[id].cardinality
      return model.tables[id.index]
        ?? [Double](repeating: 1 / Double(states), count: model.structure.range(of: id).count)
    }
    let network = try BayesianNetwork(structure: model.structure, parameters: parameters)
    let columns = model.schema.ids.map { _ in Column.codes([-1]) }
    let inference = try RowInference(
      network, Table(schema: model.schema, columns: columns, rowCount: 1), limit: limit)
    var values: [VariableID: [Double]] = [:]
    RowPosteriors(inference).forEach(row: 0) { id, marginal in
      if known.contains(id) { values[id] = Array(marginal) }
    }
    self.values = values
  }
}

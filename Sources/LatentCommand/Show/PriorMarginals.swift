internal import Latent

/// The distribution of each variable when nothing was observed.
struct PriorMarginals {
  /// Per variable; none where a table that it depends on is missing.
  let values: [VariableID: [Double]]

  /// Exact; throws where inference needs more memory than the limit.
  init(_ model: Model, limit: MemoryLimit) throws {
    var known = Set<VariableID>()
    for id in model.structure.graph.topologicalOrder where model.table(of: id) != nil {
      if model.structure.family(of: id).parents.allSatisfy({ known.contains($0) }) { known.insert(id) }
    }
    guard !known.isEmpty else {
      values = [:]
      return
    }
    // What the start draws for a missing table does not matter: it changes only variables that are left out.
    var random = SplitMix64(seed: 1)
    let inference = try RowInference(model.start(using: &random), Evidence.none.row(of: model.schema), limit: limit)
    var values: [VariableID: [Double]] = [:]
    RowPosteriors(inference).forEach(row: 0) { id, marginal in
      if known.contains(id) { values[id] = Array(marginal) }
    }
    self.values = values
  }
}

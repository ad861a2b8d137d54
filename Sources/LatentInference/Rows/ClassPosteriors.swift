package import LatentData
internal import LatentKernels
package import LatentModels

/// How a network sorts the rows of a table into the states of its latent variables.
package struct ClassPosteriors: Hashable, Sendable {
  /// Σ_rows w · H(classes | observed cells), in nats: 0 where every row belongs to one class without doubt. Of several
  /// variables it is that of their joint states; nil when these are too many for the memory limit.
  package let entropy: Double?
  /// The expected share of each state, per variable; those of a variable sum to 1.
  package let shares: [[Double]]

  /// The classes of the rows of positive weight, of which none is impossible and at least one is there.
  ///
  /// - Throws: `InferenceError` when a row is impossible or the limit too low.
  /// - Complexity: linear in the rows, and in the distinct hidden components; of several variables, a variable elimination
  ///   for every row that differs from all before it.
  package init(
    of ids: [VariableID], under network: BayesianNetwork, in table: Table, limit: MemoryLimit = .standard
  ) throws {
    let rows = table.weights.indices.filter { table.weights[$0] > 0 }
    let table = rows.count == table.rowCount ? table : table.selecting(rows)
    let posteriors = RowPosteriors(try network.possibleInference(on: table, limit: limit), of: ids)
    var shares = ids.map { [Double](repeating: 0, count: network.schema[$0].cardinality) }
    var entropy = 0.0
    var total = 0.0
    for (row, weight) in table.weights.enumerated() {
      total += weight
      for (position, id) in ids.enumerated() {
        let code = Int(table.code(id, row: row))
        if code >= 0 { shares[position][code] += weight }
      }
      posteriors.forEach(row: row) { id, posterior in
        guard let position = ids.firstIndex(of: id) else { return }
        for (state, probability) in posterior.enumerated() { shares[position][state] += weight * probability }
        entropy += weight * Self.entropy(posterior)
      }
    }
    self.shares = shares.map { $0.map { $0 / total } }
    self.entropy = try ids.count < 2 ? entropy : Self.jointEntropy(of: ids, network, table, limit)
  }

  private static func jointEntropy(
    of ids: [VariableID], _ network: BayesianNetwork, _ table: Table, _ limit: MemoryLimit
  ) throws -> Double? {
    do {
      let names = ids.map { network.schema[$0].name }
      let joint = try network.posteriors(of: names, in: table, limit: limit)
      return zip(table.weights, joint).reduce(0) { $0 + $1.0 * entropy($1.1.probabilities[...]) }
    } catch is InferenceError {
      return nil
    }
  }

  private static func entropy(_ probabilities: ArraySlice<Double>) -> Double {
    var sum = 0.0
    for probability in probabilities where probability > 0 { sum -= probability * naturalLog(probability) }
    return sum
  }
}

public import LatentData

/// The usual ways to do without a model: baselines to compare with.
extension Table {
  /// The state that most rows of each variable are in, by their weights; of equally frequent ones, the one listed first.
  ///
  /// - Returns: a code per variable; nil where no row of positive weight observes it. Linear in the table.
  public func columnModes() -> [StateCode?] {
    schema.ids.map { id in
      guard case .codes(let codes) = columns[id.index] else { return nil }
      var frequencies = [Double](repeating: 0, count: schema[id].cardinality)
      for (code, weight) in zip(codes, weights) where code >= 0 { frequencies[Int(code)] += weight }
      guard frequencies.contains(where: { $0 > 0 }) else { return nil }
      return StateCode(likeliestStates(frequencies)[0])
    }
  }

  /// The rows without a hole, in order. A variable that no row observes counts as one without a column.
  public func completeRows() -> [Int] {
    var isComplete = [Bool](repeating: true, count: rowCount)
    for id in schema.ids where !isUnobserved(id) {
      guard case .codes(let codes) = columns[id.index] else { continue }
      for (row, code) in codes.enumerated() where code < 0 { isComplete[row] = false }
    }
    return isComplete.indices.filter { isComplete[$0] }
  }

  /// The same rows, each with weight 1: what is asked of each row by itself does not depend on its weight.
  public func withEqualWeights() -> Table { Table(schema: schema, columns: columns, rowCount: rowCount) }
}

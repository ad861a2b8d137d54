public import LatentData

/// The usual ways to do without a model: baselines to compare with.
extension Table {
  /// The state that most rows of each variable are in, by their weights; of equally frequent ones, the one listed first.
  ///
  /// - Returns: a code per variable; nil where no row of positive weight observes it. Linear in the table.
  public func columnModes() -> [StateCode?] {
    schema.ids.map { id in
      let codes: [StateCode]
      switch columns[id.index] {
      case .absent, .reals: return nil
      case .codes(let cells): codes = cells
      }
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
      switch columns[id.index] {
      case .absent: continue
      case .codes(let codes): for (row, code) in codes.enumerated() where code < 0 { isComplete[row] = false }
      case .reals(let values): for (row, value) in values.enumerated() where value.isNaN { isComplete[row] = false }
      }
    }
    return isComplete.indices.filter { isComplete[$0] }
  }

  /// The same rows, each with weight 1: what is asked of each row by itself does not depend on its weight.
  public func withEqualWeights() -> Table { Table(checked: schema, columns: columns, rowCount: rowCount) }
}

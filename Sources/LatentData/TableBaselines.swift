/// The usual ways to do without a model: baselines to compare with.
extension Table {
  /// The state that most rows of each variable are in, by their weights; of equally frequent ones, within a relative
  /// 1e-12, the one listed first.
  ///
  /// - Returns: a code per variable; nil where no row of positive weight observes it. Linear in the table.
  public func columnModes() -> [StateCode?] {
    schema.ids.map { id in
      guard let codes = codes(of: id) else { return nil }
      var frequencies = [Double](repeating: 0, count: schema[id].cardinality)
      for (code, weight) in zip(codes, weights) where code >= 0 { frequencies[Int(code)] += weight }
      let largest = frequencies.max() ?? 0
      guard largest > 0 else { return nil }
      return frequencies.firstIndex { $0 >= largest * (1 - 1e-12) }.map { StateCode($0) }
    }
  }

  /// The mean of each column of numbers, by the weights.
  ///
  /// - Returns: a number per variable; nil for one with states, and where no row of positive weight observes it. Linear in
  ///   the table.
  public func columnMeans() -> [Double?] {
    columns.map { column in
      guard case .reals(let values) = column else { return nil }
      var moments = WeightedMoments()
      moments.add(values, weights: weights)
      return moments.weight > 0 ? moments.mean : nil
    }
  }

  /// The rows without a missing cell, in order. A variable that no row observes counts as one without a column.
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
}

public import LatentData

extension BayesianNetwork {
  /// A table of rows drawn independently from p(x), without holes: each variable in turn given its parents.
  ///
  /// One number of the generator is used per cell, row by row, so that more rows from the same seed begin with the
  /// same rows. A state of probability 0 is never drawn. O(rows · Σ states).
  public func sample(rows: Int, using random: inout some RandomNumberGenerator) -> Table {
    precondition(rows >= 0, "a number of rows")
    var columns = [[StateCode]](repeating: [StateCode](repeating: 0, count: rows), count: schema.count)
    let steps = structure.graph.topologicalOrder.map { SamplingStep($0, in: structure) }
    var row = [Int](repeating: 0, count: schema.count)
    for index in 0..<rows {
      for step in steps {
        var configuration = 0
        for (parent, cardinality) in step.parents { configuration = configuration * cardinality + row[parent] }
        let start = step.offset + configuration * step.cardinality
        let state = sampleState(start..<start + step.cardinality, using: &random)
        row[step.child] = state
        columns[step.child][index] = StateCode(state)
      }
    }
    return Table(checked: schema, columns: columns.map { .codes($0) }, rowCount: rows)
  }

  /// A position in a row of a table, drawn with the probabilities that stand there.
  private func sampleState(_ cells: Range<Int>, using random: inout some RandomNumberGenerator) -> Int {
    // The upper 53 bits as a number in [0, 1).
    var rest = Double(random.next() >> 11) * 0x1p-53
    var last = 0
    for cell in cells {
      let probability = parameters[cell]
      if rest < probability { return cell - cells.lowerBound }
      rest -= probability
      // A row sums to 1 but for rounding; what is left over falls to the last state that is possible.
      if probability > 0 { last = cell - cells.lowerBound }
    }
    return last
  }
}

/// What drawing one variable needs to know.
private struct SamplingStep {
  let child: Int
  let cardinality: Int
  let offset: Int
  let parents: [(index: Int, cardinality: Int)]

  init(_ id: VariableID, in structure: NetworkStructure) {
    child = id.index
    cardinality = structure.cardinality(of: id)
    offset = structure.offsets[id.index]
    parents = structure.family(of: id).parents.map { ($0.index, structure.cardinality(of: $0)) }
  }
}

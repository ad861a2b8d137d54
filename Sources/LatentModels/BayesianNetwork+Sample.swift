public import LatentData

extension BayesianNetwork {
  /// A table of rows drawn independently from p(x), without holes: each variable in turn given its parents.
  ///
  /// One number of the generator is used per cell, row by row, so that more rows from the same seed begin with the
  /// same rows. A state of probability 0 is never drawn. O(rows · Σ states).
  public func sample(rows: Int, using random: inout some RandomNumberGenerator) -> Table {
    precondition(rows >= 0, "a number of rows")
    let steps = structure.graph.topologicalOrder.map { SamplingStep($0, in: structure) }
    var columns = steps.map { _ in [StateCode]() }
    for index in columns.indices { columns[index].reserveCapacity(rows) }
    var numbers: [Double] = []
    var cells = [Int](repeating: 0, count: min(rows, Self.blockRows))
    for start in stride(from: 0, to: rows, by: Self.blockRows) {
      let block = start..<min(start + Self.blockRows, rows)
      numbers.removeAll(keepingCapacity: true)
      // The upper 53 bits as a number in [0, 1).
      for _ in 0..<block.count * steps.count { numbers.append(Double(random.next() >> 11) * 0x1p-53) }
      for (position, step) in steps.enumerated() {
        draw(step, block, numbers, at: position, of: steps.count, into: &columns, &cells)
      }
    }
    return Table(checked: schema, columns: columns.map { .codes($0) }, rowCount: rows)
  }

  /// How many rows are drawn together, variable by variable.
  private static let blockRows = 512

  /// Draws one variable in a block of rows.
  ///
  /// - numbers: one per cell of the block, row by row; those of this variable stand at `position` of each row's `count`.
  /// - cells: a buffer with an entry per row.
  private func draw(
    _ step: SamplingStep, _ block: Range<Int>, _ numbers: [Double], at position: Int, of count: Int,
    into columns: inout [[StateCode]], _ cells: inout [Int]
  ) {
    for index in 0..<block.count { cells[index] = 0 }
    for (parent, cardinality) in step.parents {
      let codes = columns[parent]
      for index in 0..<block.count {
        cells[index] = cells[index] &* cardinality &+ Int(codes[block.lowerBound + index])
      }
    }
    for index in 0..<block.count {
      let start = step.offset + cells[index] * step.cardinality
      let state = state(drawnBy: numbers[index * count + position], from: start..<start + step.cardinality)
      columns[step.child].append(StateCode(state))
    }
  }

  /// The position in a row of a table that a number in [0, 1) draws with the probabilities that stand there.
  private func state(drawnBy number: Double, from cells: Range<Int>) -> Int {
    var rest = number
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

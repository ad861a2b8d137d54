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
    var numbers = [Double](repeating: 0, count: steps.count * Self.blockRows)
    var codes = [StateCode](repeating: 0, count: steps.count * Self.blockRows)
    for start in stride(from: 0, to: rows, by: Self.blockRows) {
      let count = min(Self.blockRows, rows - start)
      // The upper 53 bits as a number in [0, 1).
      for cell in 0..<count * steps.count { numbers[cell] = Double(random.next() >> 11) * 0x1p-53 }
      for (position, step) in steps.enumerated() {
        draw(step, rows: count, numbers, at: position, of: steps.count, into: &codes)
      }
      for index in columns.indices {
        columns[index].append(contentsOf: codes[index * Self.blockRows..<index * Self.blockRows + count])
      }
    }
    return Table(checked: schema, columns: columns.map { .codes($0) }, rowCount: rows)
  }

  /// How many rows are drawn together, variable by variable.
  private static let blockRows = 512

  /// Draws one variable in a block of rows.
  ///
  /// - numbers: one per cell of the block, row by row; those of this variable stand at `position` of each row's `count`.
  /// - codes: the states drawn so far, `blockRows` entries per variable of the schema.
  private func draw(
    _ step: SamplingStep, rows: Int, _ numbers: [Double], at position: Int, of count: Int,
    into codes: inout [StateCode]
  ) {
    parameters.withUnsafeBufferPointer { parameters in
      numbers.withUnsafeBufferPointer { numbers in
        codes.withUnsafeMutableBufferPointer { codes in
          for row in 0..<rows {
            var configuration = 0
            for parent in step.parents {
              configuration = configuration &* parent.cardinality &+ Int(codes[parent.index &* Self.blockRows &+ row])
            }
            let start = step.offset &+ configuration &* step.cardinality
            codes[step.child &* Self.blockRows &+ row] = drawnState(
              at: numbers[row &* count &+ position], from: parameters, start..<start &+ step.cardinality)
          }
        }
      }
    }
  }
}

/// The position in a row of a table that a number in [0, 1) draws with the probabilities that stand there.
@inline(__always)
private func drawnState(
  at number: Double, from parameters: UnsafeBufferPointer<Double>, _ cells: Range<Int>
) -> StateCode {
  var rest = number
  var last = 0
  for cell in cells {
    let probability = parameters[cell]
    if rest < probability { return StateCode(truncatingIfNeeded: cell &- cells.lowerBound) }
    rest -= probability
    // A row sums to 1 but for rounding; what is left over falls to the last state that is possible.
    if probability > 0 { last = cell &- cells.lowerBound }
  }
  return StateCode(truncatingIfNeeded: last)
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

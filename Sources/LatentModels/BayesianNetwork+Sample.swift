public import LatentData
internal import LatentKernels

extension BayesianNetwork {
  /// A table of rows drawn independently from p(x), without missing cells: each variable in turn given its parents.
  ///
  /// One number of the generator is used per state and two per number, row by row, so that more rows from the same seed
  /// begin with the same rows. A state of probability 0 is never drawn. O(rows · Σ states).
  public func sample(rows: Int, using random: inout some RandomNumberGenerator) -> Table {
    precondition(rows >= 0, "a number of rows")
    let steps = SamplingStep.all(in: structure)
    let draws = steps.reduce(0) { $0 + $1.draws }
    var block = SamplingBlock(variables: schema.count, draws: draws)
    var columns = schema.variables.map { $0.isCategorical ? Column.codes([]) : .reals([]) }
    for start in stride(from: 0, to: rows, by: SamplingBlock.rows) {
      let count = min(SamplingBlock.rows, rows - start)
      // The upper 53 bits as a number in [0, 1).
      for cell in 0..<count * draws { block.draws[cell] = Double(random.next() >> 11) * 0x1p-53 }
      for step in steps {
        if step.law == .table {
          drawStates(step, rows: count, of: draws, into: &block)
        } else {
          drawNumbers(step, rows: count, of: draws, into: &block)
        }
      }
      for index in columns.indices { block.append(variable: index, rows: count, to: &columns[index]) }
    }
    return Table(checked: schema, columns: columns, rowCount: rows)
  }

  /// Draws a variable of numbers in a block of rows (Box and Muller 1958).
  private func drawNumbers(_ step: SamplingStep, rows: Int, of draws: Int, into block: inout SamplingBlock) {
    for row in 0..<rows {
      var configuration = 0
      for parent in step.parents {
        configuration = configuration * parent.cardinality + Int(block.codes[parent.index * SamplingBlock.rows + row])
      }
      let start = step.offset + configuration * 2
      let draw = row * draws + step.position
      block.numbers[step.child * SamplingBlock.rows + row] =
        parameters[start] + parameters[start + 1].squareRoot()
        * standardNormal(block.draws[draw], block.draws[draw + 1])
    }
  }

  /// Draws a variable with states in a block of rows.
  private func drawStates(_ step: SamplingStep, rows: Int, of draws: Int, into block: inout SamplingBlock) {
    let numbers = block.draws
    parameters.withUnsafeBufferPointer { parameters in
      numbers.withUnsafeBufferPointer { numbers in
        block.codes.withUnsafeMutableBufferPointer { codes in
          for row in 0..<rows {
            var configuration = 0
            for parent in step.parents {
              configuration =
                configuration &* parent.cardinality &+ Int(codes[parent.index &* SamplingBlock.rows &+ row])
            }
            let start = step.offset &+ configuration &* step.cardinality
            codes[step.child &* SamplingBlock.rows &+ row] = drawnState(
              at: numbers[row &* draws &+ step.position], from: parameters, start..<start &+ step.cardinality)
          }
        }
      }
    }
  }
}

/// A stretch of rows that are drawn together, variable by variable.
private struct SamplingBlock {
  static let rows = 512

  /// Numbers in [0, 1), row by row.
  var draws: [Double]
  /// The states drawn so far, `rows` entries per variable.
  var codes: [StateCode]
  /// The numbers drawn so far, `rows` entries per variable.
  var numbers: [Double]

  init(variables: Int, draws: Int) {
    self.draws = [Double](repeating: 0, count: draws * Self.rows)
    codes = [StateCode](repeating: 0, count: variables * Self.rows)
    numbers = [Double](repeating: 0, count: variables * Self.rows)
  }

  /// Appends the cells of a variable to its column.
  func append(variable: Int, rows: Int, to column: inout Column) {
    let cells = variable * Self.rows..<variable * Self.rows + rows
    switch column {
    case .absent: break
    case .codes(var values):
      column = .absent
      values += codes[cells]
      column = .codes(values)
    case .reals(var values):
      column = .absent
      values += numbers[cells]
      column = .reals(values)
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
  let law: Law
  /// The number of states; 1 for a variable of numbers.
  let cardinality: Int
  let offset: Int
  let parents: [(index: Int, cardinality: Int)]
  /// Where the draws of the variable stand among those of a row, and how many there are.
  let position: Int
  let draws: Int

  /// The variables in the order in which they are drawn.
  static func all(in structure: NetworkStructure) -> [SamplingStep] {
    var position = 0
    return structure.graph.topologicalOrder.map { id in
      let family = structure.family(of: id)
      let draws = family.law == .table ? 1 : 2
      defer { position += draws }
      return SamplingStep(
        child: id.index, law: family.law, cardinality: max(1, structure.schema[id].states.count),
        offset: family.parameters.lowerBound,
        parents: family.parents.map { ($0.index, structure.schema[$0].cardinality) }, position: position, draws: draws)
    }
  }
}

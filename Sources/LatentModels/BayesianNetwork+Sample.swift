public import LatentData
internal import LatentKernels

extension BayesianNetwork {
  /// A table of rows drawn independently from p(x), without missing cells: each variable in turn given its parents.
  ///
  /// One number of the generator is used per state and count and two per real number, row by row, so that more rows from the same seed
  /// begin with the same rows. A state of probability 0 is never drawn. O(rows · Σ states).
  public func sample(rows: Int, using random: inout some RandomNumberGenerator) -> Table {
    precondition(rows >= 0, "a number of rows")
    let steps = SamplingStep.all(in: self)
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

  /// Draws the numbers of a family in a block of rows: real numbers after Box and Muller (1958).
  private func drawNumbers(_ step: SamplingStep, rows: Int, of draws: Int, into block: inout SamplingBlock) {
    for row in 0..<rows {
      var configuration = 0
      for parent in step.parents {
        configuration = configuration * parent.cardinality + Int(block.codes[parent.index * SamplingBlock.rows + row])
      }
      let draw = row * draws + step.position
      switch step.samplers[configuration] {
      case .gaussian(let mean, let factor):
        let deviations = mean.indices.map { standardNormal(block.draws[draw + 2 * $0], block.draws[draw + 2 * $0 + 1]) }
        for (number, child) in step.children.enumerated() {
          var value = mean[number]
          for other in 0...number { value += factor[packedCount(number) + other] * deviations[other] }
          block.numbers[child * SamplingBlock.rows + row] = value
        }
      case .poisson(let rate):
        block.numbers[step.child * SamplingBlock.rows + row] = samplePoisson(rate: rate, at: block.draws[draw])
      }
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

/// What drawing one family needs to know.
private struct SamplingStep {
  let children: [Int]
  let law: Law
  /// The number of states; 1 for numbers.
  let cardinality: Int
  let offset: Int
  let parents: [(index: Int, cardinality: Int)]
  /// Of numbers, how they are drawn in each configuration of the parents.
  let samplers: [NumberSampler]
  /// Where the draws of the family stand among those of a row, and how many there are.
  let position: Int
  let draws: Int

  var child: Int { children[0] }

  /// The families in the order in which they are drawn.
  static func all(in network: BayesianNetwork) -> [SamplingStep] {
    let structure = network.structure
    var position = 0
    return structure.graph.topologicalOrder.compactMap { id in
      let family = structure.family(of: id)
      guard family.child == id else { return nil }
      let draws =
        switch family.law {
        case .table, .poisson: 1
        case .gaussian: 2 * family.children.count
        }
      defer { position += draws }
      return SamplingStep(
        children: family.children.map(\.index), law: family.law, cardinality: max(1, structure.schema[id].states.count),
        offset: family.parameters.lowerBound,
        parents: family.parents.map { ($0.index, structure.schema[$0].cardinality) },
        samplers: family.isTable ? [] : (0..<family.configurations).map { NumberSampler(network, family, $0) },
        position: position, draws: draws)
    }
  }
}

/// How the numbers of a family are drawn in one configuration of its parents.
private enum NumberSampler {
  /// A mean, and the lower triangle of the factor of the covariance.
  case gaussian(mean: [Double], factor: [Double])
  case poisson(rate: Double)

  init(_ network: BayesianNetwork, _ family: Family, _ configuration: Int) {
    let row = network.parameters[family.parameters(in: configuration)]
    switch family.law {
    case .table: preconditionFailure("\(family.name) has states, not numbers")
    case .poisson: self = .poisson(rate: row[row.startIndex])
    case .gaussian:
      let dimension = family.children.count
      var factor = Array(row.dropFirst(dimension))
      let isDefinite = choleskyFactor(&factor, dimension: dimension) != nil
      precondition(isDefinite, "a covariance is positive definite")
      self = .gaussian(mean: Array(row.prefix(dimension)), factor: factor)
    }
  }
}

public import LatentData
internal import LatentModels

extension RowInference {
  /// The table with every missing state as in the jointly most probable completion of its row, and every missing number
  /// at its mean given these states. Variables without a column get one. The rows must not be impossible.
  public func mostProbableTable() -> Table {
    table(with: MostProbableCompletion(self).completions()) { _, gaussian in gaussian.mean }
  }

  /// The table with every missing state as it is most probable by itself, and every missing number at its posterior mean.
  /// Variables without a column get one. The rows must not be impossible.
  public func modeTable() -> Table {
    let posteriors = RowPosteriors(self)
    var means: [VariableID: [Int: Double]] = [:]
    for row in 0..<rowCount {
      posteriors.forEachNumber(row: row) { means[$0, default: [:]][row] = $1.mean }
    }
    return table(with: posteriors.modes()) { cell, gaussian in means[cell.variable]?[cell.row] ?? gaussian.mean }
  }

  /// The table with every missing cell drawn from its posterior: the states first, row by row, then the numbers given
  /// these states. Variables without a column get one. The rows must not be impossible.
  public func drawnTable(using random: inout some RandomNumberGenerator) -> Table {
    let codes = draws(using: &random)
    return table(with: codes) { _, gaussian in gaussian.sample(using: &random) }
  }

  /// The table with these states in all rows, and each missing number as `number` finds it.
  private func table(
    with codes: [[StateCode]], number: (_ cell: (variable: VariableID, row: Int), _ given: Gaussian) -> Double
  ) -> Table {
    var columns = codes.map { Column.codes($0) }
    for family in network.structure.families where family.law == .gaussian {
      columns[family.child.index] = .reals(
        (0..<rowCount).map { row in
          let value = table.value(family.child, row: row)
          // A row of weight 0 is not there: its states are not completed either.
          guard value.isNaN, table.weights[row] > 0 else { return value }
          let configuration = network.structure.configuration(
            of: family.child, parentStates: family.parents.map { codes[$0.index][row] })
          return number((family.child, row), network.gaussian(of: family.child, configuration: configuration))
        })
    }
    return Table(checked: table.schema, columns: columns, weights: table.weights)
  }
}

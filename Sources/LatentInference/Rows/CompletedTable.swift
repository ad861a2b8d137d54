public import LatentData
internal import LatentModels

extension RowInference {
  /// The table with every missing state as in the jointly most probable completion of its row, and every missing number
  /// at its most probable value given these states and what was observed. Variables without a column get one. The rows
  /// must not be impossible.
  public func mostProbableTable() -> Table {
    table(with: MostProbableCompletion(self).completions()) { _, numbers, observed in numbers.modes(given: observed) }
  }

  /// The table with every missing state as it is most probable by itself, and every missing number at its posterior mean,
  /// counts at their most probable value. Variables without a column get one. The rows must not be impossible.
  public func modeTable() -> Table { table { $0.likeliestNumber(ofCell: $1) } }

  /// The table with every missing state as it is most probable by itself, and every missing number at its posterior mean.
  /// Variables without a column get one. The rows must not be impossible.
  public func meanTable() -> Table {
    table { posteriors, cell in posteriors.summary(ofCell: cell)[0] }
  }

  /// The table with its states at their modes, and each missing number as `number` finds it.
  private func table(_ number: (RowPosteriors, _ cell: Int) -> Double) -> Table {
    let posteriors = RowPosteriors(self)
    var columns = zip(table.schema.ids, posteriors.modes()).map { id, codes in
      guard !table.schema[id].isCategorical else { return Column.codes(codes) }
      return .reals((0..<rowCount).map { table.value(id, row: $0) })
    }
    var filled: [VariableID: [(row: Int, cell: Int)]] = [:]
    var cells: [Int] = []
    for row in 0..<rowCount where table.weights[row] > 0 {
      cells.removeAll(keepingCapacity: true)
      posteriors.appendCells(ofRow: row, to: &cells)
      for cell in cells where !table.schema[posteriors.variable(ofCell: cell)].isCategorical {
        filled[posteriors.variable(ofCell: cell), default: []].append((row, cell))
      }
    }
    for (id, entries) in filled {
      guard case .reals(var values) = columns[id.index] else { continue }
      for entry in entries { values[entry.row] = number(posteriors, entry.cell) }
      columns[id.index] = .reals(values)
    }
    return Table(checked: table.schema, columns: columns, weights: table.weights)
  }

  /// The table with every missing cell drawn from its posterior: the states first, row by row, then the numbers given
  /// these states. Variables without a column get one. The rows must not be impossible.
  public func drawnTable(using random: inout some RandomNumberGenerator) -> Table {
    let codes = draws(using: &random)
    return table(with: codes) { _, numbers, observed in numbers.sample(given: observed, using: &random) }
  }

  /// The table with these states in all rows, and the missing numbers of each family as `numbers` finds them.
  private func table(
    with codes: [[StateCode]],
    numbers: (_ row: Int, ConditionalNumbers, _ observed: ArraySlice<Double>) -> [Double]
  ) -> Table {
    var columns = codes.map { Column.codes($0) }
    var splits = NumberSplits(network)
    for family in network.structure.numericFamilies {
      var filled = family.children.map { child in (0..<rowCount).map { table.value(child, row: $0) } }
      // A row of weight 0 is not there: its states are not completed either.
      for row in 0..<rowCount where table.weights[row] > 0 {
        let observed = filled.indices.filter { !filled[$0][row].isNaN }
        guard observed.count < filled.count else { continue }
        let configuration = network.structure.configuration(
          of: family.child, parentStates: family.parents.map { codes[$0.index][row] })
        let split = splits.split(family, configuration, observed: observed)
        var found = numbers(row, split, observed.map { filled[$0][row] }[...])[...]
        for position in filled.indices where filled[position][row].isNaN { filled[position][row] = found.removeFirst() }
      }
      for (child, values) in zip(family.children, filled) { columns[child.index] = .reals(values) }
    }
    return Table(checked: table.schema, columns: columns, weights: table.weights)
  }
}

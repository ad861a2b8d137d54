public import LatentData
public import LatentModels

/// The posterior p(variable | observed cells of the row) of every unobserved variable of every row: of a variable of
/// numbers, a mixture of the normal distributions of its parents' configurations.
///
/// Equal hidden components of different rows are computed once, when this is made.
public struct RowPosteriors {
  private let inference: RowInference
  /// The posteriors of all instances end to end, those of one in the order of its hidden variables.
  private let values: [Double]
  /// Where the posterior of each cell stands in `values`: of a number, that of its parents' configuration, which the
  /// columns of a block have in common. The cells are those of all instances that were asked for.
  private let valueRanges: [Range<Int>]
  /// The variable of each cell.
  private let variables: [VariableID]
  /// The mean and variance of each number among the cells, and the most probable count; none where there are no numbers.
  private let numbers: [(moments: Gaussian, mode: Double)?]
  /// Where the cells of each instance begin, and at last their end.
  private let cellStarts: [Int]

  /// Computes the posteriors of all distinct components; those of impossible rows have no meaning.
  public init(_ inference: RowInference) { self.init(inference, of: inference.network.schema.ids) }

  /// Computes the posteriors of these variables only, for which components without them are passed over.
  package init(_ inference: RowInference, of asked: [VariableID]) {
    self.inference = inference
    var isAsked = [Bool](repeating: false, count: inference.layout.order.count)
    for id in asked { isAsked[inference.layout.topologicalIndex[id.index]] = true }
    var values: [Double] = []
    var valueRanges: [Range<Int>] = []
    let isAskedVariable = Set(asked)
    var variables: [VariableID] = []
    var cellStarts = [0]
    cellStarts.reserveCapacity(inference.instanceCount + 1)
    var walk = ComponentWalk(inference)
    for instance in 0..<inference.instanceCount {
      var end = values.count
      for index in inference.hidden(ofInstance: instance) where isAsked[Int(index)] {
        let family = inference.layout.family(Int(index))
        let start = end
        end += family.isTable ? family.width : family.configurations
        for id in inference.missingChildren(of: family, Int(index), instance: instance)
        where isAskedVariable.contains(id) {
          variables.append(id)
          valueRanges.append(start..<end)
        }
      }
      if variables.count > cellStarts[instance] {
        walk.begin(instance)
        walk.appendPosteriors(inference.sums, of: isAsked, to: &values)
      }
      cellStarts.append(variables.count)
    }
    (self.values, self.valueRanges, self.variables, self.cellStarts) = (values, valueRanges, variables, cellStarts)
    guard !inference.network.structure.isCategorical else {
      numbers = []
      return
    }
    var mixtures = NumberMixtures(inference)
    numbers = (0..<inference.instanceCount).flatMap { instance in
      (cellStarts[instance]..<cellStarts[instance + 1]).map { cell in
        inference.network.schema[variables[cell]].isCategorical
          ? nil : mixtures.summary(of: variables[cell], instance: instance, values[valueRanges[cell]])
      }
    }
  }

  /// Calls `body` with each unobserved variable of a row that has states, and its posterior, which sums to 1.
  ///
  /// The row must not be impossible; a row of weight 0 has no posteriors.
  public func forEach(row: Int, _ body: (VariableID, ArraySlice<Double>) -> Void) {
    for position in inference.positions(ofRow: row) {
      for cell in cells(ofInstance: Int(inference.rowInstances[position])) where isCategorical(cell) {
        body(variables[cell], posterior(ofCell: cell))
      }
    }
  }

  /// Calls `body` with each unobserved variable of numbers of a row, and the normal distribution that has the mean and
  /// the variance of its posterior.
  public func forEachNumber(row: Int, _ body: (VariableID, Gaussian) -> Void) {
    for position in inference.positions(ofRow: row) {
      for cell in cells(ofInstance: Int(inference.rowInstances[position])) where !isCategorical(cell) {
        body(variables[cell], moments(ofCell: cell))
      }
    }
  }

  /// Calls `body` with each unobserved variable of numbers of a row, and its posterior.
  package func forEachDistribution(row: Int, _ body: (VariableID, NumberDistribution) -> Void) {
    for position in inference.positions(ofRow: row) {
      for cell in cells(ofInstance: Int(inference.rowInstances[position])) where !isCategorical(cell) {
        body(variables[cell], distribution(ofCell: cell))
      }
    }
  }

  private func isCategorical(_ cell: Int) -> Bool { inference.network.schema[variables[cell]].isCategorical }

  /// The posterior of a number: the distributions of its parents' configurations given the other numbers of its family,
  /// with their probabilities.
  package func distribution(ofCell cell: Int) -> NumberDistribution {
    let instance = (cellStarts.firstIndex { $0 > cell } ?? 1) - 1
    var mixtures = NumberMixtures(inference)
    return mixtures.distribution(of: variables[cell], instance: instance, posterior(ofCell: cell))
  }

  /// Mean and variance of a number's posterior.
  private func moments(ofCell cell: Int) -> Gaussian { number(cell).moments }

  /// The most probable count, or the mean of a real number.
  func likeliestNumber(ofCell cell: Int) -> Double { number(cell).mode }

  private func number(_ cell: Int) -> (moments: Gaussian, mode: Double) {
    guard let number = numbers[cell] else { preconditionFailure("a cell of numbers") }
    return number
  }

  /// What is said of a cell: the probabilities of its states, or mean and standard deviation of its number.
  package func summary(ofCell cell: Int) -> [Double] {
    guard !isCategorical(cell) else { return Array(posterior(ofCell: cell)) }
    let moments = moments(ofCell: cell)
    return [moments.mean, moments.standardDeviation]
  }

  /// Appends the numbers of a row's unobserved cells. Rows that share a component have the numbers of its cells in
  /// common.
  package func appendCells(ofRow row: Int, to cells: inout [Int]) {
    for position in inference.positions(ofRow: row) {
      for cell in self.cells(ofInstance: Int(inference.rowInstances[position])) { cells.append(cell) }
    }
  }

  /// The variable of a cell.
  package func variable(ofCell cell: Int) -> VariableID { variables[cell] }

  private func cells(ofInstance instance: Int) -> Range<Int> { cellStarts[instance]..<cellStarts[instance + 1] }

  /// The number of cells that differ.
  package var cellCount: Int { variables.count }

  /// The posterior of a cell.
  package func posterior(ofCell cell: Int) -> ArraySlice<Double> { values[valueRanges[cell]] }

  /// The codes of a row in schema order, each unobserved variable in the state that is most probable by itself; of
  /// several within a relative 1e-12 of each other, the one listed first.
  public func modes(row: Int) -> [StateCode] {
    var codes = inference.table.codes(row: row)
    forEach(row: row) { codes[$0.index] = StateCode(likeliestState(of: $1).first) }
    return codes
  }

  /// The modes of all rows, one column of codes per variable.
  package func modes() -> [[StateCode]] {
    let modes = variables.indices.map {
      isCategorical($0) ? StateCode(likeliestState(of: posterior(ofCell: $0)).first) : -1
    }
    var columns = inference.observedColumns()
    for row in 0..<inference.rowCount {
      for position in inference.positions(ofRow: row) {
        for cell in cells(ofInstance: Int(inference.rowInstances[position])) {
          columns[variables[cell].index][row] = modes[cell]
        }
      }
    }
    return columns
  }
}

internal import LatentData
internal import LatentInference
internal import LatentKernels
internal import LatentModels

/// The distinct rows of a small table and all their completions, written out.
struct Board {
  let rows: [Walkthrough.Row]
  private let structure: NetworkStructure
  /// Per distinct row: its completions, the last hidden variable fastest; cells that are left out stay −1.
  private let completions: [[[StateCode]]]
  /// Per distinct row: the number of the first row of the table that is equal to it.
  private let firstRows: [Int]

  init(
    _ structure: NetworkStructure, _ table: Table, _ completion: CompletionPolicy
  ) throws(WalkthroughError) {
    precondition(table.schema == structure.schema, "rows of the structure's schema")
    if let variable = structure.schema.variables.first(where: { !$0.isCategorical }) {
      throw .numbers(variable: variable.name)
    }
    let limits = Walkthrough.limits
    let tableRows = structure.families.reduce(0) { $0 + $1.configurations }
    guard tableRows <= limits.tableRows else { throw .tooManyTableRows(tableRows, limit: limits.tableRows) }
    var numbers: [[StateCode]: Int] = [:]
    var distinct: [[StateCode]] = []
    var weights: [Double] = []
    var firstRows: [Int] = []
    for row in 0..<table.rowCount where table.weights[row] > 0 {
      let cells = table.codes(row: row)
      if let number = numbers[cells] {
        weights[number] += table.weights[row]
        continue
      }
      guard distinct.count < limits.rows else { throw .tooManyRows(row: row, limit: limits.rows) }
      numbers[cells] = distinct.count
      distinct.append(cells)
      weights.append(table.weights[row])
      firstRows.append(row)
    }
    var rows: [Walkthrough.Row] = []
    var completions: [[[StateCode]]] = []
    for (number, cells) in distinct.enumerated() {
      let hidden = Self.completed(cells, structure, completion)
      var count = 1.0
      for id in hidden { count *= Double(structure.schema[id].cardinality) }
      guard count <= Double(limits.completions) else {
        throw .tooManyCompletions(count, row: firstRows[number], limit: limits.completions)
      }
      rows.append(Walkthrough.Row(cells: cells, weight: weights[number], hidden: hidden))
      completions.append(structure.schema.rows(cells, varying: hidden))
    }
    self.structure = structure
    self.rows = rows
    self.completions = completions
    self.firstRows = firstRows
  }

  /// The hidden cells of a row that are completed: all, or those with an observed descendant.
  private static func completed(
    _ cells: [StateCode], _ structure: NetworkStructure, _ completion: CompletionPolicy
  ) -> [VariableID] {
    var isLeftOut = [Bool](repeating: false, count: cells.count)
    if completion == .minimal {
      for id in structure.graph.topologicalOrder.reversed() where cells[id.index] < 0 {
        isLeftOut[id.index] = structure.graph.children[id.index].allSatisfy { isLeftOut[$0.index] }
      }
    }
    return structure.schema.ids.filter { cells[$0.index] < 0 && !isLeftOut[$0.index] }
  }

  /// The E-step: q, N and ℓ under a model.
  func expect(
    _ model: BayesianNetwork
  ) throws(WalkthroughError) -> (posteriors: [[Double]], counts: Statistics, logLikelihood: Double) {
    var posteriors: [[Double]] = []
    var counts = model.emptyStatistics
    var logLikelihood = 0.0
    for (number, row) in rows.enumerated() {
      let logs = completions[number].map { logProbability($0, model) }
      let logTotal = logSumOfExponentials(logs)
      guard logTotal > -.infinity else { throw .impossibleRow(firstRows[number]) }
      let posterior = logs.map { exponential($0 - logTotal) }
      for (states, probability) in zip(completions[number], posterior) {
        for cell in cells(states) { counts.values[cell] += row.weight * probability }
      }
      posteriors.append(posterior)
      logLikelihood += row.weight * logTotal
    }
    return (posteriors, counts, logLikelihood)
  }

  /// F(q, θ) by its definition.
  func bound(_ posteriors: [[Double]], _ model: BayesianNetwork) -> Double {
    var sum = 0.0
    for (number, row) in rows.enumerated() {
      for (states, q) in zip(completions[number], posteriors[number]) where q > 0 {
        sum += row.weight * q * (logProbability(states, model) - naturalLog(q))
      }
    }
    return sum
  }

  /// Σ weight · KL(q ‖ r).
  func divergence(_ posteriors: [[Double]], from others: [[Double]]) -> Double {
    var sum = 0.0
    for (number, row) in rows.enumerated() {
      for (q, r) in zip(posteriors[number], others[number]) where q > 0 {
        sum += row.weight * q * (naturalLog(q) - naturalLog(r))
      }
    }
    return sum
  }

  private func logProbability(_ states: [StateCode], _ model: BayesianNetwork) -> Double {
    var sum = 0.0
    for cell in cells(states) { sum += naturalLog(model.parameters[cell]) }
    return sum
  }

  /// The cells of the tables into which a completed row falls; a cell that is left out has no family.
  private func cells(_ states: [StateCode]) -> [Int] {
    structure.families.compactMap { structure.cell(of: $0, in: states) }
  }

  /// A number of joint states, without a needless `.0`.
  static func describe(_ count: Double) -> String { Int(exactly: count).map { "\($0)" } ?? "\(count)" }
}

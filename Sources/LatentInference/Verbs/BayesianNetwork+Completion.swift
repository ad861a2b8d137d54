public import LatentData
public import LatentModels

/// How the missing cells of a row are filled.
public enum ImputationMethod: Hashable, Sendable, CaseIterable {
  /// All states together as they are jointly most probable, given what the row observes; numbers at their most probable
  /// value given these states and what the row observes.
  case mostProbable
  /// Each state and each count as it is most probable by itself, each real number at its posterior mean.
  case mode
  /// Each number at its posterior mean, counts too; each state as it is most probable by itself.
  case mean
}

/// Rows completed, explained and drawn.
extension BayesianNetwork {
  /// The table with every missing cell filled. Variables without a column, latent ones, get one.
  ///
  /// ```swift
  /// try network.impute(survey).write(to: "filled.csv")
  /// ```
  ///
  /// Observed cells and weights stay; each row is filled by itself. Of states within a relative 1e-12 of each other the
  /// one listed first is taken.
  ///
  /// - Throws: `InferenceError` when a row is impossible, the rows are about other variables, or the limit is too low.
  /// - Complexity: linear in the cells, and in the distinct hidden components.
  public func impute(
    _ table: Table, by method: ImputationMethod = .mostProbable, limit: MemoryLimit = .standard
  ) throws(InferenceError) -> Table {
    if structure.chainVariable != nil {
      let filled = try possibleChain(on: table, limit: limit).imputed(by: method)
      return Table(
        checked: schema, columns: filled.columns, weights: table.weights, sequenceStarts: table.sequenceStarts)
    }
    let inference = try possibleInference(on: table, limit: limit)
    let filled =
      switch method {
      case .mostProbable: inference.mostProbableTable()
      case .mode: inference.modeTable()
      case .mean: inference.meanTable()
      }
    return Table(checked: schema, columns: filled.columns, weights: table.weights)
  }

  /// Tables with every missing cell drawn from its posterior: multiple imputation (Rubin 1987). What differs between
  /// the tables is what the data leave open.
  ///
  /// ```swift
  /// var random = SplitMix64(seed: 1)
  /// let copies = try network.imputations(of: survey, count: 5, using: &random)
  /// ```
  ///
  /// - Throws: `InferenceError` when a row is impossible, the rows are about other variables, or the limit is too low.
  /// - Complexity: linear in the cells of all copies. All are in memory at once; `RowInference.drawnTable(using:)`
  ///   draws one after another.
  public func imputations(
    of table: Table, count: Int, using random: inout some RandomNumberGenerator, limit: MemoryLimit = .standard
  ) throws(InferenceError) -> [Table] {
    if structure.chainVariable != nil {
      let chain = try possibleChain(on: table, limit: limit)
      var copies: [Table] = []
      for _ in 0..<max(0, count) {
        copies.append(
          Table(
            checked: schema, columns: try chain.drawnTable(using: &random).columns, weights: table.weights,
            sequenceStarts: table.sequenceStarts))
      }
      return copies
    }
    let inference = try possibleInference(on: table, limit: limit)
    return (0..<max(0, count)).map { _ in
      Table(checked: schema, columns: inference.drawnTable(using: &random).columns, weights: table.weights)
    }
  }

  /// The most probable explanation of every row: the class of the one latent root where that is all there is, with
  /// missing cells summed out; otherwise the jointly most probable states of everything unobserved.
  ///
  /// ```swift
  /// let blocs = try network.decode(votes).table.labels(of: "bloc")
  /// ```
  ///
  /// - Parameters:
  ///   - table: the rows; weights play no part.
  ///   - latent: variables that count as latent beside those that no row observes, such as `Model.latent`.
  ///   - limit: how much memory the tables of the computation may take.
  /// - Throws: `InferenceError` when a row is impossible, the rows are about other variables, or the limit is too low.
  /// - Complexity: linear in the cells, and in the distinct hidden components.
  public func decode(
    _ table: Table, latent: Set<VariableID> = [], limit: MemoryLimit = .standard
  ) throws(InferenceError) -> DecodedTable {
    if structure.chainVariable != nil { return try decodePath(table, limit: limit) }
    let inference = try possibleInference(on: table, limit: limit)
    let latent = schema.ids.filter { latent.contains($0) || table.isUnobserved($0) }
    return DecodedTable(Decoding(inference, latent: latent), inference, latent: latent, weights: table.weights)
  }

  /// The most probable path of the variable of the chain through every sequence.
  private func decodePath(_ table: Table, limit: MemoryLimit) throws(InferenceError) -> DecodedTable {
    let chain = try possibleChain(on: table, limit: limit)
    let path = chain.mostProbablePath()
    return DecodedTable(path, of: chain.variable, table, logProbabilities: try chain.logProbabilities(of: path))
  }

  /// Inference for the sequences of a table; throws when one of them is impossible.
  package func possibleChain(on table: Table, limit: MemoryLimit) throws(InferenceError) -> ChainInference {
    let chain = try ChainInference(self, table, limit: limit)
    let impossible = chain.impossibleRows()
    guard impossible.isEmpty else { throw .impossibleRows(Array(impossible.prefix(InferenceError.rowsNamed))) }
    return chain
  }

  /// The jointly most probable states of some variables in every row, with all other unobserved cells summed out: what a
  /// classifier answers.
  ///
  /// ```swift
  /// let diagnoses = try network.decode(plants, of: ["disease"]).table.labels(of: "disease")
  /// ```
  ///
  /// - Parameters:
  ///   - table: the rows; observed cells stay, and weights play no part.
  ///   - names: variables with states.
  ///   - limit: how much memory the tables of the computation may take.
  /// - Throws: `QuestionError`, and `InferenceError` when a row is impossible, the rows are about other variables, or the
  ///   limit is too low.
  /// - Complexity: of one variable, linear in the cells and in the distinct hidden components; of several, a variable
  ///   elimination for every row that differs from all before it.
  public func decode(_ table: Table, of names: [String], limit: MemoryLimit = .standard) throws -> DecodedTable {
    let asked = try QuestionError.states(names, in: schema)
    let inference = try possibleInference(on: table, limit: limit)
    return DecodedTable(
      try Decoding(inference, of: asked, limit: limit), inference, latent: [], weights: table.weights)
  }
}

/// The most probable explanations of the rows of a table.
public struct DecodedTable {
  /// The variables that were decoded.
  public let variables: [VariableID]
  /// What an explanation is.
  public let method: Decoding.Method
  private let solution: Solution
  private let states: [[StateCode]]
  private let rows: Table

  /// Where the log-probabilities come from.
  private enum Solution {
    case decoding(Decoding)
    case path([Double])
  }

  /// The path of the variable of a chain through rows, and the log-probability of each row given the one before.
  package init(_ path: [StateCode], of id: VariableID, _ rows: Table, logProbabilities: [Double]) {
    variables = [id]
    method = .path(id)
    solution = .path(logProbabilities)
    var states = rows.schema.ids.map { rows.codes(of: $0) ?? [StateCode](repeating: -1, count: rows.rowCount) }
    states[id.index] = path
    self.states = states
    self.rows = rows
  }

  /// Explains the rows of `inference`, none of which is impossible.
  ///
  /// - latent: the variables that count as latent, where everything unobserved is decoded.
  init(_ decoding: Decoding, _ inference: RowInference, latent: [VariableID], weights: [Double]) {
    let table = inference.table
    method = decoding.method
    solution = .decoding(decoding)
    switch decoding.method {
    case .hiddenRoot(let root), .path(let root): variables = [root]
    case .variables(let asked): variables = asked
    case .joint:
      let incomplete = table.schema.ids.filter { table.missingCells($0) > 0 && !table.isUnobserved($0) }
      variables = Set(latent + incomplete).filter { table.schema[$0].isCategorical }.sorted()
    }
    states = decoding.states()
    rows = Table(checked: table.schema, columns: table.columns, weights: weights)
  }

  /// The states of a decoded variable, one per row.
  public func codes(of id: VariableID) -> [StateCode] { states[id.index] }

  /// The rows with what was decoded in its place; other missing cells stay missing.
  public var table: Table {
    var columns = rows.columns
    for id in variables { columns[id.index] = .codes(states[id.index]) }
    return Table(checked: rows.schema, columns: columns, weights: rows.weights)
  }

  /// log p(explanation, observed cells) of every row; linear in the cells.
  public func logProbabilities() -> [Double] {
    switch solution {
    case .decoding(let decoding): decoding.logProbabilities(of: states)
    case .path(let logProbabilities): logProbabilities
    }
  }
}

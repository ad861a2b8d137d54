public import LatentData
public import LatentModels

/// Questions about the rows of a table.
extension BayesianNetwork {
  /// ℓ = Σ w log p(observed cells of the row): the natural logarithm of the likelihood, −∞ when some row is impossible.
  ///
  /// ```swift
  /// let logLikelihood = try network.logLikelihood(of: CSVSource("votes.csv", for: model))
  /// ```
  ///
  /// It is the very sum that a fit makes; rows are read once and not kept.
  ///
  /// - Parameters:
  ///   - rows: a table, or any other source of rows.
  ///   - limit: how much memory the tables of the computation may take.
  /// - Throws: what reading throws, and `InferenceError` when the rows are about other variables or the limit is too
  ///   low.
  /// - Complexity: linear in the rows to read, then in the distinct hidden components.
  public func logLikelihood(of rows: some RowSource, limit: MemoryLimit = .standard) throws -> Double {
    var compiler = CircuitCompiler(structure, limit: limit)
    try compiler.add(contentsOf: rows)
    let engine = ComponentEngine(try compiler.compile())
    var statistics = emptyStatistics
    do {
      return try engine.expect(under: self, into: &statistics)
    } catch {
      guard error == .impossibleData else { throw error }
      return -.infinity
    }
  }

  /// log p(observed cells) of each row taken once, whatever its weight; −∞ for an impossible row, 0 for an empty one.
  ///
  /// - Throws: `InferenceError` when the rows are about other variables or the limit is too low.
  /// - Complexity: linear in the rows, and in the distinct hidden components.
  public func logLikelihoods(of table: Table, limit: MemoryLimit = .standard) throws(InferenceError) -> [Double] {
    let inference = try inference(on: table, limit: limit)
    return (0..<inference.rowCount).map { inference.logLikelihood(row: $0) }
  }

  /// The probabilities of a variable's states in every row, given what the row observes.
  ///
  /// ```swift
  /// let blocs = try network.posteriors(of: "bloc", in: votes).map { $0.mode[0] }
  /// ```
  ///
  /// A row that observes the variable has probability 1 at its state. Rows share the work of equal hidden components;
  /// weights play no part.
  ///
  /// - Throws: `QuestionError`, and `InferenceError` when a row is impossible or the limit too low.
  /// - Complexity: linear in the rows, and in the distinct hidden components.
  public func posteriors(
    of name: String, in table: Table, limit: MemoryLimit = .standard
  ) throws -> [Distribution] {
    let id = try QuestionError.states([name], in: schema)[0]
    let posteriors = RowPosteriors(try possibleInference(on: table, limit: limit), of: [id])
    let variables = [schema[id]]
    return (0..<table.rowCount).map { row in
      var probabilities = schema[id].states.indices.map { $0 == Int(table.code(id, row: row)) ? 1.0 : 0 }
      posteriors.forEach(row: row) { probabilities = Array($1) }
      return Distribution(variables: variables, probabilities: probabilities)
    }
  }

  /// The joint probabilities of the states of several variables in every row, given what the row observes.
  ///
  /// - Throws: `QuestionError`, and `InferenceError` when a row is impossible or the limit too low.
  /// - Complexity: a variable elimination for every row that differs from all before it.
  public func posteriors(
    of names: [String], in table: Table, limit: MemoryLimit = .standard
  ) throws -> [Distribution] {
    let ids = try QuestionError.states(names, in: schema)
    guard table.schema == schema else { throw InferenceError.otherVariables }
    var known: [Evidence: Distribution] = [:]
    return try (0..<table.rowCount).map { row in
      let evidence = Evidence(row: row, of: table)
      if let answer = known[evidence] { return answer }
      let answer: Distribution
      do {
        answer = try joint(of: ids, given: evidence, limit: limit)
      } catch InferenceError.impossibleEvidence {
        throw InferenceError.impossibleRows([row])
      }
      known[evidence] = answer
      return answer
    }
  }

  /// Mean and variance of a variable of numbers in every row, given what the row observes; of a number that was
  /// observed, the variance is 0.
  ///
  /// - Throws: `QuestionError`, and `InferenceError` when a row is impossible or the limit too low.
  /// - Complexity: linear in the rows, and in the distinct hidden components.
  public func moments(of name: String, in table: Table, limit: MemoryLimit = .standard) throws -> [Moments] {
    let id = try QuestionError.number(name, in: schema)
    let posteriors = RowPosteriors(try possibleInference(on: table, limit: limit), of: [id])
    return (0..<table.rowCount).map { row in
      var moments = Moments(mean: table.value(id, row: row), variance: 0)
      posteriors.forEachNumber(row: row) { moments = Moments(mean: $1.mean, variance: $1.variance) }
      return moments
    }
  }

  /// Inference for every row by itself, one of weight 0 included.
  package func inference(on table: Table, limit: MemoryLimit) throws(InferenceError) -> RowInference {
    guard table.schema == schema else { throw .otherVariables }
    return try RowInference(self, table.withEqualWeights(), limit: limit)
  }

  /// Inference for every row by itself; throws when one of them is impossible.
  package func possibleInference(on table: Table, limit: MemoryLimit) throws(InferenceError) -> RowInference {
    let inference = try inference(on: table, limit: limit)
    let impossible = inference.impossibleRows(limit: InferenceError.rowsNamed)
    guard impossible.isEmpty else { throw .impossibleRows(impossible.map(\.row)) }
    return inference
  }
}

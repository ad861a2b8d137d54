public import LatentData
public import LatentModels

/// The E-step by the book: fills in what each row misses in every possible way and counts each completion
/// with its probability.
///
/// It completes every unobserved cell (full completion), merges nothing and remembers nothing, which makes it the
/// measure of the engines that do. O(rows · Π hidden states · variables) per call.
public struct EnumerationEngine: ExpectationEngine {
  /// The rows of the E-step.
  public let table: Table
  /// The most joint states of hidden variables that are gone through for one row.
  public let limit: Int
  private let frame: Frame

  /// An engine on these rows; rows with more joint hidden states than the limit are refused.
  public init(_ table: Table, limit: Int = Enumeration.standardLimit) {
    self.table = table
    self.limit = limit
    frame = Frame(table)
  }

  /// Adds N(x, pa) = Σ_k w_k Σ_{x_mis} q_k(x_mis) [family of the completed row is in (x, pa)] for every family.
  ///
  /// - Returns: Σ_k w_k · log p(x_obs^k), over the rows with a weight above 0.
  /// - Throws: when a row has probability 0, or more completions than the limit; the statistics are then as they were.
  public mutating func expect(
    under model: BayesianNetwork, into statistics: inout Statistics
  ) throws(InferenceError) -> Double {
    precondition(table.schema == model.schema, "table and network have the same variables")
    let enumeration = Enumeration(model, limit: limit)
    var sums = statistics
    sums.adopt(frame)
    var logLikelihood = 0.0
    var impossible: [Int] = []
    for row in 0..<table.rowCount where table.weights[row] > 0 {
      let evidence = Evidence(row: row, of: table)
      let weight = table.weights[row]
      let logProbability = try enumeration.logProbability(of: evidence)
      guard logProbability > -.infinity else {
        impossible.append(row)
        continue
      }
      logLikelihood += weight * logProbability
      for completion in try enumeration.joint(given: evidence) {
        for family in model.structure.families {
          add(
            weight * completion.probability, of: family, completion.states, evidence.numbers, model,
            to: &sums)
        }
      }
    }
    guard impossible.isEmpty else { throw .impossibleRows(Array(impossible.prefix(InferenceError.rowsNamed))) }
    statistics = sums
    return logLikelihood
  }

  /// Adds the statistics of one family in a completed row; numbers that nobody saw have their expected moments.
  private func add(
    _ mass: Double, of family: Family, _ states: [StateCode], _ numbers: [VariableID: Double],
    _ model: BayesianNetwork, to sums: inout Statistics
  ) {
    let configuration = model.structure.configuration(
      of: family.child, parentStates: family.parents.map { states[$0.index] })
    let start = family.statistics(in: configuration).lowerBound
    guard !family.isTable else {
      sums.values[start + Int(states[family.child.index])] += mass
      return
    }
    let expected = TextbookNumbers(model, family, states, numbers)
      .statistics(origins: family.children.map { frame[$0].origin })
    for (index, value) in expected.enumerated() { sums.values[start + index] += mass * value }
  }
}

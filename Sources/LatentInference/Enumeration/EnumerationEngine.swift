public import LatentData
internal import LatentKernels
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
    if model.structure.chainVariable != nil { return try expectSequences(under: model, into: &statistics) }
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

  /// The same for sequences: the network with tied tables that has all steps, gone through in every possible way.
  private func expectSequences(
    under model: BayesianNetwork, into statistics: inout Statistics
  ) throws(InferenceError) -> Double {
    let enumeration = Enumeration(model, limit: limit)
    var sums = statistics
    sums.adopt(frame)
    var logLikelihood = 0.0
    for sequence in table.sequences where table.weights[sequence.lowerBound] > 0 {
      let evidence = sequence.map { Evidence(row: $0, of: table) }
      var steps: [[[StateCode]]] = []
      for step in evidence { steps.append(try enumeration.completions(of: step)) }
      let paths = MixedRadix(steps.map(\.count))
      guard steps.reduce(1.0, { $0 * Double($1.count) }) <= Double(limit) else {
        throw .tooManyHiddenStates(steps.reduce(1.0) { $0 * Double($1.count) }, limit: limit)
      }
      let chosen = (0..<paths.count).map { number in zip(steps, paths.digits(of: number)).map { $0[$1] } }
      let logs = chosen.map { enumeration.logProbability(ofSteps: $0, numbers: evidence.map(\.numbers)) }
      let logSequence = logSumOfExponentials(logs)
      guard logSequence > -.infinity else { throw .impossibleData }
      let weight = table.weights[sequence.lowerBound]
      logLikelihood += weight * logSequence
      for (states, log) in zip(chosen, logs) {
        let mass = weight * exponential(log - logSequence)
        for (step, row) in states.enumerated() {
          for family in model.structure.families {
            add(
              mass, of: family, row, before: step > 0 ? states[step - 1] : nil, evidence[step].numbers, model,
              to: &sums)
          }
        }
      }
    }
    statistics = sums
    return logLikelihood
  }

  /// Adds the statistics of one family in a completed row; numbers that nobody saw have their expected moments.
  ///
  /// - before: the states of the previous step; nil in a first step.
  private func add(
    _ mass: Double, of family: Family, _ states: [StateCode], before: [StateCode]? = nil,
    _ numbers: [VariableID: Double], _ model: BayesianNetwork, to sums: inout Statistics
  ) {
    let lagged = before.map { before in family.lags.map { before[$0.index] } } ?? []
    let configuration = model.structure.configuration(
      of: family.child, parentStates: family.parents.map { states[$0.index] } + lagged)
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

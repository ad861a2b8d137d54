public import LatentData
public import LatentModels

/// What is asked about rows, as far as it decides on which rows of the tables the answer rests.
public enum RowQuestion: Hashable, Sendable {
  /// The distribution of these variables, where they were not observed, given what the row observes.
  case posterior(of: Set<VariableID>)
  /// The probability of what the row observes.
  case likelihood
}

/// How much the answers about some rows rest on one row of a table.
public struct Reliance: Hashable, Sendable {
  /// The variable of the table, and the configuration of its parents.
  public let configuration: UnseenConfiguration
  /// Σ over the rows of p(configuration | observed cells of the row), where the answer may depend on the row of the table:
  /// how many rows rest on it.
  public let weight: Double
}

extension BayesianNetwork {
  /// Which of some rows of the tables the answers about the rows of a data table rest on.
  ///
  /// ```swift
  /// let doubts = try network.reliance(on: model.unseen, of: .likelihood, in: votes)
  /// ```
  ///
  /// An answer rests on a row of a table when the configuration of the parents has positive probability given what was
  /// observed, unless the answer cannot depend on the table: that of a variable that was observed along with its parents
  /// is the same for all that could be asked, and that of a hidden variable without an observed or asked descendant sums
  /// to 1.
  ///
  /// - Parameters:
  ///   - configurations: rows of tables, such as those for which there were no data.
  ///   - question: what is asked of each row, of which none is impossible; weights play no part.
  ///   - table: the rows.
  ///   - limit: how much memory the tables of the computation may take.
  /// - Returns: one entry for each row of a table that answers rest on, in order.
  /// - Throws: `InferenceError` when a row is impossible, the rows are about other variables, or the limit is too low.
  /// - Complexity: that of at most two E-steps on the rows.
  public func reliance(
    on configurations: Set<UnseenConfiguration>, of question: RowQuestion, in table: Table,
    limit: MemoryLimit = .standard
  ) throws(InferenceError) -> [Reliance] {
    guard table.schema == schema else { throw .otherVariables }
    let rows = table.withEqualWeights()
    let sorted = configurations.sorted()
    switch question {
    case .likelihood:
      let counts = try expectedCounts(rows, .minimal, limit)
      return sorted.compactMap { reliance(on: $0, weight: weight(of: $0, in: counts)) }
    case .posterior(let asked):
      // What was completed for nothing but the question is above what is asked, and below nothing observed.
      let above = structure.ancestors(of: asked)
      let counts = try expectedCounts(rows, .minimal, limit)
      func isAbove(_ row: UnseenConfiguration) -> Bool {
        structure.family(of: row.variable).children.contains { above.contains($0) }
      }
      let completed = try sorted.contains(where: isAbove) ? expectedCounts(rows, .full, limit) : counts
      var observed: [VariableID: [Int]] = [:]
      return sorted.compactMap { row in
        let counted = weight(of: row, in: isAbove(row) ? completed : counts)
        guard counted > 0 else { return nil }
        if observed[row.variable] == nil {
          observed[row.variable] = rows.observedConfigurations(of: structure.family(of: row.variable), structure)
        }
        let whole = observed[row.variable]?[row.configuration] ?? 0
        // Whole rows are counted exactly; the rest of a sum that has some is not.
        let rest = counted - Double(whole)
        return reliance(on: row, weight: whole == 0 || rest > 1e-9 * counted ? rest : 0)
      }
    }
  }

  /// Which of some rows of the tables the answers in one situation rest on; a weight is then a probability.
  ///
  /// - Throws: `InferenceError` when the situation is impossible or the limit too low.
  /// - Complexity: that of at most two E-steps on one row.
  public func reliance(
    on configurations: Set<UnseenConfiguration>, of question: RowQuestion, given evidence: Evidence,
    limit: MemoryLimit = .standard
  ) throws(InferenceError) -> [Reliance] {
    let (network, certain, _) = absorbingLikelihoods(of: evidence)
    return try network.reliance(
      on: configurations, of: question, in: certain.row(of: network.schema), limit: limit)
  }

  private func reliance(on configuration: UnseenConfiguration, weight: Double) -> Reliance? {
    weight > 0 ? Reliance(configuration: configuration, weight: weight) : nil
  }

  private func weight(of row: UnseenConfiguration, in statistics: Statistics) -> Double {
    let family = structure.family(of: row.variable)
    return family.behavior.weight(of: statistics.values[family.statistics(in: row.configuration)])
  }

  private func expectedCounts(
    _ table: Table, _ completion: CompletionPolicy, _ limit: MemoryLimit
  ) throws(InferenceError) -> Statistics {
    var compiler = CircuitCompiler(structure, completion: completion, limit: limit)
    compiler.add(table)
    var statistics = emptyStatistics
    _ = try ComponentEngine(try compiler.compile()).expect(under: self, into: &statistics)
    return statistics
  }
}

extension Table {
  /// Per configuration of a family's parents, how many rows observe it along with all children.
  fileprivate func observedConfigurations(of family: Family, _ structure: NetworkStructure) -> [Int] {
    var counts = [Int](repeating: 0, count: family.configurations)
    let columns = family.parents.map { (codes: codes(of: $0), states: schema[$0].cardinality) }
    rows: for row in 0..<rowCount where family.children.allSatisfy({ cell($0, row: row) != .missing }) {
      var configuration = 0
      for (codes, states) in columns {
        guard let code = codes?[row], code >= 0 else { continue rows }
        configuration = configuration * states + Int(code)
      }
      counts[configuration] += 1
    }
    return counts
  }
}

public import LatentData
public import LatentInference
public import LatentModels

/// Why EM learns nothing about a variable that no row observes.
public struct UninformedVariable: Hashable, Sendable {
  /// What keeps EM from learning.
  public enum Cause: Hashable, Sendable {
    /// No variable below it is ever observed: every value of its table fits the data equally well.
    case noObservedDescendant
    /// Its posterior is the same in every row at the start: a symmetry that EM keeps for ever.
    case symmetricStart
  }

  /// The variable that no row observes.
  public let variable: VariableID
  /// Why nothing is learned about it.
  public let cause: Cause
}

/// Finds the variables without any observed cell about which EM from this start learns nothing.
///
/// - Parameters:
///   - start: θ_0.
///   - table: the data; the rows must be possible under the start.
///   - rowLimit: how many rows are compared at most. The search ends at the first two rows that differ, so that only
///     a start that is stuck looks at all of them.
public func uninformedVariables(
  start: BayesianNetwork, table: Table, rowLimit: Int = 10_000, memory: MemoryLimit = .standard
) throws(InferenceError) -> [UninformedVariable] {
  let unobserved = start.schema.ids.filter { table.isUnobserved($0) }
  guard !unobserved.isEmpty else { return [] }
  let informative = ancestorsOfObserved(start.structure, unobserved: Set(unobserved))
  var result = unobserved.filter { !informative.contains($0) }
    .map { UninformedVariable(variable: $0, cause: .noObservedDescendant) }

  let rows = distinctRows(of: table, limit: rowLimit)
  guard rows.count > 1 else { return result }
  var undecided = Set(unobserved.filter { informative.contains($0) && start.schema[$0].isCategorical })
  var first: [VariableID: [Double]] = [:]
  // A few rows decide nearly always; only where they do not are the rest compiled.
  for part in [rows.prefix(20), rows.dropFirst(20)] where !undecided.isEmpty && !part.isEmpty {
    let inference = try RowInference(start, table.selecting(Array(part)), limit: memory)
    let posteriors = RowPosteriors(inference)
    for row in 0..<inference.rowCount where !undecided.isEmpty {
      posteriors.forEach(row: row) { id, posterior in
        guard undecided.contains(id) else { return }
        guard let expected = first[id] else {
          first[id] = Array(posterior)
          return
        }
        if zip(expected, posterior).contains(where: { ($0 - $1).magnitude > 1e-9 }) { undecided.remove(id) }
      }
    }
  }
  result += undecided.map { UninformedVariable(variable: $0, cause: .symmetricStart) }
  return result.sorted { $0.variable < $1.variable }
}

/// The variables with a descendant that some row observes.
private func ancestorsOfObserved(_ structure: NetworkStructure, unobserved: Set<VariableID>) -> Set<VariableID> {
  var informative = Set<VariableID>()
  for id in structure.graph.topologicalOrder.reversed() {
    let hasInformativeChild = structure.graph.children[id.index].contains {
      !unobserved.contains($0) || informative.contains($0)
    }
    if hasInformativeChild { informative.insert(id) }
  }
  return informative
}

/// The numbers of the first rows of positive weight that differ from all before them.
private func distinctRows(of table: Table, limit: Int) -> [Int] {
  var seen = Set<[Cell]>()
  var rows: [Int] = []
  for row in 0..<table.rowCount where table.weights[row] > 0 {
    if rows.count == limit { break }
    if seen.insert(table.cells(row: row)).inserted { rows.append(row) }
  }
  return rows
}

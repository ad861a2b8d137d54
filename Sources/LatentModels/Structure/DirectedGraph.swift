public import LatentData

/// A directed acyclic graph over the variables of a schema; acyclic by construction.
public struct DirectedGraph: Hashable, Sendable {
  /// The parents of each variable, in the order in which its table lists them.
  public let parents: [[VariableID]]
  /// The children of each variable, ascending.
  public let children: [[VariableID]]
  /// All variables, parents before children; of those that are ready the one with the lowest index comes first.
  public let topologicalOrder: [VariableID]

  /// A cycle: each variable is a parent of the next, the last one of the first.
  public struct Cycle: Error, Hashable, Sendable {
    /// The variables of the cycle, each once.
    public let variables: [VariableID]

    /// One sentence with the names of the cycle.
    public func description(in schema: Schema) -> String {
      let names = (variables + variables.prefix(1)).map { schema[$0].name }
      return "the edges form a cycle: \(names.joined(separator: " -> ")); remove one of them"
    }
  }

  /// Creates a graph; O(variables · log variables + edges).
  public init(parents: [[VariableID]]) throws(Cycle) {
    var children = [[VariableID]](repeating: [], count: parents.count)
    for (child, parentsOfChild) in parents.enumerated() {
      for parent in parentsOfChild { children[parent.index].append(VariableID(child)) }
    }
    var waiting = parents.map(\.count)
    var order: [VariableID] = []
    order.reserveCapacity(parents.count)
    var ready = waiting.indices.filter { waiting[$0] == 0 }
    while !ready.isEmpty {
      var next: [Int] = []
      for index in ready.sorted() {
        order.append(VariableID(index))
        for child in children[index] {
          waiting[child.index] -= 1
          if waiting[child.index] == 0 { next.append(child.index) }
        }
      }
      ready = next
    }
    guard order.count == parents.count else {
      throw Cycle(variables: Self.cycle(in: parents, among: Set(waiting.indices.filter { waiting[$0] > 0 })))
    }
    self.parents = parents
    self.children = children
    topologicalOrder = order
  }

  /// Walks from parent to parent among variables that all lie on or below a cycle until one repeats.
  private static func cycle(in parents: [[VariableID]], among rest: Set<Int>) -> [VariableID] {
    var path: [Int] = []
    var current = rest.min() ?? 0
    while !path.contains(current) {
      path.append(current)
      guard let parent = parents[current].first(where: { rest.contains($0.index) }) else { break }
      current = parent.index
    }
    let start = path.firstIndex(of: current) ?? 0
    return path[start...].reversed().map { VariableID($0) }
  }
}

/// An order in which variables can be summed out of a product of tables, chosen so that the tables in between stay
/// small: at each step the variable that connects the fewest pairs of its neighbours (min-fill), then the one with the
/// smallest clique in joint states, then the one with the lowest number.
///
/// - Parameters:
///   - cardinalities: the number of states of each variable.
///   - scopes: the variables of each table, all distinct within a table.
///   - eliminating: the variables to sum out; the others stay.
/// - Returns: the variables of `eliminating`, each once.
/// - Complexity: O(n²) to choose, O(n / 64) bits' work per pair of connected variables and their common neighbours.
package func minFillOrder(cardinalities: [Int], scopes: [[Int]], eliminating: [Int]) -> [Int] {
  var graph = InteractionGraph(count: cardinalities.count, scopes: scopes)
  var weights = cardinalities.indices.map { graph.weight(of: $0, cardinalities: cardinalities) }
  var remaining = eliminating.sorted()
  var order: [Int] = []
  order.reserveCapacity(remaining.count)
  while !remaining.isEmpty {
    var best = 0
    for position in remaining.indices.dropFirst() {
      let (a, b) = (remaining[position], remaining[best])
      let (fillA, fillB) = (graph.fill[a], graph.fill[b])
      if fillA < fillB || (fillA == fillB && weights[a] < weights[b]) { best = position }
    }
    let vertex = remaining.remove(at: best)
    order.append(vertex)
    for neighbour in graph.eliminate(vertex) {
      weights[neighbour] = graph.weight(of: neighbour, cardinalities: cardinalities)
    }
  }
  return order
}

/// The variables of the table that each step of an elimination builds: the variable itself, which comes first, and its
/// neighbours at that moment in ascending order.
///
/// - Complexity: as for the choice of an order.
package func eliminationCliques(variableCount: Int, scopes: [[Int]], order: [Int]) -> [[Int]] {
  var graph = InteractionGraph(count: variableCount, scopes: scopes)
  return order.map { [$0] + graph.eliminate($0) }
}

/// An undirected graph in which variables that share a table are neighbours; it knows of every variable how many pairs
/// of its neighbours are not connected.
struct InteractionGraph {
  /// Words per row of the adjacency matrix.
  private let width: Int
  /// The adjacency matrix, a bit per pair; no variable is its own neighbour.
  private var bits: [UInt64]
  /// Per variable the number of pairs of its neighbours that are not connected.
  private(set) var fill: [Int]

  init(count: Int, scopes: [[Int]]) {
    width = (count + 63) / 64
    bits = [UInt64](repeating: 0, count: count * width)
    fill = [Int](repeating: 0, count: count)
    for scope in scopes { connectAll(scope) }
  }

  /// The neighbours of a variable, ascending.
  func neighbours(of vertex: Int) -> [Int] {
    members { bits[vertex * width + $0] }
  }

  /// The number of joint states of a variable and its neighbours.
  func weight(of vertex: Int, cardinalities: [Int]) -> Double {
    var product = Double(cardinalities[vertex])
    for neighbour in neighbours(of: vertex) { product *= Double(cardinalities[neighbour]) }
    return product
  }

  /// Connects the neighbours of a variable with each other, takes the variable out, and returns those neighbours.
  mutating func eliminate(_ vertex: Int) -> [Int] {
    let neighbours = neighbours(of: vertex)
    if fill[vertex] > 0 { connectAll(neighbours) }
    for neighbour in neighbours {
      // The pairs (vertex, other) among the neighbours of `neighbour` go; all of N(vertex) is connected by now.
      fill[neighbour] -= count { bits[neighbour * width + $0] & ~bits[vertex * width + $0] } - 1
    }
    for neighbour in neighbours {
      bits[neighbour * width + vertex / 64] &= ~(1 << UInt64(vertex % 64))
      bits[vertex * width + neighbour / 64] = 0
    }
    return neighbours
  }

  private mutating func connectAll(_ vertices: [Int]) {
    for (position, a) in vertices.enumerated() {
      for b in vertices[(position + 1)...] where bits[a * width + b / 64] & (1 << UInt64(b % 64)) == 0 {
        connect(a, b)
      }
    }
  }

  /// Adds an edge: its common neighbours have one open pair less; each end gains the pairs of the other end with
  /// those of its neighbours that the other end does not know.
  private mutating func connect(_ a: Int, _ b: Int) {
    for common in members({ bits[a * width + $0] & bits[b * width + $0] }) { fill[common] -= 1 }
    fill[a] += count { bits[a * width + $0] & ~bits[b * width + $0] }
    fill[b] += count { bits[b * width + $0] & ~bits[a * width + $0] }
    bits[a * width + b / 64] |= 1 << UInt64(b % 64)
    bits[b * width + a / 64] |= 1 << UInt64(a % 64)
  }

  private func count(_ word: (Int) -> UInt64) -> Int {
    var total = 0
    for index in 0..<width { total += word(index).nonzeroBitCount }
    return total
  }

  private func members(_ word: (Int) -> UInt64) -> [Int] {
    var result: [Int] = []
    for index in 0..<width {
      var rest = word(index)
      while rest != 0 {
        result.append(index * 64 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
    return result
  }
}

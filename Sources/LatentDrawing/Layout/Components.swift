/// The connected parts of a graph, whichever way its edges point.
struct Components {
  /// A part: its vertices, ascending, and its edges as positions in the list of all edges.
  struct Part {
    var vertices: [Int] = []
    var edges: [Int] = []
  }

  /// The parts in the order of their first vertices.
  let parts: [Part]

  /// O(vertices + edges).
  init(vertexCount: Int, edges: [Edge]) {
    var neighbours = [[Int]](repeating: [], count: vertexCount)
    for edge in edges {
      neighbours[edge.from].append(edge.to)
      neighbours[edge.to].append(edge.from)
    }
    var partOf = [Int](repeating: -1, count: vertexCount)
    var count = 0
    for first in 0..<vertexCount where partOf[first] < 0 {
      partOf[first] = count
      var waiting = [first]
      while let vertex = waiting.popLast() {
        for neighbour in neighbours[vertex] where partOf[neighbour] < 0 {
          partOf[neighbour] = count
          waiting.append(neighbour)
        }
      }
      count += 1
    }
    var parts = [Part](repeating: Part(), count: count)
    for vertex in 0..<vertexCount { parts[partOf[vertex]].vertices.append(vertex) }
    for (index, edge) in edges.enumerated() { parts[partOf[edge.from]].edges.append(index) }
    self.parts = parts
  }
}

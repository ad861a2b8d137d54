/// Breaks ranks that are too wide to be looked at into several, one below the other.
struct LayerWrapping {
  private(set) var ranks: [Int]

  /// Vertices with more parents than children stay in the upper rows, since moving them down makes edges longer; the
  /// others follow in order. Edges still lead downwards. O(vertices · log vertices + edges).
  ///
  /// - widths: the width of each vertex, the gap beside it included.
  /// - limit: how wide a rank may be; a single vertex may be wider.
  init(_ ranks: [Int], widths: [Double], edges: [Edge], limit: Double) {
    var surplus = [Int](repeating: 0, count: ranks.count)
    for edge in edges {
      surplus[edge.from] += 1
      surplus[edge.to] -= 1
    }
    var members = [[Int]](repeating: [], count: (ranks.max() ?? -1) + 1)
    for vertex in ranks.indices { members[ranks[vertex]].append(vertex) }
    self.ranks = ranks
    var next = 0
    for layer in members {
      let total = layer.reduce(0) { $0 + widths[$1] }
      let rows = min(layer.count, max(1, Int((total / limit).rounded(.up))))
      let sorted = layer.sorted { (surplus[$0], $0) < (surplus[$1], $1) }
      var used = 0.0
      for vertex in sorted {
        // The row in which the middle of the vertex falls when all stand side by side.
        let row = Int((used + widths[vertex] / 2) / total * Double(rows))
        self.ranks[vertex] = next + min(row, rows - 1)
        used += widths[vertex]
      }
      next += rows
    }
  }
}

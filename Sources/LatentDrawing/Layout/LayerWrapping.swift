/// Breaks ranks that are too wide to be looked at into several, one below the other.
struct LayerWrapping {
  private(set) var ranks: [Int]

  /// Vertices with more parents than children stay in the upper rows, since moving them down makes edges longer. Those
  /// with as many more are dealt to their rows in turn, so that the children of one parent stand around it in every row.
  /// Edges still lead downwards. O(vertices · log vertices + edges).
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
      let sorted = layer.sorted { (surplus[$0], $0) < (surplus[$1], $1) }
      let rows = Self.rows(sorted.map { widths[$0] }, limit: limit)
      var start = 0
      while start < sorted.count {
        let end = sorted[start...].firstIndex { surplus[$0] != surplus[sorted[start]] } ?? sorted.count
        for (vertex, row) in zip(sorted[start..<end], Self.dealt(rows[start..<end])) { self.ranks[vertex] = next + row }
        start = end
      }
      next += (rows.last ?? 0) + 1
    }
  }

  /// The row of each vertex when rows of about equal width are filled one after another.
  private static func rows(_ widths: [Double], limit: Double) -> [Int] {
    let total = widths.reduce(0, +)
    let count = min(widths.count, max(1, Int((total / limit).rounded(.up))))
    var rows: [Int] = []
    var used = 0.0
    for width in widths {
      // The row in which its middle falls when all stand side by side; no row is left out.
      let row = min(count - 1, Int((used + width / 2) / total * Double(count)))
      rows.append(min(row, (rows.last ?? -1) + 1))
      used += width
    }
    return rows
  }

  /// The same rows, taken in turn instead of one after another.
  private static func dealt(_ rows: ArraySlice<Int>) -> [Int] {
    var sizes: [Int: Int] = [:]
    for row in rows { sizes[row, default: 0] += 1 }
    var seen: [Int: Int] = [:]
    let keyed = rows.map { row in
      seen[row, default: 0] += 1
      return (share: (Double(seen[row] ?? 0) - 0.5) / Double(sizes[row] ?? 1), row: row)
    }
    return keyed.sorted { ($0.share, $0.row) < ($1.share, $1.row) }.map(\.row)
  }
}

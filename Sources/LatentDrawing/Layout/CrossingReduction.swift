/// Orders the vertices within each layer so that few edges cross.
///
/// The median heuristic with transposition of Gansner, Koutsofios, North and Vo (1993): layers are sorted by the median
/// positions of their neighbours, down and up in turn, then neighbours swap positions while that helps; the best order
/// met is kept. Every pass is deterministic. O(passes · segments · log segments) and the transpositions.
struct CrossingReduction {
  private var graph: LayeredGraph
  private var positions: [Int]

  private static let passes = 24
  /// Passes without a better order after which a start is given up.
  private static let patience = 6
  /// Rounds of transposition in one pass.
  private static let rounds = 8

  /// The layers in a better order.
  static func orderedLayers(of graph: LayeredGraph) -> [[Int]] {
    var best: (layers: [[Int]], crossings: Int)?
    for fromTop in [true, false] {
      var reduction = CrossingReduction(graph, fromTop: fromTop)
      let result = reduction.run()
      if result.crossings < best?.crossings ?? .max { best = result }
      if result.crossings == 0 { break }
    }
    return best?.layers ?? graph.layers
  }

  private init(_ graph: LayeredGraph, fromTop: Bool) {
    self.graph = graph
    positions = [Int](repeating: 0, count: graph.ranks.count)
    self.graph.layers = Self.searchOrder(graph, fromTop: fromTop)
    for layer in self.graph.layers.indices { notePositions(in: layer) }
  }

  /// Layers in the order in which a depth-first search along edges in both directions comes to their vertices.
  private static func searchOrder(_ graph: LayeredGraph, fromTop: Bool) -> [[Int]] {
    var layers = [[Int]](repeating: [], count: graph.layers.count)
    var seen = [Bool](repeating: false, count: graph.ranks.count)
    let roots = fromTop ? graph.layers.joined().map { $0 } : graph.layers.reversed().flatMap { $0 }
    for root in roots where !seen[root] {
      var waiting = [root]
      while let vertex = waiting.popLast() {
        guard !seen[vertex] else { continue }
        seen[vertex] = true
        layers[graph.ranks[vertex]].append(vertex)
        let up = graph.above[vertex].map { graph.segments[$0].upper }
        let down = graph.below[vertex].map { graph.segments[$0].lower }
        waiting += (fromTop ? up + down : down + up).reversed()
      }
    }
    return layers
  }

  private mutating func notePositions(in layer: Int) {
    for (position, vertex) in graph.layers[layer].enumerated() { positions[vertex] = position }
  }

  private mutating func run() -> (layers: [[Int]], crossings: Int) {
    transpose()
    var best = (layers: graph.layers, crossings: crossings())
    var sinceBest = 0
    for pass in 0..<Self.passes where best.crossings > 0 && sinceBest < Self.patience {
      sortByMedians(downwards: pass % 2 == 0, swapsEqual: pass % 4 >= 2)
      transpose()
      let count = crossings()
      sinceBest += 1
      if count < best.crossings {
        best = (graph.layers, count)
        sinceBest = 0
      }
    }
    return best
  }

  private mutating func sortByMedians(downwards: Bool, swapsEqual: Bool) {
    let order = downwards ? Array(graph.layers.indices.dropFirst()) : graph.layers.indices.dropLast().reversed()
    for layer in order {
      // Vertices without neighbours there keep their positions; the others are sorted among theirs.
      let medians = graph.layers[layer].map { median($0, above: downwards) }
      let movable = medians.indices.filter { medians[$0] != nil }
      let sorted = movable.sorted { a, b in
        let (left, right) = (medians[a] ?? 0, medians[b] ?? 0)
        return left == right ? (swapsEqual ? a > b : a < b) : left < right
      }
      let old = graph.layers[layer]
      for (target, source) in zip(movable, sorted) { graph.layers[layer][target] = old[source] }
      notePositions(in: layer)
    }
  }

  /// The median position of the neighbours on one side; between two of them, nearer to the side where they are denser.
  private func median(_ vertex: Int, above: Bool) -> Double? {
    let found = neighbours(vertex, above: above)
    let middle = found.count / 2
    switch found.count {
    case 0: return nil
    case 2: return Double(found[0] + found[1]) / 2
    case let count where count % 2 == 1: return Double(found[middle])
    default:
      let left = Double(found[middle - 1] - found[0])
      let right = Double(found[found.count - 1] - found[middle])
      guard left + right > 0 else { return Double(found[middle - 1] + found[middle]) / 2 }
      return (Double(found[middle - 1]) * right + Double(found[middle]) * left) / (left + right)
    }
  }

  /// The positions of the neighbours on one side, ascending.
  private func neighbours(_ vertex: Int, above: Bool) -> [Int] {
    above
      ? graph.above[vertex].map { positions[graph.segments[$0].upper] }.sorted()
      : graph.below[vertex].map { positions[graph.segments[$0].lower] }.sorted()
  }

  /// Lets neighbours of a layer swap positions while that removes crossings. Only layers that changed, or are beside one
  /// that did, are looked at again.
  private mutating func transpose() {
    var waiting = Set(graph.layers.indices)
    for _ in 0..<Self.rounds where !waiting.isEmpty {
      var changed = Set<Int>()
      for layer in graph.layers.indices where !waiting.isDisjoint(with: layer - 1...layer + 1) {
        if transpose(layer) { changed.insert(layer) }
      }
      waiting = changed
    }
  }

  /// One pass over a layer; whether any vertices swapped positions.
  private mutating func transpose(_ layer: Int) -> Bool {
    var lists = graph.layers[layer].map { (neighbours($0, above: true), neighbours($0, above: false)) }
    var improved = false
    for left in graph.layers[layer].indices.dropLast() {
      let (a, b) = (lists[left], lists[left + 1])
      let now = Self.crossings(a.0, b.0) + Self.crossings(a.1, b.1)
      guard now > 0, now > Self.crossings(b.0, a.0) + Self.crossings(b.1, a.1) else { continue }
      graph.layers[layer].swapAt(left, left + 1)
      lists.swapAt(left, left + 1)
      improved = true
    }
    if improved { notePositions(in: layer) }
    return improved
  }

  /// How many pairs of segments cross when the one vertex stands to the left of the other.
  private static func crossings(_ left: [Int], _ right: [Int]) -> Int {
    var count = 0
    var smaller = 0
    for position in left {
      while smaller < right.count, right[smaller] < position { smaller += 1 }
      count += smaller
    }
    return count
  }

  /// All crossings: inversions, counted layer by layer with a binary indexed tree.
  private func crossings() -> Int {
    var total = 0
    for layer in graph.layers.indices.dropLast() {
      var sums = [Int](repeating: 0, count: graph.layers[layer + 1].count + 1)
      var inserted = 0
      for vertex in graph.layers[layer] {
        let positions = neighbours(vertex, above: false)
        for position in positions {
          var notBeyond = 0
          var index = position + 1
          while index > 0 {
            notBeyond += sums[index]
            index &= index - 1
          }
          total += inserted - notBeyond
        }
        for position in positions {
          var index = position + 1
          while index < sums.count {
            sums[index] += 1
            index += index & -index
          }
        }
        inserted += positions.count
      }
    }
    return total
  }
}

/// A graph in layers whose edges each lead to the next layer: longer ones are cut into segments between dummy vertices.
struct LayeredGraph {
  /// A piece of an edge between neighbouring layers.
  struct Segment {
    let upper: Int
    let lower: Int
  }

  /// How many vertices stand for themselves; the dummy ones follow them.
  let realCount: Int
  /// The layer of each vertex.
  private(set) var ranks: [Int]
  /// The vertices of each layer from left to right.
  var layers: [[Int]]
  private(set) var segments: [Segment] = []
  /// The segments that come from above to each vertex.
  private(set) var above: [[Int]]
  /// The segments that lead down from each vertex.
  private(set) var below: [[Int]]
  /// The segments of each edge from top to bottom.
  private(set) var chains: [[Int]] = []

  /// Every edge leads from a rank to a higher one. O(Σ lengths of edges).
  init(ranks: [Int], edges: [Edge]) {
    realCount = ranks.count
    self.ranks = ranks
    layers = [[Int]](repeating: [], count: (ranks.max() ?? -1) + 1)
    above = [[Int]](repeating: [], count: ranks.count)
    below = above
    for vertex in ranks.indices { layers[ranks[vertex]].append(vertex) }
    for edge in edges { addChain(edge) }
  }

  /// Whether the vertex is only a bend of an edge.
  func isDummy(_ vertex: Int) -> Bool { vertex >= realCount }

  private mutating func addChain(_ edge: Edge) {
    var chain: [Int] = []
    var upper = edge.from
    for rank in ranks[edge.from] + 1..<ranks[edge.to] + 1 {
      let isLast = rank == ranks[edge.to]
      let lower = isLast ? edge.to : ranks.count
      if !isLast {
        ranks.append(rank)
        layers[rank].append(lower)
        above.append([])
        below.append([])
      }
      below[upper].append(segments.count)
      above[lower].append(segments.count)
      chain.append(segments.count)
      segments.append(Segment(upper: upper, lower: lower))
      upper = lower
    }
    chains.append(chain)
  }
}

/// The rank of each vertex of a connected acyclic graph: 0 at the top, every edge at least one rank down, and the sum of
/// the lengths of all edges as small as it can be.
///
/// Ranks begin as longest paths and are improved by the network simplex method of Gansner, Koutsofios, North and Vo,
/// "A technique for drawing directed graphs", IEEE Transactions on Software Engineering 19 (1993): a spanning tree of
/// edges of length 1 is kept, and an edge of the tree that would rather be longer is exchanged for one that can be
/// shorter. The cut value of an edge of the tree is the sum of (out-degree − in-degree) over the vertices on one side,
/// so that one pass over the tree gives all of them.
///
/// O(vertices · edges) for the first tree and O(vertices + edges) per exchange, of which there are rarely more than
/// vertices; at most `exchangesPerVertex` times as many are made.
struct Ranking {
  /// By vertex.
  private(set) var ranks: [Int]
  private let edges: [Edge]
  /// The edges at each vertex.
  private let incident: [[Int]]
  private var isInTree: [Bool]

  private static let exchangesPerVertex = 20

  /// Ranks a connected graph of at least one vertex.
  init(vertexCount: Int, edges: [Edge]) {
    self.edges = edges
    var incident = [[Int]](repeating: [], count: vertexCount)
    for (index, edge) in edges.enumerated() {
      incident[edge.from].append(index)
      incident[edge.to].append(index)
    }
    self.incident = incident
    isInTree = [Bool](repeating: false, count: edges.count)
    ranks = Self.longestPaths(vertexCount: vertexCount, edges: edges, incident: incident)
    growTree()
    var tree = RootedTree(edges: edges, incident: incident, isInTree: isInTree)
    for _ in 0..<Self.exchangesPerVertex * vertexCount {
      guard let (leaving, entering) = exchange(in: tree) else { break }
      move(below: leaving, in: tree, toTighten: entering)
      isInTree[leaving] = false
      isInTree[entering] = true
      tree = RootedTree(edges: edges, incident: incident, isInTree: isInTree)
    }
    let top = ranks.min() ?? 0
    for vertex in ranks.indices { ranks[vertex] -= top }
  }

  private func slack(_ edge: Int) -> Int { ranks[edges[edge].to] - ranks[edges[edge].from] - 1 }

  private static func longestPaths(vertexCount: Int, edges: [Edge], incident: [[Int]]) -> [Int] {
    var waiting = [Int](repeating: 0, count: vertexCount)
    for edge in edges { waiting[edge.to] += 1 }
    var ranks = [Int](repeating: 0, count: vertexCount)
    var ready = (0..<vertexCount).filter { waiting[$0] == 0 }
    while let vertex = ready.popLast() {
      for index in incident[vertex] where edges[index].from == vertex {
        let child = edges[index].to
        ranks[child] = max(ranks[child], ranks[vertex] + 1)
        waiting[child] -= 1
        if waiting[child] == 0 { ready.append(child) }
      }
    }
    return ranks
  }

  /// Joins vertex after vertex to a tree of edges of length 1; where none has it, the tree moves to the nearest vertex.
  private mutating func growTree() {
    var joined = [Bool](repeating: false, count: ranks.count)
    var members = [0]
    joined[0] = true
    while true {
      var next = 0
      while next < members.count {
        for index in incident[members[next]] where slack(index) == 0 {
          let (a, b) = (edges[index].from, edges[index].to)
          guard joined[a] != joined[b] else { continue }
          isInTree[index] = true
          members.append(joined[a] ? b : a)
          joined[a] = true
          joined[b] = true
        }
        next += 1
      }
      var nearest: Int?
      for index in edges.indices where joined[edges[index].from] != joined[edges[index].to] {
        if nearest.map({ slack(index) < slack($0) }) ?? true { nearest = index }
      }
      guard let nearest else { return }
      let shift = joined[edges[nearest].from] ? slack(nearest) : -slack(nearest)
      for vertex in members { ranks[vertex] += shift }
    }
  }

  /// The edge of the tree with the lowest cut value below 0, and the shortest edge that joins its two sides the other
  /// way round; nil when the ranks are the best.
  private func exchange(in tree: RootedTree) -> (leaving: Int, entering: Int)? {
    var lowest: (vertex: Int, value: Int)?
    for vertex in ranks.indices where tree.parentEdge[vertex] >= 0 {
      let isTail = edges[tree.parentEdge[vertex]].from == vertex
      let value = isTail ? tree.surplus[vertex] : -tree.surplus[vertex]
      if value < lowest?.value ?? 0 { lowest = (vertex, value) }
    }
    guard let vertex = lowest?.vertex else { return nil }
    let leaving = tree.parentEdge[vertex]
    let tailIsBelow = edges[leaving].from == vertex
    var entering: Int?
    for index in edges.indices where !isInTree[index] {
      let fromBelow = tree.contains(edges[index].from, below: vertex)
      let toBelow = tree.contains(edges[index].to, below: vertex)
      guard fromBelow != toBelow, fromBelow != tailIsBelow else { continue }
      if entering.map({ slack(index) < slack($0) }) ?? true { entering = index }
    }
    return entering.map { (leaving, $0) }
  }

  /// Moves the side of a tree edge that hangs below it so that another edge between the sides gets length 1.
  private mutating func move(below leaving: Int, in tree: RootedTree, toTighten entering: Int) {
    let edge = edges[leaving]
    let root = tree.parentEdge[edge.from] == leaving ? edge.from : edge.to
    let shift = tree.contains(edges[entering].from, below: root) ? slack(entering) : -slack(entering)
    for vertex in ranks.indices where tree.contains(vertex, below: root) { ranks[vertex] += shift }
  }
}

/// A spanning tree seen from vertex 0.
private struct RootedTree {
  /// The edge towards the root; −1 at the root.
  private(set) var parentEdge: [Int]
  /// Σ (out-degree − in-degree) over a vertex and all below it.
  private(set) var surplus: [Int]
  private var first: [Int]
  private var last: [Int]

  init(edges: [Edge], incident: [[Int]], isInTree: [Bool]) {
    let count = incident.count
    parentEdge = [Int](repeating: -1, count: count)
    surplus = [Int](repeating: 0, count: count)
    first = [Int](repeating: -1, count: count)
    last = [Int](repeating: 0, count: count)
    var order: [Int] = []
    var waiting = [0]
    while let vertex = waiting.popLast() {
      first[vertex] = order.count
      order.append(vertex)
      for index in incident[vertex] {
        surplus[vertex] += edges[index].from == vertex ? 1 : -1
        guard isInTree[index], index != parentEdge[vertex] else { continue }
        let other = edges[index].from == vertex ? edges[index].to : edges[index].from
        parentEdge[other] = index
        waiting.append(other)
      }
    }
    for vertex in order.reversed() {
      last[vertex] = max(last[vertex], first[vertex])
      guard parentEdge[vertex] >= 0 else { continue }
      let edge = edges[parentEdge[vertex]]
      let above = edge.from == vertex ? edge.to : edge.from
      surplus[above] += surplus[vertex]
      last[above] = max(last[above], last[vertex])
    }
  }

  /// Whether a vertex is another one or hangs below it.
  func contains(_ vertex: Int, below root: Int) -> Bool {
    first[vertex] >= first[root] && first[vertex] <= last[root]
  }
}

import Latent
import LatentTestSupport
import Testing

@testable import LatentDrawing

/// The steps of the layout by themselves.
@Suite struct LayoutStepTests {
  /// The total length is a function of ranks that is the lowest where no set of vertices can move one rank and lower it.
  @Test func ranksMakeEdgesAsShortAsPossible() {
    let vertices = 9
    var compared = 0
    for seed in UInt64(0)..<60 {
      var random = SplitMix64(seed: seed)
      let edges = Arbitrary.structure(variables: vertices, maximumParents: 3, maximumStates: 2, using: &random).edges
      guard Components(vertexCount: vertices, edges: edges).parts.count == 1 else { continue }
      let ranks = Ranking(vertexCount: vertices, edges: edges).ranks
      #expect(ranks.min() == 0)
      #expect(edges.allSatisfy { ranks[$0.to] > ranks[$0.from] })
      let better = (0..<1 << vertices).filter { set in
        let leaving = edges.filter { set >> $0.from & 1 == 1 && set >> $0.to & 1 == 0 }
        let entering = edges.filter { set >> $0.from & 1 == 0 && set >> $0.to & 1 == 1 }
        return leaving.count > entering.count && leaving.allSatisfy { ranks[$0.to] > ranks[$0.from] + 1 }
      }
      #expect(better.isEmpty, "seed \(seed)")
      compared += 1
    }
    #expect(compared > 15)
  }

  @Test func aPolytreeHasNoLongEdges() {
    for seed in UInt64(0)..<10 {
      var random = SplitMix64(seed: seed)
      let edges = (1..<40).map { vertex in
        let other = Int.random(in: 0..<vertex, using: &random)
        return Bool.random(using: &random) ? Edge(from: other, to: vertex) : Edge(from: vertex, to: other)
      }
      let ranks = Ranking(vertexCount: 40, edges: edges).ranks
      #expect(edges.allSatisfy { ranks[$0.to] == ranks[$0.from] + 1 }, "seed \(seed)")
    }
  }

  @Test func treesAreDrawnWithoutCrossings() {
    for seed in UInt64(0)..<20 {
      let problem = DrawingProblem.tree(vertices: 30, seed: seed)
      var graph = LayeredGraph(
        ranks: Ranking(vertexCount: 30, edges: problem.edges).ranks, edges: problem.edges)
      graph.layers = CrossingReduction.orderedLayers(of: graph)
      #expect(crossings(graph) == 0, "seed \(seed)")
    }
  }

  @Test func crossingsOfRandomGraphsBecomeFewer() {
    var before = 0
    var after = 0
    for seed in UInt64(0)..<20 {
      var random = SplitMix64(seed: seed)
      let edges = Arbitrary.structure(variables: 25, maximumParents: 2, maximumStates: 2, using: &random).edges
      let ranks = LayerWrapping(
        (0..<25).map { longest($0, edges) }, widths: [Double](repeating: 1, count: 25), edges: edges, limit: 100
      ).ranks
      var graph = LayeredGraph(ranks: ranks, edges: edges)
      before += crossings(graph)
      let members = graph.layers.map { $0.sorted() }
      graph.layers = CrossingReduction.orderedLayers(of: graph)
      #expect(graph.layers.map { $0.sorted() } == members, "an order of the same vertices")
      after += crossings(graph)
    }
    #expect(after * 4 < before, "\(before) crossings became \(after)")
  }

  private func longest(_ vertex: Int, _ edges: [Edge]) -> Int {
    edges.filter { $0.to == vertex }.map { longest($0.from, edges) + 1 }.max() ?? 0
  }

  /// Pairs of segments between the same layers that change sides.
  private func crossings(_ graph: LayeredGraph) -> Int {
    var positions = [Int](repeating: 0, count: graph.ranks.count)
    for layer in graph.layers { for (position, vertex) in layer.enumerated() { positions[vertex] = position } }
    var count = 0
    for (index, a) in graph.segments.enumerated() {
      for b in graph.segments[..<index] where graph.ranks[a.upper] == graph.ranks[b.upper] {
        if (positions[a.upper] - positions[b.upper]) * (positions[a.lower] - positions[b.lower]) < 0 { count += 1 }
      }
    }
    return count
  }

  @Test func aChildStandsBelowTheMiddleOfItsParents() {
    let sizes = [Extent](repeating: Extent(width: 100, height: 50), count: 5)
    let layout = LayeredLayout(
      sizes: sizes, edges: [(0, 3), (1, 3), (2, 3), (3, 4)].map { Edge(from: $0.0, to: $0.1) })
    let middles = layout.boxes.map { ($0.left + $0.right) / 2 }
    #expect(abs(middles[3] - middles[0...2].reduce(0, +) / 3) < 1)
    #expect(abs(middles[4] - middles[3]) < 1)
  }

  @Test func shelvesBreakWhereTheWidthEnds() {
    let packing = ShelfPacking(
      [(50, 10), (40, 30), (30, 5), (200, 7), (10, 10)].map { Extent(width: $0.0, height: $0.1) }, width: 100, gap: 5)
    #expect(
      packing.origins == [(0, 0), (55, 0), (0, 35), (0, 45), (0, 57)].map { Point(x: $0.0, y: $0.1) })
    #expect(packing.extent == Extent(width: 200, height: 67))
  }
}

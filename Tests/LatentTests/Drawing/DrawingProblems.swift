import Latent
import LatentTestSupport

@testable import LatentDrawing

/// Graphs with boxes of different sizes, and their layouts.
struct DrawingProblem: CustomStringConvertible, Sendable {
  let description: String
  let sizes: [Extent]
  let edges: [Edge]
  let layout: LayeredLayout

  init(_ description: String, vertices: Int, edges: [Edge], seed: UInt64 = 1) {
    var random = SplitMix64(seed: seed)
    self.description = description
    sizes = (0..<vertices).map { _ in
      Extent(
        width: Double(Int.random(in: 40...200, using: &random)),
        height: Double(Int.random(in: 30...150, using: &random)))
    }
    self.edges = edges
    layout = LayeredLayout(sizes: sizes, edges: edges)
  }

  /// A random structure of the test support, several parts and all.
  init(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let count = Int.random(in: 1...45, using: &random)
    let parents = Int.random(in: 0...4, using: &random)
    let structure = Arbitrary.structure(
      variables: count, maximumParents: parents, maximumStates: 2, using: &random)
    self.init("seed \(seed)", vertices: count, edges: structure.edges, seed: seed)
  }

  /// A tree whose root is vertex 0 and whose edges lead away from it.
  static func tree(vertices: Int, seed: UInt64) -> DrawingProblem {
    var random = SplitMix64(seed: seed)
    let edges = (1..<vertices).map { Edge(from: Int.random(in: 0..<$0, using: &random), to: $0) }
    return DrawingProblem("tree \(seed)", vertices: vertices, edges: edges, seed: seed)
  }

  static let all: [DrawingProblem] =
    [
      DrawingProblem("one vertex", vertices: 1, edges: []),
      DrawingProblem("no edges", vertices: 60, edges: []),
      DrawingProblem("a chain", vertices: 12, edges: (0..<11).map { Edge(from: $0 + 1, to: $0) }),
      DrawingProblem("a fan", vertices: 60, edges: (1..<60).map { Edge(from: 0, to: $0) }),
      DrawingProblem("a funnel", vertices: 60, edges: (1..<60).map { Edge(from: $0, to: 0) }),
      DrawingProblem(
        "every edge", vertices: 9,
        edges: (0..<9).flatMap { child in (0..<child).map { Edge(from: $0, to: child) } }),
      DrawingProblem(
        "two parts", vertices: 7,
        edges: [(0, 2), (2, 4), (0, 4), (5, 1), (1, 3)].map { Edge(from: $0.0, to: $0.1) }),
    ] + (0..<40).map { DrawingProblem(seed: $0) }
}

extension NetworkStructure {
  var edges: [Edge] {
    families.flatMap { family in family.parents.map { Edge(from: $0.index, to: family.child.index) } }
  }
}

/// Where segments meet their vertices, as distances from the middle: side by side, in the order of their other ends, so
/// that arrowheads stay apart.
struct Ports {
  /// Per segment: the distance at its upper vertex.
  private(set) var upper: [Double]
  /// Per segment: the distance at its lower vertex.
  private(set) var lower: [Double]

  private static let spacing = 14.0
  /// The share of a vertex's width that its ports may take.
  private static let share = 0.7

  /// O(segments · log segments).
  init(_ graph: LayeredGraph, widths: [Double]) {
    upper = [Double](repeating: 0, count: graph.segments.count)
    lower = upper
    var positions = [Int](repeating: 0, count: graph.ranks.count)
    for layer in graph.layers {
      for (position, vertex) in layer.enumerated() { positions[vertex] = position }
    }
    for vertex in 0..<graph.realCount {
      let arriving = graph.above[vertex].sorted {
        positions[graph.segments[$0].upper] < positions[graph.segments[$1].upper]
      }
      let leaving = graph.below[vertex].sorted {
        positions[graph.segments[$0].lower] < positions[graph.segments[$1].lower]
      }
      for (index, segment) in arriving.enumerated() {
        lower[segment] = Self.distance(index, of: arriving.count, width: widths[vertex])
      }
      for (index, segment) in leaving.enumerated() {
        upper[segment] = Self.distance(index, of: leaving.count, width: widths[vertex])
      }
    }
  }

  private static func distance(_ index: Int, of count: Int, width: Double) -> Double {
    guard count > 1 else { return 0 }
    let step = min(spacing, width * share / Double(count - 1))
    return step * (Double(index) - Double(count - 1) / 2)
  }
}

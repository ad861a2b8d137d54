/// How slanted lines are where they pass a layer at a dummy vertex.
struct PassingSlopes {
  /// Per vertex: sideways movement per pixel downwards; 0 at boxes.
  private(set) var values: [Double]

  /// How near a line may come to a box that it passes, and to another line.
  private static let clearance = (box: 6.0, line: 5.0)
  /// How often neighbouring lines are pushed apart.
  private static let rounds = 4

  /// A line goes the way of its neighbouring segments, upright where it turns back. It is never so slanted that it would
  /// come near a box, or meet the line beside it. O(segments).
  init(_ graph: LayeredGraph, ports: Ports, centres: [Double], bands: [ClosedRange<Double>], boxes: [Box]) {
    values = [Double](repeating: 0, count: graph.ranks.count)
    for vertex in graph.realCount..<graph.ranks.count {
      let (before, after) = (graph.above[vertex][0], graph.below[vertex][0])
      let (upper, lower) = (graph.segments[before].upper, graph.segments[after].lower)
      let above = bands[graph.ranks[upper]]
      let below = bands[graph.ranks[lower]]
      let from = Point(
        x: centres[upper] + ports.upper[before], y: graph.isDummy(upper) ? above.middle : above.upperBound)
      let to = Point(
        x: centres[lower] + ports.lower[after], y: graph.isDummy(lower) ? below.middle : below.lowerBound)
      values[vertex] = Self.slope(
        from, Point(x: centres[vertex], y: bands[graph.ranks[vertex]].middle), to)
    }
    for (rank, layer) in graph.layers.enumerated() {
      let half = (bands[rank].upperBound - bands[rank].lowerBound) / 2
      guard half > 0 else { continue }
      keepFromBoxes(layer, graph, half) { centres[$0] - boxes[$1].right }
      keepFromBoxes(layer.reversed(), graph, half) { boxes[$1].left - centres[$0] }
      for _ in 0..<Self.rounds { keepApart(layer, graph, half, centres) }
    }
  }

  /// The less slanted of the ways to the two points, so that the line never has to swing back between layers.
  private static func slope(_ before: Point, _ here: Point, _ after: Point) -> Double {
    let first = (here.x - before.x) / (here.y - before.y)
    let second = (after.x - here.x) / (after.y - here.y)
    guard first * second > 0 else { return 0 }
    return first.magnitude < second.magnitude ? first : second
  }

  /// Walks along a layer with the last box behind.
  private mutating func keepFromBoxes(
    _ layer: [Int], _ graph: LayeredGraph, _ half: Double, _ distance: (_ dummy: Int, _ box: Int) -> Double
  ) {
    var box: Int?
    for vertex in layer {
      if !graph.isDummy(vertex) {
        box = vertex
      } else if let box {
        let limit = max(0, distance(vertex, box) - Self.clearance.box) / half
        values[vertex] = min(limit, max(-limit, values[vertex]))
      }
    }
  }

  /// Gives lines side by side that would meet in the layer the slope of the more upright one, or none.
  private mutating func keepApart(_ layer: [Int], _ graph: LayeredGraph, _ half: Double, _ centres: [Double]) {
    for (left, right) in zip(layer, layer.dropFirst()) where graph.isDummy(left) && graph.isDummy(right) {
      let room = centres[right] - centres[left] - Self.clearance.line
      guard (values[left] - values[right]).magnitude * half > max(0, room) else { continue }
      let isSameWay = values[left] * values[right] > 0
      let slope = values[left].magnitude < values[right].magnitude ? values[left] : values[right]
      values[left] = isSameWay ? slope : 0
      values[right] = values[left]
    }
  }
}

extension ClosedRange<Double> {
  fileprivate var middle: Double { (lowerBound + upperBound) / 2 }
}

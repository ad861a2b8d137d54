/// The heights between which the boxes of each layer stand.
struct LayerBands {
  /// The top and the bottom of each layer.
  let bands: [ClosedRange<Double>]

  /// Layers are as high as their highest box; the more edges move sideways between two layers, the further they are
  /// apart.
  init(_ graph: LayeredGraph, sizes: [Extent], centres: [Double]) {
    var sideways = [Double](repeating: 0, count: graph.layers.count)
    for segment in graph.segments {
      let rank = graph.ranks[segment.lower]
      sideways[rank] = max(sideways[rank], (centres[segment.upper] - centres[segment.lower]).magnitude)
    }
    var bands: [ClosedRange<Double>] = []
    for (rank, layer) in graph.layers.enumerated() {
      let gap = Spacing.betweenLayers
      let distance = min(gap.upperBound, max(gap.lowerBound, Spacing.slope * sideways[rank]))
      let top = bands.last.map { $0.upperBound + distance } ?? 0
      let height = layer.filter { !graph.isDummy($0) }.map { sizes[$0].height }.max() ?? 0
      bands.append(top...top + height)
    }
    self.bands = bands
  }
}

/// The lines of edges: upright where they pass a layer, in the gap that their dummy vertex keeps free between the boxes,
/// and curved between layers, where no box stands. Hence no line touches the box of another vertex.
struct EdgeRouting {
  private(set) var routes: [Route] = []

  /// O(segments).
  init(graph: LayeredGraph, ports: Ports, centres: [Double], bands: [ClosedRange<Double>], boxes: [Box]) {
    for chain in graph.chains {
      guard let first = chain.first else { continue }
      let parent = graph.segments[first].upper
      var route = Route(start: Point(x: centres[parent] + ports.upper[first], y: boxes[parent].bottom), curves: [])
      var here = route.start
      for index in chain {
        let segment = graph.segments[index]
        let from = Point(x: here.x, y: bands[graph.ranks[segment.upper]].upperBound)
        let to = Point(x: centres[segment.lower] + ports.lower[index], y: bands[graph.ranks[segment.lower]].lowerBound)
        route.addLine(from: here, to: from)
        let middle = (from.y + to.y) / 2
        route.curves.append(
          Route.Curve(control1: Point(x: from.x, y: middle), control2: Point(x: to.x, y: middle), end: to))
        here = to
        if !graph.isDummy(segment.lower) {
          let end = Point(x: to.x, y: boxes[segment.lower].top)
          route.addLine(from: here, to: end)
        }
      }
      routes.append(route)
    }
  }
}

extension Route {
  /// Goes on straight; nothing when there is nowhere to go.
  fileprivate mutating func addLine(from: Point, to: Point) {
    guard from != to else { return }
    func between(_ share: Double) -> Point {
      Point(x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y))
    }
    curves.append(Curve(control1: between(1 / 3), control2: between(2 / 3), end: to))
  }
}

/// The heights between which the boxes of each layer stand.
struct LayerBands {
  /// The top and the bottom of each layer.
  let bands: [ClosedRange<Double>]

  /// Layers are as high as their highest box; the more lines there are between two layers, and the further they move
  /// sideways, the further the layers are apart.
  init(_ graph: LayeredGraph, sizes: [Extent], centres: [Double]) {
    var needed = [Double](repeating: 0, count: graph.layers.count)
    var lines = [Int](repeating: 0, count: graph.layers.count)
    for segment in graph.segments {
      let rank = graph.ranks[segment.lower]
      let sideways = (centres[segment.upper] - centres[segment.lower]).magnitude
      lines[rank] += 1
      needed[rank] = max(needed[rank], Spacing.slope * sideways, Spacing.perLine * Double(lines[rank]))
    }
    var bands: [ClosedRange<Double>] = []
    for (rank, layer) in graph.layers.enumerated() {
      let gap = Spacing.betweenLayers
      let distance = min(gap.upperBound, max(gap.lowerBound, needed[rank]))
      let top = bands.last.map { $0.upperBound + distance } ?? 0
      let height = layer.filter { !graph.isDummy($0) }.map { sizes[$0].height }.max() ?? 0
      bands.append(top...top + height)
    }
    self.bands = bands
  }
}

/// The lines of edges: smooth curves through their dummy vertices, straight where they pass a layer, in the gap between
/// the boxes there, and curved between layers, where no box stands. Hence no line touches the box of another vertex.
struct EdgeRouting {
  private(set) var routes: [Route] = []

  private let graph: LayeredGraph
  private let ports: Ports
  private let bands: [ClosedRange<Double>]
  private let boxes: [Box]
  /// The slopes with which lines pass dummy vertices.
  private let slopes: PassingSlopes

  /// O(segments).
  init(graph: LayeredGraph, ports: Ports, centres: [Double], bands: [ClosedRange<Double>], boxes: [Box]) {
    self.graph = graph
    self.ports = ports
    self.bands = bands
    self.boxes = boxes
    slopes = PassingSlopes(graph, ports: ports, centres: centres, bands: bands, boxes: boxes)
    for chain in graph.chains { routes.append(route(chain, centres)) }
  }

  private func route(_ chain: [Int], _ centres: [Double]) -> Route {
    let parent = graph.segments[chain[0]].upper
    var route = Route(
      start: Point(x: centres[parent] + ports.upper[chain[0]], y: boxes[parent].bottom), curves: [])
    var slope = 0.0
    route.addLine(to: Point(x: route.start.x, y: bands[graph.ranks[parent]].upperBound))
    for index in chain {
      let vertex = graph.segments[index].lower
      let band = bands[graph.ranks[vertex]]
      let x = centres[vertex] + ports.lower[index]
      let next = slopes.values[vertex]
      let half = next * (band.upperBound - band.lowerBound) / 2
      route.addCurve(to: Point(x: x - half, y: band.lowerBound), from: slope, into: next)
      let end = graph.isDummy(vertex) ? band.upperBound : boxes[vertex].top
      route.addLine(to: Point(x: x + half, y: end))
      slope = next
    }
    return route
  }
}

extension Route {
  private static let shortest = 0.1

  /// Goes on to the next layer, with these slopes, sideways per pixel downwards, at both ends.
  fileprivate mutating func addCurve(to end: Point, from slope: Double, into endSlope: Double) {
    let from = curves.last?.end ?? start
    // Upright ends are drawn out, so that arrowheads point down.
    let reach = (end.y - from.y) * (slope == 0 ? 0.5 : 0.4)
    let endReach = (end.y - from.y) * (endSlope == 0 ? 0.5 : 0.4)
    curves.append(
      Curve(
        control1: Point(x: from.x + slope * reach, y: from.y + reach),
        control2: Point(x: end.x - endSlope * endReach, y: end.y - endReach), end: end))
  }

  /// Goes on straight. A step that is only rounding is left out: it would have no direction for an arrowhead.
  fileprivate mutating func addLine(to: Point) {
    let from = curves.last?.end ?? start
    guard (from.x - to.x).magnitude > Self.shortest || (from.y - to.y).magnitude > Self.shortest else { return }
    func between(_ share: Double) -> Point {
      Point(x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y))
    }
    curves.append(Curve(control1: between(1 / 3), control2: between(2 / 3), end: to))
  }
}

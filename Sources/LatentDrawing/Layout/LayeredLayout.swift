/// A drawing of an acyclic graph in layers, parents above children, as Sugiyama, Tagawa and Toda proposed (1981).
///
/// Each connected part goes through the same steps: ranks (`Ranking`, `LayerWrapping`), dummy vertices (`LayeredGraph`),
/// the order within layers (`CrossingReduction`), positions (`HorizontalPlacement`) and lines (`EdgeRouting`); the parts are
/// then put side by side. The same graph always gives the same drawing.
struct LayeredLayout: Sendable {
  /// Where each vertex stands; no two overlap.
  private(set) var boxes: [Box]
  /// The line of each edge, from the bottom of its upper box to the top of its lower one, through no other box.
  private(set) var routes: [Route]
  /// What everything together takes, from (0, 0).
  private(set) var extent = Extent(width: 0, height: 0)

  /// Width by height that a drawing should have.
  private static let aspect = 1.6
  /// The narrowest width at which parts or layers are broken into rows.
  private static let narrowest = 1400.0

  /// Lays out vertices of these sizes. The edges form no cycle.
  init(sizes: [Extent], edges: [Edge]) {
    let parts = Components(vertexCount: sizes.count, edges: edges).parts
    let area = sizes.reduce(0) { $0 + ($1.width + 30) * ($1.height + 60) }
    let width = max(Self.narrowest, 1.25 * (area * Self.aspect).squareRoot())
    var local = [Int](repeating: 0, count: sizes.count)
    for part in parts {
      for (index, vertex) in part.vertices.enumerated() { local[vertex] = index }
    }
    let drawn = parts.map { part in
      PartLayout(
        sizes: part.vertices.map { sizes[$0] },
        edges: part.edges.map { Edge(from: local[edges[$0].from], to: local[edges[$0].to]) }, width: width)
    }
    // Large parts first; equal ones stay in order.
    let order = drawn.indices.sorted { (-drawn[$0].extent.height, $0) < (-drawn[$1].extent.height, $1) }
    let widest = drawn.map(\.extent.width).max() ?? 0
    let packing = ShelfPacking(
      order.map { drawn[$0].extent }, width: max(widest, min(width, (area * Self.aspect).squareRoot())),
      gap: Spacing.betweenParts)
    let nowhere = Box(origin: Point(x: 0, y: 0), extent: Extent(width: 0, height: 0))
    boxes = [Box](repeating: nowhere, count: sizes.count)
    routes = [Route](repeating: Route(start: nowhere.origin, curves: []), count: edges.count)
    for (index, origin) in zip(order, packing.origins) {
      for (vertex, box) in zip(parts[index].vertices, drawn[index].boxes) { boxes[vertex] = box.moved(by: origin) }
      for (edge, route) in zip(parts[index].edges, drawn[index].routes) { routes[edge] = route.moved(by: origin) }
    }
    extent = packing.extent
  }
}

/// The drawing of one connected part.
private struct PartLayout {
  let boxes: [Box]
  let routes: [Route]
  let extent: Extent

  init(sizes: [Extent], edges: [Edge], width: Double) {
    let wrapped = LayerWrapping(
      Ranking(vertexCount: sizes.count, edges: edges).ranks,
      widths: sizes.map { $0.width + Spacing.beside(false, false) }, edges: edges, limit: width)
    var graph = LayeredGraph(ranks: wrapped.ranks, edges: edges)
    graph.layers = CrossingReduction.orderedLayers(of: graph)
    let widths = graph.ranks.indices.map { graph.isDummy($0) ? 0 : sizes[$0].width }
    let ports = Ports(graph, widths: widths)
    let placement = HorizontalPlacement(graph, ports: ports, widths: widths)
    let bands = LayerBands(graph, sizes: sizes, centres: placement.centres)
    boxes = sizes.indices.map { vertex in
      let band = bands.bands[graph.ranks[vertex]]
      let origin = Point(
        x: placement.centres[vertex] - sizes[vertex].width / 2,
        y: (band.lowerBound + band.upperBound - sizes[vertex].height) / 2)
      return Box(origin: origin, extent: sizes[vertex])
    }
    let routing = EdgeRouting(graph: graph, ports: ports, centres: placement.centres, bands: bands.bands, boxes: boxes)
    routes = routing.routes
    let right = zip(placement.centres, widths).map { $0 + $1 / 2 }.max() ?? 0
    extent = Extent(width: right, height: bands.bands.last?.upperBound ?? 0)
  }
}

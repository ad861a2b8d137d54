internal import LatentData
internal import LatentModels

/// The whole picture: title, legend, network, and the tables where they are few.
struct SVGPicture {
  let text: String

  private static let margin = 24.0
  private static let narrowest = 260.0
  private static let widestPairs = 900.0
  /// The most cells of all tables that are printed below the network.
  private static let mostCells = 200
  /// The most states of a variable whose table is printed.
  private static let mostStates = 10

  init(_ drawing: NetworkDrawing) {
    let cards = drawing.cards(.svg)
    let metrics = cards.map { CardMetrics($0) }
    let layout = LayeredLayout(sizes: metrics.map(\.extent), edges: drawing.edges)
    let header = SVGHeader(drawing)
    let tables = Self.printsTables(of: drawing) ? SVGTables(drawing, width: layout.extent.width) : nil
    let pairs = PanelShelf(drawing.pairs, width: max(layout.extent.width, Self.widestPairs), .close)
    let widths = [
      layout.extent.width, header.width, tables?.extent.width ?? 0, pairs.extent.width, Self.narrowest,
    ]
    let inner = widths.max() ?? 0
    let networkTop = Self.margin + header.height
    let tablesTop = networkTop + layout.extent.height + Self.margin
    let pairsTop = tables.map { tablesTop + $0.extent.height + Self.margin } ?? tablesTop
    let bottom = pairs.extent.height > 0 ? pairsTop + pairs.extent.height : pairsTop - Self.margin
    let size = Extent(width: (inner + 2 * Self.margin).rounded(.up), height: (bottom + Self.margin).rounded(.up))

    var svg = SVGWriter()
    svg.beginDocument(
      size, title: drawing.title.isEmpty ? drawing.summary : "\(drawing.title.markup): \(drawing.summary)",
      style: SVGStyle.sheet, definitions: Self.definitions)
    header.write(to: &svg, at: Point(x: Self.margin, y: Self.margin))
    let origin = Point(x: Self.margin + (inner - layout.extent.width) / 2, y: networkTop)
    for (edge, route) in zip(drawing.edges, layout.routes) {
      SVGEdge(route.moved(by: origin)).write(
        to: &svg, title: "\(cards[edge.from].name) → \(cards[edge.to].name)")
    }
    for (index, card) in cards.enumerated() {
      let tooltip = drawing.tooltip(of: drawing.vertices[index])
      SVGNode(card, metrics[index], layout.boxes[index].moved(by: origin)).write(to: &svg, title: tooltip)
    }
    if let tables { tables.write(to: &svg, at: Point(x: Self.margin, y: tablesTop), width: inner) }
    pairs.write(to: &svg, at: Point(x: Self.margin, y: pairsTop))
    svg.add("</svg>")
    text = svg.lines.joined(separator: "\n") + "\n"
  }

  /// Tables are about the model: beside a situation they would be read as its answers.
  private static func printsTables(of drawing: NetworkDrawing) -> Bool {
    let model = drawing.model
    return drawing.situation == nil && model.structure.parameterCount <= mostCells
      && model.parameters.contains { $0 != nil } && model.schema.variables.allSatisfy { $0.states.count <= mostStates }
  }

  /// The head of an arrow.
  private static let definitions =
    "<defs><marker id=\"head\" viewBox=\"0 0 10 8\" refX=\"9\" refY=\"4\" markerWidth=\"9\" markerHeight=\"7.2\" "
    + "markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path class=\"head\" d=\"M0 0L10 4L0 8z\"/></marker></defs>"
}

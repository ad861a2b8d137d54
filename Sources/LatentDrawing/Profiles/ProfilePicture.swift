/// Panels below a title, side by side as far as the page is wide.
struct ProfilePicture {
  let text: String

  private static let margin = 24.0
  private static let headHeight = 52.0
  private static let width = 1110.0
  private static let widestTitle = 900.0

  init(_ drawing: ClassProfileDrawing) {
    var shelves = [PanelShelf(drawing.panels, width: Self.width, .columns)]
    if !drawing.pairs.isEmpty { shelves.append(PanelShelf(drawing.pairs, width: Self.width, .close)) }
    let title = TextWidth.fitted(
      drawing.title.isEmpty ? "Classes" : drawing.title.line, to: Self.widestTitle, size: SVGStyle.titleSize,
      weight: .bold)
    let widths =
      shelves.map(\.extent.width) + [
        TextWidth.of(title, size: SVGStyle.titleSize, weight: .bold),
        TextWidth.of(drawing.summary, size: SVGStyle.summarySize),
      ]
    let height = shelves.reduce(0) { $0 + $1.extent.height + PanelShelf.gap } - PanelShelf.gap
    var svg = SVGWriter()
    svg.beginDocument(
      Extent(
        width: ((widths.max() ?? 0) + 2 * Self.margin).rounded(.up),
        height: (2 * Self.margin + Self.headHeight + height).rounded(.up)),
      title: (drawing.title.isEmpty ? drawing.summary : "\(drawing.title): \(drawing.summary)").markup,
      style: SVGStyle.sheet)
    svg.addText(title, class: "title", at: Point(x: Self.margin, y: Self.margin + 14))
    svg.addText(drawing.summary, class: "summary", at: Point(x: Self.margin, y: Self.margin + 34))
    var top = Self.margin + Self.headHeight
    for shelf in shelves {
      shelf.write(to: &svg, at: Point(x: Self.margin, y: top))
      top += shelf.extent.height + PanelShelf.gap
    }
    svg.add("</svg>")
    text = svg.lines.joined(separator: "\n") + "\n"
  }
}

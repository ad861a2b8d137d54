internal import LatentModels

/// The lines above the network: its title, its size, and what the outlines mean where there is more than one kind.
struct SVGHeader {
  private static let lineHeight = 18.0

  /// How high the header is.
  var height: Double { situation == nil ? 58 : 58 + Self.lineHeight }

  private static let sampleWidth = 22.0
  private static let widestTitle = 900.0

  private let title: String
  private let summary: String
  private let legend: [(style: String, text: String)]
  /// What is known in the situation that is drawn, and how it is drawn.
  private let situation: String?

  init(_ drawing: NetworkDrawing) {
    let title = drawing.title.isEmpty ? "Bayesian network" : drawing.title.line
    self.title = TextWidth.fitted(title, to: Self.widestTitle, size: SVGStyle.titleSize, weight: .bold)
    summary = drawing.summary
    var legend: [(String, String)] = []
    if !drawing.model.latent.isEmpty { legend.append(("latent", "latent")) }
    if !drawing.model.fixed.isEmpty { legend.append(("fixed", "fixed, not learned")) }
    self.legend = legend
    situation = drawing.situation.map { situation in
      let given = situation.description.isEmpty ? "" : "given \(situation.description.line); "
      return TextWidth.fitted(
        given + "light: without it", to: Self.widestTitle, size: SVGStyle.summarySize)
    }
  }

  private var summaryWidth: Double { TextWidth.of(summary, size: SVGStyle.summarySize) }

  private func entryWidth(_ text: String) -> Double {
    Self.sampleWidth + 6 + TextWidth.of(text, size: SVGStyle.summarySize)
  }

  /// What the header needs.
  var width: Double {
    let line = legend.reduce(summaryWidth) { $0 + 22 + entryWidth($1.text) }
    return max(
      TextWidth.of(title, size: SVGStyle.titleSize, weight: .bold), line,
      TextWidth.of(situation ?? "", size: SVGStyle.summarySize))
  }

  func write(to svg: inout SVGWriter, at origin: Point) {
    svg.addText(title, class: "title", at: Point(x: origin.x, y: origin.y + 14))
    let baseline = origin.y + 34
    svg.addText(summary, class: "summary", at: Point(x: origin.x, y: baseline))
    var x = origin.x + summaryWidth + 22
    for (style, text) in legend {
      let sample = Box(
        origin: Point(x: x, y: baseline - 11), extent: Extent(width: Self.sampleWidth, height: 14))
      svg.add("<g class=\"\(style)\">")
      svg.addRectangle(sample, "rx=\"3\" class=\"box\"")
      if style == "fixed" { svg.addRectangle(sample.inset(by: 3), "rx=\"1\" class=\"inner\"") }
      svg.add("</g>")
      svg.addText(text, class: "summary", at: Point(x: x + Self.sampleWidth + 6, y: baseline))
      x += entryWidth(text) + 22
    }
    if let situation {
      svg.addText(situation, class: "summary", at: Point(x: origin.x, y: baseline + Self.lineHeight))
    }
  }
}

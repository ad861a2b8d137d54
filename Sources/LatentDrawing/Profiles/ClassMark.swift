/// How one class is told from the others: by its name, a colour, and a pattern of dashes for grey print.
struct ClassMark {
  let label: String
  private let index: Int

  /// Colours that people with other colour vision tell apart (Okabe and Ito 2008), without yellow and black.
  private static let colours = [
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c564b", "#5f5f5f",
  ]
  private static let dashes = ["", "6 3", "2 2", "8 3 2 3", "10 4", "4 2 1 2 1 2", "1 3", "12 3 3 3"]

  init(_ label: String, index: Int) {
    self.label = label.line
    self.index = index
  }

  var colour: String { Self.colours[index % Self.colours.count] }

  /// The outline of a shape.
  var stroke: String {
    let dash = Self.dashes[index % Self.dashes.count]
    return "stroke=\"\(colour)\" stroke-width=\"1.4\"" + (dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\"")
  }

  /// A filled shape.
  var fill: String { "fill=\"\(colour)\"" }

  /// A shape that others may be seen through.
  var wash: String { "fill=\"\(colour)\" fill-opacity=\"0.28\" stroke=\"\(colour)\" stroke-width=\"1.3\"" }

  /// A small square, whose left side and baseline are at a point.
  func writeSwatch(to svg: inout SVGWriter, at point: Point) {
    svg.addRectangle(Box(origin: Point(x: point.x, y: point.y - 8), extent: Extent(width: 8, height: 8)), fill)
  }
}

/// Collects the elements of an SVG document.
struct SVGWriter {
  private(set) var lines: [String] = []

  /// The first lines of a document, up to a white ground: its size, its title as markup, its style, and definitions.
  mutating func beginDocument(_ size: Extent, title: String, style: String, definitions: String? = nil) {
    let (width, height) = (number(size.width), number(size.height))
    add(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"\(height)\" "
        + "viewBox=\"0 0 \(width) \(height)\" role=\"img\">")
    add("<title>\(title)</title>")
    add("<style>\n\(style)\n</style>")
    if let definitions { add(definitions) }
    add("<rect width=\"\(width)\" height=\"\(height)\" fill=\"#fff\"/>")
  }

  /// A line of markup as it is.
  mutating func add(_ markup: String) { lines.append(markup) }

  /// A text whose baseline begins, is centred or ends at a point.
  mutating func addText(_ text: String, class name: String, at point: Point) {
    add("<text class=\"\(name)\" x=\"\(number(point.x))\" y=\"\(number(point.y))\">\(text.markup)</text>")
  }

  /// A rectangle; its attributes beyond position and size as markup.
  mutating func addRectangle(_ box: Box, _ attributes: String) {
    add(
      "<rect x=\"\(number(box.left))\" y=\"\(number(box.top))\" width=\"\(number(box.extent.width))\""
        + " height=\"\(number(box.extent.height))\" \(attributes)/>")
  }

  /// A straight line.
  mutating func addLine(from: Point, to: Point, class name: String) {
    add(
      "<line class=\"\(name)\" x1=\"\(number(from.x))\" y1=\"\(number(from.y))\" x2=\"\(number(to.x))\""
        + " y2=\"\(number(to.y))\"/>")
  }
}

/// A coordinate as attributes have it.
func number(_ value: Double) -> String { Numerals.coordinate(value) }

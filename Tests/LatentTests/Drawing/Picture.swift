import Foundation
import Testing

@testable import LatentDrawing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A document as an XML parser sees it.
final class Picture: NSObject, XMLParserDelegate {
  /// A text and the space that it takes.
  struct Label {
    let text: String
    let box: Box
  }

  private(set) var labels: [Label] = []
  private(set) var titles: [String] = []
  private(set) var groups: [String] = []
  private(set) var count: [String: Int] = [:]
  /// The widths of rectangles by class.
  private(set) var rectangles: [String: [Double]] = [:]
  private(set) var size = Extent(width: 0, height: 0)
  private var open = ""
  private var attributes: [String: String] = [:]

  var texts: [String] { labels.map(\.text) }

  init(_ svg: String) throws {
    super.init()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = self
    guard parser.parse() else { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    count[name, default: 0] += 1
    (open, self.attributes) = ("", attributes)
    func length(_ name: String) -> Double { Double(attributes[name] ?? "") ?? 0 }
    let style = attributes["class"]
    if name == "svg" { size = Extent(width: length("width"), height: length("height")) }
    if name == "g", let style, style != "edge" { groups.append(style) }
    if name == "rect", let style { rectangles[style, default: []].append(length("width")) }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { open += string }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    if name == "text" { labels.append(Label(text: open, box: box)) }
    if name == "title" { titles.append(open) }
  }

  /// The space of the text that was just read, as wide as text is taken to be, but for its allowance.
  private var box: Box {
    let styles = Set((attributes["class"] ?? "").split(separator: " ").map(String.init))
    let size =
      styles.contains("title")
      ? 18.0
      : styles.contains("tick") ? 9 : styles.contains("summary") ? 12 : styles.isDisjoint(with: Self.large) ? 11 : 13
    let isBold = !styles.isDisjoint(with: Self.bold)
    let width = TextWidth.of(open, size: size, weight: isBold ? .bold : .regular) / 1.1
    func length(_ name: String) -> Double { Double(attributes[name] ?? "") ?? 0 }
    if let transform = attributes["transform"] {
      let numbers = transform.split { !"-.0123456789".contains($0) }.compactMap { Double($0) }
      return Box(
        origin: Point(x: numbers[0] - 0.8 * size, y: numbers[1] - width / 2), extent: Extent(width: size, height: width)
      )
    }
    let shift = styles.contains("right") ? width : styles.isDisjoint(with: ["middle", "name"]) ? 0 : width / 2
    return Box(
      origin: Point(x: length("x") - shift, y: length("y") - 0.72 * size),
      extent: Extent(width: width, height: 0.72 * size))
  }

  private static let large: Set = ["name", "panel"]
  private static let bold: Set = ["title", "caption", "panel", "name"]

  /// That all texts are inside the picture, and none lies on another.
  func expectLegible(_ comment: String) {
    for (index, label) in labels.enumerated() where !label.text.isEmpty {
      let box = label.box
      #expect(
        box.left >= 0 && box.top >= 0 && box.right <= size.width && box.bottom <= size.height,
        "\(comment): '\(label.text)' is cut")
      for other in labels[..<index] where !other.text.isEmpty {
        let overlaps =
          box.left < other.box.right && other.box.left < box.right && box.top < other.box.bottom
          && other.box.top < box.bottom
        #expect(!overlaps, "\(comment): '\(label.text)' on '\(other.text)'")
      }
    }
  }
}

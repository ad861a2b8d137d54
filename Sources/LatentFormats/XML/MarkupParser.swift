internal import Foundation

#if canImport(FoundationXML)
  internal import FoundationXML
#endif

/// Reads a file into a tree by means of the system's parser.
enum MarkupParser {
  /// How deep elements may stand in each other: far more than any model needs, and little enough for the stack.
  static let maximumDepth = 100

  /// Reads a whole document whose element is `root`; linear in its length.
  static func parse(_ source: SourceText, root: String, format: String) throws(FileError) -> MarkupDocument {
    let prolog = try MarkupProlog(source, root: root, format: format)
    let builder = MarkupBuilder(try MarkupTags(prolog.bytes, source))
    // In parts, for the parser refuses a part of more than 10 MB.
    let parser = XMLParser(stream: InputStream(data: Data(prolog.bytes)))
    parser.shouldResolveExternalEntities = false
    parser.delegate = builder
    // The result says nothing: it is true after some errors. The builder keeps the first one.
    _ = parser.parse()
    if let fault = builder.fault { throw fault.error(builder.open, builder.root, source) }
    guard let element = builder.root, builder.open.isEmpty else {
      throw MarkupFault(code: 5, line: 1, column: 1).error(builder.open, builder.root, source)
    }
    guard element.name == root else {
      throw source.error(
        at: element.place,
        "this is not an \(format) file: the first element is <\(element.name)>, expected <\(root)>; check the "
          + "extension of its name")
    }
    return MarkupDocument(before: builder.before, root: element, after: builder.after)
  }
}

/// Puts what the parser reports into a tree, up to the first error.
private final class MarkupBuilder: NSObject, XMLParserDelegate {
  private(set) var fault: MarkupFault?
  private(set) var root: MarkupElement?
  private(set) var before: [MarkupContent] = []
  private(set) var after: [MarkupContent] = []
  /// The elements that are not closed yet, the outermost first.
  private(set) var open: [MarkupElement] = []
  /// Text that has not ended yet: it comes in small parts.
  private var text = ""
  private var tags: MarkupTags

  init(_ tags: MarkupTags) { self.tags = tags }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    guard fault == nil else { return }
    endText()
    let range = tags.next(named: name)
    let mark = SourceText.Place.mark(line: parser.lineNumber, column: parser.columnNumber)
    let place = range.map { SourceText.Place.offset($0.lowerBound) } ?? mark
    open.append(
      MarkupElement(name: name, attributes: attributes, place: place, contentStart: range?.upperBound))
    if open.count > MarkupParser.maximumDepth { stop(parser, code: MarkupFault.tooDeep) }
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    guard fault == nil, !open.isEmpty else { return }
    endText()
    let element = open.removeLast()
    if open.isEmpty { root = element } else { add(.element(element)) }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    if fault == nil { text += string }
  }

  func parser(_ parser: XMLParser, foundCDATA block: Data) {
    if fault == nil { text += String(decoding: block, as: UTF8.self) }
  }

  func parser(_ parser: XMLParser, foundComment comment: String) {
    guard fault == nil else { return }
    endText()
    add(.comment(comment))
  }

  func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) {
    let code = (error as NSError).code
    if fault == nil, !MarkupFault.harmless.contains(code) { stop(parser, code: code) }
  }

  private func stop(_ parser: XMLParser, code: Int) {
    fault = MarkupFault(code: code, line: parser.lineNumber, column: parser.columnNumber)
    parser.abortParsing()
  }

  private func endText() {
    guard !text.isEmpty else { return }
    add(.text(text))
    text = ""
  }

  private func add(_ content: MarkupContent) {
    if open.isEmpty {
      if root == nil { before.append(content) } else { after.append(content) }
    } else {
      open[open.count - 1].content.append(content)
    }
  }
}

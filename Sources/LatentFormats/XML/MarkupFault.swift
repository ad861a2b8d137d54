/// The first error that the parser reports, and how to say it.
struct MarkupFault {
  /// The number that libxml2 gives the error.
  let code: Int
  /// Where the parser was when it saw it.
  let line: Int
  let column: Int

  /// Elements within too many others; not a number of libxml2.
  static let tooDeep = -1

  /// Versions of XML that are not known, which are read like 1.0, and prefixes of names, which mean nothing here.
  static let harmless = Set(97...102).union(200...205)

  /// The error in a sentence; `open` are the elements that were not closed, `root` the first element if it was.
  func error(_ open: [MarkupElement], _ root: MarkupElement?, _ source: SourceText) -> FileError {
    let offset = offset(in: source.bytes)
    switch code {
    case Self.tooDeep:
      return source.error(
        at: open.last?.place ?? .offset(offset),
        "elements stand more than \(MarkupParser.maximumDepth) deep in each other; no model needs that")
    case 5 where open.isEmpty && root != nil:
      return source.error(
        at: .offset(offset), "the file goes on after </\(root?.name ?? "")>; remove what follows")
    case 76:
      return source.error(
        at: .offset(last("<", upTo: offset, in: source.bytes)),
        "this tag does not close <\(open.last?.name ?? "")>, which is open; expected </\(open.last?.name ?? "")>")
    case 26, 27:
      return source.error(
        at: .offset(last("&", upTo: offset, in: source.bytes)),
        "this entity is not declared; write the character itself, or '&amp;' for the character '&'")
    case 45, 63:
      let delimiter = code == 45 ? "<!--" : "<![CDATA["
      let what =
        code == 45
        ? "comment that begins here is not closed; expected '-->'"
        : "CDATA section that begins here is not closed; expected ']]>'"
      return source.error(at: .offset(last(delimiter, upTo: offset, in: source.bytes)), "the \(what)")
    case _ where code == 5 || isAtEnd(offset, source.bytes):
      guard let element = open.last else {
        return source.error(at: .offset(offset), "the file ends before its first element does; is it complete?")
      }
      return source.error(at: element.place, "<\(element.name)> begins here and is not closed; is the file complete?")
    default:
      return source.error(at: .offset(offset), Self.sentences[code] ?? "this is not well-formed XML (error \(code))")
    }
  }

  private static let sentences = [
    4: "this is not XML; expected an element",
    9: "this byte or character cannot stand in XML, or not in the encoding of the file; save it as UTF-8",
    38: "an attribute holds '<'; write '&lt;'",
    39: "the value of an attribute has no quotes; put it between '\"' and '\"'",
    41: "an attribute has no value; expected '=' and a value in quotes",
    42: "an attribute is there twice in one tag; remove one of the two",
    62: "']]>' cannot stand in text; write ']]&gt;'",
    65: "a space is missing between two attributes",
    68: "'<' or '&' stands here without the name of an element or entity; write '&lt;' or '&amp;'",
    73: "a tag is not closed; expected '>'",
    80: "a comment holds '--', which XML does not allow; take it out",
  ]

  /// The offset of the line and column in the bytes.
  private func offset(in bytes: [UInt8]) -> Int {
    var index = 0
    for _ in 1..<max(line, 1) {
      guard let end = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) else { return bytes.count }
      index = end + 1
    }
    for _ in 1..<max(column, 1) where index < bytes.count {
      index += 1
      while index < bytes.count, bytes[index] & 0xC0 == 0x80 { index += 1 }
    }
    return index
  }

  /// The offset of the last occurrence of a text before an offset; the latter itself when there is none.
  private func last(_ text: String, upTo offset: Int, in bytes: [UInt8]) -> Int {
    guard let first = text.utf8.first else { return offset }
    var end = min(offset, bytes.count)
    while let found = bytes[..<end].lastIndex(of: first) {
      if bytes[found...].starts(with: text.utf8) { return found }
      end = found
    }
    return offset
  }

  private func isAtEnd(_ offset: Int, _ bytes: [UInt8]) -> Bool {
    bytes.dropFirst(offset).allSatisfy { Unicode.Scalar($0).isMarkupSpace }
  }
}

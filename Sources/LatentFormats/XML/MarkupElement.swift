/// A document in XML: its one element and the comments around it.
struct MarkupDocument {
  var before: [MarkupContent] = []
  let root: MarkupElement
  var after: [MarkupContent] = []
}

/// What stands between the tags of an element.
enum MarkupContent {
  case element(MarkupElement)
  case text(String)
  case comment(String)
}

/// An element of an XML document.
struct MarkupElement {
  let name: String
  var attributes: [String: String]
  /// Where its tag stands.
  let place: SourceText.Place
  /// The offset of the byte behind its tag, where the bytes could be followed.
  let contentStart: Int?
  /// Text, comments and elements in the order of the file; no two texts side by side.
  var content: [MarkupContent] = []

  /// The elements directly inside.
  var children: [MarkupElement] {
    content.compactMap { if case .element(let element) = $0 { element } else { nil } }
  }

  /// The elements of a name directly inside.
  func children(named name: String) -> [MarkupElement] { children.filter { $0.name == name } }

  /// The element of a name directly inside; nil when there is none.
  ///
  /// - Throws: when there are two.
  func child(named name: String, _ source: SourceText) throws(FileError) -> MarkupElement? {
    let found = children(named: name)
    guard found.count > 1 else { return found.first }
    let line = source.line(of: found[0].place)
    throw source.error(
      at: found[1].place, "<\(self.name)> has a second <\(name)>, the first in line \(line); remove one of the two")
  }

  /// The text inside, comments left out.
  ///
  /// - Throws: when there are elements inside.
  func text(_ source: SourceText) throws(FileError) -> String {
    var text = ""
    for piece in content {
      switch piece {
      case .text(let part): text += part
      case .comment: continue
      case .element(let element):
        throw source.error(at: element.place, "found <\(element.name)> in <\(name)>, which holds text only; remove it")
      }
    }
    return text
  }

  /// The text inside without the white space around it.
  func trimmedText(_ source: SourceText) throws(FileError) -> String {
    let scalars = try text(source).unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.isMarkupSpace }),
      let last = scalars.lastIndex(where: { !$0.isMarkupSpace })
    else { return "" }
    return String(scalars[first...last])
  }

  /// The words inside, which white space separates.
  func words(_ source: SourceText) throws(FileError) -> [String] {
    try text(source).unicodeScalars.split(whereSeparator: \.isMarkupSpace).map { String($0) }
  }

  /// Refuses text between the elements inside.
  func requireNoText(_ source: SourceText) throws(FileError) {
    for case .text(let text) in content {
      let words = text.unicodeScalars.split(whereSeparator: \.isMarkupSpace)
      guard let word = words.first else { continue }
      throw source.error(
        at: place, "<\(name)> has the text '\(String(word.prefix(40)))' between its elements; remove it")
    }
  }
}

extension MarkupContent {
  /// Whether this is a comment.
  var isComment: Bool { if case .comment = self { true } else { false } }
}

extension [MarkupContent] {
  /// The comments among the pieces, as they stand in a file.
  var comments: [String] { filter(\.isComment).map(\.spelling) }
}

extension Unicode.Scalar {
  /// Whether XML takes the character for white space.
  var isMarkupSpace: Bool { self == " " || self == "\n" || self == "\t" || self == "\r" }
}

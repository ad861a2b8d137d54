/// What programs keep in an XDSL file beside the network: GeNIe its positions, colours and texts.
struct XDSLExtensions {
  /// The program that wrote the file, as the extension of GeNIe names it.
  let application: String?
  /// All extensions, ids spelt as the writer spells them, the name of the program left out.
  private(set) var pieces: [String] = []

  /// Takes all that the element holds.
  init(_ extensions: MarkupElement, _ source: SourceText) throws(FileError) {
    try extensions.requireNoText(source)
    application = try extensions.child(named: "genie", source)?.attributes["app"]
    for piece in extensions.content {
      if case .element(let element) = piece {
        pieces.append(element.name == "genie" ? Self.kept(element).spelling : element.spelling)
      } else {
        pieces += [piece].comments
      }
    }
  }

  private static func kept(_ genie: MarkupElement) -> MarkupElement {
    var genie = respelt(genie)
    genie.attributes["app"] = nil
    return genie
  }

  /// The element with the ids of nodes spelt as the writer spells them.
  private static func respelt(_ element: MarkupElement) -> MarkupElement {
    var element = element
    if element.name == "node", let id = element.attributes["id"] {
      element.attributes["id"] = NameEscape.identifier.encode(NameEscape.identifier.decode(id))
    }
    for index in element.content.indices {
      guard case .element(let child) = element.content[index] else { continue }
      element.content[index] = .element(respelt(child))
    }
    return element
  }
}

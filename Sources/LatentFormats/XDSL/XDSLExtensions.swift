/// What programs keep in an XDSL file beside the network: GeNIe its positions, colours and texts.
struct XDSLExtensions {
  /// The program that wrote the file, as the extension of GeNIe names it.
  private(set) var application: String?
  /// The variables, in the order of the extension where that is the order of the model.
  private(set) var declarations: [MarkupNetwork.Declaration]
  /// All extensions, ids spelt as the writer spells them, the name of the program left out.
  private(set) var pieces: [String] = []

  /// Takes the variables in the order of the nodes.
  init(
    _ extensions: MarkupElement, _ declarations: [MarkupNetwork.Declaration], _ source: SourceText
  ) throws(FileError) {
    self.declarations = declarations
    try extensions.requireNoText(source)
    let genie = try extensions.child(named: "genie", source)
    application = genie?.attributes["app"]
    if let genie, application?.hasPrefix(XDSL.application) == true { sort(by: genie) }
    for piece in extensions.content {
      if case .element(let element) = piece {
        pieces.append(element.name == "genie" ? canonical(element).spelling : element.spelling)
      } else {
        pieces += [piece].comments
      }
    }
  }

  /// In a file of our own, nodes stand below their parents and the extension lists them in the order of the model.
  private mutating func sort(by genie: MarkupElement) {
    let listed = genie.children(named: "node").compactMap { $0.attributes["id"].map(NameEscape.identifier.decode) }
    let positions = Dictionary(zip(listed, 0...)) { first, _ in first }
    let places = declarations.compactMap { positions[$0.name.text] }
    guard places.count == declarations.count else { return }
    declarations = zip(places, declarations).sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// The extension as it is kept: its nodes in the order of the variables, which may have changed since.
  private func canonical(_ genie: MarkupElement) -> MarkupElement {
    var genie = respelt(genie)
    genie.attributes["app"] = nil
    let ids = declarations.map { NameEscape.identifier.encode($0.name.text) }
    let positions = Dictionary(zip(ids, 0...)) { first, _ in first }
    let places = genie.content.indices.filter { genie.content[$0].nodeID != nil }
    let nodes = places.map { (positions[genie.content[$0].nodeID ?? ""] ?? ids.count, $0) }.sorted { $0 < $1 }
    let sorted = nodes.map { genie.content[$0.1] }
    for (place, node) in zip(places, sorted) { genie.content[place] = node }
    return genie
  }

  /// The element with the ids of nodes spelt as the writer spells them.
  private func respelt(_ element: MarkupElement) -> MarkupElement {
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

extension MarkupContent {
  /// The id of a node of GeNIe; nil for all else.
  fileprivate var nodeID: String? {
    guard case .element(let element) = self, element.name == "node" else { return nil }
    return element.attributes["id"]
  }
}

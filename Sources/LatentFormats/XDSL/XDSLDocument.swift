/// What an XDSL file declares, and what it says beside that.
struct XDSLDocument {
  private(set) var network = ""
  private(set) var declarations: [MarkupNetwork.Declaration] = []
  private(set) var definitions: [MarkupNetwork.Definition] = []
  private(set) var annotations = Annotations(.xdsl)
  /// The program that wrote the file, as the extension of GeNIe names it.
  private(set) var application: String?
  /// Whether a comment says that pyAgrum wrote the file.
  let hasCommentOfAGrUM: Bool
  private(set) var ignored = IgnoredAttributes()
  private let source: SourceText

  /// Walks through the elements of a file; linear in their number.
  init(_ document: MarkupDocument, _ source: SourceText) throws(FileError) {
    self.source = source
    let root = document.root
    let comments = document.before.comments + root.content.comments
    hasCommentOfAGrUM = comments.contains { $0.contains("created by pyAgrum") }
    try root.requireNoText(source)
    network = NameEscape.identifier.decode(root.attributes["id"] ?? "")
    if network == BIF.placeholder { network = "" }
    annotations.network = comments
    if let piece = root.attributesPiece(but: ["id", "version"]) { annotations.network.append(piece) }
    for element in root.children {
      switch element.name {
      case "nodes", "extensions": continue
      case "dynamic":
        throw source.error(
          at: element.place, "this is a dynamic network, which cannot be read; unroll it in GeNIe first")
      case "smile": throw element.misplaced(in: root, source)
      default: annotations.network.append(element.spelling)
      }
    }
    guard let nodes = try root.child(named: "nodes", source) else {
      throw source.error(at: root.place, "<smile> has no <nodes>; add them")
    }
    ignored.note(nodes)
    try read(nodes)
    if let extensions = try root.child(named: "extensions", source) {
      ignored.note(extensions)
      let kept = try XDSLExtensions(extensions, source)
      application = kept.application
      annotations.end = kept.pieces + annotations.end
    }
    XDSLVariableOrder.apply(to: &declarations, takingFrom: &annotations.variables)
    annotations.end += document.after.comments
  }

  private mutating func read(_ nodes: MarkupElement) throws(FileError) {
    try nodes.requireNoText(source)
    var remarks: [String] = []
    for piece in nodes.content {
      guard case .element(let element) = piece else {
        remarks += [piece].comments
        continue
      }
      let node = try XDSLNode(element, source)
      for child in node.known { ignored.note(child) }
      let pieces = remarks + node.pieces
      remarks = []
      declarations.append(MarkupNetwork.Declaration(name: node.name, states: node.states))
      definitions.append(MarkupNetwork.Definition(child: node.name, parents: node.parents, content: element))
      if !pieces.isEmpty { annotations.variables[node.name.text, default: []] += pieces }
    }
    annotations.end = remarks
  }
}

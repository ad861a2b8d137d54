/// A node of an XDSL file.
struct XDSLNode {
  let name: MarkupNetwork.Name
  private(set) var states: [String] = []
  private(set) var parents: [MarkupNetwork.Name] = []
  /// The elements that hold parents and table, whose attributes have no place.
  private(set) var known: [MarkupElement] = []
  /// What is kept for the writer. The attributes of the node, and those of its states, stand in elements that have
  /// nothing else; the name of the first of these says whether the node is deterministic.
  var pieces: [String] { comments + attributes + others }
  private var comments: [String]
  private var attributes: [String] = []
  private var others: [String] = []

  /// Reads all but the table.
  init(_ node: MarkupElement, _ source: SourceText) throws(FileError) {
    guard node.name == "cpt" || node.name == "deterministic" else { throw Self.refusal(of: node, source) }
    try node.requireNoText(source)
    name = MarkupNetwork.Name(text: try Self.id(of: node, source), place: node.place)
    comments = node.content.comments
    if let piece = node.attributesPiece(but: ["id"]) {
      attributes.append(piece)
    } else if node.name == "deterministic" {
      attributes.append("<deterministic/>")
    }
    for child in node.children {
      switch child.name {
      case "state": try readState(child, source)
      case "parents", "probabilities", "resultingstates":
        known.append(child)
        comments += child.content.comments
      case "cpt", "deterministic": throw child.misplaced(in: node, source)
      default: others.append(child.spelling)
      }
    }
    guard let element = try node.child(named: "parents", source) else { return }
    let words = try element.words(source)
    parents = zip(words, element.places(ofWords: words.count, in: source)).map {
      MarkupNetwork.Name(text: NameEscape.identifier.decode($0), place: $1)
    }
  }

  private mutating func readState(_ element: MarkupElement, _ source: SourceText) throws(FileError) {
    try element.requireNoText(source)
    if let other = element.children.first { throw other.misplaced(in: element, source) }
    comments += element.content.comments
    let state = try Self.id(of: element, source)
    states.append(state)
    let rest = element.attributes.filter { $0.key != "id" }
    if !rest.isEmpty { attributes.append("\(Self.stateTag(state))\(MarkupText.attributes(rest))/>") }
  }

  /// The beginning of the tag of a state, up to its id.
  static func stateTag(_ state: String) -> String { "<state id=\"\(NameEscape.identifier.encode(state))\"" }

  private static func refusal(of node: MarkupElement, _ source: SourceText) -> FileError {
    let reason =
      node.name == "noisymax"
      ? "change it into a node with a table in GeNIe" : "only <cpt> and <deterministic> nodes can be read"
    let remedy = NearestName.remedy(for: node.name, among: ["cpt", "deterministic"], otherwise: reason)
    return source.error(at: node.place, "node \(node.attributes["id"] ?? "") is of the kind <\(node.name)>\(remedy)")
  }

  private static func id(of element: MarkupElement, _ source: SourceText) throws(FileError) -> String {
    guard let id = element.attributes["id"] else {
      throw source.error(at: element.place, "this <\(element.name)> has no attribute id; add one")
    }
    return NameEscape.identifier.decode(id)
  }
}

extension MarkupElement {
  /// The attributes that are not known, as an element that has nothing else; nil when there are none.
  func attributesPiece(but known: Set<String>) -> String? {
    let others = attributes.filter { !known.contains($0.key) }
    return others.isEmpty ? nil : "<\(name)\(MarkupText.attributes(others))/>"
  }

  /// The error that this element stands in that one.
  func misplaced(in element: MarkupElement, _ source: SourceText) -> FileError {
    source.error(at: place, "<\(name)> cannot stand in <\(element.name)>; close that first")
  }
}

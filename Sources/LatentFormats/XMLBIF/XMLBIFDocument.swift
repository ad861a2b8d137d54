/// What an XMLBIF file declares, and what it says beside that.
struct XMLBIFDocument {
  private(set) var network = ""
  private(set) var declarations: [MarkupNetwork.Declaration] = []
  private(set) var definitions: [MarkupNetwork.Definition] = []
  private(set) var annotations = Annotations(.xmlbif)
  private(set) var ignored = IgnoredAttributes()
  private let source: SourceText

  /// Walks through the elements of a file; linear in their number.
  init(_ document: MarkupDocument, _ source: SourceText) throws(FileError) {
    self.source = source
    let root = document.root
    if let version = root.attributes["VERSION"], version != "0.3" {
      throw source.error(at: root.place, "this is XMLBIF \(version); only version 0.3 can be read")
    }
    ignored.note(root, but: "VERSION")
    try root.requireNoText(source)
    if let other = root.children.first(where: { $0.name != "NETWORK" }) {
      throw unknown(other, in: root, known: ["NETWORK"])
    }
    guard let network = try root.child(named: "NETWORK", source) else {
      throw source.error(at: root.place, "<BIF> has no <NETWORK>; add one")
    }
    annotations.network = document.before.comments
    let first = root.content.firstIndex { if case .element = $0 { true } else { false } } ?? 0
    annotations.network += Array(root.content[..<first]).comments
    try read(network)
    annotations.end += Array(root.content[first...]).comments + document.after.comments
  }

  private mutating func read(_ element: MarkupElement) throws(FileError) {
    try element.requireNoText(source)
    ignored.note(element)
    if let name = try element.child(named: "NAME", source) {
      let text = try self.name(name).text
      network = text == BIF.placeholder ? "" : text
    }
    var remarks: [String] = []
    for piece in element.content {
      switch piece {
      case .text: continue
      case .comment: remarks.append(piece.spelling)
      case .element(let child):
        switch child.name {
        case "NAME": continue
        case "PROPERTY": annotations.network += take(&remarks) + [try property(child)]
        case "VARIABLE": try readVariable(child, take(&remarks))
        case "DEFINITION": try readDefinition(child, take(&remarks))
        default: throw unknown(child, in: element, known: ["NAME", "PROPERTY", "VARIABLE", "DEFINITION"])
        }
      }
    }
    annotations.end = remarks
  }

  private mutating func readVariable(_ element: MarkupElement, _ remarks: [String]) throws(FileError) {
    try element.requireNoText(source)
    ignored.note(element, but: "TYPE")
    guard let nameElement = try element.child(named: "NAME", source) else {
      throw source.error(at: element.place, "this <VARIABLE> has no <NAME>; add one")
    }
    let name = try name(nameElement)
    if let type = element.attributes["TYPE"], type != "nature" {
      throw source.error(
        at: element.place, "variable \(name.text) is of type \(type); only variables of type nature can be read")
    }
    var states: [String] = []
    for child in element.children {
      switch child.name {
      case "NAME", "PROPERTY": continue
      case "OUTCOME", "VALUE": states.append(try self.name(child).text)
      default: throw unknown(child, in: element, known: ["NAME", "OUTCOME", "PROPERTY"])
      }
    }
    declarations.append(MarkupNetwork.Declaration(name: name, states: states))
    let pieces = try remarks + element.content.comments + properties(of: element)
    if !pieces.isEmpty { annotations.variables[name.text, default: []] += pieces }
  }

  private mutating func readDefinition(_ element: MarkupElement, _ remarks: [String]) throws(FileError) {
    try element.requireNoText(source)
    ignored.note(element)
    let known = ["FOR", "GIVEN", "TABLE", "PROPERTY"]
    if let other = element.children.first(where: { !known.contains($0.name) }) {
      throw unknown(other, in: element, known: known)
    }
    guard let child = try element.child(named: "FOR", source) else {
      throw source.error(at: element.place, "this <DEFINITION> has no <FOR>; add one with the name of a variable")
    }
    var parents: [MarkupNetwork.Name] = []
    for parent in element.children(named: "GIVEN") { parents.append(try name(parent)) }
    let name = try name(child)
    definitions.append(MarkupNetwork.Definition(child: name, parents: parents, content: element))
    let inTable = element.children(named: "TABLE").flatMap { $0.content.comments }
    let pieces = try remarks + element.content.comments + inTable + properties(of: element)
    if !pieces.isEmpty { annotations.tables[name.text, default: []] += pieces }
  }

  private func name(_ element: MarkupElement) throws(FileError) -> MarkupNetwork.Name {
    MarkupNetwork.Name(text: MarkupText.names.decode(try element.trimmedText(source)), place: element.place)
  }

  private func properties(of element: MarkupElement) throws(FileError) -> [String] {
    var properties: [String] = []
    for child in element.children(named: "PROPERTY") { properties.append(try property(child)) }
    return properties
  }

  private func property(_ element: MarkupElement) throws(FileError) -> String {
    _ = try element.text(source)
    return element.spelling
  }

  private func take(_ remarks: inout [String]) -> [String] {
    defer { remarks = [] }
    return remarks
  }

  private func unknown(_ child: MarkupElement, in element: MarkupElement, known: [String]) -> FileError {
    let expected = "expected \(known.map { "<\($0)>" }.joined(separator: ", "))"
    let remedy = NearestName.remedy(for: child.name, among: known, otherwise: expected)
    return source.error(at: child.place, "<\(child.name)> cannot stand in <\(element.name)>\(remedy)")
  }
}

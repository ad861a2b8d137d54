internal import LatentData
internal import LatentModels

/// The format of GeNIe and SMILE, as far as it speaks of discrete variables and their tables.
enum XDSL: ModelSyntax {
  static let name = "XDSL"
  static let extensions = ["xdsl"]

  /// The name under which files of our own say which program wrote them.
  static let application = "latent"

  /// The same where the first parent varies fastest, so that the file can be read back.
  static let applicationFirstParentFastest = "latent (first parent fastest)"

  static var nameEscape: NameEscape? { .identifier }
  static var labelEscape: NameEscape? { .identifier }

  static func recognizes(_ beginning: FileBeginning) -> Bool {
    beginning.starts(with: "<") && beginning.contains("<smile")
  }

  static func parse(_ file: ModelSource) throws(FileError) -> ParsedModel {
    let source = file.text
    let document = try XDSLDocument(try MarkupParser.parse(source, root: "smile", format: "XDSL"), source)
    let words = TableWording(
      table: "<cpt> element", declaration: { _ in "add a <cpt> with this id" }, completion: { _ in "add one" })
    let network = try MarkupNetwork.structure(document.declarations, document.definitions, words, source)
    var entries: [MarkupTables.Entry] = []
    for (id, definition) in zip(network.structure.schema.ids, network.heads) {
      entries.append(try table(definition, of: id, in: network.structure, source))
    }
    let tables = try MarkupTables(entries, in: network.structure, source)
    let order = XDSLOrder(document, file.parentOrder, tables)
    let warnings = [document.ignored.warning(format: "XDSL"), order.warning].compactMap(\.self)
    return try tables.parsed(
      named: document.network, in: order.order, document.annotations, warnings: warnings, source)
  }

  private static func table(
    _ definition: MarkupNetwork.Definition, of id: VariableID, in structure: NetworkStructure, _ source: SourceText
  ) throws(FileError) -> MarkupTables.Entry {
    let (element, name) = (definition.content, definition.child.text)
    let tag = element.name == "cpt" ? "probabilities" : "resultingstates"
    guard let table = try element.child(named: tag, source) else {
      throw source.error(at: element.place, "the <\(element.name)> of \(name) has no <\(tag)>; add them")
    }
    if element.name == "cpt" {
      let numbers = try MarkupNumbers(table, source)
      return MarkupTables.Entry(values: numbers.values, place: table.place, numbers: numbers)
    }
    let words = try table.words(source)
    let expected = structure.family(of: id).configurations
    guard words.count == expected else {
      throw source.error(
        at: table.place,
        "the <resultingstates> of \(name) need \(expected) states, one for each row, and are \(words.count)")
    }
    let states = structure.schema[id].states
    let codes = Dictionary(uniqueKeysWithValues: zip(states, 0...))
    var values = [Double](repeating: 0, count: words.count * states.count)
    for (row, word) in words.enumerated() {
      guard let code = codes[NameEscape.identifier.decode(word)] else {
        let known = "expected \(states.prefix(8).joined(separator: ", "))\(states.count > 8 ? ", ..." : "")"
        let remedy = NearestName.remedy(for: word, among: states, otherwise: known)
        throw source.error(at: table.place(ofWord: row, in: source), "'\(word)' is not a state of \(name)\(remedy)")
      }
      values[row * states.count + code] = 1
    }
    return MarkupTables.Entry(values: values, place: table.place, numbers: nil)
  }
}

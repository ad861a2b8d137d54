internal import LatentData
internal import LatentModels

/// The XML-based interchange format for Bayesian networks, version 0.3 (Cozman 1998).
enum XMLBIF: ModelSyntax {
  static let name = "XMLBIF"
  static let extensions = ["xmlbif", "bifxml", "xml"]

  static var nameEscape: NameEscape? { MarkupText.names }
  static var labelEscape: NameEscape? { MarkupText.names }

  /// Any other XML, so that its reader says what is wrong with it.
  static func recognizes(_ beginning: FileBeginning) -> Bool {
    beginning.starts(with: "<") && !XDSL.recognizes(beginning)
  }

  static func parse(_ file: ModelSource) throws(FileError) -> ParsedModel {
    let source = file.text
    let document = try XMLBIFDocument(try MarkupParser.parse(source, root: "BIF", format: "XMLBIF"), source)
    let words = TableWording(
      table: "<DEFINITION> element", declaration: { _ in "declare it with a <VARIABLE>" },
      completion: { _ in "add one" })
    let network = try MarkupNetwork.structure(document.declarations, document.definitions, words, source)
    var entries: [MarkupTables.Entry] = []
    for definition in network.heads {
      guard let table = try definition.content.child(named: "TABLE", source) else {
        throw source.error(
          at: definition.content.place, "the <DEFINITION> of \(definition.child.text) has no <TABLE>; add one")
      }
      let numbers = try MarkupNumbers(table, source)
      entries.append(MarkupTables.Entry(values: numbers.values, place: table.place, numbers: numbers))
    }
    let tables = try MarkupTables(entries, in: network.structure, source)
    let detection = tables.detectOrder(among: [.childFastest, .childSlowest])
    let warnings = [document.ignored.warning(format: "XMLBIF 0.3"), warning(about: detection)].compactMap(\.self)
    return try tables.parsed(
      named: document.network, in: detection.order, document.annotations, warnings: warnings, source)
  }

  private static func warning(about detection: CellOrderDetection) -> FileWarning? {
    if detection.order == .childSlowest {
      return FileWarning(
        "the tables are read with the child slowest, for their rows sum to 1 only so; "
          + "XMLBIF 0.3 lists the child fastest")
    }
    guard detection.isGuess else { return nil }
    return FileWarning(
      "the tables are read with the child fastest, as XMLBIF 0.3 lists them, but their rows would sum to 1 with "
        + "the child slowest as well; compare one with what its author meant")
  }
}

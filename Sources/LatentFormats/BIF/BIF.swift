internal import LatentData
internal import LatentModels

/// The Bayesian Interchange Format (Cozman 1998), in the dialects of JavaBayes, the network repositories and others.
enum BIF: ModelSyntax {
  static let name = "BIF"
  static let extensions = ["bif"]

  /// The name that files give to a network without one.
  static let placeholder = "unknown"

  /// What may stand between quotes.
  static let quotable = NameEscape { scalar, _, _ in
    scalar != "\"" && scalar != "\n" && scalar != "\r" && scalar != "\0"
  }

  /// What errors call the parts of a file.
  private static let wording = TableWording(
    table: "probability block", declaration: { "declare it with 'variable \($0)'" },
    completion: { "add 'probability ( \($0) ) { table ...; }'" })

  static var nameEscape: NameEscape? { quotable }
  static var labelEscape: NameEscape? { quotable }

  static func recognizes(_ beginning: FileBeginning) -> Bool {
    beginning.starts(with: "//") || beginning.starts(with: "/*")
      || ["network", "variable", "probability"].contains(beginning.firstWord)
  }

  static func parse(_ file: ModelSource) throws(FileError) -> ParsedModel {
    let source = file.text
    let declarations = try BIFDeclarations(source)
    let graph = try HeadedStructure(
      declarations.variables, declaredAt: declarations.offsets.map { .offset($0) }, declarations.blocks, wording, source
    )
    var assembly = ModelAssembly(graph.structure, source)
    for (id, block) in zip(graph.structure.schema.ids, graph.heads) {
      let table = try BIFTable(block, of: id, in: graph.structure, source)
      try assembly.add(table.cells, of: id) { .offset(table.offset(of: $0)) }
    }
    return try assembly.parsed(named: declarations.network, try BIFAnnotations.read(source))
  }
}

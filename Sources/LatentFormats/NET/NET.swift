internal import LatentData
internal import LatentModels

/// The NET language of Hugin, from version 5.7 on, in the dialects of aGrUM and pgmpy.
enum NET: ModelSyntax {
  static let name = "NET"
  static let extensions = ["net"]

  /// What may stand between quotes.
  static let quotable = NameEscape { scalar, _, _ in
    scalar != "\"" && scalar != "\\" && scalar.value >= 0x20 && scalar.value != 0x7F
  }

  /// What may be the name of a node: an identifier that is not a word of the language.
  static let identifier = NameEscape(
    allows: NameEscape.identifier.allows,
    reserved: [
      "class", "continuous", "data", "decision", "discrete", "experience", "fading", "function", "instance", "label",
      "model_data", "model_nodes", "name", "net", "node", "node_size", "normal", "position", "potential", "states",
      "utility",
    ])

  /// What errors call the parts of a file.
  private static let wording = TableWording(
    table: "potential", declaration: { "declare it with 'node \($0) { ... }'" },
    completion: { "add 'potential (\($0)) { data = (...); }'" })

  static var nameEscape: NameEscape? { identifier }
  static var labelEscape: NameEscape? { quotable }

  static func recognizes(_ beginning: FileBeginning) -> Bool {
    beginning.starts(with: "%") && !beginning.starts(with: "%YAML")
      || ["net", "class", "node"].contains(beginning.firstWord)
  }

  static func parse(_ file: ModelSource) throws(FileError) -> ParsedModel {
    let source = file.text
    let declarations = try NETDeclarations(source)
    let graph = try HeadedStructure(
      declarations.variables, declaredAt: declarations.offsets.map { .offset($0) }, declarations.heads, wording, source)
    let structure = graph.structure
    var annotations = declarations.annotations
    var tables: [NETTable] = []
    for (id, head) in zip(structure.schema.ids, graph.heads) {
      let table = try NETTable(head, of: id, in: structure, source)
      if !table.annotations.isEmpty {
        annotations.tables[structure.schema[id].name, default: []] += table.annotations
      }
      tables.append(table)
    }
    let order = try NETNesting.order(of: tables, in: structure, source)
    var assembly = ModelAssembly(structure, source)
    for (id, table) in zip(structure.schema.ids, tables) {
      try assembly.add(table.values, in: order, of: id) { (index) throws(FileError) in
        .offset(try NETLexer(source, at: table.start).offset(ofWord: index))
      }
    }
    let missing = zip(structure.schema.variables, tables).filter { $1.isAssumed }.map(\.0.name)
    return try assembly.parsed(named: declarations.network, annotations, warnings: warnings(missing, order))
  }

  private static func warnings(_ missing: [String], _ order: CellOrder) -> [FileWarning] {
    var warnings: [FileWarning] = []
    if !missing.isEmpty {
      warnings.append("potentials without data were taken for uniform: \(missing.joined(separator: ", "))")
    }
    if order != .childFastest {
      warnings.append(
        "the tables fit the network only with \(order.words), which is not how NET files list them; they were read so")
    }
    return warnings
  }
}

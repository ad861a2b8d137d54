internal import LatentData
internal import LatentModels

/// The format of the UAI inference competitions, for Bayesian networks, with a side file for the names.
///
/// After the format, a table lists its scope with the last variable fastest, and the child is the last of the scope. aGrUM
/// lets the first parent vary next to the child; pgmpy lists the whole scope the other way round.
enum UAI: ModelSyntax {
  static let name = "UAI"
  static let extensions = ["uai"]
  static let companionSuffix: String? = ".names.yaml"
  static let declaresLatentVariables = true
  static let namesNetworks = false

  /// What a name in a comment behind a scope may be made of.
  static let commentable = NameEscape { scalar, isFirst, isLast in
    scalar.value >= 0x20 && scalar.value != 0x7F && !((isFirst || isLast) && scalar == " ")
  }

  static func recognizes(_ beginning: FileBeginning) -> Bool {
    ["BAYES", "MARKOV"].contains(beginning.firstWord)
  }

  static func parse(_ file: ModelSource) throws(FileError) -> ParsedModel {
    let source = file.text
    var cursor = UAICursor(lexer: UAILexer(source))
    let preamble = try UAIPreamble(&cursor)
    let names = try UAINames(preamble, file)
    let structure = try source.structure(
      names.schema, parents: preamble.parents, tablesAt: preamble.factors.map { .offset($0.offset) })
    let tables = try UAITables(preamble, structure, &cursor)
    let ordering = UAIOrder(tables.values, in: structure, preamble, file)
    var assembly = ModelAssembly(structure, source)
    for (id, values) in zip(structure.schema.ids, tables.values) {
      try assembly.add(values, in: ordering.order, of: id) { (index) throws(FileError) in
        .offset(try UAILexer(source, at: tables.offsets[id.index]).offset(ofWord: index))
      }
    }
    var annotations = Annotations(.uai)
    annotations.network = cursor.lexer.comments.filter { !preamble.signature.contains($0) }.map {
      String(decoding: source.bytes[$0], as: UTF8.self)
    }
    return try assembly.parsed(
      latent: names.latent, fixed: names.fixed, codebook: names.codebook, annotations,
      warnings: [names.warning, ordering.warning].compactMap(\.self))
  }
}

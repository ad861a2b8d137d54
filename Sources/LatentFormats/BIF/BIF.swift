internal import LatentData
internal import LatentModels

/// The Bayesian Interchange Format (Cozman 1998), in the dialects of JavaBayes, the network repositories and others.
enum BIF: ModelSyntax {
  static let endings = ["bif"]

  /// The name that files give to a network without one.
  static let placeholder = "unknown"

  /// What may stand between quotes.
  static let quotable = NameEscape { scalar, _, _ in scalar != "\"" && scalar != "\n" && scalar != "\r" }

  /// What errors call the parts of a file.
  private static let wording = TableWording(
    table: "probability block", declaration: { "declare it with 'variable \($0)'" },
    completion: { "add 'probability ( \($0) ) { table ...; }'" })

  static func parse(_ file: ModelSource) throws(FileError) -> ParsedModel {
    let source = file.text
    let declarations = try BIFDeclarations(source)
    let graph = try HeadedStructure(
      declarations.variables, declaredAt: declarations.offsets.map { .offset($0) }, declarations.blocks, wording, source
    )
    var rescaling = RowRescaling()
    var tables = [[Double]?](repeating: nil, count: declarations.variables.count)
    for (id, block) in zip(graph.structure.schema.ids, graph.heads) {
      var table = try BIFTable(block, of: id, in: graph.structure, source)
      do { try rescaling.rescale(&table.cells, of: id, in: graph.structure) } catch {
        throw source.error(at: .offset(table.offset(of: error.configuration)), error.message)
      }
      tables[id.index] = table.cells
    }
    let model: Model
    do {
      model = try Model(name: declarations.network, structure: graph.structure, tables: tables)
    } catch { throw FileError(.invalid, file: source.file, error.description) }
    return ParsedModel(
      model: model, annotations: try BIFAnnotations.read(source), warnings: rescaling.warning.map { [$0] } ?? [])
  }
}

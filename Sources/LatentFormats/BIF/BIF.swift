internal import LatentData
internal import LatentModels

/// The Bayesian Interchange Format (Cozman 1998), in the dialects of JavaBayes, the network repositories and others.
enum BIF: ModelSyntax {
  static let endings = ["bif"]

  /// The name that files give to a network without one.
  static let placeholder = "unknown"

  static func parse(_ source: SourceText) throws(FileError) -> ParsedModel {
    let declarations = try BIFDeclarations(source)
    let graph = try BIFStructure(declarations, source)
    var rescaling = RowRescaling()
    var properties = declarations.properties
    var tables = [[Double]?](repeating: nil, count: declarations.variables.count)
    for (id, block) in zip(graph.structure.schema.ids, graph.blocks) {
      var table = try BIFTable(block, of: id, in: graph.structure, source)
      do { try rescaling.rescale(&table.cells, of: id, in: graph.structure) } catch {
        throw source.error(at: .offset(table.offset(of: error.configuration)), error.message)
      }
      properties += table.properties
      tables[id.index] = table.cells
    }
    var warnings: [String] = []
    if properties > 0 { warnings.append("properties are not kept; the file has \(properties)") }
    if let warning = rescaling.warning { warnings.append(warning) }
    let model: ModelDescription
    do {
      model = try ModelDescription(name: declarations.network, structure: graph.structure, tables: tables)
    } catch { throw FileError(.invalid, file: source.file, error.description) }
    return ParsedModel(model: model, warnings: warnings)
  }
}

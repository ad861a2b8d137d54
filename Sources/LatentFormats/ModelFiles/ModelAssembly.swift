internal import LatentData
internal import LatentModels

/// The last step of every reader: takes the tables of a file one by one, rescales rows that were rounded, and makes the
/// model.
struct ModelAssembly {
  let structure: NetworkStructure
  private let source: SourceText
  private var tables: [[Double]?]
  private var rescaling = RowRescaling()

  /// An assembly without tables yet.
  init(_ structure: NetworkStructure, _ source: SourceText) {
    self.structure = structure
    self.source = source
    tables = [[Double]?](repeating: nil, count: structure.families.count)
  }

  /// Takes the parameters of a variable, laid out as `NetworkStructure` says; linear in their number.
  ///
  /// - Parameter row: where the row of a parent configuration stands, for the error about a row that is no distribution.
  mutating func add(
    _ cells: [Double], of id: VariableID,
    rowsAt row: (_ configuration: Int) throws(FileError) -> SourceText.Place
  ) throws(FileError) {
    let table = ConditionalTable(structure.schema, structure.family(of: id), cells: cells)
    switch table.law {
    case .table:
      do { tables[structure.familyIndex(of: id)] = try rescaling.cells(of: table) } catch {
        throw source.error(at: try row(error.configuration), error.message)
      }
    case .gaussian, .poisson:
      if let flaw = table.flaw { throw source.error(at: try row(flaw.row), "\(flaw.error.description); correct it") }
      tables[structure.familyIndex(of: id)] = cells
    }
  }

  /// Takes the table of a variable as the file lists it; linear in its cells.
  ///
  /// - Parameter number: where a number of the list stands, for the error about a row that is no distribution.
  mutating func add(
    _ values: [Double], in order: CellOrder, of id: VariableID,
    numbersAt number: (_ index: Int) throws(FileError) -> SourceText.Place
  ) throws(FileError) {
    let structure = structure
    try add(order.cells(values, of: id, in: structure), of: id) { (configuration) throws(FileError) in
      let indices = order.cells(values.indices.map(Double.init), of: id, in: structure)
      let table = ConditionalTable(structure.schema, structure.family(of: id), cells: indices)
      return try number(Int(indices[table.range(ofRow: configuration).lowerBound]))
    }
  }

  /// Whether the parameters of a variable were added.
  func hasTable(of id: VariableID) -> Bool { tables[structure.familyIndex(of: id)] != nil }

  /// The model of all tables that were added, and what is to be said about them after other warnings.
  func parsed(
    named name: String = "", latent: Set<VariableID> = [], fixed: Set<VariableID> = [],
    fixedMeans: Set<VariableID> = [], unseen: Set<UnseenConfiguration> = [], codebook: Codebook = Codebook(),
    _ annotations: Annotations,
    warnings: [FileWarning] = []
  ) throws(FileError) -> ParsedModel {
    let model: Model
    do {
      model = try Model(
        name: name, structure: structure, latent: latent, fixed: fixed, fixedMeans: fixedMeans, parameters: tables,
        unseen: unseen, codebook: codebook)
    } catch { throw FileError(.invalid, file: source.file, error.description) }
    return ParsedModel(
      model: model, annotations: annotations, warnings: warnings + [rescaling.warning].compactMap(\.self))
  }
}

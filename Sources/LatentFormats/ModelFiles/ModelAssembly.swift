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
    tables = [[Double]?](repeating: nil, count: structure.schema.count)
  }

  /// Takes the parameters of a variable, laid out as `NetworkStructure` says; linear in their number.
  ///
  /// - Parameter row: where the row of a parent configuration stands, for the error about a row that is no distribution.
  mutating func add(
    _ cells: [Double], of id: VariableID,
    rowsAt row: (_ configuration: Int) throws(FileError) -> SourceText.Place
  ) throws(FileError) {
    if !structure.schema[id].isCategorical {
      tables[id.index] = try checked(cells, of: id, rowsAt: row)
      return
    }
    var cells = cells
    do { try rescaling.rescale(&cells, of: id, in: structure) } catch {
      throw source.error(at: try row(error.configuration), error.message)
    }
    tables[id.index] = cells
  }

  /// The parameters of a variable of numbers, if every row can be a distribution.
  private func checked(
    _ values: [Double], of id: VariableID,
    rowsAt row: (_ configuration: Int) throws(FileError) -> SourceText.Place
  ) throws(FileError) -> [Double] {
    let family = structure.family(of: id)
    for configuration in 0..<family.configurations {
      let cells = values[configuration * family.width..<(configuration + 1) * family.width]
      guard let flaw = family.law.behavior.flaw(in: cells) else { continue }
      let error = ParameterError.row(
        flaw, variable: structure.schema[id].name,
        configuration: structure.describe(configuration: configuration, of: id))
      throw source.error(at: try row(configuration), "\(error.description); correct it")
    }
    return values
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
      return try number(Int(indices[configuration * structure.cardinality(of: id)]))
    }
  }

  /// The model of all tables that were added, and what is to be said about them after other warnings.
  func parsed(
    named name: String = "", latent: Set<VariableID> = [], fixed: Set<VariableID> = [], _ annotations: Annotations,
    warnings: [FileWarning] = []
  ) throws(FileError) -> ParsedModel {
    let model: Model
    do {
      model = try Model(name: name, structure: structure, latent: latent, fixed: fixed, parameters: tables)
    } catch { throw FileError(.invalid, file: source.file, error.description) }
    return ParsedModel(
      model: model, annotations: annotations, warnings: warnings + [rescaling.warning].compactMap(\.self))
  }
}

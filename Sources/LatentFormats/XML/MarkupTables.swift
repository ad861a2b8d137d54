internal import LatentData
internal import LatentModels

/// The tables of a network as the file lists them, in schema order.
struct MarkupTables {
  /// The numbers of one table and the way back to their places.
  struct Entry {
    let values: [Double]
    /// The element, for errors about the table as a whole.
    let place: SourceText.Place
    /// Where the numbers stand one by one; nil where the table is not spelt in numbers.
    let numbers: MarkupNumbers?
  }

  private let entries: [Entry]
  private let structure: NetworkStructure

  /// Takes one table for each variable, and refuses those of the wrong length.
  init(_ entries: [Entry], in structure: NetworkStructure, _ source: SourceText) throws(FileError) {
    for (id, entry) in zip(structure.schema.ids, entries) {
      let expected = structure.range(of: id).count
      guard entry.values.count == expected else {
        throw source.error(
          at: entry.place,
          "the table of \(structure.schema[id].name) needs \(expected) probabilities and has \(entry.values.count)")
      }
    }
    self.entries = entries
    self.structure = structure
  }

  /// What the numbers themselves say about their order; linear in their number for each candidate.
  func detectOrder(among candidates: [CellOrder]) -> CellOrderDetection {
    CellOrderDetection(entries.map(\.values), in: structure, candidates: candidates)
  }

  /// Whether two orders give different tables.
  func differ(_ first: CellOrder, _ second: CellOrder) -> Bool {
    zip(structure.schema.ids, entries).contains { id, entry in
      structure.family(of: id).parents.count > 1
        && first.cells(entry.values, of: id, in: structure) != second.cells(entry.values, of: id, in: structure)
    }
  }

  /// The model, its tables read in an order and its rows rescaled; errors name the first number of the row.
  func model(
    named name: String, in order: CellOrder, _ rescaling: inout RowRescaling, _ source: SourceText
  ) throws(FileError) -> Model {
    var tables: [[Double]] = []
    for (id, entry) in zip(structure.schema.ids, entries) {
      var cells = order.cells(entry.values, of: id, in: structure)
      do { try rescaling.rescale(&cells, of: id, in: structure) } catch {
        let positions = order.cells(entry.values.indices.map { Double($0) }, of: id, in: structure)
        let first = Int(positions[error.configuration * structure.cardinality(of: id)])
        throw source.error(at: entry.numbers?.place(of: first, in: source) ?? entry.place, error.message)
      }
      tables.append(cells)
    }
    do { return try Model(name: name, structure: structure, tables: tables) } catch {
      throw FileError(.invalid, file: source.file, error.description)
    }
  }
}

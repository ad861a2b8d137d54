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
      let expected = structure.family(of: id).parameters.count
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

  /// The model, its tables read in an order.
  func parsed(
    named name: String, in order: CellOrder, _ annotations: Annotations, warnings: [FileWarning], _ source: SourceText
  ) throws(FileError) -> ParsedModel {
    var assembly = ModelAssembly(structure, source)
    for (id, entry) in zip(structure.schema.ids, entries) {
      try assembly.add(entry.values, in: order, of: id) { entry.numbers?.place(of: $0, in: source) ?? entry.place }
    }
    return try assembly.parsed(named: name, annotations, warnings: warnings)
  }
}

internal import LatentData
internal import LatentModels

/// The tables of a UAI file.
struct UAITables {
  /// The numbers of each variable's table as the file lists them, in schema order.
  private(set) var values: [[Double]]
  /// Where the numbers of each table begin.
  private(set) var offsets: [Int]

  /// Reads all tables as they stand, and the end of the file; linear in its length.
  init(_ preamble: UAIPreamble, _ structure: NetworkStructure, _ cursor: inout UAICursor) throws(FileError) {
    values = [[Double]](repeating: [], count: structure.schema.count)
    offsets = [Int](repeating: 0, count: structure.schema.count)
    for child in preamble.children {
      let name = structure.schema[child].name
      let count = try cursor.count("the number of probabilities of \(name)")
      let expected = structure.family(of: child).parameters.count
      guard count == expected else {
        throw cursor.error(
          at: cursor.lexer.start,
          "the table of \(name) needs \(expected) probabilities, and the file announces \(count)")
      }
      offsets[child.index] = cursor.lexer.position
      var cells: [Double] = []
      while cells.count < count {
        let token = try cursor.lexer.next()
        cells.append(try cursor.probability(token, "a probability"))
      }
      values[child.index] = cells
    }
    let token = try cursor.lexer.next()
    guard token == .end else { throw cursor.unexpected(token, "the end after the last table") }
  }
}

/// The order in which the tables of a UAI file list their cells.
struct UAIOrder {
  let order: CellOrder
  /// How the order was found where it is not that of the format, or where nothing says that it is.
  private(set) var warning: FileWarning?

  /// Takes the user's word, then that of aGrUM's comments, then that of the sums of the rows; a side file means that we
  /// wrote the tables.
  init(_ tables: [[Double]], in structure: NetworkStructure, _ preamble: UAIPreamble, _ file: ModelSource) {
    let isFromAGrUM = !preamble.names.isEmpty
    if file.parentOrder == .first || file.parentOrder == nil && isFromAGrUM {
      order = .childThenFirstParent
      guard file.parentOrder == nil, structure.families.contains(where: { $0.parents.count > 1 }) else { return }
      warning = FileWarning(
        "the names behind the scopes are aGrUM's habit, so the tables were read with \(order.words)",
        remedy: .parentOrder(.last, .uai))
      return
    }
    let isSettled = file.parentOrder != nil || file.companion != nil
    let others: [CellOrder] = isSettled ? [.firstParentFastest] : [.firstParentFastest, .childThenFirstParent]
    let detection = CellOrderDetection(tables, in: structure, candidates: [.childFastest] + others)
    order = detection.order
    if order == .firstParentFastest {
      warning = "the rows sum to 1 only with \(order.words), as pgmpy writes them; they were read so"
    } else if detection.isGuess, !isSettled {
      warning = FileWarning(
        "nothing tells the order of the parents in the tables, which were read as the format has it, with \(order.words)",
        remedy: .parentOrder(.first, .uai))
    }
  }
}

internal import LatentData
internal import LatentModels

/// The order in which a file lists the cells of a table below its parents.
enum CellOrder: Hashable {
  /// The child fastest, then the last parent: the order of `NetworkStructure`.
  case childFastest
  /// The child fastest, then the first parent.
  case childThenFirstParent
  /// The child slowest, the last parent fastest.
  case childSlowest
  /// The child slowest, the first parent fastest.
  case firstParentFastest

  /// The order in words: `the child fastest and the last parent next`.
  var words: String {
    switch self {
    case .childFastest: "the child fastest and the last parent next"
    case .childThenFirstParent: "the child fastest and the first parent next"
    case .childSlowest: "the last parent fastest and the child slowest"
    case .firstParentFastest: "the first parent fastest and the child slowest"
    }
  }

  /// The cells of a file in the order of `NetworkStructure`; linear in their number.
  func cells(_ values: [Double], of id: VariableID, in structure: NetworkStructure) -> [Double] {
    guard self != .childFastest else { return values }
    var cells = values
    for (value, position) in zip(values, positions(of: id, in: structure)) { cells[position] = value }
    return cells
  }

  /// The cells of a table in the order of the file; linear in their number.
  func values(_ cells: [Double], of id: VariableID, in structure: NetworkStructure) -> [Double] {
    self == .childFastest ? cells : positions(of: id, in: structure).map { cells[$0] }
  }

  /// The axes of the table, numbered as in `NetworkStructure` with the child last, in the order of the file, slowest first.
  func axes(parents: Int) -> [Int] {
    switch self {
    case .childFastest: Array(0...parents)
    case .childThenFirstParent: (0..<parents).reversed() + [parents]
    case .childSlowest: [parents] + Array(0..<parents)
    case .firstParentFastest: (0...parents).reversed()
    }
  }

  /// For each cell as the file lists them, its position in our order.
  private func positions(of id: VariableID, in structure: NetworkStructure) -> [Int] {
    let family = structure.family(of: id)
    let table = MixedRadix(family.parents.map { structure.schema[$0].cardinality } + [family.width])
    let (axes, strides) = (axes(parents: family.parents.count), table.strides)
    return MixedRadix(axes.map { table.bases[$0] }).positions(strides: axes.map { strides[$0] })
  }
}

/// The order of a whole file's tables, found from which rows sum to 1.
struct CellOrderDetection {
  /// The first of the candidates under which every row of the file can be a distribution; the first of all if none is.
  let order: CellOrder
  /// Whether another candidate would have done as well and given other tables: a wrong guess would not be seen.
  let isGuess: Bool

  /// Tries the orders on all tables, in schema order; linear in their cells for each candidate.
  init(_ tables: [[Double]], in structure: NetworkStructure, candidates: [CellOrder]) {
    let possible = candidates.filter { Self.allows($0, tables, in: structure) }
    let order = possible.first ?? candidates[0]
    self.order = order
    isGuess = possible.dropFirst().contains { other in
      zip(structure.schema.ids, tables).contains {
        other.cells($1, of: $0, in: structure) != order.cells($1, of: $0, in: structure)
      }
    }
  }

  /// Whether all rows of all tables sum to 1 in an order; linear in their cells.
  static func allows(_ order: CellOrder, _ tables: [[Double]], in structure: NetworkStructure) -> Bool {
    zip(structure.schema.ids, tables).allSatisfy { isNormalized($1, of: $0, in: structure, order) }
  }

  private static func isNormalized(
    _ values: [Double], of id: VariableID, in structure: NetworkStructure, _ order: CellOrder
  ) -> Bool {
    let cells = order.cells(values, of: id, in: structure)
    return ConditionalTable(structure.schema, structure.family(of: id), cells: cells).rows.allSatisfy {
      RowRescaling.isAcceptable(sum: $0.reduce(0, +))
    }
  }
}

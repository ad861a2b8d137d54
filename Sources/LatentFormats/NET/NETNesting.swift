internal import LatentData
internal import LatentModels

/// How the brackets around the numbers of a potential are nested.
struct NETNesting {
  /// The number of brackets that are open.
  private(set) var depth = 0
  /// The number of entries of each level, the outermost first; nil before the first group of that level is complete.
  private var known: [Int?] = []
  /// The number of entries so far in the open group of each level.
  private var counts: [Int] = []
  /// The level at which numbers stand.
  private var leaves: Int?

  /// The number of entries of each level, the outermost first.
  var lengths: [Int] { known.compactMap { $0 } }

  /// Enters a group; the flaw if none may stand here.
  @discardableResult mutating func open() -> String? {
    if depth > 0 { counts[depth - 1] += 1 }
    if let leaves, depth >= leaves { return "a group stands where a number was expected" }
    if depth == known.count {
      known.append(nil)
      counts.append(0)
    }
    counts[depth] = 0
    depth += 1
    return nil
  }

  /// Passes a number; the flaw if none may stand here.
  mutating func add() -> String? {
    counts[depth - 1] += 1
    if leaves == nil, depth == known.count { leaves = depth }
    return leaves == depth ? nil : "a number stands where a group was expected"
  }

  /// Leaves a group; the flaw if it is not like those before it.
  mutating func close() -> String? {
    depth -= 1
    let count = counts[depth]
    if count == 0 { return "a group is empty" }
    if let first = known[depth], first != count {
      return "this group has \(count) entries, and the first of its level \(first)"
    }
    known[depth] = count
    return nil
  }

  /// The order in which the tables of a file list their cells: the first that the brackets of all allow and in which all
  /// rows sum to 1, or only the former.
  ///
  /// - Throws: when no order goes with the brackets of all tables.
  static func order(
    of tables: [NETTable], in structure: NetworkStructure, _ source: SourceText
  ) throws(FileError) -> CellOrder {
    let families = Array(zip(structure.families, tables))
    let orders = [CellOrder.childFastest, .childThenFirstParent, .childSlowest, .firstParentFastest].filter { order in
      families.allSatisfy { fits($1.lengths, lengths(of: $0, in: structure, order)) }
    }
    guard let first = orders.first else {
      for (family, table) in families {
        let expected = lengths(of: family, in: structure, .childFastest)
        guard !fits(table.lengths, expected) else { continue }
        throw source.error(
          at: .offset(table.start),
          "the data of \(structure.schema[family.child].name) are nested \(text(table.lengths)); "
            + "expected \(text(expected)): parents in order, the states of the node innermost")
      }
      return .childFastest
    }
    let values = tables.map(\.values)
    return orders.first { CellOrderDetection.allows($0, values, in: structure) } ?? first
  }

  private static func text(_ lengths: [Int]) -> String {
    lengths.filter { $0 != 1 }.map(String.init).joined(separator: " x ")
  }

  /// The lengths of a table's axes, slowest first.
  private static func lengths(of family: Family, in structure: NetworkStructure, _ order: CellOrder) -> [Int] {
    let scope = family.parents + [family.child]
    return order.axes(parents: family.parents.count).map { structure.schema[scope[$0]].cardinality }
  }

  /// Whether brackets go with axes: each level is one axis or several neighbours; axes and levels of one entry do not count.
  private static func fits(_ levels: [Int], _ axes: [Int]) -> Bool {
    var rest = axes.filter { $0 != 1 }[...]
    for level in levels where level != 1 {
      var product = 1
      while product < level, let axis = rest.popFirst() { product *= axis }
      if product != level { return false }
    }
    return levels.isEmpty || rest.isEmpty
  }
}

internal import LatentData
internal import LatentKernels
internal import LatentModels

/// The logarithms of a network's parameters, to be summed over the families of many rows.
struct FamilyLogs {
  private let structure: NetworkStructure
  /// The logarithms of each family in turn, with a 0 before them: what a row with a missing member adds.
  private let logs: [Double]

  /// How many rows are looked at together: their sums stay in the cache from family to family.
  private static let blockRows = 2048

  init(_ network: BayesianNetwork) {
    structure = network.structure
    logs = network.structure.families.flatMap { family in
      [0] + network.parameters[network.structure.range(of: family.child)].map { naturalLog($0) }
    }
  }

  /// Per row: Σ log θ over the families whose members are all there.
  ///
  /// - column: the codes of a variable, −1 where it is missing; nil when no row has it.
  func sums(rowCount: Int, column: (VariableID) -> [StateCode]?) -> [Double] {
    let columns = structure.schema.ids.map(column)
    var sums = [Double](repeating: 0, count: rowCount)
    var cells = [Int32](repeating: 0, count: Self.blockRows)
    for start in stride(from: 0, to: rowCount, by: Self.blockRows) {
      let rows = start..<min(start + Self.blockRows, rowCount)
      var first = 0
      for family in structure.families {
        add(family, columns, rows, first: first, to: &sums, &cells)
        first += 1 + structure.range(of: family.child).count
      }
    }
    return sums
  }

  /// Adds the logarithms of one family, which begin at `first`, to the sums of a block of rows.
  private func add(
    _ family: Family, _ columns: [[StateCode]?], _ rows: Range<Int>, first: Int, to sums: inout [Double],
    _ cells: inout [Int32]
  ) {
    cells.withUnsafeMutableBufferPointer { cells in
      for index in 0..<rows.count { cells[index] = 0 }
      var stride: Int32 = 1
      for member in [family.child] + family.parents.reversed() {
        guard let codes = columns[member.index] else { return }
        // A negative cell stays negative: no sum of codes times strides reaches this far.
        codes.withUnsafeBufferPointer { codes in
          for index in 0..<rows.count {
            let code = codes[rows.lowerBound + index]
            cells[index] = code < 0 ? .min / 2 : cells[index] &+ Int32(code) &* stride
          }
        }
        stride *= Int32(structure.cardinality(of: member))
      }
      sums.withUnsafeMutableBufferPointer { sums in
        for index in 0..<rows.count { sums[rows.lowerBound + index] += logs[first + 1 + Int(max(cells[index], -1))] }
      }
    }
  }
}

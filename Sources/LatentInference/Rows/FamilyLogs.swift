internal import LatentData
internal import LatentKernels
internal import LatentModels

/// The logarithms of a network's probabilities and densities, to be summed over the families of many rows.
struct FamilyLogs {
  private let network: BayesianNetwork
  private var structure: NetworkStructure { network.structure }
  /// The logarithms of each family in turn, with a 0 before them: what a row with a missing member adds.
  private let logs: [Double]

  /// How many rows are looked at together: their sums stay in the cache from family to family.
  private static let blockRows = 2048

  init(_ network: BayesianNetwork) {
    self.network = network
    logs = network.structure.families.filter { $0.law == .table }.flatMap { family in
      [0] + network.parameters[family.parameters].map { naturalLog($0) }
    }
  }

  /// Per row: Σ log p(child | parents) over the families whose members are all there.
  ///
  /// - table: where the numbers are.
  /// - column: the codes of a variable, −1 where it is missing; nil when no row has it.
  func sums(of table: Table, column: (VariableID) -> [StateCode]?) -> [Double] {
    let columns = structure.schema.ids.map(column)
    let rowCount = table.rowCount
    var sums = [Double](repeating: 0, count: rowCount)
    var states = JointStates(rowCount: min(Self.blockRows, rowCount))
    for start in stride(from: 0, to: rowCount, by: Self.blockRows) {
      let rows = start..<min(start + Self.blockRows, rowCount)
      func find(_ variables: [VariableID]) -> Bool {
        states.find(variables, structure.schema, rows: rows) { columns[$0.index] }
      }
      var first = 0
      for family in structure.families {
        switch family.law {
        case .table:
          guard find([family.child] + family.parents.reversed()) else { break }
          add(rows, first: first, to: &sums, states.cells)
        case .gaussian:
          guard case .reals(let values) = table.columns[family.child.index], find(family.parents.reversed()) else {
            break
          }
          add(values, of: family, rows, to: &sums, states.cells)
        }
        if family.law == .table { first += 1 + family.parameters.count }
      }
    }
    return sums
  }

  /// Adds the logarithms of one table, which begin at `first`, to the sums of a block of rows.
  private func add(_ rows: Range<Int>, first: Int, to sums: inout [Double], _ cells: [Int32]) {
    sums.withUnsafeMutableBufferPointer { sums in
      for index in 0..<rows.count { sums[rows.lowerBound + index] += logs[first + 1 + Int(max(cells[index], -1))] }
    }
  }

  /// Adds the log-densities of one variable's numbers to the sums of a block of rows.
  private func add(
    _ values: [Double], of family: Family, _ rows: Range<Int>, to sums: inout [Double], _ cells: [Int32]
  ) {
    for (index, row) in rows.enumerated() where cells[index] >= 0 && !values[row].isNaN {
      sums[row] += network.gaussian(of: family.child, configuration: Int(cells[index])).logDensity(values[row])
    }
  }
}

internal import LatentData
internal import LatentKernels
internal import LatentModels

/// The logarithms of a network's probabilities and densities, to be summed over the families of many rows.
struct FamilyLogs {
  private let network: BayesianNetwork
  private var structure: NetworkStructure { network.structure }
  /// The logarithms of each table in turn, with a 0 before them: what a row with a missing member adds.
  private let logs: [Double]

  /// How many rows are looked at together: their sums stay in the cache from family to family.
  private static let blockRows = 2048

  init(_ network: BayesianNetwork) {
    self.network = network
    logs = network.structure.families.filter(\.isTable).flatMap { family in
      [0] + network.parameters[family.parameters].map { naturalLog($0) }
    }
  }

  /// Which blocks of columns are counted.
  enum Blocks {
    /// Those of which a row observes all columns.
    case complete
    /// All: of their columns those that the row observes.
    case observedColumns
  }

  /// Per row: Σ log p(child | parents) over the families whose members are all there.
  ///
  /// - table: where the numbers are.
  /// - column: the codes of a variable, −1 where it is missing; nil when no row has it.
  func sums(of table: Table, blocks: Blocks, column: (VariableID) -> [StateCode]?) -> [Double] {
    let columns = structure.schema.ids.map(column)
    let rowCount = table.rowCount
    var sums = [Double](repeating: 0, count: rowCount)
    var splits = NumberSplits(network)
    var states = JointStates(rowCount: min(Self.blockRows, rowCount))
    for start in stride(from: 0, to: rowCount, by: Self.blockRows) {
      let rows = start..<min(start + Self.blockRows, rowCount)
      func find(_ variables: [VariableID]) -> Bool {
        states.find(variables, structure.schema, rows: rows) { columns[$0.index] }
      }
      var first = 0
      for family in structure.families {
        guard family.isTable else {
          if find(family.parents.reversed()) { add(family, table, blocks, rows, to: &sums, states.cells, &splits) }
          continue
        }
        if find([family.child] + family.parents.reversed()) { add(rows, first: first, to: &sums, states.cells) }
        first += 1 + family.parameters.count
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

  /// Adds the log-densities of one family's numbers to the sums of a block of rows.
  private func add(
    _ family: Family, _ table: Table, _ blocks: Blocks, _ rows: Range<Int>, to sums: inout [Double],
    _ cells: [Int32], _ splits: inout NumberSplits
  ) {
    var values: [Double] = []
    var observed: [Int] = []
    for (index, row) in rows.enumerated() where cells[index] >= 0 {
      values.removeAll(keepingCapacity: true)
      observed.removeAll(keepingCapacity: true)
      for (position, child) in family.children.enumerated() {
        let value = table.value(child, row: row)
        guard !value.isNaN else { continue }
        values.append(value)
        observed.append(position)
      }
      guard observed.count == family.children.count || blocks == .observedColumns && !observed.isEmpty else { continue }
      sums[row] += splits.split(family, Int(cells[index]), observed: observed).logDensity(values[...])
    }
  }
}

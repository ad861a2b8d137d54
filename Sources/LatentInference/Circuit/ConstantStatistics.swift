internal import LatentData
internal import LatentKernels
internal import LatentModels

/// The statistics that no hidden cell touches: they are counted once, not in every E-step.
struct ConstantStatistics {
  /// Weighted counts of the tables whose members were all observed, laid out like their parameters.
  private(set) var counts: [Double]
  /// Moments of observed numbers whose parents were all observed: an entry per row of the parameters of numbers.
  private(set) var moments: [WeightedMoments]

  init(_ layout: borrowing RowLayout) {
    counts = [Double](repeating: 0, count: layout.structure.tableCellCount)
    moments = [WeightedMoments](
      repeating: WeightedMoments(), count: layout.tableEnd - layout.structure.tableCellCount)
  }

  /// The summed weight of all families that were counted.
  var weight: Double { moments.reduce(counts.reduce(0, +)) { $0 + $1.weight } }

  /// Counts every family over the rows that observe all its members.
  ///
  /// - isComplete: of which variables no row misses a cell.
  mutating func add(_ table: Table, isComplete: [Bool], _ layout: borrowing RowLayout) {
    let structure = layout.structure
    let isUnweighted = table.weights.allSatisfy { $0 == 1 }
    var states = JointStates(rowCount: table.rowCount)
    func find(_ variables: [VariableID]) -> Bool {
      states.find(
        variables, structure.schema, rows: 0..<table.rowCount, column: { table.codes(of: $0) },
        isComplete: { isComplete[$0.index] })
    }
    for family in structure.families {
      switch table.columns[family.child.index] {
      case .absent: continue
      case .codes:
        guard find([family.child] + family.parents.reversed()) else { continue }
        let counts =
          isUnweighted
          ? histogram(of: states.cells, cellCount: family.parameters.count)
          : histogram(of: states.cells, weights: table.weights, cellCount: family.parameters.count)
        for cell in family.parameters { self.counts[cell] += counts[cell - family.parameters.lowerBound] }
      case .reals(let values):
        guard find(family.parents.reversed()) else { continue }
        let start = layout.tableStarts[layout.topologicalIndex[family.child.index]] - structure.tableCellCount
        for (row, cell) in states.cells.enumerated() where cell >= 0 && !values[row].isNaN {
          moments[start + Int(cell)].add(values[row], weight: table.weights[row])
        }
      }
    }
  }

  /// The moments as statistics, about the origins of a frame, laid out as those of the families of numbers.
  func momentStatistics(_ frame: Frame, _ layout: borrowing RowLayout) -> [Double] {
    var values: [Double] = []
    for family in layout.structure.numericFamilies {
      let start = layout.tableStarts[layout.topologicalIndex[family.child.index]] - layout.structure.tableCellCount
      let origin = frame[family.child].origin
      for moments in moments[start..<start + family.configurations] {
        values += [moments.weight, moments.first(about: origin), moments.second(about: origin)]
      }
    }
    return values
  }
}

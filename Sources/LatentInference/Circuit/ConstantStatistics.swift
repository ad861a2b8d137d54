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
  mutating func add(_ table: Table, _ hasHoles: [Bool], _ layout: borrowing RowLayout) {
    let structure = layout.structure
    let isUnweighted = table.weights.allSatisfy { $0 == 1 }
    var cells = [Int32](repeating: 0, count: table.rowCount)
    for family in structure.families where table.columns[family.child.index] != .absent {
      guard family.parents.allSatisfy({ table.columns[$0.index] != .absent }) else { continue }
      switch table.columns[family.child.index] {
      case .absent: continue
      case .codes:
        find(&cells, of: [family.child] + family.parents.reversed(), table, hasHoles, structure)
        let counts =
          isUnweighted
          ? histogram(of: cells, cellCount: family.parameters.count)
          : histogram(of: cells, weights: table.weights, cellCount: family.parameters.count)
        for cell in family.parameters { self.counts[cell] += counts[cell - family.parameters.lowerBound] }
      case .reals(let values):
        find(&cells, of: family.parents.reversed(), table, hasHoles, structure)
        let start = layout.tableStarts[layout.topologicalIndex[family.child.index]] - structure.tableCellCount
        for (row, cell) in cells.enumerated() where cell >= 0 && !values[row].isNaN {
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

  /// The joint state of some members in each row, the first fastest; a row that does not observe them all gets a
  /// negative cell.
  private func find(
    _ cells: inout [Int32], of members: [VariableID], _ table: Table, _ hasHoles: [Bool], _ structure: NetworkStructure
  ) {
    cells.withUnsafeMutableBufferPointer { cells in
      cells.update(repeating: 0)
      var stride: Int32 = 1
      for member in members {
        guard case .codes(let codes) = table.columns[member.index] else {
          preconditionFailure("the members of a table have states")
        }
        let multiple = stride
        if hasHoles[member.index] {
          // A negative cell stays negative: no sum of codes times strides reaches this far.
          for (row, code) in codes.enumerated() {
            cells[row] = code < 0 ? .min / 2 : cells[row] &+ Int32(code) &* multiple
          }
        } else {
          for (row, code) in codes.enumerated() { cells[row] &+= Int32(code) &* multiple }
        }
        stride *= Int32(structure.cardinality(of: member))
      }
    }
  }
}

internal import LatentData
internal import LatentModels

/// Makes the families of shapes operands of their eliminations: each table for itself, and all numbers whose families
/// have the same hidden parents together.
struct FamilyOperands {
  private let layout: RowLayout
  private let numberPatterns: NumberPatterns
  private var patternNumbers = SequenceInterner()
  // The family at hand.
  private var axes: [(rank: Int, stride: Int, cardinality: Int)] = []
  private var cellCount = 0
  private var observed = 0..<0
  private var key: [Int32] = []

  init(_ layout: RowLayout, _ numberPatterns: NumberPatterns) {
    self.layout = layout
    self.numberPatterns = numberPatterns
  }

  /// Appends the families of a shape to a table of plans, and its evidence; returns what they are as operands.
  ///
  /// - ranks: by topological index, the rank of each hidden variable of the shape; −1 for other variables.
  /// - pattern: the observed columns of its blocks.
  mutating func operands<Ranks: RankSet>(
    _ families: [Int], ranks: [Int], pattern: [UInt64], to table: inout PlanTable
  ) -> [Operand<Ranks>] {
    var operands: [Operand<Ranks>] = []
    var evidence: [(scope: Ranks, group: PlanTable.Evidence)] = []
    for index in families {
      let scope: Ranks = visit(index, ranks, &table)
      let numbers = layout.isNumeric[index] ? layout.observed(index, isHidden: ranks[index] >= 0, pattern: pattern) : []
      if !numbers.isEmpty {
        let density = PlanTable.Evidence.Density(
          index: index, pattern: numberPatterns.known(layout.family(index), observed: numbers),
          configurations: positionsOfAxes(), observed: observed)
        if let group = evidence.firstIndex(where: { $0.scope == scope }) {
          evidence[group].group.families.append(density)
        } else {
          let cells = density.configurations.count
          evidence.append((scope, PlanTable.Evidence(cells: cells, families: [density])))
        }
      } else {
        let offset = layout.tableStarts[index]
        let pattern = patternOfAxes(offset: offset, &table)
        operands.append(Operand(input: Int32(operands.count), scope: scope, isOpen: false))
        table.families.append(
          PlanTable.Family(
            offset: Int32(offset), pattern: pattern, observedStart: Int32(observed.lowerBound),
            observedCount: Int32(observed.count)))
      }
    }
    for (number, (scope, group)) in evidence.enumerated() {
      operands.append(Operand(input: Int32(operands.count), scope: scope, isOpen: true))
      table.families.append(
        PlanTable.Family(evidence: Int32(number), offset: 0, pattern: -1, observedStart: 0, observedCount: 0))
      table.evidence.append(group)
    }
    return operands
  }

  /// Goes through the members of a family: the hidden ones become `axes`, the observed ones go to the table, where they
  /// are `observed`. Returns the ranks of the hidden ones.
  private mutating func visit<Ranks: RankSet>(_ index: Int, _ ranks: [Int], _ table: inout PlanTable) -> Ranks {
    let family = layout.structure.family(of: layout.order[index])
    var scope = Ranks()
    let observedStart = table.observed.count
    axes.removeAll(keepingCapacity: true)
    var stride = 1
    for member in [index] + family.parents.reversed().map({ layout.topologicalIndex[$0.index] }) {
      let cardinality = layout.cardinalities[member]
      if ranks[member] >= 0 {
        scope.insert(ranks[member])
        axes.append((ranks[member], stride, cardinality))
      } else {
        table.observed.append(PlanTable.Observed(index: Int32(member), stride: Int32(stride)))
      }
      stride *= cardinality
    }
    axes.sort { $0.rank < $1.rank }
    cellCount = stride
    observed = observedStart..<table.observed.count
    return scope
  }

  /// Where the joint states of the axes stand from the first one on, the fastest axis first.
  private func positionsOfAxes() -> [Int32] {
    var positions: [Int32] = [0]
    for axis in axes {
      positions = (0..<axis.cardinality).flatMap { state in positions.map { $0 + Int32(state * axis.stride) } }
    }
    return positions
  }

  /// The number of the pattern of slices with these axes, the fastest first; −1 where the cells stand side by side in
  /// that order.
  ///
  /// - offset: where the family's table starts.
  private mutating func patternOfAxes(offset: Int, _ table: inout PlanTable) -> Int32 {
    key.removeAll(keepingCapacity: true)
    key.append(Int32(offset))
    var isContiguous = true
    var expected = 1
    for axis in axes where axis.cardinality > 1 {
      isContiguous = isContiguous && axis.stride == expected
      expected *= axis.cardinality
      key.append(Int32(axis.stride))
      key.append(Int32(axis.cardinality))
    }
    guard !isContiguous else { return -1 }
    let number = patternNumbers.intern(key)
    if number == table.patterns.count {
      table.patterns.append(
        PlanTable.SlicePattern(offset: offset, cells: positionsOfAxes(), start: table.patternEnd))
      table.patternEnd += cellCount
    }
    return Int32(number)
  }
}

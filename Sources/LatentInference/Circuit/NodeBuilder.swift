/// Interns the nodes of all components: a node that occurs in several of them exists, and is computed, once.
///
/// The key of a node is its signature and its inputs; an input is the position of a slice of the parameters or of a
/// copy of one, or the complement (`~`) of the number of the node whose message it is. Sharing is exact: adjoints are linear, so what all
/// users of a message ask of it is summed before it is swept back.
struct NodeBuilder {
  /// Two words: the signature and three inputs.
  private(set) var nodes = WordInterner(stride: 2)
  /// The number of steps below each node.
  private(set) var depth: [Int32] = []
  /// The copied slices, which stand behind the parameters: where each of their cells comes from.
  private(set) var copies: [Int32] = []
  /// Where the copies start: behind the tables and what stands with them.
  private let inputCount: Int
  /// Per pattern and first cell: where the copy of the slice stands; −1 where there is none.
  private var copyOfSlice: [Int32]
  private var key = [UInt64](repeating: 0, count: 2)
  private var inputs = [Int32](repeating: 0, count: EliminationPlanner.maximumInputs)
  private var nodeOfStep: [Int] = []
  /// What the rows of open instances read besides their numbers, instance by instance: first the inputs that do not
  /// depend on them, positions or nodes as in a key, in the order of the steps; then, for each density of the shape, what
  /// the observed parents add to its configurations.
  private(set) var openInputs: [Int32] = []

  init(_ table: borrowing PlanTable, inputCount: Int) {
    self.inputCount = inputCount
    copyOfSlice = [Int32](repeating: -1, count: table.patternEnd)
  }

  /// Adds the nodes of one instance of a shape.
  ///
  /// - row: the packed observed members of the instance's families.
  /// - evidence: where the evidence of the instance stands, one slice after the other; nil where it has none, or where it
  ///   comes with every row: the steps that depend on it are then no nodes, and what they read goes to `openInputs`.
  /// - Returns: the number of its root, −1 where that is not a node.
  mutating func add(
    _ table: borrowing PlanTable, shape: Int, layout: borrowing RowLayout, row: UnsafePointer<UInt64>,
    evidence: Int? = nil
  ) -> Int {
    nodeOfStep.removeAll(keepingCapacity: true)
    let firstFamily = Int(table.familyStarts[shape])
    for number in Int(table.stepStarts[shape])..<Int(table.stepStarts[shape + 1]) {
      let step = table.steps[number]
      if step.isOpen, evidence == nil {
        addOpenInputs(of: step, table, firstFamily, layout, row)
        nodeOfStep.append(-1)
        continue
      }
      var deepest: Int32 = -1
      for index in inputs.indices { inputs[index] = 0 }
      for index in 0..<Int(step.inputCount) {
        let input = table.inputs[Int(step.inputStart) + index]
        if input >= 0 {
          let family = table.families[firstFamily + Int(input)]
          if family.evidence >= 0, let evidence {
            let slices = table.evidence(shape)
            let before = slices.prefix(Int(family.evidence)).reduce(0) { $0 + $1.cells }
            inputs[index] = Int32(evidence + before)
          } else {
            inputs[index] = slice(family, table, layout, row)
          }
        } else {
          let child = nodeOfStep[Int(~input)]
          inputs[index] = ~Int32(child)
          deepest = max(deepest, depth[child])
        }
      }
      key[0] = UInt64(step.signature) | UInt64(UInt32(bitPattern: inputs[0])) << 32
      key[1] = UInt64(UInt32(bitPattern: inputs[1])) | UInt64(UInt32(bitPattern: inputs[2])) << 32
      let node = nodes.intern(key)
      if node == depth.count { depth.append(deepest + 1) }
      nodeOfStep.append(node)
    }
    for density in table.evidence(shape).lazy.flatMap(\.families) where evidence == nil {
      var base = 0
      for observed in table.observed[density.observed] {
        base += layout.code(Int(observed.index), in: row) * Int(observed.stride)
      }
      openInputs.append(Int32(base))
    }
    return nodeOfStep[nodeOfStep.count - 1]
  }

  /// Where the slice of a family's table stands that the observed members choose.
  private mutating func slice(
    _ family: PlanTable.Family, _ table: borrowing PlanTable, _ layout: borrowing RowLayout,
    _ row: UnsafePointer<UInt64>
  ) -> Int32 {
    var position = Int(family.offset)
    for member in Int(family.observedStart)..<Int(family.observedStart + family.observedCount) {
      let observed = table.observed[member]
      position += layout.code(Int(observed.index), in: row) * Int(observed.stride)
    }
    return family.pattern < 0 ? Int32(position) : copy(table.patterns[Int(family.pattern)], position)
  }

  /// Keeps the inputs of a step that do not depend on the numbers of a row.
  private mutating func addOpenInputs(
    of step: PlanTable.Step, _ table: borrowing PlanTable, _ firstFamily: Int, _ layout: borrowing RowLayout,
    _ row: UnsafePointer<UInt64>
  ) {
    for index in 0..<Int(step.inputCount) {
      let input = table.inputs[Int(step.inputStart) + index]
      if input < 0 {
        let child = nodeOfStep[Int(~input)]
        if child >= 0 { openInputs.append(~Int32(child)) }
      } else {
        let family = table.families[firstFamily + Int(input)]
        if family.evidence < 0 { openInputs.append(slice(family, table, layout, row)) }
      }
    }
  }

  /// Where the copy of a slice stands, which begins at a position of the parameters.
  private mutating func copy(_ pattern: PlanTable.SlicePattern, _ position: Int) -> Int32 {
    let number = pattern.start + position - pattern.offset
    if copyOfSlice[number] < 0 {
      copyOfSlice[number] = Int32(inputCount + copies.count)
      for cell in pattern.cells { copies.append(Int32(position) + cell) }
    }
    return copyOfSlice[number]
  }

  /// The number of the signature of a node.
  func signature(_ node: Int) -> Int { Int(nodes.keys[node * 2] & 0xFFFF_FFFF) }

  /// Input `index` of a node: a position among the parameters, or the complement of a node's number.
  func input(_ node: Int, _ index: Int) -> Int {
    let word = nodes.keys[node * 2 + (index + 1) / 2]
    return Int(Int32(truncatingIfNeeded: Int64(bitPattern: word >> UInt64(32 * ((index + 1) % 2)))))
  }
}

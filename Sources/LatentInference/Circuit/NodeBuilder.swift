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
  private let parameterCount: Int
  /// Per pattern and first cell: where the copy of the slice stands; −1 where there is none.
  private var copyOfSlice: [Int32]
  private var key = [UInt64](repeating: 0, count: 2)
  private var inputs = [Int32](repeating: 0, count: EliminationPlanner.maximumInputs)
  private var nodeOfStep: [Int] = []

  init(_ table: borrowing PlanTable, parameterCount: Int) {
    self.parameterCount = parameterCount
    copyOfSlice = [Int32](repeating: -1, count: table.patternEnd)
  }

  /// Adds the nodes of one instance of a shape.
  ///
  /// - row: the packed observed members of the instance's families.
  /// - Returns: the number of its root.
  mutating func add(
    _ table: borrowing PlanTable, shape: Int, layout: borrowing RowLayout, row: UnsafePointer<UInt64>
  ) -> Int {
    nodeOfStep.removeAll(keepingCapacity: true)
    let firstFamily = Int(table.familyStarts[shape])
    for number in Int(table.stepStarts[shape])..<Int(table.stepStarts[shape + 1]) {
      let step = table.steps[number]
      var deepest: Int32 = -1
      for index in inputs.indices { inputs[index] = 0 }
      for index in 0..<Int(step.inputCount) {
        let input = table.inputs[Int(step.inputStart) + index]
        if input >= 0 {
          let family = table.families[firstFamily + Int(input)]
          var position = Int(family.offset)
          for member in Int(family.observedStart)..<Int(family.observedStart + family.observedCount) {
            let observed = table.observed[member]
            position += layout.code(Int(observed.index), in: row) * Int(observed.stride)
          }
          inputs[index] = family.pattern < 0 ? Int32(position) : copy(table.patterns[Int(family.pattern)], position)
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
    return nodeOfStep[nodeOfStep.count - 1]
  }

  /// Where the copy of a slice stands, which begins at a position of the parameters.
  private mutating func copy(_ pattern: PlanTable.SlicePattern, _ position: Int) -> Int32 {
    let number = pattern.start + position - pattern.offset
    if copyOfSlice[number] < 0 {
      copyOfSlice[number] = Int32(parameterCount + copies.count)
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

/// Interns the nodes of all components: a node that occurs in several of them exists, and is computed, once.
///
/// The key of a node is its signature and its inputs; an input is the position of a slice of the parameters, or the
/// complement (`~`) of the number of the node whose message it is. Sharing is exact: adjoints are linear, so what all
/// users of a message ask of it is summed before it is swept back.
struct NodeBuilder {
  /// Two words for four inputs, one for the signature.
  private(set) var nodes = WordInterner(stride: 3)
  /// The number of steps below each node.
  private(set) var depth: [Int32] = []
  private var key = [UInt64](repeating: 0, count: 3)
  private var inputs = [Int32](repeating: 0, count: EliminationPlanner.maximumInputs)
  private var nodeOfStep: [Int] = []

  /// Adds the nodes of one instance.
  ///
  /// - row: the packed observed members of the instance's families.
  /// - Returns: the number of its root.
  mutating func add(_ plan: EliminationPlan, layout: RowLayout, row: UnsafePointer<UInt64>) -> Int {
    nodeOfStep.removeAll(keepingCapacity: true)
    for step in plan.steps {
      var deepest: Int32 = -1
      for index in inputs.indices { inputs[index] = 0 }
      for (index, input) in step.inputs.enumerated() {
        switch input {
        case .family(let number):
          let family = plan.families[number]
          var position = family.offset
          for (member, stride) in family.observed { position += layout.code(member, in: row) * stride }
          inputs[index] = Int32(position)
        case .message(let step):
          inputs[index] = ~Int32(nodeOfStep[step])
          deepest = max(deepest, depth[nodeOfStep[step]])
        }
      }
      key[0] = UInt64(step.signature)
      key[1] = UInt64(UInt32(bitPattern: inputs[0])) | UInt64(UInt32(bitPattern: inputs[1])) << 32
      key[2] = UInt64(UInt32(bitPattern: inputs[2])) | UInt64(UInt32(bitPattern: inputs[3])) << 32
      let node = nodes.intern(key)
      if node == depth.count { depth.append(deepest + 1) }
      nodeOfStep.append(node)
    }
    return nodeOfStep[nodeOfStep.count - 1]
  }

  /// The number of the signature of a node.
  func signature(_ node: Int) -> Int { Int(nodes.keys[node * 3]) }

  /// Input `index` of a node: a position among the parameters, or the complement of a node's number.
  func input(_ node: Int, _ index: Int) -> Int {
    let word = nodes.keys[node * 3 + 1 + index / 2]
    return Int(Int32(truncatingIfNeeded: Int64(bitPattern: word >> UInt64(32 * (index % 2)))))
  }
}

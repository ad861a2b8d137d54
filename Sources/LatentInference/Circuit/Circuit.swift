internal import LatentData
public import LatentModels

/// The E-step of a discrete network on its data, compiled: which products and sums make up the likelihood of every
/// distinct hidden component, each written down once.
///
/// Values and adjoints live in two buffers of equal layout, `[parameters | messages]`. Nodes of equal depth and
/// signature form a group; their inputs are positions in the buffer, their messages stand end to end. Forward the
/// groups run in order of depth, backward in reverse; `CircuitWorkspace` holds the buffers.
public final class Circuit: Sendable {
  /// Nodes of one depth and signature, side by side.
  struct Group: Sendable {
    let signature: Int
    let count: Int
    /// Where the inputs of the group start in `inputs`: `count` positions for the first input, then for the second, …
    let inputStart: Int
    /// Where the messages of the group start in the buffers.
    let messageStart: Int
    /// The number, in layout order, of the first node.
    let firstNode: Int
  }

  /// The arithmetic of a signature, ready for the kernels.
  struct Kernel: Sendable {
    let cells: Int
    let inputs: Int
    let eliminated: Int
    /// Where the index table starts in `indices`.
    let indexStart: Int
    /// Where the strides of the eliminated variable start in `indices`.
    let strideStart: Int
  }

  public let structure: NetworkStructure
  let constantCounts: [Double]
  let kernels: [Kernel]
  let indices: [Int32]
  let groups: [Group]
  let inputs: [Int32]
  /// The number of values: parameters and messages.
  let valueCount: Int
  let nodeCount: Int
  /// Per instance in the order of collection: the position of its root's message.
  let roots: [Int32]
  /// Per instance: its weight.
  let rootWeights: [Double]
  /// Where the message of each node starts; nodes as numbered by the builder.
  let messagePositions: [Int32]
  /// What was compiled, for people to read.
  public let size: CircuitSize

  init(
    collector: borrowing ComponentCollector, planner: EliminationPlanner, builder: borrowing NodeBuilder,
    rootNodes: [Int32]
  ) {
    structure = collector.layout.structure
    constantCounts = collector.constantCounts
    rootWeights = collector.weights
    var indices: [Int32] = []
    var kernels: [Kernel] = []
    for signature in planner.signatures {
      let indexStart = indices.count
      indices += signature.indexTable()
      let strideStart = indices.count
      indices += signature.eliminatedStrides()
      kernels.append(
        Kernel(
          cells: signature.cells, inputs: signature.inputCount, eliminated: Int(signature.eliminated),
          indexStart: indexStart, strideStart: strideStart))
    }
    let layout = CircuitLayout(builder: builder, kernels: kernels, parameterCount: structure.parameterCount)
    self.kernels = kernels
    self.indices = indices
    groups = layout.groups
    inputs = layout.inputs
    valueCount = layout.valueCount
    nodeCount = builder.nodes.count
    messagePositions = layout.messagePositions
    roots = rootNodes.map { layout.messagePositions[Int($0)] }

    var size = CircuitSize(collector, planner)
    size.nodes = nodeCount
    size.groups = layout.groups.count
    size.signatures = kernels.count
    size.cells = layout.valueCount - structure.parameterCount
    for group in layout.groups {
      let kernel = kernels[group.signature]
      size.operations += group.count * kernel.cells * kernel.eliminated * kernel.inputs
    }
    size.bytes = 16 * valueCount + 4 * (indices.count + inputs.count) + 16 * nodeCount + 12 * roots.count
    self.size = size
  }
}

/// The size of a compiled E-step.
public struct CircuitSize: Hashable, Sendable {
  /// Rows of positive weight, and their summed weight.
  public internal(set) var rows = 0
  public internal(set) var weight = 0.0
  /// Hidden components of all rows; how many of them differ; in how many shapes they come.
  public internal(set) var components = 0
  public internal(set) var instances = 0
  public internal(set) var shapes = 0
  /// Nodes of the circuit, groups of nodes that run together, distinct signatures.
  public internal(set) var nodes = 0
  public internal(set) var groups = 0
  public internal(set) var signatures = 0
  /// Cells of all messages.
  public internal(set) var cells = 0
  /// Numbers that one sweep over the circuit reads and multiplies.
  public internal(set) var operations = 0
  /// The variables of the largest clique of any elimination and the number of their joint states.
  public internal(set) var largestClique: [String] = []
  public internal(set) var largestCliqueCells = 0.0
  /// Bytes of the compiled E-step and its buffers.
  public internal(set) var bytes = 0
  /// The summed weight of the families that no hidden cell touches, and that of all families of all rows.
  public internal(set) var constantFamilyWeight = 0.0
  public internal(set) var familyWeight = 0.0

  init(_ collector: borrowing ComponentCollector, _ planner: EliminationPlanner) {
    let layout = collector.layout
    rows = collector.rowCount
    weight = collector.totalWeight
    components = collector.componentCount
    instances = collector.instances.count
    shapes = collector.shapes.count
    largestClique = planner.largestClique.variables.map { layout.structure.schema[layout.order[$0]].name }
    largestCliqueCells = planner.largestClique.cells
    constantFamilyWeight = collector.constantCounts.reduce(0, +)
    familyWeight = weight * Double(layout.structure.schema.count)
  }
}

/// The order of nodes in memory: by depth, then signature, then age.
private struct CircuitLayout {
  var groups: [Circuit.Group] = []
  var inputs: [Int32] = []
  var messagePositions: [Int32]
  var valueCount: Int

  init(builder: borrowing NodeBuilder, kernels: [Circuit.Kernel], parameterCount: Int) {
    let count = builder.nodes.count
    messagePositions = [Int32](repeating: 0, count: count)
    valueCount = parameterCount
    var counts: [Int: Int] = [:]
    func key(_ node: Int) -> Int { Int(builder.depth[node]) << 32 | builder.signature(node) }
    for node in 0..<count { counts[key(node), default: 0] += 1 }
    let keys = counts.keys.sorted()
    var groupOfKey: [Int: Int] = [:]
    var firstNode = 0
    var inputCount = 0
    for (group, key) in keys.enumerated() {
      groupOfKey[key] = group
      let size = counts[key] ?? 0
      let signature = key & 0xFFFF_FFFF
      groups.append(
        Circuit.Group(
          signature: signature, count: size, inputStart: inputCount, messageStart: valueCount, firstNode: firstNode))
      firstNode += size
      inputCount += size * kernels[signature].inputs
      valueCount += size * kernels[signature].cells
    }
    var placed = [Int](repeating: 0, count: groups.count)
    var groupOfNode = [Int32](repeating: 0, count: count)
    var placeOfNode = [Int32](repeating: 0, count: count)
    for node in 0..<count {
      let group = groupOfKey[key(node)] ?? 0
      groupOfNode[node] = Int32(group)
      placeOfNode[node] = Int32(placed[group])
      messagePositions[node] = Int32(
        groups[group].messageStart + placed[group] * kernels[groups[group].signature].cells)
      placed[group] += 1
    }
    inputs = [Int32](repeating: 0, count: inputCount)
    for node in 0..<count {
      let group = groups[Int(groupOfNode[node])]
      for index in 0..<kernels[group.signature].inputs {
        let input = builder.input(node, index)
        inputs[group.inputStart + index * group.count + Int(placeOfNode[node])] =
          input >= 0 ? Int32(input) : messagePositions[~input]
      }
    }
  }
}

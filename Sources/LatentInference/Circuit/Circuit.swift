internal import LatentData
internal import LatentKernels
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

  /// The structure that the circuit was compiled for.
  public let structure: NetworkStructure
  let constantCounts: [Double]
  let kernels: [Kernel]
  let indices: [Int32]
  /// In order of depth, but for the roots, which come last.
  let groups: [Group]
  /// The groups from here on hold the roots: nodes with an empty separator, which have no users.
  let firstRootGroup: Int
  /// The number, in layout order, of the first root.
  let firstRootNode: Int
  let inputs: [Int32]
  /// The number of values: parameters and messages.
  let valueCount: Int
  let nodeCount: Int
  /// Per instance in the order of collection: the position of its root's message.
  let roots: [Int32]
  /// Per root in layout order: the summed weight of its instances; equal weights stand side by side within a group.
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
    var weights = [Double](repeating: 0, count: builder.nodes.count)
    for (instance, node) in rootNodes.enumerated() { weights[Int(node)] += collector.weights[instance] }
    let layout = CircuitLayout(
      builder: builder, signatures: planner.signatures, kernels: kernels, weights: weights,
      parameterCount: structure.parameterCount)
    self.kernels = kernels
    self.indices = indices
    groups = layout.groups
    firstRootGroup = layout.firstRootGroup
    firstRootNode = layout.firstRootNode
    rootWeights = layout.rootWeights
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

  /// Calls `body` with the arithmetic of a group.
  func withKernel(_ group: Group, _ body: (NodeGroup) -> Void) {
    let kernel = kernels[group.signature]
    indices.withUnsafeBufferPointer { indices in
      inputs.withUnsafeBufferPointer { inputs in
        body(
          NodeGroup(
            count: group.count, cells: kernel.cells, states: kernel.eliminated, inputs: kernel.inputs,
            offsets: inputs.baseAddress! + group.inputStart, index: indices.baseAddress! + kernel.indexStart,
            strides: indices.baseAddress! + kernel.strideStart, message: group.messageStart))
      }
    }
  }

  /// The node, in layout order, whose message starts at this position.
  func node(at position: Int) -> Int {
    var low = 0
    var high = groups.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if groups[middle].messageStart <= position { low = middle } else { high = middle }
    }
    return groups[low].firstNode + (position - groups[low].messageStart) / kernels[groups[low].signature].cells
  }
}

/// The size of a compiled E-step.
public struct CircuitSize: Hashable, Sendable {
  /// Rows of positive weight.
  public internal(set) var rows = 0
  /// The summed weight of these rows.
  public internal(set) var weight = 0.0
  /// Hidden components of all rows.
  public internal(set) var components = 0
  /// How many of the components differ.
  public internal(set) var instances = 0
  /// In how many shapes, sets of hidden variables and families, the components come.
  public internal(set) var shapes = 0
  /// Nodes of the circuit.
  public internal(set) var nodes = 0
  /// Groups of nodes that run together.
  public internal(set) var groups = 0
  /// Distinct signatures of nodes.
  public internal(set) var signatures = 0
  /// Cells of all messages.
  public internal(set) var cells = 0
  /// Numbers that one sweep over the circuit reads and multiplies.
  public internal(set) var operations = 0
  /// The variables of the largest clique of any elimination.
  public internal(set) var largestClique: [String] = []
  /// The number of joint states of the largest clique.
  public internal(set) var largestCliqueCells = 0.0
  /// Bytes of the compiled E-step and its buffers.
  public internal(set) var bytes = 0
  /// The summed weight of the families, over all rows, that no hidden cell touches.
  public internal(set) var constantFamilyWeight = 0.0
  /// The summed weight of all families of all rows.
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

internal import LatentData
internal import LatentKernels
public import LatentModels

/// The E-step of a discrete network on its data, compiled: which products and sums make up the likelihood of every
/// distinct hidden component, each written down once.
///
/// Values and adjoints live in two buffers of equal layout, `[inputs | copies | messages]`. The inputs are all tables, a
/// table of ones for each variable of numbers, and the evidence of single rows where that stands still; the copies are
/// slices of tables whose cells do not stand side by side in the order that nodes read. Nodes of equal signature that run
/// together form a group; their inputs are positions in the buffer, their messages stand end to end. Forward the
/// groups run in their order, then the tails turn the last messages into likelihoods, and backward the groups run in
/// reverse; `CircuitWorkspace` holds the buffers.
public final class Circuit: Sendable {
  /// The structure that the circuit was compiled for.
  public let structure: NetworkStructure
  /// What moments are taken about.
  public let frame: Frame
  let constantCounts: [Double]
  /// The patterns in which numbers are observed.
  let patterns: NumberPatterns
  /// The moments of numbers that no hidden cell touches.
  let constantMoments: [PatternMoments]
  /// What of the log-likelihood no parameter touches.
  private let logBase: Double
  /// Which cells are completed.
  let completion: CompletionPolicy
  /// Where the constant counts stand that are not 0, in rising order of theirs.
  private let constantPositions: [Int32]
  /// Nodes of one signature, side by side, that do not read each other's messages: each group after all whose messages it
  /// reads, the roots last. They point into `words`.
  nonisolated(unsafe) let groups: [NodeGroup]
  /// The number, in layout order, of the first node of each group.
  let firstNodes: [Int]
  /// The groups from here on hold the roots: nodes with an empty separator, which have no users.
  let firstRootGroup: Int
  /// The number, in layout order, of the first root.
  let firstRootNode: Int
  private let words: CircuitWords
  /// Where each cell of the copies comes from.
  let copies: [Int32]
  /// The number of inputs.
  let inputCount: Int
  /// The number of values: inputs, copies and messages.
  let valueCount: Int
  /// The rows of open components, a program for each shape.
  let tiles: [TileProgram]
  /// The rows of open components that are steps of a chain, and where their messages begin among those of single steps.
  let chainTiles: [(program: TileProgram, start: Int)]
  /// The sequences of a chain; nil where rows are independent.
  let chain: ChainProgram?
  let nodeCount: Int
  /// Per instance in the order of collection: the position of its root's message; 0 where its root is no node.
  let roots: [Int32]
  /// Per root in layout order: the summed weight of its instances; equal weights stand side by side within a group.
  let rootWeights: [Double]
  /// Where the message of each node starts; nodes as numbered by the builder.
  let messagePositions: [Int32]
  /// The other chunks of components, where there are many: circuits of their own, which other threads may run.
  let rest: [Circuit]
  /// What was compiled, the other chunks included, for people to read.
  public let size: CircuitSize

  /// Lays out the nodes of one chunk of instances.
  ///
  /// - constants: counted once for the whole; nil in all chunks but the first.
  /// - rest: the other chunks; of the first chunk only.
  init(
    _ compilation: borrowing CircuitCompilation, _ chunk: CircuitCompilation.Chunk,
    constants: ConstantStatistics?, logBase: Double = 0, chain rows: ChainRows? = nil,
    shapeOfInstance: (Int) -> Int = { _ in 0 }, rest: [Circuit]
  ) {
    let builder = chunk.builder
    let rootNodes = chunk.rootNodes
    structure = compilation.layout.structure
    frame = compilation.frame
    inputCount = compilation.inputCount
    let counts = constants?.counts ?? []
    constantCounts = counts
    patterns = compilation.patterns
    completion = compilation.completion
    constantMoments = constants?.momentsByPattern(compilation.frame, compilation.patterns) ?? []
    self.logBase = logBase
    constantPositions = counts.indices.filter { counts[$0] != 0 }
      .sorted { (counts[$0], $0) < (counts[$1], $1) }.map { Int32($0) }
    let signatures = compilation.signatures
    var nodeWeights = [Double](repeating: 0, count: builder.nodes.count)
    for (node, weight) in zip(rootNodes, chunk.weights) where node >= 0 { nodeWeights[Int(node)] += weight }
    let layout = CircuitLayout(
      builder: builder, signatures: signatures, weights: nodeWeights,
      messageStart: inputCount + builder.copies.count)
    firstRootGroup = layout.firstRootGroup
    firstRootNode = layout.firstRootNode
    rootWeights = layout.rootWeights
    words = CircuitWords(inputs: layout.inputs, indices: compilation.indices)
    groups = layout.groups.map { [words, signatures] in words.nodeGroup($0, signatures[$0.signature]) }
    firstNodes = layout.groups.map(\.firstNode)
    copies = builder.copies
    valueCount = layout.valueCount
    nodeCount = builder.nodes.count
    messagePositions = layout.messagePositions
    roots = rootNodes.map { $0 < 0 ? 0 : layout.messagePositions[Int($0)] }
    let programs = chunk.tiles(compilation, messagePositions: layout.messagePositions)
    tiles = programs.filter { !$0.isOfChain }
    let (chain, starts) = Self.chain(
      rows, compilation, chunk, programs, messagePositions: layout.messagePositions, shapeOfInstance)
    self.chain = chain
    chainTiles = zip(programs.filter(\.isOfChain), starts).map { ($0, $1) }
    self.rest = rest
    var size = compilation.size
    for other in rest { size.add(other.size) }
    size.nodes += nodeCount
    size.groups += groups.count
    size.cells += valueCount - inputCount - copies.count
    for group in groups { size.operations += group.count * group.cells * group.states * group.inputs }
    size.bytes += 16 * valueCount + 4 * (layout.inputs.count + copies.count) + 16 * nodeCount + 12 * roots.count
    for program in programs { size.add(program) }
    if let chain {
      size.bytes += chain.bytes
      size.operations += 3 * chain.sources.count * chain.states * chain.states
    }
    self.size = size
  }

  /// The sequences over the messages of a chunk, and where the messages of its open rows begin.
  private static func chain(
    _ rows: ChainRows?, _ compilation: borrowing CircuitCompilation, _ chunk: CircuitCompilation.Chunk,
    _ programs: [TileProgram], messagePositions: [Int32], _ shapeOfInstance: (Int) -> Int
  ) -> (ChainProgram?, [Int]) {
    guard let rows, let index = compilation.layout.chain else { return (nil, []) }
    var positions = [Int32](repeating: 0, count: chunk.instances.count)
    for (instance, node) in zip(chunk.instances, chunk.rootNodes) where node >= 0 {
      positions[Int(instance)] = messagePositions[Int(node)]
    }
    var openStarts = [Int](repeating: 0, count: (programs.map(\.shape).max() ?? 0) + 1)
    var end = 0
    for program in programs where program.isOfChain {
      openStarts[program.shape] = end
      end += program.rowCount
    }
    let chain = ChainProgram(
      compilation.layout.family(index), rows, positions: positions, openStarts: openStarts, shapeOf: shapeOfInstance)
    let starts = programs.filter(\.isOfChain).map { chain.ownStart + openStarts[$0.shape] * chain.states }
    return (chain, starts)
  }

  /// The log-likelihood of what no hidden cell touches; −∞ when a count stands where θ = 0.
  func constantLogSum(_ parameters: [Double]) -> Double {
    var sum = weightedLogSum(weights: constantCounts, values: parameters, at: constantPositions)
    guard !structure.isCategorical else { return sum }
    sum += logBase
    for constant in constantMoments { sum += constant.pattern.score(constant.moments, parameters, frame) }
    return sum
  }

  /// Where the messages begin in the buffers.
  var messageStart: Int { inputCount + copies.count }

  /// Where the positions of an input's cells stand, one for each joint state of a node's separator.
  func index(of input: Int, _ signature: Signature) -> UnsafePointer<Int32> {
    words.index(of: input, signature)
  }

  /// The node, in layout order, whose message starts at this position.
  func node(at position: Int) -> Int {
    var low = 0
    var high = groups.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if groups[middle].message <= position { low = middle } else { high = middle }
    }
    return firstNodes[low] + (position - groups[low].message) / groups[low].cells
  }
}

/// The positions of a circuit, at an address that does not change.
private final class CircuitWords: @unchecked Sendable {
  private let start: UnsafeMutablePointer<Int32>
  /// Where the index tables begin.
  private let indices: UnsafePointer<Int32>

  init(inputs: [Int32], indices: [Int32]) {
    start = .allocate(capacity: max(1, inputs.count + indices.count))
    start.initialize(from: inputs, count: inputs.count)
    (start + inputs.count).initialize(from: indices, count: indices.count)
    self.indices = UnsafePointer(start + inputs.count)
  }

  deinit { start.deallocate() }

  /// The arithmetic of a group.
  func nodeGroup(_ group: CircuitLayout.Group, _ signature: Signature) -> NodeGroup {
    NodeGroup(
      count: group.count, cells: signature.cells, states: signature.states, message: group.messageStart,
      varying: signature.varying, hasRuns: group.shared != nil, inputs: signature.inputs
    ) { k in
      NodeInput(
        offsets: UnsafePointer(start) + group.inputStart + k * group.count,
        index: index(of: group.signatureInput(k), signature))
    }
  }

  /// Where the positions of an input's cells stand.
  func index(of input: Int, _ signature: Signature) -> UnsafePointer<Int32> {
    indices + signature.indexStart + input * signature.cells
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
  /// Hidden components with numbers of their own, which no two rows share.
  public internal(set) var openRows = 0
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

  /// The size of no nodes.
  init() {}

  /// What is known before the nodes are laid out.
  init(_ collector: borrowing ComponentCollector, _ planner: EliminationPlanner) {
    let layout = collector.layout
    rows = collector.rowCount
    weight = collector.totalWeight
    components = collector.componentCount
    instances = collector.instances.count
    shapes = collector.shapes.count
    signatures = planner.signatures.signatures.count
    largestClique = planner.largestClique.variables.map { layout.structure.schema[layout.order[$0]].name }
    largestCliqueCells = planner.largestClique.cells
    constantFamilyWeight = collector.constants.weight
    familyWeight = weight * Double(layout.structure.schema.count)
  }

  /// Adds the rows of an open shape.
  fileprivate mutating func add(_ program: TileProgram) {
    openRows += program.rowCount
    operations += program.rowCount * program.operationsPerRow
    bytes += program.bytes
  }

  /// Adds the nodes of another chunk.
  fileprivate mutating func add(_ chunk: CircuitSize) {
    nodes += chunk.nodes
    groups += chunk.groups
    cells += chunk.cells
    operations += chunk.operations
    bytes += chunk.bytes
    openRows += chunk.openRows
  }
}

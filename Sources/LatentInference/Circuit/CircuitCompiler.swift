public import LatentData
public import LatentModels

/// Compiles a structure and rows, handed over in one or more tables, into the circuit of their E-step.
public struct CircuitCompiler {
  private var collector: ComponentCollector
  private let limit: MemoryLimit
  private let chunkSize: Int

  /// A compiler without rows.
  public init(
    _ structure: NetworkStructure, completion: CompletionPolicy = .minimal, limit: MemoryLimit = .standard
  ) {
    self.init(structure, completion: completion, limit: limit, chunkSize: 1 << 16)
  }

  /// - chunkSize: how many distinct components a chunk holds at least. It depends on nothing but the data, so that the
  ///   result is the same for any number of threads.
  package init(
    _ structure: NetworkStructure, completion: CompletionPolicy = .minimal, limit: MemoryLimit = .standard,
    chunkSize: Int
  ) {
    collector = ComponentCollector(structure: structure, completion: completion)
    self.limit = limit
    self.chunkSize = chunkSize
  }

  /// Adds rows; they are not kept. O(rows · families) besides the hidden components, each found by bit sets.
  public mutating func add(_ table: Table) { collector.add(table) }

  /// Plans every shape and lays out the circuit.
  ///
  /// - Throws: `InferenceError.cliqueTooLarge` or `.circuitTooLarge` when the exact computation needs more memory than
  ///   the limit.
  public consuming func compile() throws(InferenceError) -> Circuit {
    var compilation = try CircuitCompilation(collector, limit: limit)
    let count = min(8, max(1, collector.instances.count / chunkSize))
    var rest: [Circuit] = []
    for chunk in (1..<max(count, 1)).reversed() {
      rest.insert(try compilation.chunk(chunk, of: count, collector), at: 0)
    }
    return try compilation.chunk(0, of: count, collector, rest: rest)
  }
}

/// A circuit together with what says which variables its nodes are about.
struct CompiledComponents {
  let circuit: Circuit
  let plans: PlanTable
  let signatures: [Signature]
  let builder: NodeBuilder
  /// The root node of each instance.
  let rootNodes: [Int32]

  init(_ collector: borrowing ComponentCollector, limit: MemoryLimit) throws(InferenceError) {
    var compilation = try CircuitCompilation(collector, limit: limit)
    circuit = try compilation.chunk(0, of: 1, collector)
    plans = compilation.plans
    signatures = compilation.signatures
    builder = compilation.builder
    rootNodes = compilation.rootNodes
  }
}

/// The plans of all shapes, and what is needed to lay out the nodes of chunks of instances.
struct CircuitCompilation {
  let structure: NetworkStructure
  let plans: PlanTable
  let signatures: [Signature]
  let kernels: [Circuit.Kernel]
  let indices: [Int32]
  let size: CircuitSize
  /// Of the chunk that was laid out last: its nodes, and the root of each of its instances.
  private(set) var builder = NodeBuilder()
  private(set) var rootNodes: [Int32] = []
  private let limit: MemoryLimit
  /// Values of all chunks so far.
  private var values = 0.0

  init(_ collector: borrowing ComponentCollector, limit: MemoryLimit) throws(InferenceError) {
    let layout = collector.layout
    var planner = EliminationPlanner(layout: layout, limit: limit)
    for shape in 0..<collector.shapes.count {
      let (hidden, families) = collector.shapes.keys.withUnsafeBufferPointer { keys in
        let key = keys.baseAddress! + shape * collector.shapes.stride
        return (
          elements(of: key, words: layout.maskWords), elements(of: key + layout.maskWords, words: layout.maskWords)
        )
      }
      try planner.plan(hidden: hidden, families: families)
    }
    var indices: [Int32] = []
    kernels = planner.signatures.map { Circuit.Kernel($0, appendingTo: &indices) }
    self.indices = indices
    structure = layout.structure
    plans = planner.table
    signatures = planner.signatures
    var size = CircuitSize(collector, planner)
    size.bytes = 4 * indices.count
    self.size = size
    self.limit = limit
  }

  /// Interns and lays out the nodes of one of `count` equal chunks of instances.
  mutating func chunk(
    _ number: Int, of count: Int, _ collector: borrowing ComponentCollector, rest: [Circuit] = []
  ) throws(InferenceError) -> Circuit {
    let total = collector.instances.count
    let instances = total * number / count..<total * (number + 1) / count
    builder = NodeBuilder()
    rootNodes = []
    rootNodes.reserveCapacity(instances.count)
    let stride = collector.instances.stride
    collector.instances.keys.withUnsafeBufferPointer { keys in
      for instance in instances {
        let key = keys.baseAddress! + instance * stride
        rootNodes.append(Int32(builder.add(plans, shape: Int(key[0]), layout: collector.layout, row: key + 1)))
      }
    }
    try checkMemory()
    return Circuit(
      self, builder: builder, rootNodes: rootNodes, weights: collector.weights[instances],
      constantCounts: number == 0 ? collector.constantCounts : [], rest: rest)
  }

  /// Refuses a circuit whose buffers would not fit, naming the clique that weighs most.
  private mutating func checkMemory() throws(InferenceError) {
    let cells = signatures.map { Double($0.cells) }
    var values = Double(structure.parameterCount)
    for node in 0..<builder.nodes.count { values += cells[builder.signature(node)] }
    self.values += values
    guard self.values * 16 <= Double(limit.bytes), values < Double(Int32.max) else {
      throw .circuitTooLarge(
        bytes: self.values * 16, limit: limit, clique: size.largestClique, cells: size.largestCliqueCells)
    }
  }
}

internal import Dispatch
public import LatentData
public import LatentModels
internal import Synchronization

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
  /// - Parameter threads: how many chunks are laid out at a time; the circuit is the same for any number.
  public consuming func compile(threads: Int = 1) throws(InferenceError) -> Circuit {
    let compilation = try CircuitCompilation(collector, limit: limit)
    let count = max(1, collector.instances.count / chunkSize)
    let order = compilation.order(of: collector)
    let total = order.count
    let chunks = Mutex([Int: CircuitCompilation.Chunk]())
    let instances = collector
    DispatchQueue.concurrentPerform(iterations: min(threads, count)) { worker in
      for number in stride(from: worker, to: count, by: min(threads, count)) {
        let chunk = compilation.chunk(order[total * number / count..<total * (number + 1) / count], instances)
        chunks.withLock { $0[number] = chunk }
      }
    }
    let inOrder = chunks.withLock { chunks in (0..<count).compactMap { chunks[$0] } }
    try compilation.checkMemory(inOrder)
    let rest = inOrder.dropFirst().map { compilation.circuit($0, instances, constantCounts: [], rest: []) }
    return compilation.circuit(inOrder[0], instances, constantCounts: collector.constantCounts, rest: rest)
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
    let compilation = try CircuitCompilation(collector, limit: limit)
    let chunk = compilation.chunk((0..<Int32(collector.instances.count))[...], collector)
    try compilation.checkMemory([chunk])
    circuit = compilation.circuit(chunk, collector, constantCounts: collector.constantCounts, rest: [])
    plans = compilation.plans
    signatures = compilation.signatures
    builder = chunk.builder
    rootNodes = chunk.rootNodes
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
  private let limit: MemoryLimit

  /// The nodes of some instances.
  struct Chunk {
    let weights: [Double]
    let builder: NodeBuilder
    /// The root of each instance.
    let rootNodes: [Int32]
  }

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

  /// All instances, those together whose eliminations end with the same variable, and of these the ones of equal shape:
  /// they share most of their nodes.
  func order(of collector: borrowing ComponentCollector) -> [Int32] {
    let shapes = (0..<collector.shapes.count).sorted { (plans.root($0), $0) < (plans.root($1), $1) }
    var ends = [Int](repeating: 0, count: shapes.count)
    let stride = collector.instances.stride
    let keys = collector.instances.keys
    for instance in 0..<collector.instances.count { ends[Int(keys[instance * stride])] += 1 }
    var end = 0
    for shape in shapes {
      let start = end
      end += ends[shape]
      ends[shape] = start
    }
    var order = [Int32](repeating: 0, count: end)
    for instance in 0..<collector.instances.count {
      let shape = Int(keys[instance * stride])
      order[ends[shape]] = Int32(instance)
      ends[shape] += 1
    }
    return order
  }

  /// Interns the nodes of some instances.
  func chunk(_ instances: some Collection<Int32>, _ collector: borrowing ComponentCollector) -> Chunk {
    var builder = NodeBuilder(plans, parameterCount: structure.parameterCount)
    var rootNodes: [Int32] = []
    rootNodes.reserveCapacity(instances.count)
    let stride = collector.instances.stride
    collector.instances.keys.withUnsafeBufferPointer { keys in
      for instance in instances {
        let key = keys.baseAddress! + Int(instance) * stride
        rootNodes.append(Int32(builder.add(plans, shape: Int(key[0]), layout: collector.layout, row: key + 1)))
      }
    }
    return Chunk(weights: instances.map { collector.weights[Int($0)] }, builder: builder, rootNodes: rootNodes)
  }

  /// Lays out a chunk; the first one carries the constant counts and the other chunks.
  func circuit(
    _ chunk: Chunk, _ collector: borrowing ComponentCollector, constantCounts: [Double], rest: [Circuit]
  ) -> Circuit {
    Circuit(
      self, builder: chunk.builder, rootNodes: chunk.rootNodes, weights: chunk.weights,
      constantCounts: constantCounts, rest: rest)
  }

  /// Refuses chunks whose buffers would not fit, naming the clique that weighs most.
  func checkMemory(_ chunks: [Chunk]) throws(InferenceError) {
    let cells = signatures.map { Double($0.cells) }
    var total = 0.0
    for chunk in chunks {
      var values = Double(structure.parameterCount + chunk.builder.copies.count)
      for node in 0..<chunk.builder.nodes.count { values += cells[chunk.builder.signature(node)] }
      total += values < Double(Int32.max) ? values : .infinity
    }
    guard total * 16 <= Double(limit.bytes) else {
      throw .circuitTooLarge(
        bytes: total * 16, limit: limit, clique: size.largestClique, cells: size.largestCliqueCells)
    }
  }
}

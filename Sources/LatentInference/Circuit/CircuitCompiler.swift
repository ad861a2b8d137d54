internal import Dispatch
public import LatentData
public import LatentModels
internal import Synchronization

/// Compiles a structure and rows, handed over in one or more tables, into the circuit of their E-step.
public struct CircuitCompiler: Sendable {
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

  /// Where the numbers of each column lie, by the rows so far.
  public var frame: Frame { Frame(collector.moments) }

  /// Adds rows; of them only the numbers below hidden variables are kept. O(rows · families) besides the hidden components, each found by bit sets.
  public mutating func add(_ table: Table) { collector.add(table) }

  /// Adds all rows of a source, block by block.
  ///
  /// - Throws: what reading throws, and `InferenceError.otherVariables` for rows that are not about the variables of the
  ///   structure.
  public mutating func add(contentsOf rows: some RowSource) throws {
    try rows.forEachBlock { block in
      guard block.schema == collector.layout.structure.schema else { throw InferenceError.otherVariables }
      collector.add(block)
    }
  }

  /// Plans every shape and lays out the circuit.
  ///
  /// - Throws: `InferenceError.cliqueTooLarge` or `.circuitTooLarge` when the exact computation needs more memory than
  ///   the limit.
  /// - Parameter threads: how many chunks are laid out at a time; the circuit is the same for any number.
  public consuming func compile(threads: Int = 1) throws(InferenceError) -> Circuit {
    let frame = frame
    return try compile(threads: threads, about: frame)
  }

  /// Plans and lays out the circuit for moments about another frame than that of the rows: these may be a part of more.
  package consuming func compile(threads: Int, about frame: Frame) throws(InferenceError) -> Circuit {
    let compilation = try CircuitCompilation(collector, frame, limit: limit)
    // A chain ties its steps together.
    let count = collector.chain == nil ? max(1, collector.instances.count / chunkSize) : 1
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
    let rest = inOrder.dropFirst().map { Circuit(compilation, $0, constants: nil, rest: []) }
    return Circuit(
      compilation, inOrder[0], constants: collector.constants, logBase: collector.logBase, chain: instances.chain,
      shapeOfInstance: { instances.shape(ofInstance: $0) }, rest: rest)
  }
}

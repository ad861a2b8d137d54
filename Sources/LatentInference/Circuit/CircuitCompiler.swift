public import LatentData
public import LatentModels

/// Compiles a structure and rows, handed over in one or more tables, into the circuit of their E-step.
public struct CircuitCompiler {
  private var collector: ComponentCollector
  private let limit: MemoryLimit

  /// A compiler without rows.
  ///
  /// - Parameters:
  ///   - structure: the variables and edges; rows come with its schema.
  ///   - completion: which hidden cells the E-step completes.
  ///   - limit: the most memory that a table of the circuit, or all of them together, may take.
  public init(
    _ structure: NetworkStructure, completion: CompletionPolicy = .minimal, limit: MemoryLimit = .standard
  ) {
    collector = ComponentCollector(structure: structure, completion: completion)
    self.limit = limit
  }

  /// Adds rows; they are not kept. O(rows · families) besides the hidden components, each found by bit sets.
  public mutating func add(_ table: Table) { collector.add(table) }

  /// Plans every shape and lays out the circuit.
  ///
  /// - Throws: `InferenceError.cliqueTooLarge` when the exact computation needs more memory than the limit.
  public consuming func compile() throws(InferenceError) -> Circuit {
    try compileCircuit(collector, limit: limit).circuit
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
}

func compileCircuit(
  _ collector: borrowing ComponentCollector, limit: MemoryLimit
) throws(InferenceError) -> CompiledComponents {
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
  var builder = NodeBuilder()
  var rootNodes: [Int32] = []
  rootNodes.reserveCapacity(collector.instances.count)
  let stride = collector.instances.stride
  let plans = planner.table
  collector.instances.keys.withUnsafeBufferPointer { keys in
    for instance in 0..<collector.instances.count {
      let key = keys.baseAddress! + instance * stride
      rootNodes.append(Int32(builder.add(plans, shape: Int(key[0]), layout: layout, row: key + 1)))
    }
  }
  try checkMemory(builder, planner, limit: limit)
  let circuit = Circuit(collector: collector, planner: planner, builder: builder, rootNodes: rootNodes)
  return CompiledComponents(
    circuit: circuit, plans: plans, signatures: planner.signatures, builder: builder, rootNodes: rootNodes)
}

/// Refuses a circuit whose buffers would not fit, naming the clique that weighs most.
private func checkMemory(
  _ builder: borrowing NodeBuilder, _ planner: EliminationPlanner, limit: MemoryLimit
) throws(InferenceError) {
  let cells = planner.signatures.map { Double($0.cells) }
  var values = Double(planner.layout.structure.parameterCount)
  for node in 0..<builder.nodes.count { values += cells[builder.signature(node)] }
  guard values * 16 <= Double(limit.bytes), values < Double(Int32.max) else {
    let layout = planner.layout
    throw .circuitTooLarge(
      bytes: values * 16, limit: limit,
      clique: planner.largestClique.variables.map { layout.structure.schema[layout.order[$0]].name },
      cells: planner.largestClique.cells)
  }
}

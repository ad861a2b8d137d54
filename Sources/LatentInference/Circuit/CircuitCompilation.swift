internal import LatentData
internal import LatentModels

/// The plans of all shapes, and what is needed to lay out the nodes of chunks of instances.
struct CircuitCompilation {
  let layout: RowLayout
  let plans: PlanTable
  let signatures: [Signature]
  /// The index tables of all signatures.
  let indices: [Int32]
  let size: CircuitSize
  let frame: Frame
  let completion: CompletionPolicy
  let patterns: NumberPatterns
  /// How many numbers stand before the copies: tables, tables of ones, and evidence.
  let inputCount: Int
  /// Per instance: where its evidence stands among the inputs, −1 where it is closed; empty where evidence comes with
  /// the rows of tiles.
  let evidenceStarts: [Int32]
  private let limit: MemoryLimit
  /// How many numbers the message of a step has in which the numbers of a row play a part; 0 without a chain.
  private let stepCells: Int

  /// - frame: what moments are taken about.
  /// - recordsRows: whether every open row is an instance of its own, whose evidence stands among the inputs.
  init(
    _ collector: borrowing ComponentCollector, _ frame: Frame, limit: MemoryLimit, recordsRows: Bool = false
  ) throws(InferenceError) {
    let layout = collector.layout
    if let row = collector.chain?.rowWithHiddenParent, let chain = layout.chain {
      throw .hiddenParentOfChain(layout.structure.schema[layout.order[chain]].name, row: row)
    }
    stepCells = layout.chain.map { layout.cardinalities[$0] } ?? 0
    self.layout = layout
    patterns = collector.patterns
    completion = collector.completion
    var planner = EliminationPlanner(layout: layout, collector.patterns, limit: limit)
    for shape in 0..<collector.shapes.count {
      let (hidden, families, pattern) = collector.shapes.keys.withUnsafeBufferPointer { keys in
        let key = keys.baseAddress! + shape * collector.shapes.stride
        return (
          elements(of: key, words: layout.maskWords), elements(of: key + layout.maskWords, words: layout.maskWords),
          Array(UnsafeBufferPointer(start: key + 2 * layout.maskWords, count: layout.patternWords))
        )
      }
      try planner.plan(hidden: hidden, families: families, pattern: pattern)
    }
    (signatures, indices) = (planner.signatures.signatures, planner.signatures.indices)
    self.frame = frame
    let plans = planner.table
    var end = layout.tableEnd
    var evidenceStarts: [Int32] = []
    if recordsRows {
      for instance in 0..<collector.instances.count {
        let cells = plans.evidence(collector.shape(ofInstance: instance)).reduce(0) { $0 + $1.cells }
        evidenceStarts.append(cells > 0 ? Int32(clamping: end) : -1)
        end += cells
      }
    }
    (self.evidenceStarts, inputCount) = (evidenceStarts, end)
    self.plans = plans
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
    var builder = NodeBuilder(plans, inputCount: inputCount)
    var rootNodes: [Int32] = []
    rootNodes.reserveCapacity(instances.count)
    var openStarts: [Int32: Int32] = [:]
    let stride = collector.instances.stride
    collector.instances.keys.withUnsafeBufferPointer { keys in
      for instance in instances {
        let key = keys.baseAddress! + Int(instance) * stride
        let evidence = evidenceStarts.isEmpty ? -1 : Int(evidenceStarts[Int(instance)])
        let start = builder.openInputs.count
        let root = builder.add(
          plans, shape: Int(key[0]), layout: layout, row: key + 1, evidence: evidence < 0 ? nil : evidence)
        rootNodes.append(Int32(root))
        if root < 0 { openStarts[instance] = Int32(start) }
      }
    }
    return Chunk(
      instances: collector.chain == nil ? [] : Array(instances), weights: instances.map { collector.weights[Int($0)] },
      builder: builder, rootNodes: rootNodes,
      openRows: openStarts.isEmpty ? [] : collector.openRows, openStarts: openStarts)
  }

  /// Refuses chunks whose buffers would not fit, naming the clique that weighs most.
  func checkMemory(_ chunks: [Chunk]) throws(InferenceError) {
    let cells = signatures.map { Double($0.cells) }
    var total = 0.0
    for chunk in chunks {
      var values = Double(inputCount + chunk.builder.copies.count)
      for node in 0..<chunk.builder.nodes.count { values += cells[chunk.builder.signature(node)] }
      values += Double(TileProgram.rows * plans.mostOpenCells(signatures))
      total += values < Double(Int32.max) ? values : .infinity
      total += Double(chunk.openStarts.count * stepCells)
    }
    guard total * 16 <= Double(limit.bytes) else {
      throw .circuitTooLarge(
        bytes: total * 16, limit: limit, clique: size.largestClique, cells: size.largestCliqueCells)
    }
  }
}

extension CircuitCompilation {
  /// The nodes of some instances.
  struct Chunk {
    /// The numbers of the instances, where there is a chain; it has one chunk.
    let instances: [Int32]
    let weights: [Double]
    let builder: NodeBuilder
    /// The root of each instance, −1 where it is not a node.
    let rootNodes: [Int32]
    /// Of every shape, the rows that are swept in tiles; empty where no instance of the chunk has any.
    let openRows: [OpenRows]
    /// Where the inputs of each open instance of the chunk begin in the builder's `openInputs`.
    let openStarts: [Int32: Int32]

    /// A program for each open shape that has rows in the chunk.
    func tiles(_ compilation: CircuitCompilation, messagePositions: [Int32]) -> [TileProgram] {
      guard !openStarts.isEmpty else { return [] }
      let inputs = builder.openInputs.map { $0 >= 0 ? $0 : messagePositions[Int(~$0)] }
      return openRows.indices.compactMap { shape in
        guard let rows = openRows[shape].selecting(openStarts) else { return nil }
        return TileProgram(compilation, shape: shape, rows, inputs: inputs)
      }
    }
  }
}

internal import LatentKernels
internal import LatentModels

/// A circuit together with what says which variables its nodes are about.
struct CompiledComponents {
  let circuit: Circuit
  let plans: PlanTable
  let signatures: [Signature]
  let builder: NodeBuilder
  private let layout: RowLayout
  /// The root node of each instance.
  let rootNodes: [Int32]
  /// The components that read numbers, each of one row.
  private let open: [OpenInstance]

  /// A component that reads the numbers of a row.
  private struct OpenInstance {
    let instance: Int
    let shape: Int
    /// Where its evidence stands among the inputs.
    let start: Int
    let numbers: [Double]
    /// Per density of the shape, what the observed parents add to its configurations.
    let bases: [Int]
  }

  init(_ collector: borrowing ComponentCollector, limit: MemoryLimit) throws(InferenceError) {
    let compilation = try CircuitCompilation(collector, limit: limit, recordsRows: true)
    let chunk = compilation.chunk((0..<Int32(collector.instances.count))[...], collector)
    try compilation.checkMemory([chunk])
    circuit = Circuit(compilation, chunk, constants: collector.constants, rest: [])
    plans = compilation.plans
    signatures = compilation.signatures
    builder = chunk.builder
    rootNodes = chunk.rootNodes
    open = Self.openInstances(compilation, collector)
    layout = collector.layout
  }

  private static func openInstances(
    _ compilation: CircuitCompilation, _ collector: borrowing ComponentCollector
  ) -> [OpenInstance] {
    var open: [OpenInstance] = []
    let stride = collector.instances.stride
    for (instance, start) in compilation.evidenceStarts.enumerated() where start >= 0 {
      let shape = collector.shape(ofInstance: instance)
      let rows = collector.openRows[shape]
      let numbers = Array(rows.numbers(ofRow: Int(collector.openRowOfInstance[instance])))
      let bases = collector.instances.keys.withUnsafeBufferPointer { keys in
        let row = keys.baseAddress! + instance * stride + 1
        return compilation.plans.evidence(shape).flatMap(\.families).map { density in
          compilation.plans.observed[density.observed].reduce(0) {
            $0 + compilation.layout.code(Int($1.index), in: row) * Int($1.stride)
          }
        }
      }
      open.append(
        OpenInstance(
          instance: instance, shape: shape, start: Int(start),
          numbers: compilation.plans.evidence(shape).flatMap(\.families).map { density in
            numbers[rows.variables.firstIndex(of: density.number) ?? 0]
          }, bases: bases))
    }
    return open
  }

  /// The inputs of the circuit under a network.
  func inputs(_ network: BayesianNetwork) -> CircuitInputs {
    var values = Array(network.parameters[..<network.structure.tableCellCount])
    values += [Double](repeating: 1, count: circuit.inputCount - values.count)
    var logScales = open.isEmpty ? [] : [Double](repeating: 0, count: rootNodes.count)
    var lost: [(position: Int, log: Double)] = []
    for open in open {
      var position = open.start
      var density = 0
      for evidence in plans.evidence(open.shape) {
        var logs = [Double](repeating: 0, count: evidence.cells)
        for family in evidence.families {
          let id = layout.order[family.number]
          for (cell, configuration) in family.configurations.enumerated() {
            let gaussian = network.gaussian(of: id, configuration: open.bases[density] + Int(configuration))
            logs[cell] += gaussian.logDensity(open.numbers[density])
          }
          density += 1
        }
        let largest = logs.max() ?? 0
        let scale = largest > -.infinity ? largest : 0
        for cell in logs.indices {
          values[position + cell] = exponential(logs[cell] - scale)
          if !values[position + cell].isNormal { lost.append((position + cell, logs[cell] - scale)) }
        }
        logScales[open.instance] += scale
        position += evidence.cells
      }
    }
    return CircuitInputs(values: values, logScales: logScales, lost: lost)
  }
}

/// What the nodes of a circuit read: tables, and the evidence of rows with numbers, divided by its largest cell.
struct CircuitInputs {
  let values: [Double]
  /// Of each instance, the logarithm of what its evidence was divided by; none where there is no evidence.
  let logScales: [Double]
  /// The cells of evidence that are too small for a normal double, with their logarithms.
  let lost: [(position: Int, log: Double)]

  /// The logarithms of all inputs.
  var logs: [Double] {
    var logs = values.map { naturalLog($0) }
    for (position, log) in lost { logs[position] = log }
    return logs
  }
}

internal import LatentData
internal import LatentKernels
internal import LatentModels

/// A circuit together with what says which variables its nodes are about.
struct CompiledComponents {
  let circuit: Circuit
  let plans: PlanTable
  let signatures: [Signature]
  let builder: NodeBuilder
  /// The root node of each instance.
  let rootNodes: [Int32]
  /// The components that read numbers, each of one row.
  private let open: [OpenInstance]
  /// Per instance: its position in `open`; −1 where it is closed.
  private let openNumbers: [Int32]

  /// A component that reads the numbers of a row.
  struct OpenInstance {
    let instance: Int
    let shape: Int
    /// Where its evidence stands among the inputs.
    let start: Int
    let densities: [OpenDensity]
  }

  /// A family of which the row of an open component observes numbers.
  struct OpenDensity {
    /// The topological index of the family.
    let index: Int
    /// The number of the pattern.
    let pattern: Int
    let numbers: [Double]
    /// For each cell of the evidence, the configuration of the parents.
    let configurations: [Int]
    /// Where the evidence stands among the inputs; it is that of this family alone where the family is hidden.
    let start: Int
  }

  init(_ collector: borrowing ComponentCollector, limit: MemoryLimit) throws(InferenceError) {
    let compilation = try CircuitCompilation(collector, Frame(collector.moments), limit: limit, recordsRows: true)
    let chunk = compilation.chunk((0..<Int32(collector.instances.count))[...], collector)
    try compilation.checkMemory([chunk])
    circuit = Circuit(compilation, chunk, constants: collector.constants, rest: [])
    plans = compilation.plans
    signatures = compilation.signatures
    builder = chunk.builder
    rootNodes = chunk.rootNodes
    open = Self.openInstances(compilation, collector)
    var openNumbers = [Int32](repeating: -1, count: open.isEmpty ? 0 : rootNodes.count)
    for (number, open) in open.enumerated() { openNumbers[open.instance] = Int32(number) }
    self.openNumbers = openNumbers
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
      var position = Int(start)
      var densities: [OpenDensity] = []
      for evidence in compilation.plans.evidence(shape) {
        for density in evidence.families {
          let pattern = compilation.patterns.patterns[density.pattern]
          let base = collector.instances.keys.withUnsafeBufferPointer { keys in
            let row = keys.baseAddress! + instance * stride + 1
            return compilation.plans.observed[density.observed].reduce(0) {
              $0 + compilation.layout.code(Int($1.index), in: row) * Int($1.stride)
            }
          }
          let first = rows.variables.firstIndex(of: pattern.family.children[pattern.observed[0]])!
          densities.append(
            OpenDensity(
              index: density.index, pattern: density.pattern,
              numbers: Array(numbers[first..<first + pattern.observed.count]),
              configurations: density.configurations.map { base + Int($0) }, start: position))
        }
        position += evidence.cells
      }
      open.append(OpenInstance(instance: instance, shape: shape, start: Int(start), densities: densities))
    }
    return open
  }

  /// The families of which an instance observes numbers.
  func densities(ofInstance instance: Int) -> [OpenDensity] {
    openNumbers.isEmpty || openNumbers[instance] < 0 ? [] : open[Int(openNumbers[instance])].densities
  }

  /// The inputs of the circuit under a network.
  func inputs(_ network: BayesianNetwork) -> CircuitInputs {
    var values = Array(network.parameters[..<network.structure.tableCellCount])
    values += [Double](repeating: 1, count: circuit.inputCount - values.count)
    var logScales = open.isEmpty ? [] : [Double](repeating: 0, count: rootNodes.count)
    var lost: [(position: Int, log: Double)] = []
    var splits = NumberSplits(network)
    for open in open {
      var position = open.start
      var first = 0
      for evidence in plans.evidence(open.shape) {
        var logs = [Double](repeating: 0, count: evidence.cells)
        for density in open.densities[first..<first + evidence.families.count] {
          let pattern = circuit.patterns.patterns[density.pattern]
          for (cell, configuration) in density.configurations.enumerated() {
            logs[cell] += splits.split(pattern.family, configuration, observed: pattern.observed)
              .logDensity(density.numbers[...])
          }
        }
        first += evidence.families.count
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

/// The numbers of families split into observed and missing ones, each split made once.
struct NumberSplits {
  private let network: BayesianNetwork
  private var splits: [[Int]: [ConditionalNumbers?]] = [:]

  init(_ network: BayesianNetwork) { self.network = network }

  /// The split of a family in a configuration of its parents.
  ///
  /// - observed: positions among the children of the family, ascending.
  mutating func split(_ family: Family, _ configuration: Int, observed: [Int]) -> ConditionalNumbers {
    let key = [family.child.index] + observed
    if let known = splits[key]?[configuration] { return known }
    let split = network.conditional(of: family, configuration: configuration, observed: observed)
    splits[key, default: Array(repeating: nil, count: family.configurations)][configuration] = split
    return split
  }
}

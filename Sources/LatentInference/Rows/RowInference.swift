public import LatentData
internal import LatentKernels
public import LatentModels

/// Exact inference for every row of a table at once: log-likelihoods, posteriors, most probable completions, draws.
///
/// Rows share the work of equal hidden components; what depends on one row alone is a walk over its few components.
public struct RowInference {
  /// The network with its parameters.
  public let network: BayesianNetwork
  /// The rows.
  public let table: Table
  let components: CompiledComponents
  let layout: RowLayout
  private let rowInstances: [Int32]
  private let rowStarts: [Int]
  /// Per instance: log of the sum over its hidden states of the product of its families.
  private let logLikelihoods: [Double]
  /// The inputs of the circuit: tables, and the evidence of rows with numbers.
  let inputs: [Double]
  /// The messages of all nodes, sums over hidden states.
  let sums: Messages
  private let shapeOfInstance: [Int32]

  /// Compiles the rows of a table under a network, completing every unobserved cell.
  ///
  /// - Throws: `InferenceError.cliqueTooLarge` when the exact computation needs more memory than the limit.
  public init(
    _ network: BayesianNetwork, _ table: Table, limit: MemoryLimit = .standard
  ) throws(InferenceError) {
    var collector = ComponentCollector(structure: network.structure, completion: .full, recordsRows: true)
    collector.add(table)
    components = try CompiledComponents(collector, limit: limit)
    self.network = network
    self.table = table
    layout = collector.layout
    rowInstances = collector.rowInstances
    rowStarts = collector.rowStarts
    let stride = collector.instances.stride
    let keys = collector.instances.keys
    shapeOfInstance = (0..<collector.instances.count).map { Int32(keys[$0 * stride]) }
    let (inputs, logScales) = components.inputs(network)
    self.inputs = inputs
    let sums = Messages(components.circuit, inputs, .sum)
    self.sums = sums
    logLikelihoods = (0..<collector.instances.count).map {
      sums.logLikelihood(ofInstance: $0) + logScales[$0]
    }
  }

  /// The number of the table's rows.
  public var rowCount: Int { table.rowCount }

  /// log p(observed cells of the row); −∞ when the row is impossible, 0 when nothing was observed or its weight is 0.
  public func logLikelihood(row: Int) -> Double {
    guard table.weights[row] > 0 else { return 0 }
    var sum = observedLogProbability(table.codes(row: row), row: row)
    for instance in instances(ofRow: row) { sum += logLikelihoods[Int(instance)] }
    return sum
  }

  /// Draws a completion of each row from its posterior p(hidden | observed): one column of codes per variable.
  ///
  /// The rows must not be impossible. Rows are drawn in order, so that the same generator gives the same completions.
  public func draws(using random: inout some RandomNumberGenerator) -> [[StateCode]] {
    var columns = network.schema.ids.map { id in
      switch table.columns[id.index] {
      case .absent: [StateCode](repeating: -1, count: rowCount)
      case .codes(let codes): codes
      case .reals: [StateCode](repeating: -1, count: rowCount)
      }
    }
    var walk = ComponentWalk(self)
    for row in 0..<rowCount {
      for instance in instances(ofRow: row) {
        walk.begin(Int(instance))
        walk.complete(messages: sums) { products in sampleIndex(products, using: &random) }
        for index in walk.plan.hidden where !layout.isNumeric[index] { columns[layout.order[index].index][row] = StateCode(walk.states[index]) }
      }
    }
    return columns
  }

  /// Σ log p(child | parents) over the families whose members are all there, in a row of codes or among its numbers; of a
  /// completed row, log p(row).
  public func observedLogProbability(_ codes: [StateCode], row: Int) -> Double {
    var sum = 0.0
    for family in network.structure.families {
      switch family.law {
      case .table:
        guard let cell = cell(of: family, in: codes) else { continue }
        sum += naturalLog(network.parameters[cell])
      case .gaussian:
        let value = table.value(family.child, row: row)
        guard !value.isNaN, let configuration = configuration(of: family, in: codes) else { continue }
        sum += network.gaussian(of: family.child, configuration: configuration).logDensity(value)
      }
    }
    return sum
  }

  /// The configuration of a family's parents in a row of codes; nil when one is missing.
  func configuration(of family: Family, in codes: [StateCode]) -> Int? {
    var configuration = 0
    for parent in family.parents {
      guard codes[parent.index] >= 0 else { return nil }
      configuration = configuration * network.structure.cardinality(of: parent) + Int(codes[parent.index])
    }
    return configuration
  }

  /// The position of a family's cell for a row of codes; nil when a member is missing.
  func cell(of family: Family, in codes: [StateCode]) -> Int? {
    guard codes[family.child.index] >= 0, let configuration = configuration(of: family, in: codes) else { return nil }
    return network.structure.row(of: family.child, configuration).lowerBound + Int(codes[family.child.index])
  }

  func instances(ofRow row: Int) -> ArraySlice<Int32> { rowInstances[rowStarts[row]..<rowStarts[row + 1]] }

  /// The number of distinct components.
  var instanceCount: Int { shapeOfInstance.count }

  /// The hidden variables of a component, parents before children.
  func variables(ofInstance instance: Int) -> some Collection<VariableID> {
    plan(ofInstance: instance).hidden.lazy.map { layout.order[$0] }
  }

  /// The codes of a row in schema order, with the state of each hidden variable by its component and its place there.
  func completion(row: Int, _ state: (_ instance: Int, _ place: Int) -> StateCode) -> [StateCode] {
    var codes = table.codes(row: row)
    for instance in instances(ofRow: row) {
      for (place, id) in variables(ofInstance: Int(instance)).enumerated() where network.schema[id].isCategorical {
        codes[id.index] = state(Int(instance), place)
      }
    }
    return codes
  }

  func plan(ofInstance instance: Int) -> EliminationPlan { components.plans.plan(Int(shapeOfInstance[instance])) }

  func isImpossible(instance: Int) -> Bool { logLikelihoods[instance] == -.infinity }
}

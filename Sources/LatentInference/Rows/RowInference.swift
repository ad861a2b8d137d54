public import LatentData
internal import LatentKernels
public import LatentModels

/// Exact inference for every row of a table at once: log-likelihoods, posteriors, most probable completions, draws.
///
/// Rows share the work of equal hidden components; what depends on one row alone is a walk over its few components.
/// Nothing changes after the initialiser: an object, so that what is made of it refers to it at no cost.
public final class RowInference {
  /// The network with its parameters.
  public let network: BayesianNetwork
  /// The rows.
  public let table: Table
  let components: CompiledComponents
  let layout: RowLayout
  /// The instances of all rows, end to end.
  let rowInstances: [Int32]
  private let rowStarts: [Int]
  /// The messages of all nodes, sums over hidden states. The log-likelihood of an instance is that of the sum over its
  /// hidden states of the product of its families.
  let sums: Messages
  /// The inputs of the circuit: tables, and the evidence of rows with numbers.
  let inputs: CircuitInputs
  let shapeOfInstance: [Int32]
  private let logLikelihoods: [Double]

  /// Compiles the rows of a table under a network, completing every unobserved cell.
  ///
  /// - Throws: `InferenceError.cliqueTooLarge` when the exact computation needs more memory than the limit.
  public init(
    _ network: BayesianNetwork, _ table: Table, limit: MemoryLimit = .standard
  ) throws(InferenceError) {
    if let chain = network.structure.chainVariable { throw .sequences(network.schema[chain].name) }
    var collector = ComponentCollector(structure: network.structure, completion: .full, recordsRows: true)
    collector.add(table)
    components = try CompiledComponents(collector, limit: limit)
    self.network = network
    self.table = table
    layout = collector.layout
    rowInstances = collector.rowInstances
    rowStarts = collector.rowStarts
    shapeOfInstance = (0..<collector.instances.count).map { Int32(collector.shape(ofInstance: $0)) }
    let inputs = components.inputs(network)
    self.inputs = inputs
    let sums = Messages(components.circuit, inputs, .sum)
    self.sums = sums
    var logLikelihoods = FamilyLogs(network).sums(of: table, blocks: .complete) { table.codes(of: $0) }
    for row in logLikelihoods.indices {
      for position in rowStarts[row]..<rowStarts[row + 1] {
        let instance = Int(rowInstances[position])
        logLikelihoods[row] += sums.logLikelihoods[instance]
        if !inputs.logScales.isEmpty { logLikelihoods[row] += inputs.logScales[instance] }
      }
      if table.weights[row] == 0 { logLikelihoods[row] = 0 }
    }
    self.logLikelihoods = logLikelihoods
  }

  /// The number of the table's rows.
  public var rowCount: Int { table.rowCount }

  /// log p(observed cells of the row); −∞ when the row is impossible, 0 when nothing was observed or its weight is 0.
  public func logLikelihood(row: Int) -> Double { logLikelihoods[row] }

  /// Draws the unobserved states of each row from their posterior p(hidden | observed): one column of codes per variable.
  ///
  /// The rows must not be impossible. Rows are drawn in order, so that the same generator gives the same completions.
  package func draws(using random: inout some RandomNumberGenerator) -> [[StateCode]] {
    var columns = observedColumns()
    var walk = ComponentWalk(self)
    for row in 0..<rowCount {
      for position in positions(ofRow: row) {
        walk.begin(Int(rowInstances[position]))
        while walk.advance(sums) { walk.choose(walk.drawnState(unitInterval(random.next()))) }
        for index in walk.hidden where !layout.isNumeric[Int(index)] {
          columns[layout.order[Int(index)].index][row] = StateCode(walk.states[Int(index)])
        }
      }
    }
    return columns
  }

  /// Σ log p(children | parents) over the families whose parents and some of whose children are there, in a row of codes
  /// or among its numbers; of a completed row, log p(row).
  public func observedLogProbability(_ codes: [StateCode], row: Int) -> Double {
    var sum = 0.0
    for family in network.structure.families {
      guard family.isTable else {
        sum += logDensity(of: family, codes, row: row) ?? 0
        continue
      }
      guard let cell = network.structure.cell(of: family, in: codes) else { continue }
      sum += naturalLog(network.parameters[cell])
    }
    return sum
  }

  /// The log-density of the observed numbers of a family in a row; nil where a parent or all numbers are missing.
  func logDensity(of family: Family, _ codes: [StateCode], row: Int) -> Double? {
    guard let configuration = network.structure.configuration(of: family, in: codes) else { return nil }
    let values = family.children.map { table.value($0, row: row) }
    let observed = values.indices.filter { !values[$0].isNaN }
    guard !observed.isEmpty else { return nil }
    return network.conditional(of: family, configuration: configuration, observed: observed)
      .logDensity(observed.map { values[$0] }[...])
  }

  /// Where the instances of a row stand in `rowInstances`.
  func positions(ofRow row: Int) -> Range<Int> { rowStarts[row]..<rowStarts[row + 1] }

  /// The number of distinct components.
  var instanceCount: Int { shapeOfInstance.count }

  /// The hidden variables of a component as topological indices, parents before children.
  func hidden(ofInstance instance: Int) -> ArraySlice<Int32> {
    components.plans.hidden[components.plans.hidden(ofShape: Int(shapeOfInstance[instance]))]
  }

  func isImpossible(instance: Int) -> Bool { sums.logLikelihoods[instance] == -.infinity }

  /// One column of codes per variable, −1 where nothing was observed, and for variables of numbers.
  func observedColumns() -> [[StateCode]] {
    network.schema.ids.map { table.codes(of: $0) ?? [StateCode](repeating: -1, count: rowCount) }
  }
}

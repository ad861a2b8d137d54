public import LatentData
internal import LatentKernels
public import LatentModels

/// Exact inference for the sequences of a table under a network with a chain: paths, posteriors, draws.
///
/// Rows are counted as they stand in the table. Weights play no part.
public final class ChainInference {
  /// The network with its parameters.
  public let network: BayesianNetwork
  /// The rows, the steps of sequences.
  public let table: Table
  /// The variable of the chain.
  public let variable: VariableID
  let limit: MemoryLimit
  private let circuit: Circuit
  private let workspace: CircuitWorkspace
  let tail: ChainTail
  let states: Int

  /// Compiles the rows of a table under a network that has a chain.
  ///
  /// - Throws: `InferenceError` when the rows are about other variables, a parent of the chain's variable is missing, or
  ///   the exact computation needs more memory than the limit.
  public init(
    _ network: BayesianNetwork, _ table: Table, limit: MemoryLimit = .standard
  ) throws(InferenceError) {
    guard table.schema == network.schema else { throw .otherVariables }
    guard let variable = network.structure.chainVariable else { preconditionFailure("a network with a chain") }
    let table = table.withEqualWeights()
    var collector = ComponentCollector(structure: network.structure, completion: .full, recordsRows: true)
    collector.add(table)
    let compilation = try CircuitCompilation(collector, Frame(collector.moments), limit: limit)
    let chunk = compilation.chunk(compilation.order(of: collector), collector)
    try compilation.checkMemory([chunk])
    let instances = collector
    circuit = Circuit(
      compilation, chunk, constants: nil, chain: instances.chain,
      shapeOfInstance: { instances.shape(ofInstance: $0) }, rest: [])
    workspace = CircuitWorkspace(circuit)
    tail = workspace.forwardChain(network.parameters)
    states = tail.program.states
    (self.network, self.table, self.variable, self.limit) = (network, table, variable, limit)
  }

  /// The rows of each sequence.
  public var sequences: [Range<Int>] { table.sequences }

  /// Calls `body` with what each step says of the states, up to a factor of each step.
  func withSteps(_ body: (ChainSteps) -> Void) { tail.withSteps(workspace.value, body) }

  /// The first row of each sequence that is impossible after those before it; a sequence that is not has none.
  public func impossibleRows() -> [Int] {
    var found: [Int] = []
    withSteps { steps in
      var alpha = [Double](repeating: 0, count: states)
      var before = alpha
      for sequence in sequences {
        for row in sequence {
          let factor = alpha.withUnsafeMutableBufferPointer { alpha in
            row == sequence.lowerBound
              ? steps.begin(row, alpha.baseAddress!)
              : before.withUnsafeBufferPointer { steps.advance(to: row, from: $0.baseAddress!, alpha.baseAddress!) }
          }
          guard factor > 0 else {
            found.append(row)
            break
          }
          swap(&alpha, &before)
        }
      }
    }
    return found
  }

  /// What is known of a step.
  public enum Evidence: Hashable, Sendable {
    /// All of its sequence: smoothing.
    case sequence
    /// The sequence up to this step: filtering.
    case past
  }

  /// Posteriors of the chain's states, `states` a row.
  public struct Marginals {
    /// p(state of the row | evidence).
    public let probabilities: [Double]
    /// What the other steps of the sequence say of each state, up to a factor of each row.
    let outside: [Double]
  }

  /// p(state of the row | evidence), for all rows; no sequence is impossible. O(rows · K²) time, O(rows · K) memory.
  public func marginals(given evidence: Evidence = .sequence) -> Marginals {
    var probabilities = [Double](repeating: 0, count: table.rowCount * states)
    var outside = probabilities
    withSteps { steps in
      probabilities.withUnsafeMutableBufferPointer { probabilities in
        outside.withUnsafeMutableBufferPointer { outside in
          guard let gamma = probabilities.baseAddress, let out = outside.baseAddress else { return }
          let smoother = ChainSmoother(steps)
          for sequence in sequences {
            switch evidence {
            case .sequence: smoother.smooth(sequence, gamma, outside: out)
            case .past: smoother.filter(sequence, gamma, outside: out)
            }
          }
        }
      }
    }
    return Marginals(probabilities: probabilities, outside: outside)
  }

  /// The most probable states of the chain in every sequence, with all other missing cells summed out (Viterbi 1967); of
  /// several paths within a relative 1e-12 of each other the one with the state listed first, in the last step in which
  /// they differ.
  public func mostProbablePath() -> [StateCode] {
    var path = [StateCode](repeating: 0, count: table.rowCount)
    withSteps { steps in
      let family = network.structure.family(of: variable)
      let initial = family.initialParameters.count
      var viterbi = ViterbiPath(steps, initial: initial, transition: family.parameters.count - initial)
      for sequence in sequences { viterbi.decode(sequence, into: &path) }
    }
    return path
  }

  /// Draws the states of the chain in every sequence from their posterior, in the order of the rows.
  public func drawnPath(using random: inout some RandomNumberGenerator) -> [StateCode] {
    var path = [StateCode](repeating: 0, count: table.rowCount)
    withSteps { steps in
      let smoother = ChainSmoother(steps)
      for sequence in sequences {
        var alphas = [Double](repeating: 0, count: sequence.count * states)
        alphas.withUnsafeMutableBufferPointer { alphas in
          guard let start = alphas.baseAddress else { return }
          smoother.filter(sequence, start - sequence.lowerBound * states)
          for row in sequence.reversed() {
            var weights = Array(UnsafeBufferPointer(start: start + (row - sequence.lowerBound) * states, count: states))
            if row + 1 < sequence.upperBound {
              let transition = steps.transition(into: row + 1)
              for state in weights.indices { weights[state] *= transition[state * states + Int(path[row + 1])] }
            }
            path[row] = weights.withUnsafeBufferPointer {
              StateCode(sampleIndex($0, at: unitInterval(random.next())))
            }
          }
        }
      }
    }
    return path
  }

  /// The rows with the states of the chain as a path has them.
  public func table(with path: [StateCode]) -> Table {
    var columns = table.columns
    columns[variable.index] = .codes(path)
    return Table(
      checked: table.schema, columns: columns, weights: table.weights, sequenceStarts: table.sequenceStarts)
  }

  /// log p(path, observed cells) of each row given the row before: their sum over the rows of a sequence is that of the
  /// sequence.
  public func logProbabilities(of path: [StateCode]) throws(InferenceError) -> [Double] {
    let family = network.structure.family(of: variable)
    let rows = try RowInference(network.slice, table(with: path), limit: limit)
    var logs = (0..<table.rowCount).map { rows.logLikelihood(row: $0) + naturalLog(Double(states)) }
    for sequence in sequences {
      for row in sequence {
        let parents = family.parents.map { table.code($0, row: row) }
        let before = row > sequence.lowerBound ? [path[row - 1]] : []
        let configuration = network.structure.configuration(of: variable, parentStates: parents + before)
        logs[row] += naturalLog(network.parameters[family.parameters(in: configuration).lowerBound + Int(path[row])])
      }
    }
    return logs
  }

  /// log p(observed cells) of every sequence; −∞ for an impossible one.
  public func logLikelihoods() throws(InferenceError) -> [Double] {
    // log p(x) = log p(z, x) − log p(z | x), for the most probable z; neither needs the factors of the steps.
    let impossible = Set(impossibleRows())
    let path = mostProbablePath()
    let joint = try logProbabilities(of: path)
    var posterior = [Double](repeating: 0, count: table.rowCount)
    withSteps { steps in
      let smoother = ChainSmoother(steps)
      for sequence in sequences { smoother.addLogPosterior(of: path, sequence, to: &posterior) }
    }
    return sequences.map { sequence in
      if sequence.contains(where: { impossible.contains($0) }) { return -.infinity }
      return sequence.reduce(0) { $0 + joint[$1] - posterior[$1] }
    }
  }

  /// Inference for every row by itself that answers as if each row knew all of its sequence: what the other steps say of
  /// the chain's variable is evidence of a variable behind all others.
  ///
  /// - order: the rows in the order in which they are to stand; `mostRows` of them at most.
  package func smoothedRows(
    _ order: [Int], _ marginals: Marginals
  ) throws(InferenceError) -> RowInference {
    let (network, table) = outsideEvidence(order, marginals)
    return try RowInference(network, table, limit: limit)
  }

  /// How many rows `smoothedRows` takes at a time.
  package static let mostRows = 1 << 14

  private func outsideEvidence(_ order: [Int], _ marginals: Marginals) -> (BayesianNetwork, Table) {
    let slice = network.slice
    var name = "outside"
    while slice.schema[name] != nil { name += "'" }
    let structure: NetworkStructure
    do {
      let leaf = try Variable(name: name, states: (0..<max(2, order.count)).map { "\($0)" })
      structure = try NetworkStructure(
        schema: Schema(slice.schema.variables + [leaf]), parents: slice.structure.graph.parents + [[variable]],
        blocks: slice.structure.blocks)
    } catch {
      preconditionFailure("a leaf below the chain: \(error)")
    }
    var values = [Double](repeating: 0, count: structure.parameterCount)
    for (family, extended) in zip(slice.structure.families, structure.families) {
      values.replaceSubrange(extended.parameters, with: slice.parameters[family.parameters])
    }
    let leaf = structure.family(of: VariableID(slice.schema.count))
    for (position, row) in order.enumerated() {
      for state in 0..<states {
        values[leaf.parameters(in: state).lowerBound + position] = marginals.outside[row * states + state]
      }
    }
    let rows = table.selecting(order)
    let evidence = Table(
      checked: structure.schema, columns: rows.columns + [.codes(order.indices.map { StateCode($0) })],
      rowCount: order.count)
    return (BayesianNetwork(checked: structure, parameters: values, fixed: []), evidence)
  }
}

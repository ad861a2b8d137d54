internal import LatentData
internal import LatentInference
internal import LatentKernels
internal import LatentModels

/// Starts for networks with numbers below latent variables: in a sample of the rows the latent variables are given states,
/// and one M-step of the engine that learns makes parameters of these rows.
///
/// No law knows where the states came from. The M-step has pseudo-counts: every parent configuration is given one row
/// more, which for a table is spread evenly over its states and for numbers is like the column as a whole. So no
/// probability of a start is zero, and no variance.
struct SampledStarts {
  /// How the latent variables are given states.
  enum Filling {
    /// Clusters of rows.
    case kMeans
    /// At random, in few rows: in many, all states would be alike.
    case random
  }

  private let model: Model
  private let options: FitOptions
  private let frame: Frame
  private let rows: Table
  /// The latent variables that are filled.
  private let filled: Set<VariableID>
  /// Latent variables that no start fills, though rows tell something about them: a child is fixed, say. Their tables, and
  /// what depends on them, begin at random.
  private let unfilled: Set<VariableID>
  /// The pseudo-counts of the M-step.
  private let pseudo: Statistics
  /// The model in which no variable depends on another, but for what is fixed.
  private let neutral: BayesianNetwork

  /// How many rows of a random filling there are for each state of the largest latent variable.
  private static let rowsPerState = 10

  /// Nil where no number stands below a latent variable that can be filled, or the fixed parameters make a row of the
  /// sample impossible.
  ///
  /// - rows: a sample of the rows.
  /// - observed: whether some row, of all, observes a variable.
  init?(
    _ model: Model, rows: Table, latent: [VariableID], observed: [Bool], options: FitOptions, frame: Frame
  ) throws(InferenceError) {
    guard !model.structure.isCategorical else { return nil }
    var informed = Set<VariableID>()
    for id in model.structure.graph.topologicalOrder.reversed() where latent.contains(id) {
      let children = model.structure.graph.children[id.index]
      if children.contains(where: { observed[$0.index] || informed.contains($0) }) { informed.insert(id) }
    }
    filled = informed.filter { model.isFree(belowStatesOf: $0, options.zeros) }
    unfilled = informed.subtracting(filled)
    let filled = filled
    guard model.structure.numericFamilies.contains(where: { !filled.isDisjoint(with: $0.parents) }) else { return nil }
    (self.model, self.options, self.frame, self.rows) = (model, options, frame, rows)
    var random = SplitMix64(seed: 0)
    var network = model.randomStart(zeros: options.zeros, frame: frame, using: &random)
    do {
      let statistics = try Self.expect(network, rows, options, frame)
      pseudo = model.pseudoRows(like: statistics, weight: rows.weights.reduce(0, +) / Double(rows.rowCount), options)
    } catch InferenceError.impossibleData {
      return nil
    }
    network.maximize(from: pseudo)
    neutral = network
  }

  /// A start; nil where the filled rows are impossible under what is fixed.
  func start(_ filling: Filling, using random: inout some RandomNumberGenerator) throws(InferenceError)
    -> BayesianNetwork?
  {
    let groups = LatentGroups(
      model.structure, fillable: filled,
      observed: model.schema.ids.map { !rows.isUnobserved($0) && !filled.contains($0) },
      using: &random)
    let filledRows =
      switch filling {
      case .kMeans: clustered(groups, using: &random)
      case .random: dealt(using: &random)
      }
    var network = neutral
    if !unfilled.isEmpty {
      let drawn = model.randomStart(zeros: options.zeros, frame: frame, using: &random)
      let dependent = model.structure.families.filter {
        unfilled.contains($0.child) || !unfilled.isDisjoint(with: $0.parents)
      }
      network = network.replacing(dependent, from: drawn)
    }
    do {
      var statistics = try Self.expect(network, filledRows, options, frame)
      statistics += pseudo
      network.maximize(from: statistics)
      return network
    } catch InferenceError.impossibleData {
      return nil
    }
  }

  /// The E-step over some rows.
  private static func expect(
    _ network: BayesianNetwork, _ rows: Table, _ options: FitOptions, _ frame: Frame
  ) throws(InferenceError) -> Statistics {
    var compiler = CircuitCompiler(network.structure, completion: options.completion, limit: options.memory)
    compiler.add(rows)
    let engine = ComponentEngine(try compiler.compile(threads: 1, about: frame))
    var statistics = network.emptyStatistics
    _ = try engine.expect(under: network, into: &statistics)
    return statistics
  }
}

/// Filling.
extension SampledStarts {
  /// The rows, with the latent variables filled by clusters.
  private func clustered(_ groups: LatentGroups, using random: inout some RandomNumberGenerator) -> Table {
    var table = rows
    for group in groups.groups {
      let states = MixedRadix(group.variables.map { model.schema[$0].cardinality })
      // A state that a row observes is one of its clusters; of several variables, clusters are not known by one.
      let known = group.variables.count == 1 ? table.codes(of: group.variables[0])?.map { Int($0) } : nil
      let space = ClusterSpace(table, group.features.filter { !table.isUnobserved($0) })
      let means = KMeans(
        space: space, count: states.count, known: known ?? [Int](repeating: -1, count: table.rowCount))
      let digits = means.clusters(using: &random).map { $0 < 0 ? nil : states.digits(of: $0) }
      for (axis, id) in group.variables.enumerated() {
        table = table.filling(id) { row in digits[row].map { StateCode($0[axis]) } ?? -1 }
      }
    }
    for id in groups.rest { table = randomStates(of: id, in: table, using: &random) }
    return table
  }

  /// A few of the rows, with the latent variables filled at random.
  private func dealt(using random: inout some RandomNumberGenerator) -> Table {
    let states = filled.map { model.schema[$0].cardinality }.max() ?? 1
    var table = rows
    if rows.rowCount > Self.rowsPerState * states {
      let chosen = (0..<rows.rowCount).shuffled(using: &random).prefix(Self.rowsPerState * states)
      table = rows.selecting(chosen.sorted())
    }
    for id in filled.sorted() { table = randomStates(of: id, in: table, using: &random) }
    return table
  }

  private func randomStates(of id: VariableID, in table: Table, using random: inout some RandomNumberGenerator) -> Table
  {
    let states = 0..<StateCode(model.schema[id].cardinality)
    return table.filling(id) { _ in StateCode.random(in: states, using: &random) }
  }
}

extension Table {
  /// The same rows, with states where a cell of a variable is missing.
  ///
  /// - state: the state for a row, −1 where the cell stays missing.
  fileprivate func filling(_ id: VariableID, _ state: (_ row: Int) -> StateCode) -> Table {
    let codes = (0..<rowCount).map { row in
      let code = code(id, row: row)
      return code >= 0 ? code : state(row)
    }
    var columns = columns
    columns[id.index] = .codes(codes)
    return Table(checked: schema, columns: columns, weights: weights)
  }
}

extension Model {
  /// The statistics of one row for every parent configuration: evenly spread over the states of a table, and for numbers
  /// as the rows of `statistics` are together.
  ///
  /// - weight: that of the row.
  fileprivate func pseudoRows(like statistics: Statistics, weight: Double, _ options: FitOptions) -> Statistics {
    var pseudo = statistics
    for family in structure.families {
      if family.isTable {
        for (cell, position) in family.statistics.enumerated() {
          let isZero = isStructuralZero(family.child, cell, options.zeros)
          pseudo.values[position] = isZero ? 0 : weight / Double(family.width)
        }
        continue
      }
      var sum = [Double](repeating: 0, count: family.statistics.count / family.configurations)
      for row in 0..<family.configurations {
        for (index, position) in family.statistics(in: row).enumerated() { sum[index] += statistics.values[position] }
      }
      let total = family.behavior.weight(of: sum[...])
      for (index, position) in family.statistics.enumerated() {
        pseudo.values[position] = total > 0 ? sum[index % sum.count] * weight / total : 0
      }
    }
    return pseudo
  }
}

extension BayesianNetwork {
  /// The network with the parameters that another one of its structure has for some families.
  fileprivate func replacing(_ families: [Family], from other: BayesianNetwork) -> BayesianNetwork {
    var parameters = parameters
    for family in families { parameters.replaceSubrange(family.parameters, with: other.parameters[family.parameters]) }
    return with(parameters: parameters)
  }
}

internal import LatentData
internal import LatentModels

/// States of some variables in another order, and what else moves with them: cells of their tables, and the rows of every
/// family that has them as parents.
struct StateRelabelling {
  /// Per variable, which of its old states each new one is; variables that are not named keep theirs.
  private let states: [VariableID: [Int]]

  /// - states: per variable, its old states in their new order.
  init(_ states: [VariableID: [Int]]) { self.states = states.filter { $1 != Array(0..<$1.count) } }

  /// Whether every state stays where it is.
  var isIdentity: Bool { states.isEmpty }

  /// The same network under the new labels.
  func callAsFunction(_ network: BayesianNetwork) -> BayesianNetwork {
    network.with(parameters: moved(network.parameters, network.structure, \.parameters))
  }

  /// The same statistics under the new labels.
  func callAsFunction(_ statistics: Statistics, _ structure: NetworkStructure) -> Statistics {
    Statistics(values: moved(statistics.values, structure, \.statistics), frame: statistics.frame)
  }

  /// Values that stand in rows: one per configuration of the parents of a family, and of those of the previous step.
  private func moved(
    _ values: [Double], _ structure: NetworkStructure, _ rows: KeyPath<Family, Range<Int>>
  ) -> [Double] {
    var result = values
    for family in structure.families {
      guard ([family.child] + family.parents + family.lags).contains(where: { states[$0] != nil }) else { continue }
      let range = family[keyPath: rows]
      let width = range.count / family.configurations
      let cells = states[family.child] ?? Array(0..<width)
      for (configuration, old) in oldRows(of: family, structure.schema).enumerated() {
        for (cell, oldCell) in cells.enumerated() {
          result[range.lowerBound + configuration * width + cell] = values[range.lowerBound + old * width + oldCell]
        }
      }
    }
    return result
  }

  /// For each row of a family, the one that it was.
  private func oldRows(of family: Family, _ schema: Schema) -> [Int] {
    let parents = oldConfigurations(of: family.parents, schema)
    guard !family.lags.isEmpty else { return parents }
    let lags = oldConfigurations(of: family.lags, schema)
    return parents + parents.flatMap { parent in lags.map { family.configuration(parent, previous: $0) } }
  }

  /// For each joint state of some variables, the one that it was.
  private func oldConfigurations(of variables: [VariableID], _ schema: Schema) -> [Int] {
    let radix = MixedRadix(variables.map { schema[$0].cardinality })
    let strides = radix.strides
    return (0..<radix.count).map { configuration in
      radix.digits(of: configuration).enumerated().reduce(0) { sum, digit in
        sum + strides[digit.offset] * (states[variables[digit.offset]]?[digit.element] ?? digit.element)
      }
    }
  }
}

extension Fit where Model == BayesianNetwork {
  /// The same fit under other labels; its traces are those of the labels under which it was found.
  func relabelled(_ relabelling: StateRelabelling) -> Self {
    guard !relabelling.isIdentity else { return self }
    return Fit(
      model: relabelling(model), statistics: relabelling(statistics, model.structure), logLikelihoods: logLikelihoods,
      objectives: objectives, bounds: bounds, expectationSteps: expectationSteps, fallbacks: fallbacks, outcome: outcome
    )
  }
}

extension Statistics {
  /// How much weight each state of a variable is expected to have, over all tables in which it is the child.
  func stateWeights(of id: VariableID, in structure: NetworkStructure) -> [Double] {
    var weights = [Double](repeating: 0, count: structure.schema[id].cardinality)
    for family in structure.families where family.child == id {
      for configuration in 0..<family.configurations {
        for (state, position) in family.statistics(in: configuration).enumerated() {
          weights[state] += values[position]
        }
      }
    }
    return weights
  }
}

public import LatentData
public import LatentModels

/// How the rows of a random table are weighted.
public enum RowWeights: Hashable, Sendable {
  /// Every row has weight 1.
  case ones
  /// Weights from 0 to 3, whole and broken, some of them 0.
  case random
}

extension Arbitrary {
  /// Rows drawn from the network, so that each is possible under it, with missing cells.
  ///
  /// - Parameters:
  ///   - missing: the probability that a cell is missing, independently of everything else.
  ///   - hidden: variables that have no column.
  public static func table(
    for network: BayesianNetwork, rows: Int, missing: Double, hidden: [VariableID] = [],
    weights: RowWeights = .ones, using random: inout some RandomNumberGenerator
  ) -> Table {
    var codes = [[StateCode]](repeating: [], count: network.schema.count)
    var numbers = [[Double]](repeating: [], count: network.schema.count)
    for _ in 0..<rows {
      let states = row(from: network, using: &random)
      let values = self.numbers(of: network, states, using: &random)
      for id in network.schema.ids {
        let isMissing = Double.random(in: 0..<1, using: &random) < missing
        switch network.schema[id].domain {
        case .states: codes[id.index].append(isMissing ? -1 : states[id.index])
        case .real, .count: numbers[id.index].append(isMissing ? .nan : values[id] ?? .nan)
        }
      }
    }
    let columns = network.schema.ids.map { id -> Column in
      if hidden.contains(id) { return .absent }
      return network.schema[id].isCategorical ? .codes(codes[id.index]) : .reals(numbers[id.index])
    }
    let values = (0..<rows).map { _ in
      switch weights {
      case .ones: 1.0
      case .random: Double([0, 0.25, 0.5, 1, 1, 2, 3].randomElement(using: &random) ?? 1)
      }
    }
    return byConstruction { try Table(schema: network.schema, columns: columns, weights: values) }
  }

  /// The numbers of one row, drawn given its states.
  private static func numbers(
    of network: BayesianNetwork, _ states: [StateCode], using random: inout some RandomNumberGenerator
  ) -> [VariableID: Double] {
    var numbers: [VariableID: Double] = [:]
    for family in network.structure.numericFamilies {
      let configuration = network.structure.configuration(
        of: family.child, parentStates: family.parents.map { states[$0.index] })
      let drawn = network.conditional(of: family, configuration: configuration, observed: [])
        .sample(given: [], using: &random)
      for (id, value) in zip(family.children, drawn) { numbers[id] = value }
    }
    return numbers
  }

  /// The states of one row drawn from the network, parents before children; −1 for variables of numbers.
  public static func row(
    from network: BayesianNetwork, using random: inout some RandomNumberGenerator
  ) -> [StateCode] {
    var states = [StateCode](repeating: -1, count: network.schema.count)
    for id in network.structure.graph.topologicalOrder where network.schema[id].isCategorical {
      let parentStates = network.structure.family(of: id).parents.map { states[$0.index] }
      var rest = Double.random(in: 0..<1, using: &random)
      for (state, probability) in network.distribution(of: id, given: parentStates).enumerated()
      where probability > 0 {
        states[id.index] = StateCode(state)
        rest -= probability
        if rest < 0 { break }
      }
    }
    return states
  }
}

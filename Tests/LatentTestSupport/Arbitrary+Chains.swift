public import LatentData
internal import LatentKernels
public import LatentModels

extension Arbitrary {
  /// A network with a chain, and short weighted sequences that it makes possible.
  ///
  /// A sequence ends at the latest with the step that brings the ways to complete it above `mostCompletions`.
  ///
  /// One variable with states depends on its previous step; its parents in the same step, if any, are complete. Others with
  /// states and with numbers stand below it and each other; some of them are hidden.
  public static func chainProblem(
    missing: Double = 0.35, sequences: Int = 3, mostSteps: Int = 6, mostCompletions: Int = 60,
    using random: inout some RandomNumberGenerator
  ) -> (network: BayesianNetwork, table: Table) {
    let structure = chainStructure(using: &random)
    let zeros = Int.random(in: 0..<3, using: &random) == 0 ? 0.2 : 0
    let network = chainNetwork(structure, zeros: zeros, using: &random)
    let chain = structure.chainVariable
    let parents = chain.map { structure.family(of: $0).parents } ?? []
    let isLatent = Bool.random(using: &random)
    let isHidden = structure.schema.ids.map { id in
      structure.schema[id].isCategorical && id != chain && !parents.contains(id)
        && Int.random(in: 0..<3, using: &random) == 0
    }
    var starts: [Int] = []
    var weights: [Double] = []
    var codes = structure.schema.variables.map { _ in [StateCode]() }
    var numbers = structure.schema.variables.map { _ in [Double]() }
    for _ in 0..<sequences {
      starts.append(weights.count)
      let weight: Double = [0.0, 0.5, 1.0, 1.0, 2.0].randomElement(using: &random) ?? 1
      var before: [StateCode]?
      var completions = 1
      for _ in 0..<Int.random(in: 1...mostSteps, using: &random) {
        weights.append(weight)
        let states = step(of: network, before: before, using: &random)
        before = states
        for id in structure.schema.ids {
          let isMissing = Double.random(in: 0..<1, using: &random) < missing
          let hides = id == chain ? isLatent || isMissing : !parents.contains(id) && (isHidden[id.index] || isMissing)
          if hides, structure.schema[id].isCategorical {
            completions = min(completions, 1 << 40) * structure.schema[id].cardinality
          }
          if structure.schema[id].isCategorical {
            codes[id.index].append(hides ? -1 : states[id.index])
          } else {
            numbers[id.index].append(hides ? .nan : Double.random(in: -3...3, using: &random))
          }
        }
        if completions > mostCompletions { break }
      }
    }
    let columns = structure.schema.ids.map {
      structure.schema[$0].isCategorical ? Column.codes(codes[$0.index]) : .reals(numbers[$0.index])
    }
    let table = byConstruction {
      try Table(schema: structure.schema, columns: columns, weights: weights).withSequences(startingAt: starts)
    }
    return (network, table)
  }

  private static func chainStructure(using random: inout some RandomNumberGenerator) -> NetworkStructure {
    let discrete = 2 + Int.random(in: 0..<3, using: &random)
    let numeric = Int.random(in: 0..<2, using: &random)
    let order = Array(0..<discrete).shuffled(using: &random)
    let chain = order[Int.random(in: 0..<min(2, discrete), using: &random)]
    var parents = [[VariableID]](repeating: [], count: discrete + numeric)
    for (position, variable) in order.enumerated() {
      let count = Int.random(in: 0...min(position, 2), using: &random)
      parents[variable] = order[..<position].shuffled(using: &random).prefix(count).map { VariableID($0) }
    }
    for variable in discrete..<discrete + numeric {
      parents[variable] = order.shuffled(using: &random).prefix(Int.random(in: 1...2, using: &random))
        .map { VariableID($0) }
    }
    return byConstruction {
      var variables = try (0..<discrete).map { index in
        let count = index == chain ? 2 + Int.random(in: 0..<2, using: &random) : 2
        return try Variable(name: "v\(index)", states: (0..<count).map { "s\($0)" })
      }
      for index in 0..<numeric { variables.append(try Variable(name: "x\(index)", domain: .real)) }
      return try NetworkStructure(
        schema: Schema(variables), parents: parents,
        dynamics: Dynamics(lags: [VariableID(chain): [VariableID(chain)]]))
    }
  }

  private static func chainNetwork(
    _ structure: NetworkStructure, zeros: Double, using random: inout some RandomNumberGenerator
  ) -> BayesianNetwork {
    var parameters: [Double] = []
    for family in structure.families where family.isTable {
      for _ in 0..<family.configurations { parameters += distribution(family.width, zeros: zeros, using: &random) }
    }
    for family in structure.numericFamilies {
      for _ in 0..<family.configurations {
        parameters.append(Double.random(in: -3...3, using: &random))
        parameters.append(Double.random(in: 0.2...2, using: &random))
      }
    }
    return byConstruction { try BayesianNetwork(structure: structure, parameters: parameters) }
  }

  /// The states of one step, drawn from the network.
  private static func step(
    of network: BayesianNetwork, before: [StateCode]?, using random: inout some RandomNumberGenerator
  ) -> [StateCode] {
    var states = [StateCode](repeating: -1, count: network.schema.count)
    for id in network.structure.graph.topologicalOrder where network.schema[id].isCategorical {
      let family = network.structure.family(of: id)
      let lagged = before.map { before in family.lags.map { before[$0.index] } } ?? []
      let row = network.distribution(of: id, given: family.parents.map { states[$0.index] } + lagged)
      states[id.index] = StateCode(
        row.withUnsafeBufferPointer { sampleIndex($0, at: Double.random(in: 0..<1, using: &random)) })
    }
    return states
  }
}

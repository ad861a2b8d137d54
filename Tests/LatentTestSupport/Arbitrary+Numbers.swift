public import LatentData
public import LatentModels

extension Arbitrary {
  /// A random network of variables with states, and below them variables of numbers, `x0`, `x1`, …, each with up to
  /// `maximumParents` parents; numbers stand among the others in the schema.
  public static func mixedNetwork(
    variables: Int, numbers: Int, maximumParents: Int = 3, zeros: Double = 0,
    using random: inout some RandomNumberGenerator
  ) -> BayesianNetwork {
    let discrete = structure(
      variables: variables, maximumParents: maximumParents, maximumStates: 3, using: &random)
    var parents = discrete.families.map { $0.parents.map { discrete.schema[$0].name } }
    var list = discrete.schema.variables
    for number in 0..<numbers {
      let chosen = discrete.schema.variables.shuffled(using: &random)
        .prefix(Int.random(in: 0...min(variables, maximumParents), using: &random))
      let position = Int.random(in: 0...list.count, using: &random)
      list.insert(byConstruction { try Variable(name: "x\(number)", domain: .real) }, at: position)
      parents.insert(chosen.map(\.name), at: position)
    }
    return byConstruction {
      let schema = try Schema(list)
      let structure = try NetworkStructure(schema: schema, parents: parents.map { $0.compactMap { schema[$0] } })
      let tables = network(discrete, zeros: zeros, using: &random)
      var parameters: [Double] = []
      for family in structure.families where family.isTable {
        guard let id = discrete.schema[schema[family.child].name] else { continue }
        parameters += tables.parameters(of: id)
      }
      for family in structure.families where !family.isTable {
        for _ in 0..<family.configurations {
          parameters.append(Double.random(in: -3...3, using: &random))
          parameters.append(Double.random(in: 0.2...2, using: &random))
        }
      }
      return try BayesianNetwork(structure: structure, parameters: parameters)
    }
  }

  /// A mixed network and a table of weighted rows that it makes possible, as `smallProblem`.
  public static func mixedProblem(
    variables: Int, numbers: Int, rows: Int = 30, missing: Double, hiddenCount: Int = 0,
    using random: inout some RandomNumberGenerator
  ) -> (network: BayesianNetwork, table: Table) {
    let zeros = Bool.random(using: &random) ? 0.2 : 0
    let network = mixedNetwork(variables: variables, numbers: numbers, zeros: zeros, using: &random)
    let categorical = network.schema.ids.filter { network.schema[$0].isCategorical }
    let hidden = Array(categorical.shuffled(using: &random).prefix(hiddenCount))
    let weights: RowWeights = Bool.random(using: &random) ? .ones : .random
    let table = table(
      for: network, rows: rows, missing: missing, hidden: hidden, weights: weights, using: &random)
    return (network, table)
  }
}

public import LatentData
internal import LatentKernels
public import LatentModels

/// Random small problems: the same generator state gives the same problem.
public enum Arbitrary {
  /// Variables `v0`, `v1`, … with states `s0`, `s1`, …; about one in twelve has a single state, the others 2 or more.
  public static func schema(
    variables: Int, maximumStates: Int, using random: inout some RandomNumberGenerator
  ) -> Schema {
    let list = (0..<variables).map { index in
      let single = maximumStates < 2 || Int.random(in: 0..<12, using: &random) == 0
      let count = single ? 1 : Int.random(in: 2...maximumStates, using: &random)
      return byConstruction { try Variable(name: "v\(index)", states: (0..<count).map { "s\($0)" }) }
    }
    return byConstruction { try Schema(list) }
  }

  /// A random acyclic structure in which parents may stand before or after their children in the schema, in any order.
  public static func structure(
    variables: Int, maximumParents: Int, maximumStates: Int, using random: inout some RandomNumberGenerator
  ) -> NetworkStructure {
    let schema = schema(variables: variables, maximumStates: maximumStates, using: &random)
    let order = schema.ids.shuffled(using: &random)
    var parents = [[VariableID]](repeating: [], count: variables)
    for (position, id) in order.enumerated() {
      let count = Int.random(in: 0...min(position, maximumParents), using: &random)
      parents[id.index] = Array(order[..<position].shuffled(using: &random).prefix(count))
    }
    return byConstruction { try NetworkStructure(schema: schema, parents: parents) }
  }

  /// A network with rows drawn uniformly from the simplex.
  ///
  /// - Parameter zeros: the probability that a cell is exactly 0; one cell of each row is always above 0.
  public static func network(
    _ structure: NetworkStructure, zeros: Double = 0, using random: inout some RandomNumberGenerator
  ) -> BayesianNetwork {
    var parameters: [Double] = []
    parameters.reserveCapacity(structure.parameterCount)
    for id in structure.schema.ids {
      for _ in 0..<structure.family(of: id).configurations {
        parameters += distribution(structure.schema[id].cardinality, zeros: zeros, using: &random)
      }
    }
    return byConstruction { try BayesianNetwork(structure: structure, parameters: parameters) }
  }

  /// A random network of at most 3 parents and 3 states.
  public static func network(
    variables: Int, maximumParents: Int = 3, maximumStates: Int = 3, zeros: Double = 0,
    using random: inout some RandomNumberGenerator
  ) -> BayesianNetwork {
    network(
      structure(
        variables: variables, maximumParents: maximumParents, maximumStates: maximumStates, using: &random),
      zeros: zeros, using: &random)
  }

  /// A network and a table of 30 weighted rows that it makes possible.
  ///
  /// Half of the networks have exact zeros and half of the tables have rows of different weights. Each cell is missing
  /// with probability `missing`; `hiddenCount` of the variables have no column.
  public static func smallProblem(
    variables: Int, missing: Double, hiddenCount: Int = 0, using random: inout some RandomNumberGenerator
  ) -> (network: BayesianNetwork, table: Table) {
    let zeros = Bool.random(using: &random) ? 0.2 : 0
    let network = network(variables: variables, zeros: zeros, using: &random)
    let hidden = Array(network.schema.ids.shuffled(using: &random).prefix(hiddenCount))
    let weights: RowWeights = Bool.random(using: &random) ? .ones : .random
    let table = table(
      for: network, rows: 30, missing: missing, hidden: hidden, weights: weights, using: &random)
    return (network, table)
  }

  /// A point drawn uniformly from the simplex, with cells set to 0 and the others scaled up.
  static func distribution(
    _ count: Int, zeros: Double, using random: inout some RandomNumberGenerator
  ) -> [Double] {
    let kept = Int.random(in: 0..<count, using: &random)
    var values = (0..<count).map { index in
      let isZero = Double.random(in: 0..<1, using: &random) < zeros
      let value = -naturalLog(1 - Double.random(in: 0..<1, using: &random)) + 1e-6
      return isZero && index != kept ? 0 : value
    }
    var total = 0.0
    for value in values { total += value }
    for index in values.indices { values[index] /= total }
    return values
  }
}

/// The value of an initializer that cannot throw for what a generator made.
func byConstruction<Value>(_ make: () throws -> Value) -> Value {
  do { return try make() } catch { preconditionFailure("a generator made something invalid: \(error)") }
}

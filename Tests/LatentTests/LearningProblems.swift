import LatentData
import LatentInference
import LatentLearning
import LatentModels
import Testing

/// A network written down by hand: variables named `names` with states `0`, `1`, …, the parents of each by name.
func network(
  _ names: [String], states: [Int]? = nil, parents: [String: [String]] = [:], tables: [[Double]],
  fixed: Set<Int> = []
) throws -> BayesianNetwork {
  let variables = try names.enumerated().map { index, name in
    try Variable(name: name, states: (0..<(states?[index] ?? 2)).map { "\($0)" })
  }
  let schema = try Schema(variables)
  let structure = try NetworkStructure(
    schema: schema, parents: try names.map { try (parents[$0] ?? []).map { try #require(schema[$0]) } })
  return try BayesianNetwork(
    structure: structure, parameters: tables.flatMap { $0 }, fixed: Set(fixed.map { VariableID($0) }))
}

/// A latent class model: a hidden root `class` and binary items below it.
///
/// - items: per class, p(item = 1 | class) of each item.
func latentClasses(shares: [Double], items: [[Double]]) throws -> BayesianNetwork {
  let names = items[0].indices.map { "item\($0)" }
  let tables = items[0].indices.map { item in items.flatMap { [1 - $0[item], $0[item]] } }
  return try network(
    ["class"] + names, states: [shares.count] + names.map { _ in 2 },
    parents: Dictionary(uniqueKeysWithValues: names.map { ($0, ["class"]) }), tables: [shares] + tables)
}

/// Rows of codes as a table; nil is a missing cell.
func table(of network: BayesianNetwork, _ rows: [[StateCode?]], weights: [Double]? = nil) -> Table {
  let columns = network.schema.ids.map { id in Column.codes(rows.map { $0[id.index] ?? -1 }) }
  return Table(
    checked: network.schema, columns: columns,
    weights: weights ?? [Double](repeating: 1, count: rows.count))
}

func engine(
  _ network: BayesianNetwork, _ table: Table, _ completion: CompletionPolicy = .full
) throws -> ComponentEngine {
  var compiler = CircuitCompiler(network.structure, completion: completion)
  compiler.add(table)
  return ComponentEngine(try compiler.compile())
}

/// ℓ(θ) by another computation than the one that learns: variable elimination, row by row.
func logLikelihood(_ network: BayesianNetwork, _ table: Table) throws -> Double {
  var sum = 0.0
  for row in 0..<table.rowCount where table.weights[row] > 0 {
    sum += table.weights[row] * (try network.logProbability(of: Evidence(row: row, of: table)))
  }
  return sum
}

import Latent

/// A network with random tables and random rows: what an E-step is timed on.
struct Problem {
  let name: String
  let network: BayesianNetwork
  let table: Table

  /// - parents: of each variable, numbers of variables.
  /// - states: of each variable.
  /// - hidden: variables without a column.
  /// - missing: the share of cells that is missing in the other columns.
  init(
    _ name: String, states: [Int], parents: [[Int]], hidden: Set<Int> = [], missing: Double, rows: Int
  ) throws {
    var random = SplitMix64(seed: 1)
    self.name = name
    let schema = try Schema(
      states.enumerated().map { number, count in
        try Variable(name: "v\(number)", states: (0..<count).map { "s\($0)" })
      })
    let structure = try NetworkStructure(schema: schema, parents: parents.map { $0.map { VariableID($0) } })
    let tables = [[Double]?](repeating: nil, count: schema.count)
    network = try Model(name: name, structure: structure, parameters: tables).start(using: &random)
    let columns = states.indices.map { variable in
      hidden.contains(variable)
        ? Column.absent
        : .codes(
          (0..<rows).map { _ in
            Double.random(in: 0..<1, using: &random) < missing
              ? -1 : StateCode(Int.random(in: 0..<states[variable], using: &random))
          })
    }
    table = try Table(schema: schema, columns: columns, rowCount: rows)
  }

  /// v0 -> v1 -> …
  static func chain(_ length: Int, states: Int, missing: Double, rows: Int) throws -> Problem {
    try Problem(
      "chain of \(length), \(states) states, \(percent(missing)) missing",
      states: [Int](repeating: states, count: length),
      parents: (0..<length).map { $0 == 0 ? [] : [$0 - 1] }, missing: missing, rows: rows)
  }

  /// Every variable below the two before it.
  static func ladder(_ length: Int, states: Int, missing: Double, rows: Int) throws -> Problem {
    try Problem(
      "two parents each, \(length) of \(states) states, \(percent(missing)) missing",
      states: [Int](repeating: states, count: length),
      parents: (0..<length).map { Array(max(0, $0 - 2)..<$0) }, missing: missing, rows: rows)
  }

  /// A hidden root and items below it.
  static func latentClass(_ classes: Int, items: Int, states: Int, missing: Double, rows: Int) throws -> Problem {
    try Problem(
      "latent class of \(classes), \(items) items of \(states), \(percent(missing)) missing",
      states: [classes] + [Int](repeating: states, count: items),
      parents: [[]] + [[Int]](repeating: [0], count: items), hidden: [0], missing: missing, rows: rows)
  }

  private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}

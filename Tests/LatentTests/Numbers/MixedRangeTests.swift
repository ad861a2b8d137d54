import LatentData
import LatentInference
import LatentKernels
import LatentModels
import LatentTestSupport
import Testing

/// Numbers hundreds of standard deviations away, tables with zeros, and likelihoods far below the least double.
@Suite struct MixedRangeTests {
  /// A problem whose means lie hundreds of standard deviations apart, and whose numbers may lie anywhere between.
  static func farProblem(_ seed: Int, rows: Int = 40) -> (network: BayesianNetwork, table: Table) {
    var random = SplitMix64(seed: UInt64(seed))
    let near = Arbitrary.mixedNetwork(
      variables: 4, numbers: 2, zeros: seed % 3 == 0 ? 0 : 0.4, using: &random)
    var parameters = near.parameters
    for family in near.structure.numericFamilies {
      for row in stride(from: family.parameters.lowerBound, to: family.parameters.upperBound, by: 2) {
        parameters[row] *= 150
      }
    }
    let network = BayesianNetwork(checked: near.structure, parameters: parameters, fixed: [])
    let hidden = near.schema.ids.filter { near.schema[$0].isCategorical }.shuffled(using: &random)
    let drawn = Arbitrary.table(
      for: network, rows: rows, missing: 0.2, hidden: Array(hidden.prefix(seed % 3)), weights: .random, using: &random)
    let columns = drawn.columns.map { column in
      guard case .reals(let values) = column else { return column }
      return .reals(values.map { Int.random(in: 0..<3, using: &random) == 0 ? $0 + 400 : $0 })
    }
    return (network, Table(checked: drawn.schema, columns: columns, weights: drawn.weights))
  }

  @Test(arguments: 0..<150) func tilesAgreeWithEnumeration(seed: Int) throws {
    let (network, table) = Self.farProblem(seed)
    var oracle = EnumerationEngine(table)
    var expected = network.emptyStatistics
    let logLikelihood = try oracle.expect(under: network, into: &expected)
    let found = try EngineLawTests.expect(network, table)
    expectClose(found.logLikelihood, logLikelihood, relative: 1e-11)
    expectClose(found.counts, expected.values, relative: 1e-8, absolute: 1e-6)
  }

  @Test(arguments: 0..<100) func rowsAgreeWithEnumeration(seed: Int) throws {
    let (network, weighted) = Self.farProblem(seed, rows: 12)
    let table = weighted.withEqualWeights()
    let inference = try RowInference(network, table)
    #expect(inference.impossibleRows(limit: 1).isEmpty)
    try expectRowsAgreeWithEnumeration(network, table, logLikelihood: 1e-11, posterior: 1e-8)
  }

  /// The only state that a zero leaves open has a density of exp(−500 000).
  @Test func aZeroLeavesWhatIsFarAway() throws {
    let schema = try Schema([
      Variable(name: "k", states: ["p", "q"]), Variable(name: "y", states: ["n", "s"]),
      Variable(name: "x", domain: .real),
    ])
    let structure = try NetworkStructure(schema: schema, parents: [[], [VariableID(0)], [VariableID(0)]])
    let network = try BayesianNetwork(
      structure: structure, parameters: [0.5, 0.5, 0.5, 0.5, 0, 1, 0, 1, 1000, 1])
    let table = try Table(schema: schema, columns: [.absent, .codes([0]), .reals([1000])], rowCount: 1)
    let expected = naturalLog(0.25) - 500_000 - 0.5 * naturalLog(2 * .pi)
    let inference = try RowInference(network, table)
    expectClose(inference.logLikelihood(row: 0), expected, relative: 1e-15)
    #expect(RowPosteriors(inference).modes(row: 0) == [0, 0, -1])
    expectClose(try EngineLawTests.expect(network, table).logLikelihood, expected, relative: 1e-15)
    expectClose(try network.logProbability(of: Evidence(row: 0, of: table)), expected, relative: 1e-15)
  }

  /// Hundreds of observed children make messages so small that they are scaled; tiles read these.
  @Test(arguments: 0..<12) func scaledMessagesEnterTiles(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let names = (0..<400).map { "y\($0)" }
    let schema = try Schema(
      [Variable(name: "k", states: ["a", "b", "c"])] + names.map { try Variable(name: $0, states: ["n", "y"]) }
        + [Variable(name: "x", domain: .real), Variable(name: "z", domain: .real)])
    let root = VariableID(0)
    let structure = try NetworkStructure(
      schema: schema,
      parents: [[]] + names.map { _ in [root] } + [[root], seed % 2 == 0 ? [root] : [root, VariableID(1)]])
    var parameters = [0.2, 0.3, 0.5]
    for row in 0..<3 * names.count {
      let rare = Double.random(in: 1e-6...1e-3, using: &random)
      // Zeros below one of the classes only, so that no row is impossible.
      parameters += row % 3 == 0 && seed % 3 == 0 && row % 40 == 0 ? [1, 0] : [1 - rare, rare]
    }
    while parameters.count < structure.parameterCount {
      parameters += [Double.random(in: -9...9, using: &random), Double.random(in: 0.1...2, using: &random)]
    }
    let network = try BayesianNetwork(structure: structure, parameters: parameters)
    let rows = 5
    var columns: [Column] = [.absent]
    for _ in names {
      columns.append(.codes((0..<rows).map { _ in [-1, 0, 1, 1].randomElement(using: &random) ?? 1 }))
    }
    for _ in 0..<2 { columns.append(.reals((0..<rows).map { _ in Double.random(in: -50...50, using: &random) })) }
    let table = try Table(schema: schema, columns: columns, weights: [1, 2, 0.5, 1, 3])
    let (logLikelihood, counts) = try EngineLawTests.expect(network, table, .minimal)
    var sum = 0.0
    var weights = [Double](repeating: 0, count: 3)
    for row in 0..<rows {
      let logs = try (0..<3).map { state in
        try network.logProbability(
          of: Evidence(
            Evidence(row: row, of: table).states.merging([root: state]) { $1 },
            numbers: Evidence(row: row, of: table).numbers, in: schema))
      }
      let total = logSumOfExponentials(logs)
      sum += table.weights[row] * total
      for state in 0..<3 { weights[state] += table.weights[row] * exponential(logs[state] - total) }
    }
    expectClose(logLikelihood, sum, relative: 1e-12)
    expectClose(Array(counts[..<3]), weights, relative: 1e-8, absolute: 1e-12)
  }

  /// A number so far away that the logarithm of its density is beyond a double is an impossible row, and said to be.
  @Test func aNumberBeyondAllLogarithmsIsNamed() throws {
    let schema = try Schema([Variable(name: "c", states: ["a", "b"]), Variable(name: "x", domain: .real)])
    let structure = try NetworkStructure(schema: schema, parents: [[], [VariableID(0)]])
    let network = try BayesianNetwork(structure: structure, parameters: [0.5, 0.5, 0, 1, 0, 1e-200])
    let table = try Table(
      schema: schema, columns: [.codes([0, 1, -1]), .reals([1e140, 1e140, 1e140])], rowCount: 3)
    let found = try RowInference(network, table).impossibleRows(limit: 10)
    #expect(found.map(\.row) == [1])
    #expect(
      found.first?.description(in: schema) == "P(x=1e+140 | c=b) is 0, so far is the number from its mean")
  }
}

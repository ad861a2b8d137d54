import Foundation
import Latent
import LatentTestSupport
import Testing

/// Rows that come in blocks are the rows of a table.
@Suite struct RowSourceTests {
  /// A table in blocks of so many rows.
  private struct Blocks: RowSource {
    let table: Table
    let size: Int

    var schema: Schema { table.schema }

    func forEachBlock(_ body: (Table) throws -> Void) throws {
      for start in stride(from: 0, to: table.rowCount, by: size) {
        try body(table.selecting(Array(start..<min(start + size, table.rowCount))))
      }
    }
  }

  private struct Stop: Error {}

  private static func problem(_ seed: UInt64) throws -> (network: BayesianNetwork, table: Table) {
    var random = SplitMix64(seed: seed)
    let model = try Model(
      variables: ["h": .latent(2), "a": ["x", "y", "z"], "b": ["n", "y"], "r": .real], edges: ["h -> *", "a -> b"])
    let network = model.randomStart(zeros: .parameters, using: &random)
    var table = network.sample(rows: 60, using: &random)
    var columns = table.columns
    columns[0] = .absent
    if case .codes(var codes) = columns[1] {
      for row in stride(from: 0, to: 60, by: 3) { codes[row] = -1 }
      columns[1] = .codes(codes)
    }
    table = try Table(schema: table.schema, columns: columns, weights: (0..<60).map { Double($0 % 4) })
    return (network, table)
  }

  @Test(arguments: [1, 7, 60, 100]) func blocksScoreLikeTheTable(_ size: Int) throws {
    let (network, table) = try Self.problem(3)
    let blocks = Blocks(table: table, size: size)
    #expect(try network.logLikelihood(of: blocks) == network.logLikelihood(of: table))
    #expect(try TableSummary(blocks) == TableSummary(table))
  }

  @Test(arguments: [1, 7, 60, 100]) func blocksAreLearnedFromLikeTheTable(_ size: Int) throws {
    let (network, table) = try Self.problem(3)
    let model = Model(network, name: "", latent: [VariableID(0)])
    let whole = try model.fit(to: table, starts: .random(2))
    let parts = try model.fit(to: Blocks(table: table, size: size), starts: .random(2))
    #expect(parts.network == whole.network)
    #expect(parts.trace == whole.trace)
    #expect(parts.findings == whole.findings)
  }

  @Test func aColumnMayAppearInALaterBlock() throws {
    struct Two: RowSource {
      let schema: Schema
      func forEachBlock(_ body: (Table) throws -> Void) throws {
        try body(Table(["a": ["n", "y"]], schema: schema))
        try body(Table(["a": ["y", nil, "n"], "b": ["n", "y", "y"], "r": [1, nil, 2]], schema: schema))
      }
    }
    let model = try Model(
      variables: ["h": .latent(2), "a": ["n", "y"], "b": ["n", "y"], "r": .real], edges: ["h -> *"])
    let rows = Two(schema: model.schema)
    let joined = try Table(
      ["a": ["n", "y", "y", nil, "n"], "b": [nil, nil, "n", "y", "y"], "r": [nil, nil, 1, nil, 2]], for: model)
    let parts = try model.fit(to: rows, starts: 2)
    let whole = try model.fit(to: joined, starts: 2)
    #expect(parts.network == whole.network)
    #expect(parts.latent == [VariableID(0)])
  }

  @Test func logLikelihoodIsTheWeightedSumOfTheRows() throws {
    let (network, table) = try Self.problem(4)
    let rows = try network.logLikelihoods(of: table)
    let sum = zip(rows, table.weights).reduce(0) { $0 + $1.0 * $1.1 }
    #expect((try network.logLikelihood(of: table) - sum).magnitude < 1e-9)
  }

  @Test func aFileIsASourceAsOftenAsOneLikes() throws {
    let (network, table) = try Self.problem(5)
    let folder = FileManager.default.temporaryDirectory.appending(path: "latent-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "rows.csv").path
    try table.write(to: path)
    let model = Model(network, name: "")
    let unweighted = table.withEqualWeights()
    #expect(try Table(contentsOf: path, for: model) == unweighted)
    let source = CSVSource(path, for: model)
    for _ in 0..<2 { #expect(try network.logLikelihood(of: source) == network.logLikelihood(of: unweighted)) }
    #expect(throws: Stop.self) { try source.forEachBlock { _ in throw Stop() } }
  }

  @Test func rowsOfOtherVariablesAreRefused() throws {
    let (network, _) = try Self.problem(6)
    let other = try Table(["q": ["1"]], for: Model(variables: ["q": ["1"]]))
    #expect(throws: InferenceError.otherVariables) { try network.logLikelihood(of: other) }
    #expect(throws: InferenceError.otherVariables) { try network.logLikelihoods(of: other) }
    #expect(throws: InferenceError.otherVariables) { try network.impute(other) }
    #expect(throws: InferenceError.otherVariables) { try network.decode(other) }
  }
}

import LatentData
import LatentInference
import LatentKernels
import LatentLearning
import LatentModels
import LatentTestSupport
import Testing

/// Variables that EM learns nothing about, found before it runs.
@Suite struct UninformedVariableTests {
  /// The causes by the index of the variable.
  private func causes(
    start: BayesianNetwork, table: Table, rowLimit: Int = 10_000
  ) throws -> [Int: UninformedVariable.Cause] {
    let found = try uninformedVariables(start: start, table: table, rowLimit: rowLimit)
    #expect(found.map(\.variable) == found.map(\.variable).sorted())
    return Dictionary(uniqueKeysWithValues: found.map { ($0.variable.index, $0.cause) })
  }

  private func data(_ network: BayesianNetwork, rows: Int = 60) throws -> Table {
    let truth = try latentClasses(shares: [0.4, 0.6], items: [[0.9, 0.2, 0.7], [0.2, 0.8, 0.3]])
    #expect(truth.structure == network.structure)
    var random = SplitMix64(seed: 8)
    return Arbitrary.table(for: truth, rows: rows, missing: 0.1, hidden: [VariableID(0)], using: &random)
  }

  /// What is found is true: after 30 iterations the posterior is still the same in every row.
  @Test(arguments: [
    [[0.5, 0.5, 0.5], [0.5, 0.5, 0.5]], [[0.3, 0.9, 0.6], [0.3, 0.9, 0.6]], [[0.1, 0.1, 0.1], [0.1, 0.1, 0.1]],
  ])
  func equalChildTablesAreASymmetry(items: [[Double]]) throws {
    let start = try latentClasses(shares: [0.3, 0.7], items: items)
    let table = try data(start)
    #expect(try causes(start: start, table: table) == [0: .symmetricStart])

    var engine = try engine(start, table)
    let stopping = StoppingRule(maximumIterations: 30, tolerance: 0)
    let fit = try ExpectationMaximization(stopping: stopping).fit(start, with: &engine)
    expectClose(Array(fit.model.parameters(of: VariableID(0))), [0.3, 0.7], relative: 1e-9)
    #expect(try causes(start: fit.model, table: table) == [0: .symmetricStart])
  }

  @Test(arguments: 0..<30) func aRandomStartIsNone(seed: Int) throws {
    let network = try latentClasses(shares: [0.3, 0.7], items: [[0.5, 0.5, 0.5], [0.5, 0.5, 0.5]])
    var random = SplitMix64(seed: UInt64(seed))
    let start = Model(network, name: "").randomStart(zeros: .parameters, using: &random)
    #expect(try causes(start: start, table: data(network)).isEmpty)
  }

  @Test func oneInformativeItemIsEnough() throws {
    let start = try latentClasses(shares: [0.3, 0.7], items: [[0.5, 0.5, 0.5], [0.5, 0.5, 0.5001]])
    #expect(try causes(start: start, table: data(start)).isEmpty)
  }

  /// a -> h -> g, where only a is observed: nothing below h or g tells about them.
  @Test func aHiddenLeafHasNoObservedDescendant() throws {
    let start = try network(
      ["a", "h", "g"], parents: ["h": ["a"], "g": ["h"]],
      tables: [[0.5, 0.5], [0.2, 0.8, 0.6, 0.4], [0.1, 0.9, 0.3, 0.7]])
    let columns: [Column] = [.codes([0, 1, 1]), .absent, .codes([-1, -1, -1])]
    let table = try Table(schema: start.schema, columns: columns, rowCount: 3)
    let found = try causes(start: start, table: table)
    #expect(found == [1: .noObservedDescendant, 2: .noObservedDescendant])
    // One observed cell of g in one row is enough.
    let seen = try Table(
      schema: start.schema, columns: [.codes([0, 1, 1]), .absent, .codes([-1, 0, -1])], rowCount: 3)
    #expect(try causes(start: start, table: seen).isEmpty)
  }

  /// g -> h -> items: the items tell about h, but h does not depend on g.
  @Test func aSymmetryAboveAnInformedVariable() throws {
    let start = try network(
      ["g", "h", "x", "y"], parents: ["h": ["g"], "x": ["h"], "y": ["h"]],
      tables: [[0.4, 0.6], [0.3, 0.7, 0.3, 0.7], [0.9, 0.1, 0.2, 0.8], [0.6, 0.4, 0.3, 0.7]])
    let table = try Table(
      schema: start.schema, columns: [.absent, .absent, .codes([0, 1, 1, 0]), .codes([0, 1, 0, -1])], rowCount: 4)
    #expect(try causes(start: start, table: table) == [0: .symmetricStart])
  }

  @Test func fewerThanTwoDistinctRowsTellNothing() throws {
    let start = try latentClasses(shares: [0.3, 0.7], items: [[0.5, 0.5, 0.5], [0.5, 0.5, 0.5]])
    let same = table(of: start, [[nil, 0, 1, 0], [nil, 0, 1, 0], [nil, 1, 1, 1]], weights: [1, 2, 0])
    #expect(try causes(start: start, table: same).isEmpty)
    // Without rows nothing is observed.
    let none = try causes(start: start, table: same.selecting([]))
    #expect(none.count == 4 && none.values.allSatisfy { $0 == .noObservedDescendant })
  }

  @Test func observedVariablesAreNotLookedAt() throws {
    let start = try network(["a", "b"], tables: [[0.5, 0.5], [0.5, 0.5]])
    let table = table(of: start, [[0, nil], [1, 0], [nil, nil]])
    #expect(try causes(start: start, table: table).isEmpty)
  }

  /// The first 32 distinct rows agree in their posterior; those after them do not.
  @Test func laterRowsAreLookedAtToo() throws {
    let items = (0..<6).map { "x\($0)" }
    let uniform = items.dropFirst().map { _ in [0.5, 0.5] }
    let parents = ["x0": ["h"]]
    let rows = (0..<64).map { row in [nil] + (0..<6).map { StateCode(row >> (5 - $0) & 1) } }
    let start = try network(["h"] + items, parents: parents, tables: [[0.3, 0.7], [0.2, 0.8, 0.6, 0.4]] + uniform)
    let table = table(of: start, rows)
    #expect(try causes(start: start, table: table).isEmpty)
    #expect(try causes(start: start, table: table, rowLimit: 32) == [0: .symmetricStart])
    let same = try network(["h"] + items, parents: parents, tables: [[0.3, 0.7], [0.5, 0.5, 0.5, 0.5]] + uniform)
    #expect(try causes(start: same, table: table) == [0: .symmetricStart])
  }
}

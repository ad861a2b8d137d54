import LatentData
import LatentInference
import LatentKernels
import LatentModels
import LatentTestSupport
import Testing

/// Rows that the model rules out, and the reason that is given.
@Suite struct RowInferenceImpossibleTests {
  /// cause -> a, cause -> b copy the cause; b -> c, where c = 1 needs b = 1; d stands alone and is never 1.
  private func copies() throws -> BayesianNetwork {
    try network(
      ["cause", "a", "b", "c", "d"], parents: ["a": ["cause"], "b": ["cause"], "c": ["b"]],
      tables: [[0.5, 0.5], [1, 0, 0, 1], [1, 0, 0, 1], [1, 0, 0.5, 0.5], [1, 0]])
  }

  @Test func eachImpossibleRowHasItsReason() throws {
    let network = try copies()
    let rows: [[StateCode?]] = [
      [0, 0, 0, 0, 0],
      [nil, 0, 1, 0, 0],
      [0, 1, nil, nil, nil],
      [nil, 0, nil, 1, 0],
      [nil, 1, nil, 1, nil],
      [nil, 0, 0, 1, nil],
      [nil, nil, nil, nil, 1],
      [nil, 0, 1, nil, 1],
      [nil, 0, 1, nil, nil],
    ]
    let table = table(of: network, rows)
    let inference = try RowInference(network, table)
    let found = inference.impossibleRows(limit: 10)
    #expect(found.map(\.row) == [1, 2, 3, 5, 6, 7, 8])
    #expect(
      found.map(\.reason) == [
        .hidden([VariableID(0)]),
        .zero(VariableID(1), state: 1, given: "cause=0"),
        .hidden([VariableID(0), VariableID(2)]),
        .zero(VariableID(3), state: 1, given: "b=0"),
        .zero(VariableID(4), state: 1, given: ""),
        .zero(VariableID(4), state: 1, given: ""),
        // c and d are hidden as well, but they are components of their own, which are possible.
        .hidden([VariableID(0)]),
      ])
    #expect(
      found.map { $0.description(in: network.schema) } == [
        "no state of the unobserved cause fits what was observed",
        "P(a=1 | cause=0) is 0",
        "no state of the unobserved cause, b fits what was observed",
        "P(c=1 | b=0) is 0",
        "P(d=1) is 0",
        "P(d=1) is 0",
        "no state of the unobserved cause fits what was observed",
      ])
    #expect(inference.impossibleRows(limit: 2).map(\.row) == [1, 2])
    #expect(inference.impossibleRows(limit: 0).isEmpty)
    for row in rows.indices {
      #expect((inference.logLikelihood(row: row) == -.infinity) == found.contains { $0.row == row })
    }
  }

  @Test func anImpossibleRowOfWeightZeroIsNotThere() throws {
    let network = try copies()
    let table = table(of: network, [[nil, 0, 1, 0, 0], [0, 0, 0, 0, 0]], weights: [0, 1])
    #expect(try RowInference(network, table).impossibleRows(limit: 10).isEmpty)
  }

  /// Rows drawn from one network, judged by another one with many zeros.
  @Test(arguments: 0..<100) func impossibleRowsAreThoseWithoutACompletion(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let structure = Arbitrary.structure(variables: 5, maximumParents: 2, maximumStates: 3, using: &random)
    let judge = Arbitrary.network(structure, zeros: 0.4, using: &random)
    let table = Arbitrary.table(
      for: Arbitrary.network(structure, using: &random), rows: 20, missing: 0.4, hidden: [VariableID(seed % 5)],
      using: &random)
    let enumeration = Enumeration(judge)
    let expected = try (0..<table.rowCount).filter {
      try enumeration.logProbability(of: Evidence(row: $0, of: table)) == -.infinity
    }
    let found = try RowInference(judge, table).impossibleRows(limit: 100)
    #expect(found.map(\.row) == expected)
    for impossible in found { try expectReason(impossible, judge, table) }
  }

  /// An observed zero is a zero of the table; hidden variables given as the reason are unobserved in that row, and
  /// observed families alone do not rule the row out.
  private func expectReason(_ impossible: ImpossibleRow, _ judge: BayesianNetwork, _ table: Table) throws {
    let codes = table.codes(row: impossible.row)
    let observedZeros = judge.structure.families.filter { family in
      guard ([family.child] + family.parents).allSatisfy({ codes[$0.index] >= 0 }) else { return false }
      let distribution = judge.distribution(of: family.child, given: family.parents.map { codes[$0.index] })
      return distribution[Int(codes[family.child.index])] == 0
    }
    switch impossible.reason {
    case .zero(let id, let state, _):
      #expect(observedZeros.first?.child == id)
      #expect(codes[id.index] == state)
    case .far:
      Issue.record("no variable has numbers")
    case .hidden(let ids):
      #expect(observedZeros.isEmpty)
      #expect(!ids.isEmpty && ids == ids.sorted())
      #expect(ids.allSatisfy { codes[$0.index] < 0 })
    }
  }
}

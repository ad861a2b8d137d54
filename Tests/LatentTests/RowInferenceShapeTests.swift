import LatentData
import LatentInference
import LatentKernels
import LatentModels
import LatentTestSupport
import Testing

/// Shapes of hidden components that random small problems do not reach; variable elimination is the oracle.
@Suite struct RowInferenceShapeTests {
  /// Checks likelihoods, posteriors and completions of all rows, and the E-step of learning under both policies.
  private func expectAgreement(_ network: BayesianNetwork, _ table: Table, posteriors: Int = .max) throws {
    let inference = try RowInference(network, table)
    let explanations = MostProbableCompletion(inference)
    var sum = 0.0
    for row in 0..<table.rowCount {
      let evidence = Evidence(row: row, of: table)
      let expected = try network.logProbability(of: evidence)
      sum += table.weights[row] * expected
      expectClose(inference.logLikelihood(row: row), expected, relative: 1e-10, absolute: 1e-10, "row \(row)")
      guard row < posteriors else { continue }
      var found: [VariableID: [Double]] = [:]
      RowPosteriors(inference).forEach(row: row) { found[$0] = Array($1) }
      #expect(found.count == network.schema.count - evidence.states.count)
      for (id, posterior) in found {
        guard case .table(let expected, _, _) = try network.answer(.marginal(id), given: evidence) else { continue }
        expectClose(posterior, expected, relative: 1e-9, absolute: 1e-12, "row \(row), \(network.schema[id].name)")
      }
      guard case .assignment(_, let best) = try network.answer(.mostProbableExplanation, given: evidence)
      else { continue }
      expectClose(explanations.logProbability(row: row), best, relative: 1e-10, absolute: 1e-10, "row \(row)")
    }
    try expectCounts(network, table, inference)
    for completion in CompletionPolicy.allCases {
      let engine = try engine(network, table, completion)
      var statistics = network.emptyStatistics
      expectClose(
        try engine.expect(under: network, into: &statistics), sum, relative: 1e-10, absolute: 1e-10, "\(completion)")
    }
  }

  /// The expected counts of a variable, summed over its parents, are its posteriors summed over rows.
  private func expectCounts(_ network: BayesianNetwork, _ table: Table, _ inference: RowInference) throws {
    let engine = try engine(network, table)
    var statistics = network.emptyStatistics
    _ = try engine.expect(under: network, into: &statistics)
    var expected = network.schema.variables.map { [Double](repeating: 0, count: $0.cardinality) }
    for row in 0..<table.rowCount {
      for (index, state) in table.codes(row: row).enumerated() where state >= 0 {
        expected[index][Int(state)] += table.weights[row]
      }
      RowPosteriors(inference).forEach(row: row) { id, posterior in
        for (state, q) in posterior.enumerated() { expected[id.index][state] += table.weights[row] * q }
      }
    }
    for id in network.schema.ids {
      let width = network.schema[id].cardinality
      var found = [Double](repeating: 0, count: width)
      for (cell, position) in network.structure.family(of: id).parameters.enumerated() {
        found[cell % width] += statistics.values[position]
      }
      expectClose(found, expected[id.index], relative: 1e-9, absolute: 1e-11, "\(network.schema[id].name)")
    }
  }

  private func random(_ names: [String], _ parents: [[Int]], states: [Int], seed: UInt64) throws -> BayesianNetwork {
    let schema = try Schema(
      zip(names, states).map { try Variable(name: $0, states: (0..<$1).map { "s\($0)" }) })
    let structure = try NetworkStructure(schema: schema, parents: parents.map { $0.map { VariableID($0) } })
    var random = SplitMix64(seed: seed)
    return Arbitrary.network(structure, using: &random)
  }

  /// h0 -> h1 -> … -> h29, all hidden, each with one observed child.
  @Test func aChainOfThirtyHiddenVariables() throws {
    let names = (0..<30).map { "h\($0)" } + (0..<30).map { "x\($0)" }
    let parents = (0..<30).map { $0 == 0 ? [] : [$0 - 1] } + (0..<30).map { [$0] }
    let network = try random(names, parents, states: [Int](repeating: 2, count: 60), seed: 1)
    var random = SplitMix64(seed: 2)
    let table = Arbitrary.table(
      for: network, rows: 12, missing: 0.2, hidden: (0..<30).map { VariableID($0) }, using: &random)
    try expectAgreement(network, table, posteriors: 2)
  }

  /// More families meet at the hidden root than a step multiplies at once.
  @Test(arguments: [5, 9, 12, 13, 28]) func aHiddenRootWithManyChildrenHalfOfThemMissing(children: Int) throws {
    let names = (0...children).map { "v\($0)" }
    let parents = (0...children).map { $0 == 0 ? [] : [0] }
    let states = (0...children).map { $0 == 0 ? 3 : 2 + $0 % 2 }
    let network = try random(names, parents, states: states, seed: UInt64(children))
    var random = SplitMix64(seed: 3)
    let table = Arbitrary.table(for: network, rows: 20, missing: 0.5, hidden: [VariableID(0)], using: &random)
    try expectAgreement(network, table, posteriors: 3)
  }

  /// Sets of variables take two and three machine words; children may come before their parents.
  @Test(arguments: [70, 130]) func networksOfSeveralWords(count: Int) throws {
    var generator = SplitMix64(seed: UInt64(count))
    let order = Array(0..<count).shuffled(using: &generator)
    var parents = [[Int]](repeating: [], count: count)
    for (place, variable) in order.enumerated() where place > 0 {
      let near = order[max(0, place - 4)..<place].shuffled(using: &generator)
      parents[variable] = Array(near.prefix(Int.random(in: 0...2, using: &generator)))
    }
    let states = (0..<count).map { _ in Int.random(in: 1...4, using: &generator) }
    let network = try random((0..<count).map { "v\($0)" }, parents, states: states, seed: 9)
    let hidden = [0, 63, 64, count - 1].map { VariableID($0) }
    let table = Arbitrary.table(for: network, rows: 15, missing: 0.3, hidden: hidden, using: &generator)
    try expectAgreement(network, table, posteriors: 1)
  }

  @Test func familiesOfSevenParents() throws {
    let names = (0..<10).map { "v\($0)" }
    let parents = [[], [0], [], [1, 2], [], [], [4], [0, 1, 2, 3, 4, 5, 6], [7], [7, 3]]
    let network = try random(names, parents, states: [2, 3, 2, 2, 1, 3, 2, 3, 2, 2], seed: 4)
    var random = SplitMix64(seed: 5)
    let table = Arbitrary.table(for: network, rows: 25, missing: 0.4, hidden: [VariableID(2)], using: &random)
    try expectAgreement(network, table, posteriors: 5)
  }

  @Test func variablesOfOneState() throws {
    let network = try random(["a", "b", "c", "d"], [[], [0], [0, 1], [2]], states: [1, 2, 1, 2], seed: 6)
    let table = table(
      of: network, [[nil, nil, nil, nil], [0, nil, nil, 1], [nil, 1, 0, nil], [0, 1, 0, 0], [nil, nil, nil, 1]])
    try expectAgreement(network, table)
    let single = try random(["a"], [[]], states: [1], seed: 7)
    let hidden = try Table(schema: single.schema, columns: [.absent], rowCount: 2)
    try expectAgreement(single, hidden)
  }

  @Test func wideVariablesAndEmptyRows() throws {
    let wide = try random(["a", "b"], [[], [0]], states: [70, 40], seed: 8)
    try expectAgreement(wide, table(of: wide, [[nil, 39], [69, nil], [nil, nil], [0, 0]]), posteriors: 4)
  }

  /// Eight hidden binary parents of one observed child: the clique has 2⁸ joint states of 8 bytes.
  @Test func aCliqueAboveTheMemoryLimitIsNamed() throws {
    let names = (0..<8).map { "h\($0)" } + ["x"]
    let parents = (0..<8).map { _ in [Int]() } + [Array(0..<8)]
    let network = try random(names, parents, states: [Int](repeating: 2, count: 9), seed: 11)
    let columns = (0..<9).map { $0 < 8 ? Column.absent : .codes([0, 1]) }
    let table = try Table(schema: network.schema, columns: columns, rowCount: 2)
    let limit = MemoryLimit(bytes: 2047)
    let expected = InferenceError.cliqueTooLarge(variables: (0..<8).map { "h\($0)" }, cells: 256, limit: limit)
    #expect(throws: expected) {
      var compiler = CircuitCompiler(network.structure, limit: limit)
      compiler.add(table)
      _ = try compiler.compile()
    }
    #expect(throws: expected) { _ = try RowInference(network, table, limit: limit) }
    #expect {
      _ = try RowInference(network, table, limit: MemoryLimit(bytes: 4096))
    } throws: { error in
      guard case InferenceError.circuitTooLarge(let bytes, _, let clique, let cells) = error else { return false }
      return bytes > 4096 && clique.count == 8 && cells == 256
    }
    try expectAgreement(network, table)
  }

  /// A hidden root with 1 500 observed children: p(x) is near 10⁻⁹⁰⁰.
  @Test func manyChildrenDoNotUnderflow() throws {
    let count = 1_500
    let variables = try (0...count).map { try Variable(name: "v\($0)", states: ["a", "b"]) }
    let structure = try NetworkStructure(
      schema: try Schema(variables), parents: (0...count).map { $0 == 0 ? [] : [VariableID(0)] })
    let network = try BayesianNetwork(
      structure: structure, parameters: [0.3, 0.7] + (1...count).flatMap { _ in [0.2, 0.8, 0.201, 0.799] })
    let columns = (0...count).map { index in
      index == 0 ? Column.absent : .codes([0, index % 5 == 0 ? 0 : 1, index == 7 ? -1 : 0])
    }
    let table = try Table(schema: structure.schema, columns: columns, rowCount: 3)
    let inference = try RowInference(network, table)
    let explanations = MostProbableCompletion(inference)
    try expectCounts(network, table, inference)
    for (row, zeros, ones) in [(0, 1_500.0, 0.0), (1, 300.0, 1_200.0), (2, 1_499.0, 0.0)] {
      let first = naturalLog(0.3) + zeros * naturalLog(0.2) + ones * naturalLog(0.8)
      let second = naturalLog(0.7) + zeros * naturalLog(0.201) + ones * naturalLog(0.799)
      let total = logSumOfExponentials([first, second])
      expectClose(inference.logLikelihood(row: row), total, relative: 1e-12)
      let posterior = [exponential(first - total), exponential(second - total)]
      RowPosteriors(inference).forEach(row: row) { id, found in
        let missing = [
          posterior[0] * 0.2 + posterior[1] * 0.201, posterior[0] * 0.8 + posterior[1] * 0.799,
        ]
        expectClose(Array(found), id == VariableID(0) ? posterior : missing, relative: 1e-9, "row \(row)")
      }
      let completion = explanations.completion(row: row)
      #expect(completion[0] == 1, "0.7 and the higher likelihood of the second state decide")
      if row == 2 { #expect(completion[7] == 1) }
      let best = second + (row == 2 ? naturalLog(0.799) : 0)
      expectClose(explanations.logProbability(row: row), best, relative: 1e-12)
      var random = SplitMix64(seed: 1)
      let repeated = try RowInference(network, table.selecting([Int](repeating: row, count: 100)))
      let draws = Double(repeated.draws(using: &random)[0].count { $0 == 1 }) / 100
      #expect((draws - posterior[1]).magnitude < 5 * (posterior[0] * posterior[1] / 100).squareRoot() + 0.01)
    }
  }
}

import LatentData
import LatentInference
import LatentKernels
import LatentModels
import LatentTestSupport
import Testing

/// Completions and draws of rows with missing numbers.
@Suite struct MixedRowTests {
  /// Posterior moments of a missing number are those of the mixture that enumeration finds.
  @Test(arguments: 0..<60) func missingNumbersHaveTheMomentsOfTheirMixture(seed: Int) throws {
    let (network, weighted) = MixedProblemTests.problem(seed)
    let table = weighted.withEqualWeights()
    let inference = try RowInference(network, table)
    let posteriors = RowPosteriors(inference)
    let (modes, completed) = (inference.modeTable(), inference.mostProbableTable())
    for row in 0..<table.rowCount {
      let joint = try Enumeration(network).joint(given: Evidence(row: row, of: table))
      var isSeen = Set<VariableID>()
      posteriors.forEachNumber(row: row) { id, found in
        isSeen.insert(id)
        let parents = network.structure.family(of: id).parents
        let parts = joint.map { completion in
          (completion.probability, network.gaussian(of: id, given: parents.map { completion.states[$0.index] }))
        }
        let mean = parts.reduce(0) { $0 + $1.0 * $1.1.mean }
        let square = parts.reduce(0) { $0 + $1.0 * ($1.1.variance + $1.1.mean * $1.1.mean) }
        expectClose(found.mean, mean, relative: 1e-9, absolute: 1e-10)
        expectClose(found.variance, square - mean * mean, relative: 1e-8, absolute: 1e-9)
        expectClose(modes.value(id, row: row), found.mean)
        let states = parents.map { completed.code($0, row: row) }
        #expect(completed.value(id, row: row) == network.gaussian(of: id, given: states).mean)
      }
      for id in table.schema.ids where !table.schema[id].isCategorical {
        #expect(isSeen.contains(id) == table.value(id, row: row).isNaN)
        if isSeen.contains(id) { continue }
        #expect(modes.value(id, row: row) == table.value(id, row: row))
      }
    }
  }

  /// Many draws of one row have its posterior's frequencies, means and variances, within five standard errors.
  @Test(arguments: 0..<12) func drawsFollowThePosterior(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let (network, table) = MixedProblemTests.problem(seed)
    let count = 3000
    let copies = table.withEqualWeights().selecting([Int](repeating: seed % table.rowCount, count: count))
    let inference = try RowInference(network, copies)
    let posteriors = RowPosteriors(inference)
    let drawn = inference.drawnTable(using: &random)
    posteriors.forEach(row: 0) { id, posterior in
      for (state, probability) in posterior.enumerated() {
        let found = Double((0..<count).count { Int(drawn.code(id, row: $0)) == state }) / Double(count)
        #expect(
          (found - probability).magnitude <= 5 * (probability * (1 - probability) / Double(count)).squareRoot() + 1e-9)
      }
    }
    posteriors.forEachNumber(row: 0) { id, expected in
      var moments = WeightedMoments()
      for row in 0..<count { moments.add(drawn.value(id, row: row), weight: 1) }
      let error = expected.standardDeviation / Double(count).squareRoot()
      #expect((moments.mean - expected.mean).magnitude < 5 * error)
      #expect((moments.variance / expected.variance - 1).magnitude < 0.25)
    }
    for id in table.schema.ids {
      let cell = copies.cell(id, row: 0)
      guard cell != .missing else { continue }
      #expect((0..<count).allSatisfy { drawn.cell(id, row: $0) == cell }, "what was observed stays")
    }
  }

  /// A row of weight 0 is not there: its cells stay as they are, whatever is hidden in it.
  @Test func rowsOfWeightZeroStayAsTheyAre() throws {
    let network = try MixedLearningTests.mixture([1, 9], [1, 1])
    let table = try Table(
      schema: network.schema, columns: [.codes([-1, -1, 0]), .reals([.nan, 8, .nan])], weights: [0, 1, 0])
    let inference = try RowInference(network, table)
    var random = SplitMix64(seed: 1)
    for completed in [inference.mostProbableTable(), inference.modeTable(), inference.drawnTable(using: &random)] {
      #expect(completed.cells(row: 0) == [.missing, .missing])
      #expect(completed.cells(row: 1) == [.state(1), .real(8)])
      #expect(completed.cells(row: 2) == [.state(0), .missing])
    }
  }

  /// Where two explanations are equally probable, the first state wins, hidden numbers or not.
  @Test func tiesGoToTheFirstStates() throws {
    let schema = try Schema(
      ["a", "b"].map { try Variable(name: $0, states: ["n", "y"]) } + [Variable(name: "x", domain: .real)])
    let structure = try NetworkStructure(
      schema: schema, parents: [[], [VariableID(0)], [VariableID(0), VariableID(1)]])
    let network = try BayesianNetwork(
      structure: structure, parameters: [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 3, 1, 5, 1, 5, 1, 3, 1])
    let table = try Table(
      schema: schema, columns: [.codes([-1, -1, 1]), .codes([-1, -1, -1]), .reals([.nan, 5, .nan])], rowCount: 3)
    let completed = try RowInference(network, table).mostProbableTable()
    #expect(completed.cells(row: 0) == [.state(0), .state(0), .real(3)])
    #expect(completed.cells(row: 1) == [.state(0), .state(1), .real(5)])
    #expect(completed.cells(row: 2) == [.state(1), .state(0), .real(5)])
  }

  /// A variable of numbers without a column is nothing to decode, and does not keep the one hidden root from it.
  @Test func numbersAreNotDecoded() throws {
    let network = try MixedLearningTests.mixture([1, 9], [1, 1])
    let unseen = try Table(schema: network.schema, columns: [.codes([0, 1]), .absent], rowCount: 2)
    let decoded = try network.decode(unseen)
    #expect(decoded.method == .joint && decoded.variables.isEmpty)
    #expect(decoded.table == unseen)
    let empty = try Table(schema: network.schema, columns: [.absent, .reals([.nan, .nan])], rowCount: 2)
    let root = try network.decode(empty)
    #expect(root.method == .hiddenRoot(VariableID(0)) && root.codes(of: VariableID(0)) == [0, 0])
    #expect(root.table.columns[1] == empty.columns[1])
  }

  @Test func columnMeansGoByWeight() throws {
    let schema = try Schema([
      Variable(name: "x", domain: .real), Variable(name: "c", states: ["a"]), Variable(name: "z", domain: .real),
    ])
    let table = try Table(
      schema: schema, columns: [.reals([1, .nan, 4]), .codes([0, 0, -1]), .reals([.nan, .nan, .nan])],
      weights: [1, 5, 3])
    #expect(table.columnMeans() == [3.25, nil, nil])
    #expect(table.columnModes() == [nil, 0, nil])
    #expect(table.completeRows() == [0])
  }

  /// One number of a situation: by name and spelling, by identifier, or not at all.
  @Test func evidenceTakesNumbers() throws {
    let network = try MixedLearningTests.mixture([1, 9], [1, 1])
    let schema = network.schema
    let evidence = try Evidence(labels: ["x": "-1.5e1", "k": "b"], in: schema)
    #expect(evidence.numbers == [VariableID(1): -15] && evidence.states == [VariableID(0): 1])
    for text in ["abc", "", "inf", "nan", "1e999", "0x10", "1,5", " 1"] {
      #expect(throws: EvidenceError.notANumber("'\(text)'", variable: "x")) {
        try Evidence(labels: ["x": text], in: schema)
      }
    }
    #expect(throws: EvidenceError.notANumber("inf", variable: "x")) {
      try Evidence([:], numbers: [VariableID(1): .infinity], in: schema)
    }
    #expect(throws: EvidenceError.noSuchState("3.0", variable: "k", states: ["a", "b"])) {
      try Evidence([:], numbers: [VariableID(0): 3], in: schema)
    }
    #expect(throws: EvidenceError.self) { try Evidence([VariableID(1): 0], in: schema) }
  }

  static let flawed: [(Column, Column, [Double], TableError)] = [
    (.codes([0]), .reals([1, 2]), [1], .cellCount(2, variable: "x", expected: 1)),
    (.codes([0]), .reals([.infinity]), [1], .number(.infinity, variable: "x", row: 0)),
    (.codes([0, 1]), .reals([.nan, -.infinity]), [1, 1], .number(-.infinity, variable: "x", row: 1)),
    (.codes([0]), .codes([0]), [1], .kind(variable: "x")), (.reals([0]), .reals([1]), [1], .kind(variable: "k")),
    (.codes([2]), .reals([1]), [1], .code(2, variable: "k", row: 0)),
    (.codes([-2]), .absent, [1], .code(-2, variable: "k", row: 0)),
    (.codes([0]), .reals([1]), [-1], .weight(-1, row: 0)),
    (.codes([0]), .reals([1]), [.infinity], .weight(.infinity, row: 0)),
  ]

  @Test(arguments: flawed.indices) func flawedTablesAreRefused(index: Int) throws {
    let (codes, numbers, weights, error) = Self.flawed[index]
    let schema = try MixedLearningTests.mixture([0, 0], [1, 1]).schema
    #expect(throws: error) { try Table(schema: schema, columns: [codes, numbers], weights: weights) }
  }

  @Test func aVarianceOutOfReachIsRefused() throws {
    for variance in [0, -1, .nan, .infinity, Double.leastNonzeroMagnitude, 1e-301, 1e301] {
      #expect(throws: ParameterError.self) { try MixedLearningTests.mixture([0, 0], [1, variance]) }
    }
    for mean in [Double.nan, .infinity] {
      #expect(throws: ParameterError.self) { try MixedLearningTests.mixture([0, mean], [1, 1]) }
    }
    for variance in [1e-300, 1e300] { _ = try MixedLearningTests.mixture([0, 0], [1, variance]) }
  }
}

import LatentData
import LatentInference
import LatentKernels
import LatentModels
import LatentTestSupport
import Testing

/// Laws of filling in missing cells; enumeration is the oracle.
@Suite struct ImputationTests {
  /// A random problem of a few rows that all have weight 1.
  static func problem(_ seed: Int) -> (network: BayesianNetwork, table: Table) {
    let (network, table) = EngineLawTests.problem(seed)
    return (network, table.selecting(Array(0..<8)).withEqualWeights())
  }

  /// A problem in which most tables hold equal numbers, so that the most probable completions are many.
  static func tiedProblem(_ seed: Int) throws -> (network: BayesianNetwork, table: Table) {
    var random = SplitMix64(seed: UInt64(seed))
    let structure = Arbitrary.structure(variables: 6, maximumParents: 2, maximumStates: 3, using: &random)
    var parameters: [Double] = []
    for id in structure.schema.ids {
      let rows: [[Double]] =
        switch structure.schema[id].cardinality {
        case 1: [[1]]
        case 2: [[0.5, 0.5], [0.25, 0.75], [0.75, 0.25]]
        default: [[0.25, 0.5, 0.25], [0.5, 0.25, 0.25], [0.375, 0.25, 0.375]]
        }
      for _ in 0..<structure.family(of: id).configurations { parameters += rows.randomElement(using: &random) ?? [] }
    }
    let network = try BayesianNetwork(structure: structure, parameters: parameters)
    let hidden = seed.isMultiple(of: 2) ? [VariableID(seed % 6)] : []
    return (network, Arbitrary.table(for: network, rows: 8, missing: 0.5, hidden: hidden, using: &random))
  }

  @Test(arguments: 0..<250) func theCompletionIsTheMostProbableOne(seed: Int) throws {
    let (network, table) = Self.problem(seed)
    let oracle = Enumeration(network)
    let completions = MostProbableCompletion(try RowInference(network, table))
    for row in 0..<table.rowCount {
      let completion = completions.completion(row: row)
      let evidence = Evidence(row: row, of: table)
      for (id, code) in evidence.states { #expect(completion[id.index] == code) }
      let best = try oracle.mostProbableExplanation(given: evidence)
      expectClose(
        completions.logProbability(row: row), oracle.logProbability(ofComplete: best.states), relative: 1e-11,
        absolute: 1e-11, "seed \(seed), row \(row)")
    }
  }

  /// Among equally probable completions the first one is taken, whatever the order of elimination.
  @Test(arguments: 0..<200) func theFirstOfEqualCompletionsIsTaken(seed: Int) throws {
    let (network, table) = try Self.tiedProblem(seed)
    let oracle = Enumeration(network)
    let completions = MostProbableCompletion(try RowInference(network, table))
    for row in 0..<table.rowCount {
      let best = try oracle.mostProbableExplanation(given: Evidence(row: row, of: table))
      #expect(completions.completion(row: row) == best.states, "seed \(seed), row \(row)")
    }
  }

  /// The marginals of a row by enumeration: per variable, the probability of each state.
  static func marginals(_ oracle: Enumeration, _ evidence: Evidence) throws -> [[Double]] {
    var marginals = oracle.network.schema.variables.map { [Double](repeating: 0, count: $0.cardinality) }
    for completion in try oracle.joint(given: evidence) {
      for (index, state) in completion.states.enumerated() {
        marginals[index][Int(state)] += completion.probability
      }
    }
    return marginals
  }

  @Test(arguments: 0..<250) func posteriorsAreMarginals(seed: Int) throws {
    let (network, table) = Self.problem(seed)
    let oracle = Enumeration(network)
    let posteriors = RowPosteriors(try RowInference(network, table))
    for row in 0..<table.rowCount {
      let expected = try Self.marginals(oracle, Evidence(row: row, of: table))
      var unobserved: Set<VariableID> = []
      posteriors.forEach(row: row) { id, posterior in
        #expect(unobserved.insert(id).inserted)
        expectClose(
          Array(posterior), expected[id.index], relative: 1e-10, absolute: 1e-12, "seed \(seed), row \(row)")
      }
      #expect(unobserved == Set(table.schema.ids.filter { table.code($0, row: row) < 0 }))
      let modes = posteriors.modes(row: row)
      for id in table.schema.ids {
        let highest = expected[id.index].max() ?? 0
        let first = expected[id.index].firstIndex { $0 >= highest * (1 - 1e-12) }
        #expect(first == Int(modes[id.index]), "seed \(seed), row \(row), \(table.schema[id].name)")
      }
    }
  }

  @Test func drawsFollowThePosterior() throws {
    let (network, table) = Self.problem(7)
    let oracle = Enumeration(network)
    let row = try #require(
      (0..<8).max { a, b in table.codes(row: a).count { $0 < 0 } < table.codes(row: b).count { $0 < 0 } })
    let count = 4_000
    let repeated = table.selecting([Int](repeating: row, count: count))
    var random = SplitMix64(seed: 1)
    let columns = try RowInference(network, repeated).draws(using: &random)
    var frequencies: [[StateCode]: Double] = [:]
    for draw in 0..<count { frequencies[columns.map { $0[draw] }, default: 0] += 1 / Double(count) }
    for completion in try oracle.joint(given: Evidence(row: row, of: table)) {
      let p = completion.probability
      // Five standard errors.
      let tolerance = 5 * (p * (1 - p) / Double(count)).squareRoot() + 1e-12
      #expect((frequencies[completion.states, default: 0] - p).magnitude <= tolerance)
    }
    var again = SplitMix64(seed: 1)
    #expect(try RowInference(network, repeated).draws(using: &again) == columns)
  }

  @Test func columnModesCountWeights() throws {
    let variables = try ["a", "b", "c", "d"].map { try Variable(name: $0, states: ["x", "y", "z"]) }
    let table = try Table(
      schema: try Schema(variables),
      columns: [.codes([0, 2, 2, -1]), .codes([1, 2, -1, 0]), .codes([-1, -1, -1, 1]), .absent],
      weights: [3, 1, 1.5, 0])
    #expect(table.columnModes() == [0, 1, nil, nil])
    let tied = try Table(schema: table.schema, columns: table.columns, weights: [2, 2, 0, 0])
    #expect(tied.columnModes() == [0, 1, nil, nil])
  }

  @Test func completeRowsPassOverWhollyEmptyColumns() throws {
    let variables = try ["a", "b", "c", "d"].map { try Variable(name: $0, states: ["x", "y"]) }
    let table = try Table(
      schema: try Schema(variables),
      columns: [.codes([0, 1, -1, 1]), .codes([1, -1, 0, 0]), .codes([-1, -1, -1, -1]), .absent], rowCount: 4)
    #expect(table.completeRows() == [0, 3])
  }
}

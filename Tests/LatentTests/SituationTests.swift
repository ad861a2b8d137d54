import Latent
import Testing

/// The verbs about situations and rows agree with each other, and with Bayes' rule by hand.
@Suite struct SituationTests {
  private static func network() throws -> BayesianNetwork {
    let model = try Model(
      variables: ["bloc": .latent(2), "party": ["d", "r"], "age": .real], edges: ["bloc -> *"],
      parameters: ["bloc": [0.25, 0.75], "party": [0.9, 0.1, 0.2, 0.8], "age": [40, 4, 60, 9]])
    return try #require(model.network)
  }

  private static func table(_ network: BayesianNetwork) throws -> Table {
    try Table(
      ["party": ["d", nil, "r", "d"], "age": [41, nil, nil, 62.5]], weights: [1, 2, 0, 1], schema: network.schema)
  }

  @Test func aPosteriorIsBayesRule() throws {
    let network = try Self.network()
    let bloc = try network.posterior(of: "bloc", given: ["party": "d"])
    #expect((try #require(bloc["1"]) - 0.225 / 0.375).magnitude < 1e-15)
    #expect(bloc.mode == ["1"])
    #expect(bloc["3"] == nil)
    #expect(try network.posterior(of: "bloc", given: ["party": nil]) == network.posterior(of: "bloc"))
    let age = try network.moments(of: "age", given: ["bloc": "2"])
    #expect(age.mean == 60 && age.variance == 9 && age.standardDeviation == 3)
    #expect((try network.moments(of: "age").mean - 55).magnitude < 1e-12)
    let joint = try network.posterior(of: ["party", "bloc"])
    #expect((try #require(joint["r", "2"]) - 0.6).magnitude < 1e-15)
    #expect((try #require(joint["d", "2"]) - 0.15).magnitude < 1e-15)
    #expect(joint.mode == ["r", "2"])
  }

  @Test func rowsAnswerAsSituationsDo() throws {
    let network = try Self.network()
    let table = try Self.table(network)
    let marginals = try network.posteriors(of: "bloc", in: table)
    let joints = try network.posteriors(of: ["bloc", "party"], in: table)
    let ages = try network.moments(of: "age", in: table)
    for row in 0..<table.rowCount {
      let evidence = Evidence(row: row, of: table)
      let alone = try network.posterior(of: ["bloc"], given: evidence)
      for (a, b) in zip(marginals[row].probabilities, alone.probabilities) { #expect((a - b).magnitude < 1e-12) }
      #expect(try joints[row] == network.posterior(of: ["bloc", "party"], given: evidence))
      let all = try network.posteriors(given: evidence)
      #expect(all.marginals["bloc"]?.probabilities == marginals[row].probabilities)
      #expect(try (all.logEvidence - network.logProbability(of: evidence)).magnitude < 1e-12)
      if let number = evidence.numbers.values.first {
        #expect(ages[row].mean == number && ages[row].variance == 0)
      }
    }
    #expect(try network.posteriors(of: "party", in: table)[0].probabilities == [1, 0])
  }

  @Test func completionsKeepWhatWasObserved() throws {
    let network = try Self.network()
    let table = try Self.table(network)
    var random = SplitMix64(seed: 1)
    let copies = try network.imputations(of: table, count: 2, using: &random)
    let filled = try ImputationMethod.allCases.map { try network.impute(table, by: $0) } + copies
    for complete in filled {
      #expect(complete.weights == table.weights)
      #expect(complete.columns.allSatisfy { $0 != .absent })
      for row in 0..<table.rowCount {
        for id in table.schema.ids {
          #expect(complete.cell(id, row: row) != .missing)
          if table.cell(id, row: row) != .missing { #expect(complete.cell(id, row: row) == table.cell(id, row: row)) }
        }
      }
    }
    #expect(copies.count == 2)
    #expect(try network.impute(table).labels(of: "bloc") == ["1", "2", "2", "2"])
  }

  @Test func explanationsAreThoseOfTheRows() throws {
    let network = try Self.network()
    let table = try Self.table(network)
    let decoded = try network.decode(table)
    #expect(decoded.variables.map { network.schema[$0].name } == ["bloc"])
    #expect(try decoded.table.labels(of: "bloc") == ["1", "2", "2", "2"])
    #expect(decoded.table.weights == table.weights)
    // The class of row 1 is decoded with its party and age summed out: p(bloc = 2) = 0.75.
    #expect((decoded.logProbabilities()[1].distance(to: -0.2876820724517809)).magnitude < 1e-12)
    let (states, logProbability) = try network.mostProbableExplanation(given: ["age": 60])
    #expect(states == ["bloc": "2", "party": "r"])
    #expect(logProbability < 0)
  }

  @Test func questionsThatHaveNoAnswerAreRefused() throws {
    let network = try Self.network()
    #expect(throws: QuestionError.noSuchVariable("vote")) { try network.posterior(of: "vote") }
    #expect(throws: QuestionError.numbers("age")) { try network.posterior(of: "age") }
    #expect(throws: QuestionError.states("party")) { try network.moments(of: "party") }
    #expect(throws: QuestionError.repeated("party")) { try network.posterior(of: ["party", "party"]) }
    #expect(throws: EvidenceError.noSuchVariable("vote")) { try network.posterior(of: "bloc", given: ["vote": "y"]) }
    #expect(throws: EvidenceError.noSuchState("'x'", variable: "party", states: ["d", "r"])) {
      try network.posterior(of: "bloc", given: ["party": "x"])
    }
    #expect(throws: EvidenceError.notANumber("'old'", variable: "age")) {
      try network.posterior(of: "bloc", given: ["age": "old"])
    }
    #expect(throws: EvidenceError.noSuchState("1.0", variable: "party", states: ["d", "r"])) {
      try network.posterior(of: "bloc", given: ["party": 1])
    }
  }

  @Test func impossibleRowsAreNamed() throws {
    let model = try Model(
      variables: ["a": ["x", "y"], "b": ["x", "y"]], edges: ["a -> b"],
      parameters: ["a": [0.5, 0.5], "b": [1, 0, 0, 1]])
    let network = try #require(model.network)
    let table = try Table(["a": ["x", "x", nil], "b": ["x", "y", "y"]], for: model)
    #expect(try network.logLikelihood(of: table) == -.infinity)
    #expect(try network.logLikelihoods(of: table).map(\.isFinite) == [true, false, true])
    #expect(throws: InferenceError.impossibleRows([1])) { try network.impute(table) }
    #expect(throws: InferenceError.impossibleRows([1])) { try network.decode(table) }
    #expect(throws: InferenceError.impossibleRows([1])) { try network.posteriors(of: "a", in: table) }
    #expect(throws: InferenceError.impossibleRows([1])) { try network.posteriors(of: ["a", "b"], in: table) }
    #expect(throws: InferenceError.impossibleEvidence(["a=x", "b=y"])) {
      try network.posteriors(given: Evidence(row: 1, of: table))
    }
  }
}

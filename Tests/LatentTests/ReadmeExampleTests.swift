import Foundation
import Latent
import Testing

/// The Swift of the README, on the data that it names.
@Suite struct ReadmeExampleTests {
  @Test func learnsTheBlocsOfTheHouse() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Examples/house-votes").path
    // [readme]
    let model = try ModelFormat.read(folder + "/blocs.yaml").model
    let votes = try CSV.readTable(folder + "/votes.csv", schema: model.schema).table

    var compiler = CircuitCompiler(model.structure)
    compiler.add(votes)
    let circuit = try compiler.compile()

    let starts = (1...10).map { (seed: UInt64) in
      var random = SplitMix64(seed: seed)
      return Start(origin: .random(seed: seed), model: model.randomStart(zeros: .parameters, using: &random))
    }
    let result = try Restarts(ExpectationMaximization(), threads: 2).fit(starts, of: circuit)
    let network = result.best.model

    let evidence = try Evidence(labels: ["party": "democrat", "crime": "y"], in: network.schema)
    let answer = try network.answer(.marginal(network.schema["bloc"]!), given: evidence)
    // [/readme]
    #expect((result.best.logLikelihood + 3242.729598).magnitude < 1e-5)
    guard case .table(let probabilities, _, _) = answer else {
      Issue.record("a marginal is a table")
      return
    }
    #expect(probabilities.count == 2)
    #expect((probabilities.reduce(0, +) - 1).magnitude < 1e-12)
  }

  @Test func learnsTheLinkage() throws {
    // [fit]
    var animals = Animals()
    let fit = try ExpectationMaximization(stopping: StoppingRule(tolerance: 1e-15))
      .fit(Linkage(t: 0.5), with: &animals)
    // [/fit]
    #expect((fit.model.t - 0.6268214979).magnitude < 1e-7)
  }
}

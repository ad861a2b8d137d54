import Foundation
import Latent
import Testing

/// The Swift of the README, on the data that it names.
@Suite struct ReadmeExampleTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Examples/house-votes").path

  @Test func learnsTheBlocsOfTheHouse() throws {
    let folder = Self.folder
    // [readme]
    let model = try Model(contentsOf: folder + "/blocs.yaml")
    let votes = try Table(contentsOf: folder + "/votes.csv", for: model)
    let fit = try model.fit(to: votes, starts: 10)
    let bloc = try fit.network.posterior(of: "bloc", given: ["party": "democrat"])
    // [/readme]
    #expect((fit.logLikelihood + 3242.729598).magnitude < 1e-5)
    #expect(fit.starts.count == 10)
    #expect(bloc.probabilities.count == 2)
    #expect((bloc.probabilities.reduce(0, +) - 1).magnitude < 1e-12)
  }

  @Test func learnsFromCodeAndFromAFileOfAnySize() throws {
    let folder = Self.folder
    // [code]
    let model = try Model(
      variables: ["type": .latent(2), "smoke": ["no", "yes"], "bmi": .real], edges: ["type -> *"])
    let survey = try Table(["smoke": ["yes", nil, "no", "no"], "bmi": [31.5, nil, 22, 24.5]], for: model)
    let fit = try model.fit(to: survey)

    let filled = try fit.network.impute(survey).numbers(of: "bmi")
    let types = try fit.network.posteriors(of: "type", in: survey).map { $0.mode[0] }
    let bmi = try fit.network.moments(of: "bmi", given: ["smoke": "yes"])
    // [/code]
    #expect(filled.count == 4 && !filled.contains(nil) && filled[0] == 31.5)
    #expect(types.count == 4)
    #expect(bmi.mean.isFinite && bmi.variance > 0)

    let blocs = try Model(contentsOf: folder + "/blocs.yaml")
    // [streaming]
    var options = FitOptions()
    options.threads = 2
    options.prior = .dirichlet(pseudoCount: 1)
    let votes = CSVSource(folder + "/votes.csv", for: blocs)
    let smoothed = try blocs.fit(to: votes, starts: 3, options: options) { start, iteration in
      iteration.number < 1000 ? .proceed : .stop
    }
    // [/streaming]
    #expect(smoothed.starts.count == 3)
    #expect(smoothed.outcome == .converged)
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

import Foundation
import Latent
import Testing

/// The Swift of the catalog in `Sources/Latent/Latent.docc`.
@Suite struct CatalogExampleTests {
  private static let votes = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Examples/house-votes").path

  private static func emptyFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "latent-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  @Test func learns() throws {
    let (folder, output) = (Self.votes, try Self.emptyFolder())
    defer { try? FileManager.default.removeItem(at: output) }
    // [learn]
    let model = try Model(contentsOf: folder + "/blocs.yaml")
    let votes = try Table(contentsOf: folder + "/votes.csv", for: model)
    let fit = try model.fit(to: votes)
    // [/learn]
    // [report]
    let reached = fit.starts.count { fit.logLikelihood - $0.logLikelihood < 1e-6 }
    let rows = "\(fit.summary.incompleteRows) of \(fit.summary.rowCount) rows are incomplete"
    let remarks = fit.findings.map { $0.description(in: model.schema) }
    // [/report]
    #expect(reached > 1 && reached <= 10)
    #expect(rows == "203 of 435 rows are incomplete")
    #expect(remarks.isEmpty)
    let fitted = output.appending(path: "fitted.yaml").path
    // [keep]
    try fit.model.write(to: fitted)
    let network = try Model(contentsOf: fitted).network
    // [/keep]
    #expect(network == fit.network)
  }

  @Test func asks() throws {
    let model = try Model(contentsOf: Self.votes + "/blocs.yaml")
    let votes = try Table(contentsOf: Self.votes + "/votes.csv", for: model)
    let network = try model.fit(to: votes, starts: 1).network
    // [ask]
    let bloc = try network.posterior(of: "bloc", given: ["party": "democrat", "crime": "y"])
    let first = bloc["1"]  // the probability of the state "1"
    let likeliest = bloc.mode[0]  // the most probable state

    let joint = try network.posterior(of: ["party", "crime"])
    let both = joint["democrat", "y"]

    let all = try network.mostProbableExplanation(given: ["party": "republican"]).states
    // [/ask]
    #expect(first.map { $0 >= 0 && $0 <= 1 } == true)
    #expect(["1", "2"].contains(likeliest))
    #expect(both.map { $0 > 0 && $0 < 1 } == true)
    #expect(all.count == 17 && all["party"] == nil)
    // [rows]
    let blocs = try network.posteriors(of: "bloc", in: votes).map { $0.mode[0] }
    let classes = try network.decode(votes).table.labels(of: "bloc")
    let outliers = try network.logLikelihoods(of: votes).enumerated().filter { $0.element < -12 }
    // [/rows]
    #expect(blocs == classes)
    #expect(!outliers.isEmpty && outliers.count < 435)
  }

  @Test func knowsMoreOrLess() throws {
    let model = try Model(
      variables: ["age": ["18-34", "35-54", "55+"], "smoke": ["no", "yes"], "lung": ["no", "yes"], "breath": .real],
      edges: ["age -> smoke", "smoke -> lung", "lung -> breath"],
      parameters: [
        "age": [0.25, 0.25, 0.5], "smoke": [0.5, 0.5, 0.75, 0.25, 1, 0], "lung": [0.75, 0.25, 0.5, 0.5],
        "breath": [40, 16, 30, 9],
      ])
    let network = try #require(model.network)
    // [know]
    let young = try network.posterior(of: "smoke", given: ["age": .anyOf(["18-34", "35-54"])])
    let hearsay = try network.posterior(of: "lung", given: ["smoke": .likelihood([0.2, 0.8])])
    let forbidden = try network.intervening(["smoke": "no"]).posterior(of: "lung")
    let cause = try network.mostProbableExplanation(of: ["age", "smoke"], given: ["lung": "yes"]).states
    let ninetyPercent = try network.distribution(of: "breath", given: ["smoke": "yes"]).quantile(0.9)
    // [/know]
    expectClose(young.probabilities, [0.625, 0.375])
    // p(smoke) = 0.8125, 0.1875: in the ratio of 0.1625 to 0.15 afterwards.
    expectClose(hearsay.probabilities, [0.1625 * 0.75 + 0.15 * 0.5, 0.1625 * 0.25 + 0.15 * 0.5].map { $0 / 0.3125 })
    expectClose(forbidden.probabilities, [0.75, 0.25])
    #expect(cause == ["age": "55+", "smoke": "no"])
    #expect(ninetyPercent > 40 && ninetyPercent < 45)
  }

  @Test func fills() throws {
    let output = try Self.emptyFolder()
    defer { try? FileManager.default.removeItem(at: output) }
    let model = try Model(contentsOf: Self.votes + "/blocs.yaml")
    let votes = try Table(contentsOf: Self.votes + "/votes.csv", for: model)
    let network = try model.fit(to: votes, starts: 1).network
    let path = output.appending(path: "filled.csv").path
    // [fill]
    let filled = try network.impute(votes)
    let singly = try network.impute(votes, by: .mode)
    try filled.write(to: path)
    // [/fill]
    #expect(TableSummary(filled).missingCells == 0)
    #expect(TableSummary(singly).missingCells == 0)
    #expect(try Table(contentsOf: path, for: model) == filled)
    // [draw]
    var random = SplitMix64(seed: 1)
    let shares = try network.imputations(of: votes, count: 20, using: &random).map { copy in
      let labels = try copy.labels(of: "crime")
      return Double(labels.count { $0 == "y" }) / Double(labels.count)
    }
    let mean = shares.reduce(0, +) / 20
    let variance = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 19
    // [/draw]
    #expect(mean > 0.5 && mean < 0.7)
    #expect(variance > 0 && variance < 1e-3)
  }

  @Test func streams() throws {
    let (folder, model) = (Self.votes, try Model(contentsOf: Self.votes + "/blocs.yaml"))
    // [stream]
    let rows = CSVSource(folder + "/votes.csv", for: model)
    let fit = try model.fit(to: rows, starts: 3)
    let logLikelihood = try fit.network.logLikelihood(of: rows)
    // [/stream]
    #expect(logLikelihood == fit.logLikelihood)
    let months = Months(model: model, folder: folder)
    #expect(try fit.network.logLikelihood(of: months) < 2 * logLikelihood + 1e-6)
  }

  // [source]
  /// Many files of one shape, read one after another.
  struct Months: RowSource {
    let model: Model
    let folder: String

    var schema: Schema { model.schema }

    func forEachBlock(_ body: (Table) throws -> Void) throws {
      for name in ["votes.csv", "votes.csv"] {
        try CSVSource("\(folder)/\(name)", for: model).forEachBlock(body)
      }
    }
  }
  // [/source]

  @Test func learnsNumbers() throws {
    // [numbers]
    let model = try Model(
      variables: ["climate": .latent(states: ["cold", "warm"]), "ring": .real, "frost": ["no", "yes"]],
      edges: ["climate -> *"])
    let years = try Table(
      [
        "ring": [0.8, 0.7, nil, 1.2, 1.1, 0.75, 1.15, nil],
        "frost": ["yes", "yes", "yes", "no", nil, "yes", "no", "no"],
      ], for: model)
    let network = try model.fit(to: years).network

    let frosty = try network.moments(of: "ring", given: ["frost": "yes"])
    let interval = (frosty.mean - 2 * frosty.standardDeviation)...(frosty.mean + 2 * frosty.standardDeviation)
    let filled = try network.impute(years).numbers(of: "ring")
    let climate = try network.posterior(of: "climate", given: ["ring": 0.78])
    // [/numbers]
    #expect(interval.contains(0.75))
    #expect(filled[0] == 0.8 && filled[2] != nil)
    #expect((climate.probabilities.reduce(0, +) - 1).magnitude < 1e-12)
  }

  @MainActor @Test func fitsFromAsynchronousCode() async throws {
    let model = try Model(contentsOf: Self.votes + "/blocs.yaml")
    let votes = try Table(contentsOf: Self.votes + "/votes.csv", for: model)
    // [async]
    let task = Task {
      try await model.fit(to: votes, starts: 10) { start, iteration in
        iteration.number < 500 ? .proceed : .stop
      }
    }
    let fit = try await task.value  // or task.cancel(), and fit.outcome is .interrupted
    // [/async]
    #expect(fit.outcome == .converged)
  }
}

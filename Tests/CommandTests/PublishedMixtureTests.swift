import Foundation
import Testing

/// Published fits of mixtures and latent classes, from a table to the log-likelihood by the commands that a user types.
@Suite struct PublishedMixtureTests {
  struct Published: CustomTestStringConvertible {
    let table: String
    let arguments: [String]
    let logLikelihood: Double
    let freeParameters: Int
    var testDescription: String { "\(table) \(arguments.joined(separator: " "))" }
  }

  static let all = [
    // mclust 6.0.0, faithful: VVV with two components, EEE with three. It stops where a step gains less than 1e-5 of ℓ.
    Published(
      table: "old-faithful/faithful.csv", arguments: ["--template", "mixture", "--components", "2"],
      logLikelihood: -1130.264068, freeParameters: 11),
    Published(
      table: "old-faithful/faithful.csv",
      arguments: ["--template", "mixture", "--components", "3", "--covariance", "tied"], logLikelihood: -1126.326236,
      freeParameters: 11),
    // The values of Stouffer and Toby (1951) as poLCA fits them, with two and three classes.
    Published(
      table: "../Tests/CommandTests/Cases/sequences/d_lca_values_2/data.csv",
      arguments: ["--template", "latent-class", "--classes", "2"], logLikelihood: -504.467670, freeParameters: 9),
    Published(
      table: "../Tests/CommandTests/Cases/sequences/d_lca_values_2/data.csv",
      arguments: ["--template", "latent-class", "--classes", "3"], logLikelihood: -503.301140, freeParameters: 14),
    // airquality, the normal distribution of six columns with missing cells.
    Published(
      table: "air-quality/airquality.csv",
      arguments: ["--template", "normal", "--real", "Month", "--real", "Day"], logLikelihood: -3123.979285,
      freeParameters: 27),
  ]

  @Test(arguments: all) func fromATableToTheLogLikelihood(_ published: Published) throws {
    let examples = URL(filePath: #filePath).appending(path: "../../../Examples").standardizedFileURL
    let table = examples.appending(path: published.table).path
    let folder = try Folder([:])
    let made = try Tool.run(["init", table, "-o", "model.yaml"] + published.arguments, in: folder)
    try #require(made.status == 0, "\(made.standardError)")
    let run = try Tool.run(
      "fit", "model.yaml", table, "--tolerance", "1e-13", "--starts", "20", "--json", in: folder)
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any], "\(run.standardError)")
    let found = try #require(report["log_likelihood"] as? Double)
    let size = abs(published.logLikelihood)
    #expect(found > published.logLikelihood - 1e-6 * size && found < published.logLikelihood + 1e-5 * size)
    #expect(report["free_parameters"] as? Int == published.freeParameters)
  }
}

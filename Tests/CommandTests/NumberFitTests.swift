import Foundation
import Testing

/// Learning numbers with the tool, and what it says of it.
@Suite struct NumberFitTests {
  /// Complete rows have means and variances of their own; rows of weight 0 have no say.
  @Test(arguments: [
    ("complete.csv", [], "dry: {mean: 2.0, variance: 1.0}, wet: {mean: 14.0, variance: 10.666666666666666}"),
    (
      "weighted.csv", ["--weights", "w"],
      "dry: {mean: 2.0, variance: 2.0}, wet: {mean: 10.571428571428571, variance: 1.9591836734693877}"
    ),
  ]) func fitOfCompleteRows(data: String, options: [String], expected: String) throws {
    let (run, folder) = try NumberExamples.run(
      ["fit", "structure.yaml", data, "-o", "out.yaml", "--quiet"] + options)
    #expect(run.status == 0 && run.standardError == "")
    let line = folder.text(of: "out.yaml")?.split(separator: "\n").last.map(String.init) ?? ""
    #expect(agreesInBraces(line, "  height: {\(expected)}"), "\(line)")
  }

  private func agreesInBraces(_ found: String, _ expected: String) -> Bool {
    NumberExamples.agree(found.replacing("}", with: " }"), expected.replacing("}", with: " }"))
  }

  /// Learning, drawing and learning again: from all starts the two kinds are found, and the model that was learned has
  /// the log-likelihood that was reported.
  @Test func fitDrawAndFitAgain() throws {
    let folder = try Folder(NumberExamples.files)
    let fit = try Tool.run(
      "fit", "plants.yaml", "plants.csv", "--ignore-columns", "-o", "fitted.yaml", "--json", in: folder)
    #expect(fit.status == 0)
    let trace = try JSON(fit.standardOutput).numbers("log_likelihood_trace")
    for (before, after) in zip(trace, trace.dropFirst()) { #expect(after >= before - 1e-9) }
    let score = try Tool.run("score", "fitted.yaml", "plants.csv", "--ignore-columns", "--json", in: folder)
    #expect(NumberExamples.agree("\(try JSON(score.standardOutput).number("log_likelihood"))", "\(trace.last ?? 0)"))
    let drawn = try Tool.run("sample", "plants.yaml", "-n", "2000", "--hide", "latent", "-o", "drawn.csv", in: folder)
    #expect(drawn.standardError == "drew 2000 rows with seed 1\n")
    let again = try Tool.run(
      "fit", "plants.yaml", "drawn.csv", "--start", "random", "--starts", "3", "-o", "again.yaml", "--quiet", in: folder
    )
    #expect(again.status == 0)
    let show = try Tool.run("show", "again.yaml", "--json", in: folder)
    let height = try #require(
      try JSON(show.standardOutput).objects("variables").first { $0["name"] as? String == "height" })
    let means = try #require(height["mean"] as? [Double]).sorted()
    #expect((means[0] - 10).magnitude < 0.3 && (means[1] - 20).magnitude < 0.3)
  }

  @Test func drawsAreNumberedCopies() throws {
    let (run, _) = try NumberExamples.run(
      ["impute", "plants.yaml", "plants.csv", "--ignore-columns", "--method", "draw", "--copies", "2", "--seed", "7"])
    #expect(run.standardError == "filled 10 cells in 7 of 9 rows\ndrew 2 copies with seed 7\n")
    let lines = run.standardOutput.split(separator: "\n")
    #expect(lines.count == 19 && lines[0] == "copy;id;site;height;leaf")
    #expect(lines[2] == "1;2;dry;12;small" && lines[11] == "2;2;dry;12;small")
    for line in lines.dropFirst() {
      let cells = line.split(separator: ";", omittingEmptySubsequences: false)
      #expect(["dry", "wet"].contains(cells[2]) && Double(cells[3]) != nil && ["small", "large"].contains(cells[4]))
    }
  }

  @Test func planCountsRowsWithNumbers() throws {
    let (run, _) = try NumberExamples.run(["plan", "plants.yaml", "plants.csv", "--ignore-columns"])
    #expect(run.status == 0 && run.standardError == "")
    #expect(
      run.standardOutput.hasPrefix(
        """
        rows              9, 2 of them complete
        missing cells     10
        latent variables  kind
        free parameters   9

        """))
  }

  /// A column of numbers without any is no latent variable: what is written can be read again.
  @Test func anEmptyColumnOfNumbersIsNotLatent() throws {
    let folder = try Folder(NumberExamples.files)
    try folder.write("site,height\ndry,\nwet,NA\ndry,\n", to: "empty.csv")
    let fit = try Tool.run("fit", "structure.yaml", "empty.csv", "-o", "out.yaml", in: folder)
    #expect(fit.status == 0)
    #expect(!fit.standardOutput.contains("latent"))
    #expect(
      fit.standardError == """
        height has no observed descendant, so that the data say nothing about its mean and variance
        no data for 2 parent configurations, now with the column's mean and variance: height | site=dry; height | site=wet

        """)
    let show = try Tool.run("show", "out.yaml", "--variable", "site", in: folder)
    #expect(show.standardOutput == "p(site)\n   dry     wet\n0.6667  0.3333\n")
    let posterior = try Tool.run("posterior", "out.yaml", "empty.csv", in: folder)
    #expect(posterior.standardOutput == "height=mean,height=sd\n0.0,1.0\n0.0,1.0\n0.0,1.0\n")
    #expect(
      posterior.standardError == "out.yaml has no data for 2 parent configurations that the answers rest on: "
        + "height | site=dry (2 of 3 rows); height | site=wet (1 of 3 rows); fit with data that have them\n")
    let decode = try Tool.run("decode", "out.yaml", "empty.csv", in: folder)
    #expect(
      decode
        == ToolRun(
          status: 65, standardOutput: "",
          standardError:
            "empty.csv: only numbers are missing and no variable is latent, so that there is nothing to decode\n"))
  }

  /// Where a variance stops is said; a prior keeps it from going there.
  @Test func floorsAreSaid() throws {
    let floor = try NumberExamples.run(
      ["fit", "mixture.yaml", "d.csv", "--starts", "1"], with: ["d.csv": "height\n1\n2\n3\n4\n100\n"]
    ).run
    #expect(floor.status == 0)
    #expect(
      floor.standardError.contains(
        "stands at its floor, 1e-06 of the column's: the rows there have nearly equal numbers, and the log-likelihood "
          + "says more about the floor than about the data; use fewer states\n"))
    let prior = try NumberExamples.run(
      ["fit", "mixture.yaml", "d.csv", "--starts", "1", "--prior", "1"], with: ["d.csv": "height\n1\n2\n3\n4\n100\n"]
    ).run
    #expect(prior.status == 0 && prior.standardError.isEmpty)
  }
}

/// A JSON document, for looking up what a test needs.
struct JSON {
  let object: [String: Any]

  init(_ text: String) throws {
    object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  func number(_ key: String) throws -> Double { try #require(object[key] as? Double) }
  func numbers(_ key: String) throws -> [Double] { try #require(object[key] as? [Double]) }
  func objects(_ key: String) throws -> [[String: Any]] { try #require(object[key] as? [[String: Any]]) }
}

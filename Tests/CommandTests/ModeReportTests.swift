import Foundation
import Testing

/// What the report of a fit says of modes, and of components that collapse.
@Suite struct ModeReportTests {
  @Test func modesStandBesideStarts() throws {
    let folder = try NumberStartTests.faithful(3)
    let arguments = ["fit", "model.yaml", "faithful.csv", "--starts", "12", "--quiet"]
    let report = try JSON(try Tool.run(arguments + ["--json"], in: folder).standardOutput)
    let modes = try report.objects("modes")
    let starts = try report.objects("starts")
    #expect(modes.count == 2)
    #expect((modes[0]["log_likelihood"] as? Double ?? 0) == (try report.number("log_likelihood")))
    #expect(((modes[1]["log_likelihood"] as? Double ?? 0) + 1131.8185).magnitude < 1e-3)
    for (number, mode) in modes.enumerated() {
      for start in try #require(mode["starts"] as? [Int]) { #expect(starts[start - 1]["mode"] as? Int == number + 1) }
    }
    #expect(starts.allSatisfy { $0["degenerate"] as? Bool == false })
    let text = try Tool.run(arguments, in: folder).standardOutput
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines.contains("start  seed  log-likelihood  iterations  mode"))
    let hits = (modes[0]["starts"] as? [Int])?.count ?? 0
    #expect(lines.dropLast().last == "\(hits) of 12 starts reached the best log-likelihood")
    #expect(lines.last?.hasPrefix("2 modes; chance that another start finds a new one: ") == true)
    #expect(try report.number("starts_at_best") == Double(hits))
    #expect(modes.compactMap { $0["hits"] as? Int }.reduce(0, +) == 12)
    let distances = modes.compactMap { $0["distance"] as? Double }
    #expect(distances.count == 2 && distances[0] == 0 && distances[1] > 0.001)
    let alone = modes.count { $0["hits"] as? Int == 1 }
    #expect(try report.number("chance_of_unseen_mode") == Double(alone) / 12)
  }

  /// The largest class first, for every seed: files are the same but for the last digits.
  @Test func statesAreWrittenInDecreasingOrder() throws {
    for seed in ["1", "2", "3"] {
      let folder = try NumberStartTests.faithful(2)
      let run = try Tool.run(
        "fit", "model.yaml", "faithful.csv", "--seed", seed, "--starts", "1", "-o", "f.yaml", "--quiet", in: folder)
      #expect(run.status == 0)
      let show = try Tool.run("show", "f.yaml", "--variable", "kind", in: folder).standardOutput
      #expect(show == "p(kind), latent\n    k1      k2\n0.6435  0.3565\n")
    }
  }

  private static let cloud = "height\n" + (0..<30).map { "\(Double($0 * 37 % 30) / 7)\n" }.joined()

  /// Lines of the file are named, also where weights leave rows out, and where the table comes from a pipe.
  @Test(arguments: [
    ([], "stands at its floor, 1e-06 of the column's"),
    (["--variance-floor", "0.001"], "stands at its floor, 0.001 of"),
    (["--variance-floor", "0"], "runs to zero"),
  ]) func aCollapseIsNamedWithItsLines(options: [String], words: String) throws {
    let data = Self.cloud + "100\n100\n"
    for input in ["d.csv", "-"] {
      let folder = try Folder(NumberExamples.files.merging(["d.csv": data]) { $1 })
      let run = try Tool.run(
        ["fit", "mixture.yaml", input, "--json", "-o", "f.yaml"] + options, input: data, in: folder)
      #expect(run.status == 0)
      #expect(run.standardError.contains("the variance of height given kind=b (lines 32, 33) \(words)"))
      let report = try JSON(run.standardOutput)
      let components = try report.objects("degenerate")
      #expect(components.count == 1)
      #expect(components.first?["cause"] as? String == "variance-floor")
      #expect(components.first?["variable"] as? String == "height")
      #expect(components.first?["lines"] as? [Int] == [32, 33] && components.first?["rows"] as? Int == 2)
      #expect(try report.objects("starts").allSatisfy { $0["degenerate"] as? Bool == true })
      #expect(try Tool.run("score", "f.yaml", "d.csv", in: folder).status == 0)
    }
  }

  @Test func aFloorIsAShare() throws {
    let (run, _) = try NumberExamples.run(["fit", "mixture.yaml", "complete.csv", "--variance-floor", "1"])
    #expect(run.status == 64)
    #expect(run.standardError.hasPrefix("Error: --variance-floor 1.0: expected a share of the column's variance"))
  }

  @Test func startsGoOnUntilTheyAreEnough() throws {
    let folder = try NumberStartTests.faithful(2)
    let run = try Tool.run("fit", "model.yaml", "faithful.csv", "--starts", "auto", "--json", in: folder)
    #expect(try run.standardError == "" && JSON(run.standardOutput).objects("starts").count == 20)
    let five = try NumberStartTests.faithful(5)
    let short = try Tool.run("fit", "model.yaml", "faithful.csv", "--starts", "auto:3", "--json", in: five)
    #expect(try JSON(short.standardOutput).objects("starts").count == 3)
    #expect(short.standardError.hasPrefix("after 3 starts, the most that were allowed, "))
    #expect(short.standardError.contains("; allow more, as --starts auto:30\n"))
    for (typed, status) in [("auto:0", 64), ("0", 64), ("10001", 64), ("often", 64), ("auto:x", 64)] {
      let refused = try Tool.run("fit", "model.yaml", "faithful.csv", "--starts", typed, in: folder)
      #expect(refused.status == status && refused.standardError.contains(typed))
    }
  }
}

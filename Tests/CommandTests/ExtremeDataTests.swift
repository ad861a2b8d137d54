import Foundation
import Testing

/// Tables that strain arithmetic: each gives a right answer, or one sentence.
@Suite struct ExtremeDataTests {
  /// Forty rows of numbers without a pattern, as (u, v) and whether the row is odd.
  private static func csv(_ row: (Double, Double, Bool) -> [Double]) -> String {
    var text = "x,y,z\n"
    for number in 0..<40 {
      let cells: [Double] = row(Double(number * 37 % 41) / 41, Double(number * 23 % 43) / 43, number % 2 == 1)
      text += cells.map { "\($0)" }.joined(separator: ",") + "\n"
    }
    return text
  }

  private static let tables: [String: String] = [
    "constant.csv": csv { u, v, _ in [u, v, 5] },
    "twice.csv": csv { u, v, _ in [u, v, u] },
    "follows.csv": csv { u, v, _ in [u, v, 2.54 * u + v] },
    "nearly.csv": csv { u, v, odd in [u, v, odd ? u : u + 1e-7] },
    "units.csv": csv { u, v, odd in [1e-9 * u, 1e9 * v, odd ? u : v] },
    "huge.csv": csv { u, v, _ in [1e300 * u, v, 1] },
    "tiny.csv": csv { u, v, odd in [1e-300 * (1 + u), v, odd ? 1 : 0] },
    "small.csv": csv { u, v, odd in [1e-140 * u, v, odd ? 1 : 0] },
    "far.csv": csv { u, v, odd in [1e16 + 10 * u, v, odd ? 1 : 0] },
    "one.csv": "x,y,z\n1.5,2.5,3.5\n", "two.csv": "x,y,z\n1.5,2.5,3.5\n2,3,1\n",
  ]

  private static func model(_ covariance: String, isMixture: Bool) -> String {
    """
    latent: 1
    variables:
    \(isMixture ? "  k: {states: [a, b], latent: true}\n" : "")  w: {type: gaussian, columns: [x, y, z], covariance: \(covariance)}
    \(isMixture ? "edges:\n  - k -> w\n" : "")
    """
  }

  private static func run(_ table: String, _ model: String, _ options: [String]) throws -> (ToolRun, Folder) {
    let folder = try Folder(["m.yaml": model, table: tables[table] ?? ""])
    return (try Tool.run(["fit", "m.yaml", table, "-o", "f.yaml", "--starts", "3"] + options, in: folder), folder)
  }

  /// The fit ends, its numbers are numbers, and what it wrote can be used on rows with holes.
  @Test(
    arguments: ["twice.csv", "follows.csv", "nearly.csv", "units.csv", "far.csv", "two.csv"],
    ["full", "diagonal", "tied", "spherical"])
  func strainedTablesAreFitted(table: String, covariance: String) throws {
    for (isMixture, floor) in [(false, "1e-6"), (true, "0")] {
      let model = Self.model(covariance, isMixture: isMixture)
      let (run, folder) = try Self.run(table, model, ["--variance-floor", floor, "--json"])
      #expect(run.status == 0, "\(table), \(covariance), \(floor): \(run.standardError)")
      let report = try JSON(run.standardOutput)
      #expect(try report.number("log_likelihood").isFinite && report.number("bic").isFinite)
      #expect(!run.standardOutput.contains("nan") && !run.standardOutput.contains("inf,"))
      let fitted = try #require(folder.text(of: "f.yaml"))
      #expect(!fitted.contains("nan") && !fitted.contains("inf"))
      try folder.write("x,y,z\n0.5,,\n,0.5,\n,,1.1\n0.25,0.5,\n,0.5,3\n,,\n", to: "holes.csv")
      for command in [["score"], ["posterior", "--of", "x,y,z"]] {
        let use = try Tool.run([command[0], "f.yaml", "holes.csv"] + command.dropFirst(), in: folder)
        #expect(use.status == 0 && !use.standardOutput.contains("nan"), "\(command): \(use.standardError)")
      }
    }
  }

  /// A column that follows from another is named, with the remedy, in every shape that can say so.
  @Test(arguments: ["full", "tied"]) func columnsThatFollowFromOthersAreNamed(covariance: String) throws {
    let names = covariance == "tied" ? ["x, z in w"] : ["x, z in w given k=a", "x, z in w given k=b"]
    let (run, _) = try Self.run("twice.csv", Self.model(covariance, isMixture: true), ["--json"])
    let components = try JSON(run.standardOutput).objects("degenerate")
    #expect(components.compactMap { $0["name"] as? String } == names)
    #expect(components.allSatisfy { $0["columns"] as? [String] == ["x", "z"] && $0["variable"] as? String == "w" })
    #expect(components.compactMap { $0["rows"] as? Int }.reduce(0, +) == 40)
    #expect(run.standardError.contains("or numbers of which one follows from the others"))
    #expect(run.standardError.contains("; leave one of the columns out\n"))
  }

  /// What cannot be fitted is said in one sentence.
  @Test(arguments: [
    (
      "constant.csv",
      "constant.csv: column z is constant (5.0 in every row that has it), and a normal distribution needs numbers that "
        + "vary; remove the variable from the model, or give it states"
    ),
    (
      "one.csv",
      "one.csv: column x is constant (1.5 in every row that has it), and a normal distribution needs numbers that vary; "
        + "remove the variable from the model, or give it states"
    ),
    (
      "huge.csv",
      "huge.csv:3: column x: '9.02439024390244e+299' is too large; numbers up to 1e+140 can be squared and summed; "
        + "correct it or list it with --missing"
    ),
    (
      "tiny.csv",
      "tiny.csv: column x has numbers that hardly differ (a variance of 0.0); multiply them by a large number"
    ),
  ]) func whatCannotBeFittedIsSaid(table: String, sentence: String) throws {
    for isMixture in [false, true] {
      let (run, folder) = try Self.run(table, Self.model("full", isMixture: isMixture), [])
      #expect(run == ToolRun(status: 65, standardOutput: "", standardError: sentence + "\n"))
      #expect(!folder.files.contains("f.yaml"))
    }
  }

  /// Numbers that are no numbers to compute with, and counts that are none.
  @Test(arguments: [
    ("nan", "'nan' is not a finite number"), ("inf", "'inf' is not a finite number"),
    ("-inf", "'-inf' is not a finite number"), ("1e999", "'1e999' is not a finite number"),
    ("abc", "'abc' is not a number"),
  ]) func cellsThatAreNoNumbers(cell: String, words: String) throws {
    let table = "x,y,z\n1,2,3\n2,\(cell),1\n5,4,2\n"
    let folder = try Folder(["m.yaml": Self.model("full", isMixture: true), "d.csv": table])
    let run = try Tool.run("fit", "m.yaml", "d.csv", in: folder)
    let sentence = "d.csv:3: column y: \(words); correct it or list it with --missing\n"
    #expect(run == ToolRun(status: 65, standardOutput: "", standardError: sentence))
    #expect(try Tool.run("fit", "m.yaml", "d.csv", "--missing", cell, in: folder).status == 0)
  }

  @Test(arguments: ["-2", "2.5", "1e-3"]) func cellsThatAreNoCounts(cell: String) throws {
    let model = "latent: 1\nvariables:\n  n: {type: poisson}\n"
    let folder = try Folder(["m.yaml": model, "d.csv": "n\n1\n\(cell)\n"])
    let run = try Tool.run("fit", "m.yaml", "d.csv", in: folder)
    #expect(run.status == 65)
    #expect(run.standardError.hasPrefix("d.csv:3: column n: '\(cell)' is not a count; expected a whole number, 0 or"))
  }

  /// Means that a double cannot hold exactly enough end a run of EM with a sentence, not with an error of ours.
  @Test func roundingEndsARun() throws {
    var endings = Set<String>()
    for seed in 1...8 {
      let (run, _) = try Self.run(
        "far.csv", Self.model("full", isMixture: true), ["--json", "--seed", "\(seed)", "--starts", "1"])
      #expect(run.status == 0, "\(run.standardError)")
      let ending = try #require(JSON(run.standardOutput).object["stop_reason"] as? String)
      endings.insert(ending)
      #expect((ending == "rounding") == run.standardError.contains("rounding would lower the log-likelihood"))
    }
    #expect(endings.contains("rounding"))
  }
}

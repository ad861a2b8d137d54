import Foundation
import Testing

/// The templates of `init` that put numbers into a block.
@Suite struct InitTemplateTests {
  static let table = """
    site,temp,wind,count,class
    north,20.5,3.25,4,a
    south,18.25,2.5,0,b
    south,21,7.75,2,a
    north,,1.5,1,b
    north,17.5,-9,3,a
    south,24.75,6.25,2,b
    south,19,4.75,1,a
    north,23.25,5,0,b
    north,22.5,2,3,a
    south,16.75,8.5,2,b
    south,25,3.75,1,a
    north,15.5,6.5,,b

    """

  private func model(_ arguments: [String]) throws -> [String] {
    let run = try Tool.run(["init", "-", "--quiet"] + arguments, input: Self.table, in: Folder())
    #expect(run.status == 0, "\(run.standardError)")
    return run.standardOutput.split(separator: "\n").drop { $0 != "variables:" }.dropFirst().map(String.init)
  }

  @Test func normalIsOneBlock() throws {
    #expect(
      try model(["--template", "normal"]) == [
        "  measurements: {type: gaussian, columns: [temp, wind], covariance: full}"
      ])
    #expect(
      try model(["--template", "normal", "--real", "count", "--missing", "wind=-9"]) == [
        "  measurements: {type: gaussian, columns: [temp, wind, count], covariance: full, missing: {wind: [\"-9\"]}}"
      ])
  }

  /// The latent variable gets a name that no column has.
  @Test(arguments: ["full", "diagonal", "tied", "spherical"]) func mixtureIsABlockBelowALatentVariable(
    covariance: String
  ) throws {
    let arguments = ["--template", "mixture", "--components", "3", "--covariance", covariance]
    #expect(
      try model(arguments) == [
        "  class2: {states: [\"1\", \"2\", \"3\"], latent: true}",
        "  measurements: {type: gaussian, columns: [temp, wind], covariance: \(covariance)}", "edges:",
        "  - class2 -> measurements",
      ])
    let named = try model(["--template", "mixture", "--latent", "kind=2"])
    #expect(named.first == "  kind: {states: [\"1\", \"2\"], latent: true}")
    #expect(named.last == "  - kind -> measurements")
  }

  @Test(arguments: [
    (["--template", "latent-class"], "  - class2 -> *"),
    (["--template", "naive-bayes", "--class", "class"], "  - class -> *"),
    (["--template", "independent", "--edges", "site -> [temp, count]"], "  - site -> [temp, count]"),
  ]) func otherTemplatesTakeNumbersOneByOne(arguments: [String], edges: String) throws {
    let lines = try model(arguments + ["--count", "count"])
    #expect(lines.contains("  temp: {type: gaussian}"))
    #expect(lines.contains("  count: {type: poisson}"))
    #expect(lines.last == edges)
  }

  /// What is written can be learned, by the command that is suggested.
  @Test(arguments: [
    ["--template", "normal"], ["--template", "mixture", "--covariance", "spherical"],
    ["--template", "latent-class", "--count", "count"],
  ]) func theModelFits(arguments: [String]) throws {
    let folder = try Folder(["d.csv": Self.table])
    let made = try Tool.run(["init", "d.csv", "-o", "m.yaml", "--missing", "-9"] + arguments, in: folder)
    let command =
      made.standardError.split(separator: "\n").last?.split(separator: " ").dropFirst(2).map(String.init) ?? []
    let fit = try Tool.run(command + ["--starts", "2", "--quiet"], in: folder)
    #expect(fit.status == 0, "\(fit.standardError)")
    #expect(folder.text(of: "fitted.yaml")?.contains("missing: [\"-9\"]") == true)
    #expect(try Tool.run("impute", "fitted.yaml", "d.csv", "--ignore-columns", in: folder).status == 0)
  }

  @Test func columnsLeftOutAreSaidWhy() throws {
    let run = try Tool.run("init", "-", "--template", "normal", input: Self.table, in: Folder())
    #expect(
      run.standardError == """
        column  states  missing  read as
        site         2        0  labels; left out, the template takes real numbers
        temp                  1  numbers, as measurements
        wind                  0  numbers, as measurements; if -9 stands for missing: --missing wind=-9
        count        5        1  whole numbers, as categories; left out, the template takes real numbers
        class        2        0  labels; left out, the template takes real numbers
        numbers are read otherwise with --real COLUMN, --states COLUMN, --count COLUMN or --bins COLUMN=4
        left out: site, count, class; --real COLUMN keeps one, and fit passes over them with --ignore-columns

        """)
  }

  @Test(arguments: [
    Refusal(
      64, ["--template", "mixture", "--edges", "class2 -> count"],
      "--edges 'class2 -> count': column count is left out, because the template takes real numbers; "
        + "keep it with --real count"),
    Refusal(
      65, ["--count", "temp"],
      "d.csv:2: column temp: '20.5' is not a count; expected a whole number, 0 or greater; correct it or list it with --missing"
    ),
    Refusal(
      65, ["--template", "normal", "--states", "temp", "--states", "wind"],
      "d.csv: no column looks like real numbers (site, temp, wind, count, class); name with --real those that are"),
  ])
  func refuses(_ refusal: Refusal) throws {
    let folder = try Folder(["d.csv": Self.table])
    #expect(try Tool.run(["init", "d.csv"] + refusal.arguments, in: folder) == refusal.run)
  }

  @Test(arguments: [
    (["--components", "3"], "--components is for --template mixture"),
    (["--covariance", "tied", "--template", "normal"], "--covariance is for --template mixture"),
    (["--template", "mixture", "--classes", "3"], "--classes is for --template latent-class"),
    (["--template", "mixture", "--components", "1"], "--components 1: expected a number of states from 2 to 32767"),
    (["--template", "mixture", "--components", "2", "--latent", "a=3"], "--latent NAME=K says the number of states"),
    (["--template", "mixture", "--covariance", "round"], "'round' is invalid for '--covariance <covariance>'"),
  ])
  func refusesWrongUsage(_ arguments: [String], sentence: String) throws {
    let run = try Tool.run(["init", "-"] + arguments, input: Self.table, in: Folder())
    #expect(run.status == 64)
    #expect(run.standardError.contains(sentence), "\(run.standardError)")
  }
}

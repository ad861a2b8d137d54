import Foundation
import Testing

/// What `init` was told of the cells holds in all commands, without being said again.
@Suite struct CodebookTests {
  static let survey = """
    wind,smoke,age
    7.5,1,-9
    3,2,20.5
    -9,1,31.25
    11,9,40
    8,1.0,51
    2,2.0,62.5
    6,1,refused
    12,2,23
    5,-9,34
    9,1,45

    """

  /// A folder with the survey, a model made of it, and a fitted one.
  private func folder() throws -> Folder {
    let folder = try Folder(["d.csv": Self.survey])
    let made = try Tool.run(
      "init", "d.csv", "-o", "m.yaml", "--missing", "-9,refused", "--missing", "smoke=9", "--bins", "wind=6,9",
      "--real", "age", "--latent", "kind=2", "--edges", "kind -> *", in: folder)
    #expect(made.status == 0, "\(made.standardError)")
    #expect(made.standardError.hasSuffix("next: latent fit m.yaml d.csv -o fitted.yaml\n"))
    let fit = try Tool.run("fit", "m.yaml", "d.csv", "-o", "f.yaml", "--quiet", "--starts", "2", in: folder)
    #expect(fit.status == 0, "\(fit.standardError)")
    return folder
  }

  @Test func everyCommandReadsTheTableAlike() throws {
    let folder = try folder()
    #expect(
      folder.text(of: "f.yaml")?.hasPrefix(
        """
        latent: 1
        missing: ["-9", refused]
        variables:
          kind: {states: ["1", "2"], latent: true}
          wind: {states: ["(-inf, 6]", "(6, 9]", "(9, inf)"], cuts: [6.0, 9.0]}
          smoke: {states: ["1", "2"], missing: ["9"]}
          age: {type: gaussian}

        """) == true)
    for arguments in [["posterior"], ["decode"], ["impute"], ["score"], ["plan"]] {
      let run = try Tool.run(arguments + ["f.yaml", "d.csv"], in: folder)
      #expect(run.status == 0, "\(arguments): \(run.standardError)")
    }
    let query = try Tool.run("query", "f.yaml", "--of", "kind", "--given", "wind=7,smoke=2.0", in: folder)
    #expect(query.standardOutput.contains("log p(wind=(6, 9], smoke=2) ="), "\(query)")
    let score = try Tool.run("score", "f.yaml", "d.csv", "--json", in: folder)
    #expect(score.standardOutput.contains("\"missing_cells\" : 5"))
  }

  @Test func imputeGivesBackIntervalsOrNumbers() throws {
    let folder = try folder()
    let intervals = try Tool.run("impute", "f.yaml", "d.csv", in: folder)
    let rows = intervals.standardOutput.split(separator: "\n")
    #expect(rows.prefix(3).map(String.init) == ["wind,smoke,age", rows[1].description, "\"(-inf, 6]\",2,20.5"])
    #expect(rows[1].hasPrefix("\"(6, 9]\",1,"))
    #expect(intervals.standardError.hasSuffix("wrote the numbers of wind as intervals; --numbers writes numbers\n"))
    let numbers = try Tool.run("impute", "f.yaml", "d.csv", "--numbers", in: folder)
    let winds = numbers.standardOutput.split(separator: "\n").dropFirst().map { String($0.prefix { $0 != "," }) }
    #expect(["4", "7.5", "10.5"].contains(winds[2]), "the middle of 2...6, 6...9 or 9...12: \(winds[2])")
    #expect(winds[..<2] + winds[3...] == ["7.5", "3", "11", "8", "2", "6", "12", "5", "9"])
    let hidden = try Tool.run("impute", "f.yaml", "d.csv", "--numbers", "--hide", "wind", "--quiet", in: folder)
    let filled = hidden.standardOutput.split(separator: "\n").dropFirst().map { String($0.prefix { $0 != "," }) }
    #expect(filled.allSatisfy { ["6", "7.5", "9"].contains($0) }, "\(filled)")
  }

  @Test func numbersAreForColumnsThatAreCut() throws {
    let folder = try Folder([
      "d.csv": "a\nx\n", "f.yaml": "latent: 1\nvariables: {a: {states: [x, y]}}\nparameters: {a: [0.5, 0.5]}\n",
    ])
    #expect(
      try Tool.run("impute", "f.yaml", "d.csv", "--numbers", in: folder)
        == Refusal(64, [], "--numbers: f.yaml cuts no column of d.csv into intervals; leave it out").run)
  }

  /// What `to_csv` of pandas writes of a frame with an index, floats for whole numbers, quantiles, booleans, missing
  /// cells and categories fits as it is.
  @Test func aTableOfPandasFitsWithoutEdits() throws {
    let labels = ["\"(0.999, 3.0]\"", "\"(3.0, 12.0]\"", "\"(12.0, 100.0]\""]
    let rows = (0..<60).map { row in
      let grade = row % 7 == 3 ? "" : "\(row % 3 + 1).0"
      let size = row % 11 == 0 ? "" : labels[row * 5 % 3]
      return "\(row),\(grade),\(row % 2 == 0 ? "True" : "False"),\(size),\(Double(row * 31 % 60) / 4)"
    }
    let table = (["" + ",grade,member,size,income"] + rows).map { $0 + "\n" }.joined()
    let folder = try Folder(["frame.csv": table])
    let made = try Tool.run(
      "init", "frame.csv", "--template", "latent-class", "-o", "m.yaml", in: folder)
    #expect(
      made.standardError == """
        column    states  missing  read as
        column 1                   left out, it has no name
        grade          3        9  whole numbers, as categories
        member         2        0  labels
        size           3        6  labels
        income                  0  numbers, as measurements
        numbers are read otherwise with --real COLUMN, --states COLUMN, --count COLUMN or --bins COLUMN=4
        left out: column 1; --states COLUMN keeps one, and fit passes over them with --ignore-columns
        next: latent fit m.yaml frame.csv --ignore-columns -o fitted.yaml

        """)
    let lines = folder.text(of: "m.yaml")?.split(separator: "\n").map(String.init) ?? []
    #expect(lines.contains("  grade: {states: [\"1.0\", \"2.0\", \"3.0\"]}"))
    #expect(lines.contains("  size: {states: [\"(0.999, 3.0]\", \"(3.0, 12.0]\", \"(12.0, 100.0]\"]}"))
    #expect(lines.contains("  member: {states: [\"False\", \"True\"]}"))
    let command =
      made.standardError.split(separator: "\n").last?.split(separator: " ").dropFirst(2).map(String.init) ?? []
    let fit = try Tool.run(command + ["--quiet"], in: folder)
    #expect(fit.status == 0, "\(fit.standardError)")
    // New rows whose whole numbers came without gaps, so that pandas writes them without a point.
    try folder.write("grade,member\n1,True\n3,False\n", to: "new.csv")
    let posterior = try Tool.run("posterior", "fitted.yaml", "new.csv", in: folder)
    #expect(posterior.status == 0, "\(posterior.standardError)")
    #expect(posterior.standardError.contains("'1' was read as the state 1.0, which is the same number"))
  }
}

import Foundation
import Testing

/// What `init` makes of columns, and how it is told otherwise.
@Suite struct InitColumnTests {
  static let days = """
    day,wind,kind,note,gone
    1,7.5,a,ab,
    2,3,b,cd,
    3,-9,a,ef,
    4,11,b,gh,
    5,8,a,ij,
    6,2,b,kl,
    7,6,a,mn,
    8,12,b,op,
    9,5,a,qr,
    10,9,b,st,

    """

  private func variables(_ arguments: [String], of table: String = days) throws -> [String] {
    let run = try Tool.run(["init", "-", "--quiet"] + arguments, input: table, in: Folder())
    #expect(run.status == 0, "\(run.standardError)")
    return run.standardOutput.split(separator: "\n").drop { $0 != "variables:" }.dropFirst().map {
      String($0.dropFirst(2))
    }
  }

  @Test func columnsAreReadAsAsked() throws {
    #expect(
      try variables(["--real", "day", "--bins", "wind=2", "--missing", "wind=-9.0", "--states", "note"]) == [
        "day: {type: gaussian}", "wind: {states: [\"(-inf, 7.5]\", \"(7.5, inf)\"], cuts: [7.5], missing: [\"-9.0\"]}",
        "kind: {states: [a, b]}", "note: {states: [ab, cd, ef, gh, ij, kl, mn, op, qr, st]}",
      ])
    #expect(
      try variables(["--bins", "wind=3:width", "--missing", "-9"]).first
        == "wind: {states: [\"(-inf, 5.33333]\", \"(5.33333, 8.66667]\", \"(8.66667, inf)\"], cuts: [5.33333, 8.66667]}"
    )
    #expect(
      try variables(["--bins", "wind=5,7.5"]).first
        == "wind: {states: [\"(-inf, 5]\", \"(5, 7.5]\", \"(7.5, inf)\"], cuts: [5.0, 7.5]}")
    #expect(
      try variables(["--bins", "wind=5,"]).first == "wind: {states: [\"(-inf, 5]\", \"(5, inf)\"], cuts: [5.0]}")
  }

  @Test func eachColumnIsSaidHowItWasRead() throws {
    let run = try Tool.run(
      "init", "-", "-o", "m.yaml", "--bins", "wind=2", "--real", "day", input: Self.days, in: Folder())
    #expect(
      run.standardError == """
        column  states  missing  read as
        day                   0  numbers, as measurements
        wind         2        0  numbers, cut into intervals; if -9 stands for missing: --missing wind=-9
        kind         2        0  labels
        note        10        0  left out, like names or row numbers
        gone                     left out, every cell is missing
        numbers are read otherwise with --real COLUMN, --states COLUMN, --count COLUMN or --bins COLUMN=4
        left out: note, gone; --states COLUMN keeps one, and fit passes over them with --ignore-columns
        next: latent fit m.yaml DATA --ignore-columns -o fitted.yaml

        """)
  }

  @Test(arguments: [
    ("x,y\nyes,1\nno,2\nYes,1\n", "labels; Yes and yes differ in case only"),
    (
      "x,y\n1,a\n2,b\n3,a\n5,b\n8,a\n9,b\n",
      "whole numbers, as categories; if 8 and 9 stand for missing: --missing x=8,9"
    ),
    ("x,y\nyes,1\nno answer,2\nno,1\n", "labels; if no answer stands for missing: --missing 'x=no answer'"),
    ("x,y\n1.5,a\n2,b\n3,a\n.,b\n", "labels; if . stands for missing: --missing x=."),
    ("x;y\n1,5;a\n2,5;b\n3,5;a\n", "left out, numbers with commas; write decimals with a point"),
  ]) func whatLooksOddIsNamed(table: String, remark: String) throws {
    let run = try Tool.run("init", "-", "--edges", "y -> y2", "--latent", "y2=2", input: table, in: Folder())
    let line = run.standardError.split(separator: "\n").first { $0.hasPrefix("x ") }
    #expect(line?.hasSuffix(remark) == true, "\(run.standardError)")
  }

  /// What keeps a long column from being one of numbers is named, too.
  @Test(arguments: [40, 900, 2000]) func whatKeepsAColumnFromBeingNumbersIsNamed(rows: Int) throws {
    let cells = (0..<rows).map { $0 == rows - 5 ? "n/k" : "\(Double($0 * 37 % 1009) / 8)" } + ["1.0", "2.0"]
    let table = "x,y\n" + cells.map { "\($0),a\n" }.joined()
    let hinted = try Tool.run("init", "-", input: table, in: Folder())
    #expect(hinted.standardError.contains("if n/k stands for missing: --missing x=n/k"), "\(hinted.standardError)")
    #expect(
      try variables(["--missing", "x=n/k"], of: table) == [
        "x: {type: gaussian, missing: [n/k]}", "\"y\": {states: [a]}",
      ])
  }

  @Test(arguments: [
    Refusal(64, ["--real", "winds"], "--real: there is no column 'winds'; did you mean 'wind'?"),
    Refusal(64, ["--bins", "dayy=3"], "--bins: there is no column 'dayy'; did you mean 'day'?"),
    Refusal(
      65, ["--real", "kind"],
      "d.csv:2: column kind: 'a' is not a number; correct it or list it with --missing"),
    Refusal(
      65, ["--bins", "kind=2"],
      "d.csv:2: column kind: 'a' is not a number; correct it or list it with --missing"),
    Refusal(
      64, ["--edges", "kind -> note"],
      "--edges 'kind -> note': column note looks like names or row numbers and is left out; keep it with --states note"),
    Refusal(
      64, ["--edges", "kind -> gone"], "--edges 'kind -> gone': every cell of column gone is missing, so it is left out"
    ),
  ])
  func refuses(_ refusal: Refusal) throws {
    let folder = try Folder(["d.csv": Self.days])
    #expect(try Tool.run(["init", "d.csv", "-o", "m.yaml"] + refusal.arguments, in: folder) == refusal.run)
    #expect(folder.files == ["d.csv"])
  }

  @Test(arguments: [
    (
      ["--real", "wind", "--bins", "wind=2"],
      "--bins wind: the column is named twice among --states, --real, --count and --bins"
    ),
    (["--bins", "wind"], "expected a column and a number of intervals, such as Wind=4 or Wind=4:width"),
    (["--bins", "wind=1"], "expected a number of intervals from 2 to 1000"),
    (["--bins", "wind=7,5"], "the cut 5.0 follows 7.0; cuts rise"),
    (["--bins", "wind=4:depth"], "expected a column and a number of intervals"),
  ])
  func refusesWrongUsage(_ arguments: [String], sentence: String) throws {
    let run = try Tool.run(["init", "-"] + arguments, input: Self.days, in: Folder())
    #expect(run.status == 64)
    #expect(run.standardError.contains(sentence), "\(run.standardError)")
  }

  /// A model that somebody may have edited is not replaced without being asked.
  @Test func anExistingFileIsKept() throws {
    let folder = try Folder(["d.csv": Self.days, "m.yaml": "edited"])
    #expect(
      try Tool.run("init", "d.csv", "-o", "m.yaml", in: folder)
        == Refusal(73, [], "m.yaml: the file is there already; name another, or replace it with --force").run)
    #expect(folder.text(of: "m.yaml") == "edited")
    #expect(try Tool.run("init", "d.csv", "-o", "m.yaml", "--force", in: folder).status == 0)
    #expect(folder.text(of: "m.yaml")?.hasPrefix("# Made from d.csv") == true)
  }

  @Test(arguments: ["name,code\na,1\nb,2\nc,3\nd,4\n", "name\nx\ny\nz\n"])
  func aTableOfNamesAloneHasNothingToLearn(table: String) throws {
    let run = try Tool.run("init", "-", "-o", "m.yaml", input: table, in: Folder())
    let sentence =
      "standard input: every column has another value in each row, as names have, so that there is nothing to learn; "
      + "name with --states or --real those that are variables"
    #expect(run == Refusal(65, [], sentence).run)
    #expect(try Tool.run("init", "-", "--states", "name", input: table, in: Folder()).status == 0)
  }
}

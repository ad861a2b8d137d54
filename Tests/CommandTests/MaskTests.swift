import Foundation
import Testing

@Suite struct MaskTests {
  /// Quotes, carriage returns, a byte order mark, a blank line and no end of the last line.
  static let odd = "\u{FEFF}name,age,\"n\"\r\n\"b, c\",3,y\n\n NA ,4,\"y\"\"\"\r\n\"d\ne\",?,n\nf,6,y"

  /// 400 rows: two groups, a number, and a column that is always there.
  static let groups: String = {
    let rows = (0..<400).map { "\($0 % 2 == 0 ? "left" : "right"),\($0 % 40),v\($0)" }
    return "side,age,value\n" + rows.joined(separator: "\n") + "\n"
  }()

  private static func columns(_ text: String?) -> [[Substring]] {
    (text ?? "").split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
  }

  @Test func whatIsNotHiddenStaysAsItStands() throws {
    let folder = try Folder(["odd.csv": Self.odd])
    let none = try Tool.run(
      "mask", "odd.csv", "--mechanism", "mcar", "--rate", "0", "-o", "out.csv", "--truth", "t.csv", in: folder)
    #expect(none.status == 0)
    #expect(try Data(contentsOf: folder.url.appending(path: "out.csv")) == Data(Self.odd.utf8))
    #expect(folder.text(of: "t.csv") == "row,column,value\n")
    let all = try Tool.run(
      "mask", "odd.csv", "--mechanism", "mcar", "--rate", "name=1", "--rate", "n=1", "-o", "out.csv", "--truth",
      "t.csv", in: folder)
    #expect(
      all.standardError == """
        odd.csv: 1 blank line skipped, the first is line 3
        name: hid 3 of 3 cells (100.00 %)
        n: hid 4 of 4 cells (100.00 %)
        hid 7 cells with seed 1

        """)
    #expect(folder.text(of: "out.csv") == "name,age,\"n\"\r\n,3,\n\n NA ,4,\r\n,?,\n,6,")
    #expect(
      folder.text(of: "t.csv")
        == "row,column,value\n1,name,\"b, c\"\n1,n,y\n2,n,\"y\"\"\"\n3,name,\"d\ne\"\n3,n,n\n4,name,f\n4,n,y\n")
  }

  /// What was hidden, put back, gives the table again.
  @Test(arguments: [
    ["--mechanism", "mcar", "--rate", "0.3"],
    ["--mechanism", "mcar", "--rate", "0.3", "--exact", "--columns", "side,age"],
    ["--mechanism", "mar", "--rate", "0.3", "--depends-on", "value: side=left:1.5, age:-0.1"],
    ["--mechanism", "mnar", "--intercept", "-1", "--depends-on", "age: age:0.05"],
    ["--mechanism", "latent", "--columns", "side"],
  ])
  func theTruthFillsTheHoles(_ options: [String]) throws {
    let folder = try Folder(["d.csv": Self.groups])
    let run = try Tool.run(["mask", "d.csv", "-o", "out.csv", "--truth", "t.csv"] + options, in: folder)
    #expect(run.status == 0 && run.standardOutput.isEmpty)
    var rows = Self.columns(folder.text(of: "out.csv"))
    let holes = rows.joined().count { $0.isEmpty }
    let truth = Self.columns(folder.text(of: "t.csv")).dropFirst()
    #expect(truth.count == holes && holes > 20)
    for line in truth {
      let row = try #require(Int(line[0]))
      let column = try #require(rows[0].firstIndex(of: line[1]))
      #expect(rows[row][column].isEmpty)
      rows[row][column] = line[2]
    }
    #expect(rows == Self.columns(Self.groups))
  }

  @Test func ratesAreMet() throws {
    let folder = try Folder(["d.csv": Self.groups])
    let run = try Tool.run(
      "mask", "d.csv", "--mechanism", "mar", "--rate", "0.25", "--exact", "--columns", "value",
      "--depends-on", "value: side=left:2", "-o", "out.csv", in: folder)
    #expect(run.standardError == "value: hid 100 of 400 cells (25.00 %)\nhid 100 cells with seed 1\n")
    let rows = Self.columns(folder.text(of: "out.csv")).dropFirst().filter { $0[2].isEmpty }
    #expect(rows.count { $0[0] == "left" } > 70)
    // With log-odds of a and a + 2 in two halves, a mean of 1/4: e^a solves 3 e² x² + (1 + e²) x = 1.
    let solved = try Tool.run(
      "mask", "d.csv", "--mechanism", "mar", "--rate", "0.25", "--depends-on", "value: side=left:2", "-o", "out.csv",
      in: folder)
    #expect(solved.standardError.contains("intercept -2.35139\n"))
  }

  /// Seeds decide about cells, not about columns: the same cells are hidden whichever other columns are masked.
  @Test func columnsDoNotDisturbEachOther() throws {
    let folder = try Folder(["d.csv": Self.groups])
    func holes(_ options: String...) throws -> [Int] {
      let run = try Tool.run(["mask", "d.csv", "--quiet"] + Self.mcar + ["0.3"] + options, in: folder)
      #expect(run.standardError.isEmpty)
      return Self.columns(run.standardOutput).enumerated().filter { $0.element[1].isEmpty }.map(\.offset)
    }
    let both = try holes()
    #expect(try holes("--columns", "age") == both)
    #expect(try holes("--columns", "age", "--seed", "2") != both)
  }

  /// Under a dependence on the value itself, its holes are where the value says.
  @Test func mnarLooksAtTheHiddenValue() throws {
    let folder = try Folder(["d.csv": Self.groups])
    let run = try Tool.run(
      "mask", "d.csv", "--mechanism", "mnar", "--intercept", "-100", "--depends-on", "side: side=left:200", "-o",
      "out.csv", in: folder)
    #expect(run.standardError == "side: hid 200 of 400 cells (50.00 %), intercept -100\nhid 200 cells with seed 1\n")
    #expect(Self.columns(folder.text(of: "out.csv")).dropFirst().allSatisfy { $0[0] != "left" })
  }

  @Test func aMissingCauseAddsNothing() throws {
    let run = try Tool.run(
      "mask", "-", "--mechanism", "mar", "--intercept", "-100", "--depends-on", "b: a=x:200", "--weights", "w",
      input: "a,b,w\nx,1,1\n,2,1\nx,,1\n", in: Folder())
    #expect(run.standardOutput == "a,b,w\nx,,1\n,2,1\nx,,1\n")
    #expect(
      run.standardError
        == "b: hid 1 of 2 cells (50.00 %), intercept -100; 1 cell lacked a value that it depends on, which adds nothing "
        + "there\nhid 1 cell with seed 1\n")
  }

  @Test func holesAreSpelledAsTheOptionsSay() throws {
    let folder = try Folder(["one.csv": "a\nx\ny\n", "two.csv": "a,b\nx,1\n"])
    let one = try Tool.run("mask", "one.csv", "--mechanism", "latent", "--columns", "a", in: folder)
    #expect(one.standardOutput == "a\n\"\"\n\"\"\n")
    let two = try Tool.run(
      "mask", "two.csv", "--mechanism", "latent", "--columns", "a", "--only-missing", "-9", in: folder)
    #expect(two.standardOutput == "a,b\n-9,1\n")
  }

  @Test(arguments: [
    Refusal(64, ["--mechanism", "mcar"], "Error: nothing says how many cells to hide; give --rate"),
    Refusal(
      64, ["--mechanism", "mnar", "--depends-on", "age: age:1"],
      "Error: nothing says how many cells to hide; give --rate or --intercept"),
    Refusal(
      64, ["--mechanism", "mar", "--intercept", "1", "--rate", "0.2"],
      "Error: --intercept and --rate both say how many cells to hide; give one of them"),
    Refusal(
      64, ["--mechanism", "mcar", "--intercept", "1", "--exact"],
      "Error: --intercept and --exact both say how many cells to hide; give one of them"),
    Refusal(
      64, ["--mechanism", "mcar", "--rate", "0.2", "--depends-on", "age: side=left:1"],
      "Error: under mcar nothing depends on anything; leave out --depends-on, or use mar or mnar"),
    Refusal(
      64, ["--mechanism", "latent", "--columns", "age", "--rate", "1"],
      "Error: latent hides whole columns; leave out --rate"),
    Refusal(64, ["--mechanism", "latent"], "Error: latent hides whole columns; name them with --columns"),
    Refusal(
      64, ["--mechanism", "mcar", "--rate", "1", "-o", "x.csv", "--truth", "x.csv"],
      "Error: --truth x.csv: the table is written there already; name another file"),
  ])
  func usage(_ refusal: Refusal) throws {
    let folder = try Folder(["d.csv": Self.groups])
    let run = try Tool.run(["mask", "d.csv"] + refusal.arguments, in: folder)
    #expect(run.status == refusal.status)
    #expect(run.standardError.hasPrefix(refusal.sentence + "\n"))
    #expect(folder.files == ["d.csv"])
  }

  static let mcar = ["--mechanism", "mcar", "--rate"]
  static let mar = ["--mechanism", "mar", "--rate", "0.2", "--depends-on"]
  static let mnar = ["--mechanism", "mnar", "--rate", "0.2", "--depends-on"]

  @Test(arguments: [
    Refusal(64, mcar + ["20"], "--rate 20: expected a share from 0 to 1, or COLUMN=SHARE"),
    Refusal(64, mcar + ["age=x"], "--rate age=x: expected a share from 0 to 1, or COLUMN=SHARE"),
    Refusal(
      64, mcar + ["ago=0.1"],
      "--rate: 'ago' is not a column of d.csv (side, age, value); did you mean 'age'?"),
    Refusal(
      64, mcar + ["0.1", "--rate", "0.2"],
      "--rate: two shares for all columns; write COLUMN=SHARE for one column"),
    Refusal(64, mcar + ["age=0.1", "--rate", "age=0.2"], "--rate: age is given twice; give it one share"),
    Refusal(
      64, mcar + ["age=0.1", "--columns", "side"], "--rate: age is not among --columns; add it there"),
    Refusal(
      64, mcar + ["age=0.1", "--columns", "side,age"],
      "--rate: there is none for side; add --rate side=SHARE, or one for all columns"),
    Refusal(
      64, mcar + ["0.1", "--columns", "side,x"],
      "--columns: 'x' is not a column of d.csv (side, age, value); use one of them"),
    Refusal(
      64, mcar + ["0.1", "--columns", "age", "--weights", "age"],
      "age holds the weights, which no row can be without; leave it out"),
    Refusal(
      65, mcar + ["0.1", "--weights", "n"],
      "d.csv:1: there is no column n for the weights; the columns are side, age, value"),
    Refusal(
      64, mcar + ["0.1", "--only-missing", "age=-9"],
      "--only-missing: no text stands for a missing cell of side; list one"),
    Refusal(
      64, mar + ["value side=left"],
      "--depends-on: found 'value side=left', expected 'COLUMN: COLUMN=LABEL:WEIGHT'"),
    Refusal(
      64, mar + ["valu: side=left:1"],
      "--depends-on: 'valu' is not a column of d.csv (side, age, value); did you mean 'value'?"),
    Refusal(
      64, mar + ["value: side=left"],
      "--depends-on: found 'side=left', expected COLUMN=LABEL:WEIGHT, or COLUMN:WEIGHT for numbers"),
    Refusal(
      64, mar + ["value: sid=left:1"],
      "--depends-on: 'sid' is not a column of d.csv (side, age, value); did you mean 'side'?"),
    Refusal(
      64, mar + ["value: side=up:1"],
      "--depends-on: no row that has value holds 'up' in column side; correct the label"),
    Refusal(
      64, mar + ["value: value=v1:1"],
      "--depends-on: value depends on the column itself; that is mnar, under mar use columns that stay as they are"),
    Refusal(
      64, mar + ["value: age:1", "--columns", "value,age", "--depends-on", "age: side=left:1"],
      "--depends-on: value depends on age, which is masked, too; that is mnar, under mar use columns that stay as they are"
    ),
    Refusal(
      64, mnar + ["value: age:1"],
      "--depends-on: value depends on columns that stay as they are only; that is mar, under mnar name value or another "
        + "masked column"),
    Refusal(
      64, mar + ["value: age:1", "--columns", "side"], "--depends-on: value is not among --columns; add it there"),
    Refusal(
      64, mar + ["value: age:1", "--columns", "side,value"],
      "nothing says what hiding side depends on; add --depends-on 'side: …', or use mcar"),
    Refusal(
      65, mar + ["age: side:1"],
      "d.csv:2: column side: 'left' is not a number, which --depends-on 'side:1.0' needs; give labels weights of their "
        + "own, as in 'side=left:1.0'"),
    Refusal(
      65, mar + ["side: age:1e308, age:1e308"],
      "d.csv:3: column side: the log-odds of hiding the cell are not finite; use smaller weights"),
  ])
  func refusals(_ refusal: Refusal) throws {
    let folder = try Folder(["d.csv": Self.groups])
    let run = try Tool.run(["mask", "d.csv", "-o", "out.csv", "--truth", "t.csv"] + refusal.arguments, in: folder)
    #expect(run == refusal.run)
    #expect(folder.files == ["d.csv"])
  }

  @Test(arguments: [(mar + ["value: age:1"], "a dependence with --rate"), (mcar + ["0.1", "--exact"], "--exact")])
  func standardInputIsReadOnce(_ options: [String], what: String) throws {
    let run = try Tool.run(["mask", "-"] + options, input: Self.groups, in: Folder())
    let remedy = what == "--exact" ? "" : ", or give --intercept"
    #expect(
      run
        == Refusal(64, [], "standard input can be read once, and \(what) takes a pass before; name a file\(remedy)").run
    )
  }
}

import Foundation
import Testing

/// Rows of tables without data are marked wherever they are shown or an answer rests on them.
@Suite struct NoDataTests {
  /// Six complete rows; nobody has both a and b.
  static let files = [
    "six.yaml": """
    latent: 1
    variables:
      a: {states: [n, y]}
      b: {states: [n, y]}
      c: {states: [low, high]}
    edges:
      - "[a, b] -> c"

    """,
    "six.csv": "a,b,c\nn,n,low\nn,n,high\nn,y,low\nn,y,high\ny,n,low\ny,n,high\n",
    "new.csv": "a,b,c\nn,n,\ny,,low\ny,y,\n",
  ]

  /// The folder with a model that was fitted from this seed.
  static func fitted(seed: Int = 1, _ options: [String] = []) throws -> (folder: Folder, run: ToolRun) {
    let folder = try Folder(files)
    let run = try Tool.run(
      ["fit", "six.yaml", "six.csv", "--seed", "\(seed)", "-o", "f.yaml"] + options, in: folder)
    #expect(run.status == 0)
    return (folder, run)
  }

  @Test func sixRowsGiveEqualAnswersForAllSeeds() throws {
    let (first, run) = try Self.fitted()
    let model = first.text(of: "f.yaml")
    #expect(run.standardError == "no data for 1 parent configuration, now uniform: c | a=y, b=y\n")
    #expect(model?.hasSuffix("unseen:\n  c:\n    - [\"y\", \"y\"]\n") == true)
    for seed in 2...5 { #expect(try Self.fitted(seed: seed).folder.text(of: "f.yaml") == model) }
    #expect(try Self.fitted(["--completion", "full"]).folder.text(of: "f.yaml") == model)
    #expect(try Self.fitted(["--acceleration", "squarem"]).folder.text(of: "f.yaml") == model)
    let query = try Tool.run("query", "f.yaml", "--of", "c", in: first)
    #expect(query.standardOutput == "c     probability\nlow      0.500000\nhigh     0.500000\n")
  }

  @Test func theReportListsThem() throws {
    let run = try Self.fitted(["--json"]).run
    let report = try FitTests.json(run)
    #expect(report["unseen_parent_configurations"] as? [String] == ["c | a=y, b=y"])
    #expect(report["warnings"] as? [String] == ["no data for 1 parent configuration, now uniform: c | a=y, b=y"])
  }

  @Test func aPriorCountsThem() throws {
    let (folder, run) = try Self.fitted(["--prior", "1"])
    #expect(run.standardError == "")
    #expect(folder.text(of: "f.yaml")?.contains("unseen") == false)
    #expect(try Tool.run("query", "f.yaml", "--of", "c", in: folder).standardError == "")
  }

  /// A second fit starts at the file, whose row it keeps and says so.
  @Test func aFileKeepsItsRow() throws {
    let folder = try Self.fitted().folder
    try folder.write(
      (folder.text(of: "f.yaml") ?? "").replacing("\"y\": [0.5, 0.5]\nunseen", with: "\"y\": [0.25, 0.75]\nunseen"),
      to: "g.yaml")
    let run = try Tool.run("fit", "g.yaml", "six.csv", "-o", "h.yaml", in: folder)
    #expect(
      run.standardError == "no data for 1 parent configuration, which keeps what g.yaml says: c | a=y, b=y\n")
    #expect(folder.text(of: "h.yaml") == folder.text(of: "g.yaml"))
  }

  @Test func showMarksThem() throws {
    let folder = try Self.fitted().folder
    let text = try Tool.run("show", "f.yaml", "--variable", "c", in: folder).standardOutput
    #expect(
      text == """
        p(c | a, b)
        a  b     low    high
        n  n  0.5000  0.5000
        n  y  0.5000  0.5000
        y  n  0.5000  0.5000
        y  y  0.5000  0.5000  no data

        """)
    #expect(try Tool.run("show", "f.yaml", in: folder).standardOutput.contains("no data     1 parent configuration\n"))
    let json = try FitTests.json(Tool.run("show", "f.yaml", "--json", in: folder))
    let variables = try #require(json["variables"] as? [[String: Any]])
    #expect(variables.map { $0["unseen"] as? [[String]] } == [nil, nil, [["y", "y"]]])
  }

  @Test func picturesMarkThem() throws {
    let folder = try Self.fitted().folder
    let svg = try Tool.run("show", "f.yaml", "--svg", in: folder).standardOutput
    #expect(svg.contains("a=y, b=y: low 0.5000, high 0.5000 (no data)</title>"))
    #expect(svg.contains(">no data: 1 of 4 rows</text>"))
    #expect(svg.contains(">no data</text>"))
    let dot = try Tool.run("show", "f.yaml", "--dot", in: folder).standardOutput
    #expect(dot.contains("no data: 1 of 4 rows"))
    let whole = try Tool.run("fit", "six.yaml", "six.csv", "--prior", "1", "-o", "p.yaml", in: folder)
    #expect(whole.status == 0)
    #expect(try Tool.run("show", "p.yaml", "--svg", in: folder).standardOutput.contains("no data") == false)
  }

  /// A table with many states stands with one state a line, and so does the mark.
  @Test func longTablesMarkEveryLine() throws {
    let states = (1...30).map { "s\($0)" }.joined(separator: ", ")
    let folder = try Folder([
      "m.yaml": "latent: 1\nvariables:\n  a: {states: [n, y]}\n  c: {states: [\(states)]}\nedges: [a -> c]\n",
      "d.csv": "a,c\nn,s1\n",
    ])
    _ = try Tool.run("fit", "m.yaml", "d.csv", "-o", "f.yaml", in: folder)
    let text = try Tool.run("show", "f.yaml", "--variable", "c", "--all", in: folder).standardOutput
    #expect(text.split(separator: "\n").count { $0.hasSuffix("  no data") } == 30)
  }

  private static let end = "; fit with --prior 1, or with data that have them\n"

  static let answers: [(arguments: [String], configurations: String?)] = [
    (["query", "f.yaml", "--of", "c"], "the answer rests on: c | a=y, b=y (probability 0.11)"),
    (["query", "f.yaml"], "the answer rests on: c | a=y, b=y (probability 0.11)"),
    (["query", "f.yaml", "--mpe", "--given", "a=y"], "the answer rests on: c | a=y, b=y (probability 0.33)"),
    (["query", "f.yaml", "--given", "a=y,b=y,c=low"], "the answer rests on: c | a=y, b=y (probability 1)"),
    (["query", "f.yaml", "--of", "a", "--given", "b=y"], nil),
    (["query", "f.yaml", "--of", "c", "--given", "b=n"], nil),
    (["query", "f.yaml", "--of", "c", "--do", "a=y"], "the answer rests on: c | a=y, b=y (probability 0.33)"),
    (["query", "f.yaml", "--of", "a", "--do", "c=low"], nil),
    (
      ["query", "f.yaml", "--of", "b", "--given", "a=y", "--likely", "c=0.5,0.25"],
      "the answer rests on: c | a=y, b=y (probability 0.33)"
    ),
    (
      ["query", "f.yaml", "--explain", "c", "--given", "a=y,b=y"],
      "the answer rests on: c | a=y, b=y (probability 1)"
    ),
    (["posterior", "f.yaml", "new.csv"], "the answers rest on: c | a=y, b=y (1.3 of 3 rows)"),
    (["posterior", "f.yaml", "new.csv", "--of", "b"], "the answers rest on: c | a=y, b=y (0.33 of 3 rows)"),
    (["posterior", "f.yaml", "new.csv", "--of", "a", "--hide", "b,c"], nil),
    (["decode", "f.yaml", "new.csv"], "the answers rest on: c | a=y, b=y (1.3 of 3 rows)"),
    (["decode", "f.yaml", "new.csv", "--of", "b"], "the answers rest on: c | a=y, b=y (0.33 of 3 rows)"),
    (["impute", "f.yaml", "new.csv"], "the answers rest on: c | a=y, b=y (1.3 of 3 rows)"),
    (["impute", "f.yaml", "new.csv", "--method", "draw"], "the answers rest on: c | a=y, b=y (1.3 of 3 rows)"),
    (["impute", "f.yaml", "new.csv", "--method", "column-mode"], nil),
    (["impute", "f.yaml", "six.csv"], nil),
    (["score", "f.yaml", "new.csv"], "the answers rest on: c | a=y, b=y (0.33 of 3 rows)"),
    (["score", "f.yaml", "six.csv"], nil),
    (["sample", "f.yaml", "-n", "9", "--seed", "3"], "the answers rest on: c | a=y, b=y (2 of 9 rows)"),
  ]

  @Test(arguments: answers) func answersThatRestOnThemSaySo(arguments: [String], configurations: String?) throws {
    let folder = try Self.fitted().folder
    let run = try Tool.run(arguments, in: folder)
    #expect(run.status == 0)
    if let configurations {
      #expect(
        run.standardError.contains(
          "f.yaml has no data for 1 parent configuration that \(configurations)" + Self.end), "\(run.standardError)")
      #expect(try Tool.run(arguments + ["--quiet"], in: folder).standardError == "")
    } else {
      #expect(run.standardError.contains("no data") == false, "\(run.standardError)")
    }
  }

  /// A block of columns rests on its row in every column that is not there.
  @Test(arguments: [
    ("y,1,", "v", true), ("y,,2", "u", true), ("y,,", "v", true), ("y,,", "u", true), (",1,2", "a", true),
    ("y,1,2", "u", false), ("n,1,", "v", false), ("n,,", "u", false),
  ])
  func blocksAreMarkedAsAWhole(row: String, asked: String, rests: Bool) throws {
    let folder = try Folder([
      "m.yaml": """
      latent: 1
      variables:
        a: {states: [n, y]}
        w: {type: gaussian, columns: [u, v], covariance: full}
      edges:
        - a -> w

      """,
      "d.csv": "a,u,v\nn,1,5\nn,2,3\nn,4,4\ny,,\n", "new.csv": "a,u,v\n\(row)\n",
    ])
    let fit = try Tool.run("fit", "m.yaml", "d.csv", "-o", "f.yaml", in: folder)
    #expect(
      fit.standardError == "no data for 1 parent configuration, now with the column's mean and variance: w | a=y\n")
    let run = try Tool.run("posterior", "f.yaml", "new.csv", "--of", asked, in: folder)
    #expect(run.status == 0)
    #expect(run.standardError.contains("rests on: w | a=y (probability ") == rests, "\(run.standardError)")
  }

  /// Where an answer needs less memory than what is to be found out about it, it stands, with a word about that.
  @Test func whatCouldNotBeFoundOutIsSaid() throws {
    let folder = try Self.fitted().folder
    let parents = (1...15).map { "p\($0)" }
    let names = ["a", "b", "c"] + parents + ["sum"]
    let model =
      "latent: 1\nvariables:\n" + names.map { "  \($0): {states: [n, y]}\n" }.joined()
      + "edges:\n  - \"[a, b] -> c\"\n  - \"[c, \(parents.joined(separator: ", "))] -> sum\"\n"
    try folder.write(model, to: "m.yaml")
    let rows = ["n,n,n", "n,y,n", "y,n,y"].map { $0 + String(repeating: ",n", count: 16) + "\n" }
    try folder.write(names.joined(separator: ",") + "\n" + rows.joined(), to: "d.csv")
    _ = try Tool.run("fit", "m.yaml", "d.csv", "-o", "f.yaml", in: folder)
    let run = try Tool.run("query", "f.yaml", "--of", "c", "--memory-limit", "1", in: folder)
    #expect(run.status == 0)
    #expect(run.standardOutput == "c  probability\nn     0.722222\ny     0.277778\n")
    #expect(
      run.standardError.hasPrefix(
        "f.yaml has no data for 65535 parent configurations; whether the answer rests on one was "))
  }
}

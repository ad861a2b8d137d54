import Foundation
import Testing

/// What the commands say of a model with numbers.
@Suite struct NumberTests {
  /// A run that ends well, and what it says.
  struct Said: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let output: String
    var errors = ""

    var testDescription: String { arguments.joined(separator: " ") }

    init(_ arguments: String, _ output: String, _ errors: String = "") {
      self.arguments = arguments.split(separator: " ").map(String.init)
      (self.output, self.errors) = (output, errors)
    }
  }

  static let rows: [Said] = [
    Said(
      "posterior plants.yaml plants.csv --ignore-columns",
      """
      id;kind=a;kind=b
      1;0.9999987577838191;1.2422161809232665e-06
      2;0.9999385499574345;6.14500425655273e-05
      3;1.186337648187818e-07;0.9999998813662351
      4;2.9214159878011626e-08;0.9999999707785840
      5;0.1;0.9
      6;0.5;0.5
      7;0.9;0.1
      8;8.36999711575642e-09;0.9999999916300029
      9;0.9999546021312976;4.539786870243439e-05

      """),
    Said(
      "posterior plants.yaml plants.csv --ignore-columns --of height",
      """
      id;height=mean;height=sd
      1;10.0;0.0
      2;12.0;0.0
      3;20.5;0.0
      4;21.5;0.0
      5;19.0;3.605551275463989
      6;15.0;5.385164807134504
      7;11.0;3.605551275463989
      8;22.0;0.0
      9;11.0;0.0

      """),
    Said(
      "impute plants.yaml plants.csv --ignore-columns",
      """
      id;site;height;leaf
      1;dry;10;small
      2;dry;12;small
      3;wet;20.5;large
      4;wet;21.5;large
      5;wet;20;large
      6;dry;10;small
      7;dry;10;small
      8;wet;22;large
      9;dry;11;small

      """, "filled 10 cells in 7 of 9 rows\n"),
    Said(
      "impute plants.yaml plants.csv --ignore-columns --method mode",
      """
      id;site;height;leaf
      1;dry;10;small
      2;dry;12;small
      3;wet;20.5;large
      4;wet;21.5;large
      5;wet;19;large
      6;dry;15;small
      7;dry;11;small
      8;wet;22;large
      9;dry;11;small

      """, "filled 10 cells in 7 of 9 rows\n"),
    Said(
      "impute plants.yaml plants.csv --ignore-columns --method column-mode",
      """
      id;site;height;leaf
      1;dry;10;large
      2;dry;12;small
      3;wet;20.5;large
      4;dry;21.5;large
      5;wet;16.166666666666664;large
      6;dry;16.166666666666664;large
      7;dry;16.166666666666664;small
      8;wet;22;large
      9;dry;11;large

      """, "filled 10 cells in 7 of 9 rows\n"),
    Said(
      "impute plants.yaml plants.csv --ignore-columns --method complete-rows",
      "id;site;height;leaf\n2;dry;12;small\n3;wet;20.5;large\n", "left out 7 incomplete rows of 9, kept 2\n"),
    Said(
      "decode plants.yaml plants.csv --ignore-columns",
      "id;kind\n1;a\n2;a\n3;b\n4;b\n5;b\n6;a\n7;a\n8;b\n9;a\n",
      "decoded the most probable kind of each row, other missing cells summed out\n"),
    Said(
      "score plants.yaml plants.csv --ignore-columns",
      """
      log-likelihood    -19.608865
      free parameters   9
      AIC, BIC          57.218, 58.993
      rows              9, 2 of them complete
      missing cells     10
      latent variables  kind

      """),
    Said(
      "score plants.yaml plants.csv --ignore-columns --rows",
      """
      id;log_likelihood
      1;-2.592913724559392
      2;-3.3805355872974285
      3;-2.9118469205943533
      4;-2.874164937562184
      5;-1.1631508098056809
      6;0.0
      7;-1.1631508098056809
      8;-3.092914958406347
      9;-2.4301874954253466

      """, "log-likelihood -19.608865243456414\n"),
    Said(
      "impute far.yaml far.csv --method mode", "leaf,height\nsmall,1000\n", "filled 0 cells in 0 of 1 row\n"),
    Said("posterior far.yaml far.csv", "kind=a,kind=b\n1.0,0.0\n"),
  ]

  @Test(arguments: rows) func rowsOfATable(said: Said) throws { try check(said) }

  static let models: [Said] = [
    Said(
      "show plants.yaml",
      """
      variables   4, 1 of them of numbers
      edges       3
      latent      kind
      parameters  14, 9 of them free

      p(kind), latent
           a       b
      0.5000  0.5000

      p(site | kind)
      kind     dry     wet
      a     0.7500  0.2500
      b     0.2500  0.7500

      p(height | kind), normal
      kind  mean  sd
      a       10   2
      b       20   2

      p(leaf | kind)
      kind   small   large
      a     0.7500  0.2500
      b     0.2500  0.7500

      """),
    Said(
      "query plants.yaml --of kind,leaf --given height=16.5,site=dry",
      """
      kind  leaf   probability
      a     small     0.049428
      a     large     0.016476
      b     small     0.233524
      b     large     0.700572

      log p(site=dry, height=16.5) = -5.154602

      """),
    Said(
      "query plants.yaml --mpe --given height=16.5",
      """
      variable  state
      kind      b
      site      wet
      leaf      large

      log p(these states | height=16.5) = -0.598610
      log p(height=16.5) = -3.813237

      """),
    Said(
      "query plants.yaml --given kind=a,site=dry,leaf=small",
      "every variable with states was observed\n\nlog p(kind=a, site=dry, leaf=small) = -1.268511\n"),
    Said(
      "query plants.yaml --given kind=a,site=dry,leaf=small,height=10",
      "every variable was observed\n\nlog p(kind=a, site=dry, height=10.0, leaf=small) = -2.880597\n"),
    Said(
      "convert plants.yaml out.json --verify", "out.json: read back 4 variables and 14 parameters; worst difference 0\n"
    ),
    Said("convert plants.yaml -", files("plants.yaml").replacing("[site, height, leaf]", with: "*")),
    Said(
      "init complete.csv --edges site->height",
      """
      # Made from complete.csv; edit it, then learn the parameters with
      #   latent fit MODEL complete.csv -o fitted.yaml
      latent: 1
      variables:
        site: {states: [dry, wet]}
        height: {states: ["1", "3", "10", "14", "18"]}
      edges:
        - site -> height

      """,
      """
      column  states  missing  read as
      site         2        0  labels
      height       5        0  whole numbers, as categories

      """),
  ]

  @Test(arguments: models) func modelsAndSituations(said: Said) throws { try check(said) }

  private static func files(_ name: String) -> String { NumberExamples.files[name] ?? "" }

  private func check(_ said: Said) throws {
    let (run, _) = try NumberExamples.run(said.arguments)
    #expect(run.status == 0)
    #expect(NumberExamples.agree(run.standardOutput, said.output), "\(run.standardOutput)")
    #expect(NumberExamples.agree(run.standardError, said.errors), "\(run.standardError)")
  }

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

  /// Learning, drawing and learning again: from all starts the two kinds are found, and the model that was learned has the
  /// log-likelihood that was reported.
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
        rows                9, 2 of them complete
        missing cells       10
        latent variables    kind
        free parameters     9
        engine              components: exact sums over distinct hidden components

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
        height has no observed descendant: the data say nothing about its mean and variance, which stay what the start made of them
        2 parent configurations had no expected count and kept their distribution: height | site=dry; height | site=wet

        """)
    let show = try Tool.run("show", "out.yaml", "--variable", "site", in: folder)
    #expect(show.standardOutput == "p(site)\n   dry     wet\n0.6667  0.3333\n")
    let posterior = try Tool.run("posterior", "out.yaml", "empty.csv", in: folder)
    #expect(posterior.standardOutput.hasPrefix("height=mean,height=sd\n"))
    let decode = try Tool.run("decode", "out.yaml", "empty.csv", in: folder)
    #expect(
      decode
        == ToolRun(
          status: 65, standardOutput: "",
          standardError:
            "empty.csv: only numbers are missing and no variable is latent, so that there is nothing to decode\n"))
  }

  /// Two notes of a fit: where a variance stops, and what a prior does not touch.
  @Test func floorsAndPriorsAreSaid() throws {
    let floor = try NumberExamples.run(
      ["fit", "mixture.yaml", "d.csv", "--starts", "1"], with: ["d.csv": "height\n1\n2\n3\n4\n100\n"]
    ).run
    #expect(floor.status == 0)
    #expect(
      floor.standardError.contains(
        "stands at its floor, 1e-09 of the column's: the rows there have nearly equal numbers, and the log-likelihood says "
          + "more about the floor than about the data\n"))
    let prior = try NumberExamples.run(["fit", "structure.yaml", "complete.csv", "--prior", "1"]).run
    #expect(
      prior.standardError
        == "--prior: pseudo-counts are for tables; the means and variances of height are learned without a prior\n")
  }
}

/// A JSON document, for looking up what a test needs.
private struct JSON {
  let object: [String: Any]

  init(_ text: String) throws {
    object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  func number(_ key: String) throws -> Double { try #require(object[key] as? Double) }
  func numbers(_ key: String) throws -> [Double] { try #require(object[key] as? [Double]) }
  func objects(_ key: String) throws -> [[String: Any]] { try #require(object[key] as? [[String: Any]]) }
}

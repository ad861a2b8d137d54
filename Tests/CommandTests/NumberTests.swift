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
      AIC, BIC          57.218, 58.993, of a density
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

      log p(site=dry, height=16.5) = -5.154602, of a density

      """),
    Said(
      "query plants.yaml --mpe --given height=16.5",
      """
      variable  state
      kind      b
      site      wet
      leaf      large

      log p(these states | height=16.5) = -0.598610
      log p(height=16.5) = -3.813237, of a density

      """),
    Said(
      "query plants.yaml --given kind=a,site=dry,leaf=small",
      """
      number  mean  sd       5%      25%  50%     75%      95%
      height    10   2  6.71029  8.65102   10  11.349  13.2897

      log p(kind=a, site=dry, leaf=small) = -1.268511

      """),
    Said(
      "query plants.yaml --given kind=a,site=dry,leaf=small,height=10",
      "every variable was observed\n\nlog p(kind=a, site=dry, height=10, leaf=small) = -2.880597, of a density\n"),
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
      numbers are read otherwise with --real COLUMN, --states COLUMN, --count COLUMN or --bins COLUMN=4

      """),
  ]

  /// Many different numbers are measurements; one that looks like a code for missing cells is pointed out.
  @Test func initTakesMeasurementsIn() throws {
    let rows = (0..<30).map { "dry,\(Double($0) / 8 + 4)\n" }.joined() + "wet,-9\nwet,\n"
    let (run, _) = try NumberExamples.run(
      ["init", "d.csv", "--edges", "site -> height"], with: ["d.csv": "site,height\n" + rows])
    #expect(
      run
        == ToolRun(
          status: 0,
          standardOutput: """
            # Made from d.csv; edit it, then learn the parameters with
            #   latent fit MODEL d.csv -o fitted.yaml
            latent: 1
            variables:
              site: {states: [dry, wet]}
              height: {type: gaussian}
            edges:
              - site -> height

            """,
          standardError: """
            column  states  missing  read as
            site         2        0  labels
            height                1  numbers, as measurements; if -9 stands for missing: --missing height=-9
            numbers are read otherwise with --real COLUMN, --states COLUMN, --count COLUMN or --bins COLUMN=4

            """))
  }

  /// Standard input, carriage returns, a byte order mark, and a number for missing cells.
  @Test func tablesComeInManyWays() throws {
    let text = "\u{FEFF}site,height\r\ndry,-9\r\nwet, 12.5\r\ndry,\"7\"\r\n"
    let arguments = ["impute", "plants.yaml", "-", "--method", "column-mode", "--missing", "height=-9"]
    let model = (NumberExamples.files["plants.yaml"] ?? "").replacing("  leaf: {states: [small, large]}\n", with: "")
      .replacing("  leaf: {a: [0.75, 0.25], b: [0.25, 0.75]}\n", with: "").replacing(", leaf]", with: "]")
    let run = try Tool.run(arguments, input: text, in: Folder(["plants.yaml": model]))
    #expect(run.status == 0)
    #expect(run.standardOutput == "site,height\ndry,9.75\nwet,12.5\ndry,7\n")
    #expect(
      run.standardError == """
        standard input: column height: 1 cell read without the whitespace around the label
        filled 1 cell in 1 of 3 rows

        """)
  }

  @Test(arguments: models) func modelsAndSituations(said: Said) throws { try check(said) }

  private static func files(_ name: String) -> String { NumberExamples.files[name] ?? "" }

  private func check(_ said: Said) throws {
    let (run, _) = try NumberExamples.run(said.arguments)
    #expect(run.status == 0)
    #expect(NumberExamples.agree(run.standardOutput, said.output), "\(run.standardOutput)")
    #expect(NumberExamples.agree(run.standardError, said.errors), "\(run.standardError)")
  }
}

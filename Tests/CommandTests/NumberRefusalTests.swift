import Testing

/// Bad numbers: one sentence each, nothing on standard output, nothing written.
@Suite struct NumberRefusalTests {
  /// A table of one column, height, that a fit refuses.
  struct Column: Sendable, CustomTestStringConvertible {
    let cells: String
    let sentence: String

    var testDescription: String { cells.replacing("\n", with: " ") }

    init(_ cells: String, _ sentence: String) { (self.cells, self.sentence) = (cells, sentence) }
  }

  static let columns: [Column] = [
    Column("1\nabc", "d.csv:3: column height: 'abc' is not a number; correct it or list it with --missing"),
    Column("1\ninf", "d.csv:3: column height: 'inf' is not a finite number; correct it or list it with --missing"),
    Column("1e999\n1", "d.csv:2: column height: '1e999' is not a finite number; correct it or list it with --missing"),
    Column(
      "1e141\n1",
      "d.csv:2: column height: '1e141' is too large; numbers up to 1e+140 can be squared and summed; correct it or list "
        + "it with --missing"),
    Column(
      "\"1,5\"\n1",
      "d.csv:2: column height: '1,5' is not a number; write decimals with a point, and thousands without a separator"),
    Column(
      "5.2\n5.2\n5.2",
      "d.csv: column height is constant (5.2 in every row that has it), and a normal distribution needs numbers that "
        + "vary; remove the variable from the model, or give it states"),
    Column(
      "7\nNA",
      "d.csv: column height is constant (7.0 in every row that has it), and a normal distribution needs numbers that "
        + "vary; remove the variable from the model, or give it states"),
    Column(
      "1e-150\n3e-150",
      "d.csv: column height has numbers that hardly differ (a variance of 1e-300); multiply them by a large number"),
  ]

  @Test(arguments: columns) func columnsThatCannotBeLearned(column: Column) throws {
    for command in ["fit", "plan"] {
      let output = command == "fit" ? ["-o", "out.yaml"] : []
      let (run, folder) = try NumberExamples.run(
        [command, "mixture.yaml", "d.csv"] + output, with: ["d.csv": "height\n\(column.cells)\n"])
      #expect(run == ToolRun(status: 65, standardOutput: "", standardError: column.sentence + "\n"))
      #expect(folder.text(of: "out.yaml") == nil)
    }
  }

  /// A constant is fine where nothing is to be learned of it.
  @Test func aFixedOrScoredConstantIsFine() throws {
    let fixed = """
      latent: 1
      variables:
        site: {states: [dry, wet]}
        height: {type: gaussian, fixed: true}
      parameters:
        height: {mean: 5, variance: 1}

      """
    let others = ["fixed.yaml": fixed, "d.csv": "site,height\ndry,5\nwet,5\n"]
    #expect(try NumberExamples.run(["fit", "fixed.yaml", "d.csv"], with: others).run.status == 0)
    #expect(
      try NumberExamples.run(["score", "plants.yaml", "d.csv"], with: ["d.csv": "site,height,leaf\ndry,5,\n"]).run
        .status == 0)
  }

  static let refusals: [Refusal] = [
    Refusal(
      64, ["query", "plants.yaml", "--given", "height=abc"],
      "--given: 'abc' is not a finite number, which height needs"),
    Refusal(
      64, ["query", "plants.yaml", "--given", "height=0x10"],
      "--given: '0x10' is not a finite number, which height needs"),
    Refusal(
      65, ["fit", "plants.yaml", "plants.csv", "--ignore-columns", "--explain", "1"],
      "--explain: height has numbers, and only models of variables with states are explained; leave it out of the model"
    ),
    Refusal(
      65, ["convert", "plants.yaml", "out.bif"],
      "out.bif: variable height has numbers, which BIF cannot hold; write the model as .yaml or .json"),
    Refusal(
      65, ["fit", "plants.yaml", "weighted.csv", "--ignore-columns"],
      "weighted.csv: there is no column leaf; add it, or mark the variable 'latent: true' in plants.yaml"),
    Refusal(
      65, ["score", "structure.yaml", "complete.csv"],
      "structure.yaml: variables site, height have no parameters; learn them with latent fit"),
  ]

  @Test(arguments: refusals) func refusesOtherwise(refusal: Refusal) throws {
    #expect(try NumberExamples.run(refusal.arguments).run == refusal.run)
  }

  /// A number further from its mean than a logarithm reaches is named with its line.
  @Test func aNumberBeyondAllLogarithmsIsNamed() throws {
    let model = """
      latent: 1
      variables:
        height: {type: gaussian}
      parameters:
        height: {mean: 0, variance: 1e-200}

      """
    let others = ["m.yaml": model, "d.csv": "height\n0\n1e140\n"]
    #expect(
      try NumberExamples.run(["posterior", "m.yaml", "d.csv", "--of", "height"], with: others).run.standardError
        == "d.csv: 1 row has probability 0 under m.yaml: line 3 (P(height=1e+140) is 0, so far is the number from its "
        + "mean); correct the cells, or the zeros of the model\n")
  }
}

import Foundation
import Testing

/// Tables that lack columns of the model, and columns that are not to be seen.
@Suite struct AbsentColumnTests {
  static let absent = ["absent.csv": "rain,grass\nno,wet\nyes,\n"]
  static let note = "absent.csv: there is no column sprinkler; the variable is unobserved in every row\n"

  static func run(_ arguments: [String], _ others: [String: String] = absent) throws -> ToolRun {
    try Tool.run(arguments, in: Folder(RowExamples.files.merging(others) { $1 }))
  }

  static let answers = [
    (["posterior"], "sprinkler=off,sprinkler=on\n0.0,1.0\n1.0,0.0\n", ""),
    (
      ["decode"], "sprinkler,grass\non,wet\noff,wet\n",
      "decoded the jointly most probable assignment of everything unobserved in each row\n"
    ),
    (
      ["decode", "--of", "sprinkler"], "sprinkler\non\noff\n",
      "decoded the most probable sprinkler of each row, other missing cells summed out\n"
    ),
    (["impute"], "rain,grass\nno,wet\nyes,wet\n", "filled 1 cell in 1 of 2 rows\n"),
    (["score", "--rows"], "log_likelihood\n-1.2685113254635072\n-1.3862943611198906\n", nil),
  ]

  @Test(arguments: answers) func anAbsentColumnIsUnobserved(command: [String], output: String, notes: String?) throws {
    let arguments = [command[0], "rain.yaml", "absent.csv"] + command.dropFirst()
    let run = try Self.run(arguments)
    #expect(run.status == 0)
    #expect(NumberExamples.agree(run.standardOutput, output), "\(run.standardOutput)")
    #expect(run.standardError.hasPrefix(Self.note))
    if let notes { #expect(run.standardError == Self.note + notes) }
    #expect(try Self.run(arguments + ["--quiet"]).standardError == "")
  }

  /// What `fit` would refuse, `plan` refuses, too.
  @Test(arguments: ["fit", "plan"]) func learningNeedsTheColumn(command: String) throws {
    #expect(
      try Self.run([command, "rain.yaml", "absent.csv"])
        == ToolRun(
          status: 65, standardOutput: "",
          standardError: "absent.csv: there is no column sprinkler; add it, or mark the variable 'latent: true' in "
            + "rain.yaml\n"))
  }

  /// A latent variable has no column by its nature, and no note.
  @Test func aLatentVariableIsNotMissed() throws {
    let run = try Self.run(["posterior", "classes.yaml", "short.csv"], ["short.csv": "q1\ny\n"])
    #expect(run.status == 0)
    #expect(run.standardOutput == "bloc=a,bloc=b,q2=n,q2=y\n0.25,0.75,0.375,0.625\n")
    #expect(run.standardError == "short.csv: there is no column q2; the variable is unobserved in every row\n")
  }

  /// A format that knows no latent variables has them where a column is missing: nothing to note.
  @Test func inBIFAVariableWithoutAColumnIsLatent() throws {
    let folder = try Folder(RowExamples.files.merging(Self.absent) { $1 })
    _ = try Tool.run("convert", "rain.yaml", "rain.bif", in: folder)
    let run = try Tool.run("posterior", "rain.bif", "absent.csv", in: folder)
    #expect(run == ToolRun(status: 0, standardOutput: Self.answers[0].1, standardError: ""))
  }

  /// A number without a column has a posterior like any other unobserved number.
  @Test func anAbsentNumberIsUnobserved() throws {
    let model = """
      latent: 1
      variables:
        site: {states: [dry, wet]}
        height: {type: gaussian}
      edges:
        - site -> height
      parameters:
        site: [0.5, 0.5]
        height: {dry: {mean: 10, variance: 4}, wet: {mean: 20, variance: 9}}

      """
    let run = try Self.run(["posterior", "m.yaml", "d.csv"], ["m.yaml": model, "d.csv": "site\nwet\ndry\n"])
    #expect(run.standardOutput == "height=mean,height=sd\n20.0,3.0\n10.0,2.0\n")
    #expect(run.standardError == "d.csv: there is no column height; the variable is unobserved in every row\n")
  }
}

@Suite struct HiddenColumnTests {
  /// A hidden column answers as a table without it does, and is compared with what is in the file.
  @Test func hidingIsLeavingOut() throws {
    let files = ["complete.csv": "rain,sprinkler,grass\nno,on,wet\nno,off,dry\nyes,off,wet\n"]
    let without = files.merging(["complete.csv": "sprinkler,grass\non,wet\noff,dry\noff,wet\n"]) { $1 }
    for command in [["posterior"], ["decode"], ["score", "--rows"]] {
      let arguments = [command[0], "rain.yaml", "complete.csv"] + command.dropFirst()
      let hidden = try AbsentColumnTests.run(arguments + ["--hide", "rain"], files)
      let absent = try AbsentColumnTests.run(arguments, without)
      #expect(hidden.status == 0 && absent.status == 0)
      #expect(hidden.standardOutput == absent.standardOutput)
      if command[0] != "score" {
        #expect(
          hidden.standardError.hasSuffix("rain was hidden: 3 of 3 cells came out as they are in the file (100.0 %)\n"))
      }
    }
  }

  @Test func hiddenCellsAreFilledIn() throws {
    let files = ["d.csv": "rain,sprinkler,grass\nyes,on,wet\nno,off,dry\n,off,wet\n"]
    let run = try AbsentColumnTests.run(["impute", "rain.yaml", "d.csv", "--hide", "rain"], files)
    #expect(run.standardOutput == "rain,sprinkler,grass\nno,on,wet\nno,off,dry\nyes,off,wet\n")
    #expect(
      run.standardError == "filled 3 cells in 3 of 3 rows\n"
        + "rain was hidden: 1 of 2 cells came out as they are in the file (50.0 %)\n")
  }

  @Test func theComparisonIsInTheJSON() throws {
    let run = try AbsentColumnTests.run(
      ["decode", "rain.yaml", "complete.csv", "--hide", "rain,grass", "--of", "rain", "--json"], [:])
    let json = try FitTests.json(run)
    let hidden = try #require(json["hidden"] as? [[String: Any]])
    #expect(hidden.count == 1)
    #expect(hidden[0]["variable"] as? String == "rain")
    #expect(hidden[0]["cells"] as? Int == 2)
    #expect(hidden[0]["right"] as? Int == 2)
  }

  /// Means 10 and 20 of a height that is 12 and 17: the root of (4 + 9) / 2.
  @Test func hiddenNumbersAreComparedByTheirError() throws {
    let table = "site,height,leaf\ndry,12,small\nwet,17,large\n"
    let model = (NumberExamples.files["plants.yaml"] ?? "").replacing("[0.75, 0.25]", with: "[1, 0]")
      .replacing("[0.25, 0.75]", with: "[0, 1]")
    for command in ["posterior", "impute"] {
      let asked = command == "posterior" ? ["--of", "height"] : []
      let run = try AbsentColumnTests.run(
        [command, "m.yaml", "d.csv", "--hide", "height"] + asked, ["m.yaml": model, "d.csv": table])
      #expect(run.status == 0)
      #expect(
        run.standardError.hasSuffix("height was hidden: the root mean squared error over 2 cells is 2.54951\n"),
        "\(run.standardError)")
    }
  }

  static let refusals = [
    RefusedRun(
      name: "an unknown column", arguments: ["posterior", "rain.yaml", "complete.csv", "--hide", "rian"], status: 64,
      sentence: "--hide: 'rian' is not a variable of the model (rain, sprinkler, grass); use one of them"),
    RefusedRun(
      name: "nothing to decode", arguments: ["decode", "rain.yaml", "complete.csv", "--of", "rain"], status: 65,
      sentence: "complete.csv: no cell of rain is missing, so that there is nothing to decode; --hide rain decodes it "
        + "as if it had not been seen"),
    RefusedRun(
      name: "an unknown variable", arguments: ["decode", "rain.yaml", "complete.csv", "--of", "grass,snow"], status: 64,
      sentence: "--of: 'snow' is not a variable of the model (rain, sprinkler, grass); use one of them"),
  ]

  @Test(arguments: refusals) func refusesInOneSentence(_ refusal: RefusedRun) throws { try refusal.check() }

  @Test func numbersAreNotDecoded() throws {
    let (run, _) = try NumberExamples.run(["decode", "plants.yaml", "plants.csv", "--of", "height", "--ignore-columns"])
    #expect(
      run
        == ToolRun(
          status: 64, standardOutput: "",
          standardError: "--of: height has numbers, and decode tells states; latent posterior has its mean\n"))
  }
}

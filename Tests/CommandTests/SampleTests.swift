import Testing

@Suite struct SampleTests {
  @Test func theSameSeedDrawsTheSameRows() throws {
    let folder = try Folder(["m.yaml": ShowTests.weather])
    let first = try Tool.run("sample", "m.yaml", "-n", "5", in: folder)
    #expect(first.status == 0)
    #expect(first.standardError == "drew 5 rows with seed 1\n")
    let lines = first.standardOutput.split(separator: "\n")
    #expect(lines.count == 6)
    #expect(lines[0] == "climate,rain,crop")
    let written = try Tool.run("sample", "m.yaml", "--rows", "7", "-o", "out.csv", "--quiet", in: folder)
    #expect(written == ToolRun(status: 0, standardOutput: "", standardError: ""))
    #expect(folder.text(of: "out.csv")?.split(separator: "\n").prefix(6) == lines[...])
    let other = try Tool.run("sample", "m.yaml", "-n", "40", "--seed", "2", in: folder)
    let again = try Tool.run("sample", "m.yaml", "-n", "40", in: folder)
    #expect(other.standardOutput != again.standardOutput)
  }

  @Test func writesATable() throws {
    #expect(
      try Tool.run("sample", "-", "-n", "4", input: ConvertTests.yaml, in: Folder())
        == ToolRun(
          status: 0, standardOutput: "rain,wet\nno,dry\nyes,wet\nno,dry\nyes,wet\n",
          standardError: "drew 4 rows with seed 1\n"))
  }

  @Test(arguments: [
    (["--hide", "latent"], "rain,crop"), (["--hide", "crop"], "climate,rain"),
    (["--hide", "latent,rain"], "crop"), (["--hide", "rain", "--hide", "climate"], "crop"),
  ])
  func hides(_ arguments: [String], header: String) throws {
    let run = try Tool.run(["sample", "-", "-n", "1"] + arguments, input: ShowTests.weather, in: Folder())
    #expect(run.standardOutput.split(separator: "\n").first.map(String.init) == header)
  }

  @Test(arguments: [
    Refusal(
      64, ["garden.bif", "--hide", "latent"],
      "--hide latent: garden.bif is in a format that cannot mark variables as latent; name the variables to hide"),
    Refusal(
      64, ["garden.yaml", "--hide", "latent"],
      "--hide latent: garden.yaml marks no variable as latent; name the variables to hide"),
    Refusal(
      64, ["garden.yaml", "--hide", "wt"],
      "--hide: 'wt' is not a variable of the model (rain, wet); did you mean 'wet'?"),
    Refusal(64, ["garden.yaml", "--hide", "wet,rain"], "--hide: no variable is left to write; hide fewer"),
    Refusal(65, ["empty.yaml"], "empty.yaml: the model has no variables; add some to draw them"),
    Refusal(
      65, ["bare.yaml"], "bare.yaml: variables a, b have no parameters; learn them with latent fit"),
  ])
  func refuses(_ refusal: Refusal) throws {
    let files = [
      "garden.bif": ConvertTests.bif, "garden.yaml": ConvertTests.yaml,
      "bare.yaml": "latent: 1\nvariables: {a: {states: [x, y]}, b: {states: [x, y]}}\n",
      "empty.yaml": "latent: 1\nvariables: {}\n",
    ]
    let folder = try Folder(files)
    #expect(try Tool.run(["sample", "-n", "3", "-o", "out.csv"] + refusal.arguments, in: folder) == refusal.run)
    #expect(folder.files == files.keys.sorted())
  }

  @Test func refusesNoRows() throws {
    let run = try Tool.run("sample", "m.yaml", "-n", "0", in: Folder())
    #expect(run.status == 64)
    #expect(run.standardError.hasPrefix("Error: -n 0: expected 1 to 1000000000000 rows\nUsage:"))
  }

  @Test func help() throws {
    #expect(
      try Tool.run("sample", "--help", in: Folder()).standardOutput == """
        OVERVIEW: Draw rows from a model.

        Each row is drawn from the joint distribution, independently of the others.
        More rows from the same seed begin with the same rows.

        Example: latent sample fitted.yaml -n 1000 -o drawn.csv

        USAGE: latent sample <model> --rows <n> [--sequences <k>] [--output <file>] [--seed <s>] [--hide <latent|names> ...] [--indicators] [--quiet]

        ARGUMENTS:
          <model>                 The model, with all its parameters. - is standard
                                  input.

        OPTIONS:
          -n, --rows <n>          How many rows to draw.
          --sequences <k>         With a model of sequences: draw K sequences of n rows
                                  each. Default: 1.
          -o, --output <file>     Write the table to FILE; - is standard output.
                                  (default: -)
          --seed <s>              The seed of the random numbers. (default: 1)
          --hide <latent|names>   Leave variables out of the table: latent for those
                                  that the model file marks so, or names with commas
                                  between; repeatable. A name with a comma in it is
                                  given alone.
          --indicators            Write the indicators of missing cells, too; no cell
                                  is left out for them.
          --quiet                 Print results and errors only.
          --version               Show the version.
          -h, --help              Show help information.


        """)
  }
}

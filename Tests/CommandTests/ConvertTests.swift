import Testing

@Suite struct ConvertTests {
  static let bif = """
    network "garden" {
    }
    variable rain {
      type discrete [ 2 ] { no, yes };
    }
    variable wet {
      type discrete [ 2 ] { dry, wet };
    }
    probability ( rain ) {
      table 0.7, 0.3;
    }
    probability ( wet | rain ) {
      (no) 0.9, 0.1;
      (yes) 0.05, 0.95;
    }

    """
  static let yaml = """
    latent: 1
    variables:
      rain: {states: ["no", "yes"]}
      wet: {states: [dry, wet]}
    edges:
      - rain -> wet
    parameters:
      rain: [0.7, 0.3]
      wet: {"no": [0.9, 0.1], "yes": [0.05, 0.95]}

    """

  @Test func writesTheFormatOfTheExtension() throws {
    let folder = try Folder(["garden.bif": Self.bif])
    let note = "garden.yaml: the native form has no place for the name of the network, garden\n"
    #expect(
      try Tool.run("convert", "garden.bif", "garden.yaml", in: folder)
        == ToolRun(status: 0, standardOutput: "", standardError: note))
    #expect(folder.text(of: "garden.yaml") == Self.yaml)
    #expect(
      try Tool.run("convert", "garden.yaml", "back.bif", in: folder)
        == ToolRun(status: 0, standardOutput: "", standardError: ""))
    #expect(folder.text(of: "back.bif") == Self.bif.replacing("\"garden\"", with: "unknown"))
  }

  @Test func writesStandardOutputInAnyFormat() throws {
    let folder = try Folder()
    let yaml = try Tool.run("convert", "-", "-", "--quiet", input: Self.bif, in: folder)
    #expect(yaml == ToolRun(status: 0, standardOutput: Self.yaml, standardError: ""))
    let bif = try Tool.run("convert", "-", "-", "--format", "bif", input: Self.bif, in: folder)
    #expect(bif == ToolRun(status: 0, standardOutput: Self.bif.replacing("\"", with: ""), standardError: ""))
  }

  @Test func saysWhichOptionReadsTheTablesOtherwise() throws {
    let preamble = "BAYES\n3\n2 2 2\n3\n1 0\n1 1\n"
    let tables = "2 0.5 0.5\n2 0.5 0.5\n8 0.9 0.1 0.8 0.2 0.7 0.3 0.6 0.4\n"
    let names = "latent: 1\nvariables: {a: {states: [n, y]}, b: {states: [n, y]}, c: {states: [n, y]}}\n"
    let folder = try Folder([
      "plain.uai": preamble + "3 0 1 2\n" + tables,
      "m.uai": "BAYES\n3\n2 2 2\n3\n1 0 # a\n1 1 # b\n3 0 1 2 # c\n" + tables, "m.uai.names.yaml": names,
    ])
    #expect(
      try Tool.run("convert", "plain.uai", "p.yaml", in: folder).standardError == """
        plain.uai: the file has no names of variables and states: variables are called v0, v1, ... and states 0, 1, \
        ...; plain.uai.names.yaml can name them
        plain.uai: nothing tells the order of the parents in the tables, which were read as the format has it, with the \
        child fastest and the last parent next; convert with --uai-order first reads them as aGrUM writes them

        """)
    #expect(
      try Tool.run("convert", "m.uai", "m.yaml", in: folder).standardError == """
        m.uai: the names behind the scopes are aGrUM's habit, so the tables were read with the child fastest and the \
        first parent next; convert with --uai-order last reads them otherwise

        """)
  }

  @Test func notesWhatIsLost() throws {
    let folder = try Folder(["m.yaml": ShowTests.weather])
    #expect(
      try Tool.run("convert", "m.yaml", "m.bif", in: folder).standardError == """
        m.bif: BIF cannot say that variables are latent: climate
        m.bif: BIF cannot say that parameters are fixed: crop

        """)
  }

  @Test(arguments: [
    Refusal(66, ["none.bif", "out.yaml"], "none.bif: there is no such file; check the name"),
    Refusal(
      65, ["bare.yaml", "out.bif"],
      "out.bif: variable a has no parameters, which BIF cannot leave out; fit the model first, "
        + "or write it as .yaml or .json"),
    Refusal(73, ["bare.yaml", "nowhere/out.yaml"], "nowhere/out.yaml: there is no such directory; create it first"),
  ])
  func refuses(_ refusal: Refusal) throws {
    let folder = try Folder(["bare.yaml": "latent: 1\nvariables: {a: {states: [x, y]}}\n"])
    #expect(try Tool.run(["convert"] + refusal.arguments, in: folder) == refusal.run)
    #expect(folder.files == ["bare.yaml"])
  }

  @Test(arguments: [
    Refusal(
      64, ["a.bif", "b.txt"],
      "b.txt: the extension does not say which format to write; use one of .bif, .xmlbif, .net, .xdsl, .uai, .yaml, "
        + ".json"),
    Refusal(
      64, ["a.bif", "b.yaml", "--format", "json"],
      "--format is for standard output; the extension of b.yaml says the format already"),
  ])
  func refusesWrongUsage(_ refusal: Refusal) throws {
    let run = try Tool.run(["convert"] + refusal.arguments, in: Folder())
    #expect(run.status == refusal.status)
    #expect(run.standardError.hasPrefix("Error: \(refusal.sentence)\nUsage: latent convert"))
  }

  @Test func help() throws {
    #expect(
      try Tool.run("convert", "--help", in: Folder()).standardOutput == """
        OVERVIEW: Write a model in another format.

        File extensions say which formats: .bif, .xmlbif, .bifxml, .xml, .net, .xdsl,
        .uai, .yaml, .yml or .json. What the new format cannot say is noted. Numbers
        are kept to the last bit.

        Example: latent convert asia.bif asia.xdsl --verify

        USAGE: latent convert <input> <output> [--format <format>] [--verify] [--xdsl-order <parent>] \
        [--uai-order <parent>] [--for <program>] [--rename] [--quiet]

        ARGUMENTS:
          <input>                 The model to read. - is standard input.
          <output>                The file to write. - is standard output.

        OPTIONS:
          --format <format>       The format on standard output. Default: yaml.
                                  (values: bif, xmlbif, net, xdsl, uai, yaml, json)
          --verify                Read the written file again and compare every
                                  probability by state names; exit 65 if one differs.
          --xdsl-order <parent>   Which parent varies fastest in the XDSL file read, or
                                  if that is none, written: last (GeNIe) or first
                                  (aGrUM). (values: last, first)
          --uai-order <parent>    Which parent varies fastest in the UAI file read, or
                                  if that is none, written: last or first (aGrUM).
                                  (values: last, first)
          --for <program>         Write for this program, and say which names it cannot
                                  read. (values: pyagrum, pgmpy, genie, hugin)
          --rename                With --for: write names that the program reads, and a
                                  table OUTPUT.names.csv of what they stand for.
          --quiet                 Print results and errors only.
          --version               Show the version.
          -h, --help              Show help information.


        """)
  }
}

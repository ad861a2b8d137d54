import Testing

/// `convert --for`: names that another program cannot read, and others for them.
@Suite struct ExchangeTests {
  static let survey = """
    latent: 1
    variables:
      age group: {states: ["<35", "35-54", ">=55", "1.5"]}
      smoke: {states: ["no", "yes", "no, never", "table"]}
    edges: [age group -> smoke]
    parameters:
      age group: [0.25, 0.25, 0.25, 0.25]
      smoke:
        "<35": [0.5, 0.125, 0.25, 0.125]
        "35-54": [0.5, 0.25, 0.125, 0.125]
        ">=55": [0.75, 0.125, 0.125, 0]
        "1.5": [0.5, 0.5, 0, 0]

    """

  private func convert(_ arguments: String...) throws -> (run: ToolRun, folder: Folder) {
    let folder = try Folder(["survey.yaml": Self.survey])
    return (try Tool.run(["convert", "survey.yaml"] + arguments, in: folder), folder)
  }

  @Test(arguments: [
    (
      ["s.bif", "--for", "pyagrum"],
      "s.bif: pyAgrum cannot read 7 names of this file: age group, age group=<35, age group=35-54, age group=>=55, "
        + "age group=1.5, smoke=no, never, smoke=table; --rename writes names that it reads\n"
    ),
    (
      ["s.bif", "--for", "pgmpy"],
      "s.bif: pgmpy cannot read 2 names of this file: age group, smoke=no, never; --rename writes names that it reads\n"
    ),
    (
      ["s.net", "--for", "pgmpy"],
      "s.net: pgmpy cannot read 1 name of this file: smoke=no, never; --rename writes names that it reads\n"
        + "s.net: pgmpy shows with character codes 1 name of this file: age group; --rename writes names that it reads\n"
    ),
    (
      ["s.net", "--for", "hugin"],
      "s.net: Hugin shows with character codes 1 name of this file: age group; --rename writes names that it reads\n"
    ),
    (
      ["s.xdsl", "--for", "genie"],
      "s.xdsl: GeNIe shows with character codes 5 names of this file: age group=<35, age group=35-54, age group=>=55, "
        + "age group=1.5, smoke=no, never; --rename writes names that it reads\n"
    ),
    (["s.xmlbif", "--for", "pyagrum"], ""),
  ])
  func saysWhatCannotBeRead(_ arguments: [String], _ warnings: String) throws {
    let (run, folder) = try convert(arguments[0], arguments[1], arguments[2])
    #expect(run == ToolRun(status: 0, standardOutput: "", standardError: warnings))
    #expect(folder.files.contains(arguments[0]))
  }

  @Test func writesOtherNamesAndATableOfThem() throws {
    let (run, folder) = try convert("out/s.bif", "--for", "pyagrum", "--rename")
    #expect(run.status == 73)
    let (renamed, here) = try convert("s.bif", "--for", "pyagrum", "--rename", "--verify")
    #expect(
      renamed
        == ToolRun(
          status: 0, standardOutput: "s.bif: read back 2 variables and 20 probabilities; worst difference 0\n",
          standardError: "s.names.csv: 7 names of s.bif, and what they stand for\n"))
    #expect(
      here.text(of: "s.names.csv") == """
        variable,state,written
        age group,,age_group
        age group,<35,lt_35
        age group,35-54,s_35_54
        age group,>=55,gt_eq_55
        age group,1.5,s_1_5
        smoke,"no, never",no_never
        smoke,table,table_2

        """)
    #expect(here.text(of: "s.bif")?.contains("( smoke | age_group )") == true)
    #expect(folder.files == ["survey.yaml"])
  }

  /// Where the program reads every name, there is nothing to rename and no table.
  @Test func renamesNothingWithoutNeed() throws {
    let (run, folder) = try convert("s.xmlbif", "--for", "pyagrum", "--rename")
    #expect(run == ToolRun(status: 0, standardOutput: "", standardError: ""))
    #expect(folder.files == ["s.xmlbif", "survey.yaml"])
  }

  /// pyAgrum reads XDSL and UAI with the first parent fastest.
  @Test func writesTheOrderThatTheProgramReads() throws {
    let network = """
      latent: 1
      variables: {a: {states: [x, y]}, b: {states: [x, y, z]}, c: {states: [x, y]}}
      edges: [a -> c, b -> c]
      parameters:
        a: [0.5, 0.5]
        b: [0.25, 0.25, 0.5]
        c: {x: {x: [0.1, 0.9], y: [0.2, 0.8], z: [0.3, 0.7]}, y: {x: [0.4, 0.6], y: [0.5, 0.5], z: [0.6, 0.4]}}

      """
    let folder = try Folder(["n.yaml": network])
    for file in ["n.xdsl", "n.uai"] {
      let order = "--\(file.dropFirst(2))-order"
      _ = try Tool.run("convert", "n.yaml", file, order, "first", "--quiet", in: folder)
      let first = folder.text(of: file)
      _ = try Tool.run("convert", "n.yaml", file, "--for", "pyagrum", "--quiet", in: folder)
      #expect(folder.text(of: file) == first)
    }
  }

  @Test(arguments: [
    (["s.bif", "--for", "hugin"], "--for hugin: Hugin reads .net, not .bif"),
    (["s.uai", "--for", "pgmpy"], "--for pgmpy: pgmpy reads .bif, .xmlbif, .net, .xdsl, not .uai"),
    (["s.bif", "--rename"], "--rename needs to know for whom; add --for PROGRAM"),
    (
      ["-", "--format", "bif", "--for", "pyagrum", "--rename"],
      "--rename writes a table of names beside the file, and standard output is none; name a file"
    ),
  ])
  func refuses(_ arguments: [String], _ sentence: String) throws {
    let folder = try Folder(["survey.yaml": Self.survey])
    let run = try Tool.run(["convert", "survey.yaml"] + arguments, in: folder)
    #expect(run.status == 64)
    #expect(run.standardError.hasPrefix("Error: \(sentence)\n"))
    #expect(folder.files == ["survey.yaml"])
  }
}

import Foundation
import Testing

@Suite struct ShowTests {
  static let weather = """
    latent: 1
    variables:
      climate: {states: [cold, warm], latent: true}
      rain: {states: ["no", "yes"]}
      crop: {states: [poor, fair, good], fixed: true}
    edges:
      - climate -> [rain, crop]
      - rain -> crop
    parameters:
      climate: [0.25, 0.75]
      rain: {cold: [0.5, 0.5], warm: [0.99999979, 2.1e-07]}
      crop:
        cold: {"no": [1, 0, 0], "yes": [0.2, 0.3, 0.5]}
        warm: {"no": [0.1, 0.2, 0.7], "yes": [0.3, 0.3, 0.4]}

    """

  @Test func showsEveryTable() throws {
    let folder = try Folder(["weather.yaml": Self.weather])
    let run = try Tool.run("show", "weather.yaml", in: folder)
    #expect(
      run
        == ToolRun(
          status: 0,
          standardOutput: """
            variables   3, with 2 to 3 states
            edges       3
            latent      climate
            fixed       crop
            parameters  18, 3 of them free

            p(climate), latent
              cold    warm
            0.2500  0.7500

            p(rain | climate)
            climate      no      yes
            cold     0.5000   0.5000
            warm     1.0000  2.1e-07

            p(crop | climate, rain), fixed
            climate  rain    poor    fair    good
            cold     no         1       0       0
            cold     yes   0.2000  0.3000  0.5000
            warm     no    0.1000  0.2000  0.7000
            warm     yes   0.3000  0.3000  0.4000

            """, standardError: ""))
  }

  @Test func cutsLongTablesAndTurnsWideOnes() throws {
    let long = (1...14).map { "s\($0)" }
    let wide = (1...20).map { "state\($0)" }
    let document = """
      latent: 1
      variables:
        a: {states: [\(long.joined(separator: ", "))]}
        b: {states: ["no", "yes"]}
        c: {states: [\(wide.joined(separator: ", "))]}
      edges: [a -> b]
      parameters:
        b: {\(long.map { "\($0): [0.5, 0.5]" }.joined(separator: ", "))}
        c: [\(wide.map { _ in "0.05" }.joined(separator: ", "))]

      """
    let folder = try Folder(["m.yaml": document])
    let cut = try Tool.run("show", "m.yaml", "--variable", "b,c", in: folder).standardOutput
    #expect(
      cut == "p(b | a)\na        no     yes\n"
        + (1...12).map { "s\($0)\($0 < 10 ? " " : "")  0.5000  0.5000\n" }.joined()
        + "… and 2 rows more; --all shows them\n\n" + "p(c)\nc        probability\n"
        + (1...12).map { "state\($0)\($0 < 10 ? " " : "")       0.0500\n" }.joined()
        + "… and 8 rows more; --all shows them\n")
    let full = try Tool.run("show", "m.yaml", "--variable", "b", "--variable", "c", "--all", in: folder).standardOutput
    #expect(full.split(separator: "\n").count == 2 + 14 + 2 + 20)
    #expect(
      try Tool.run("show", "m.yaml", "--variable", "a", in: folder).standardOutput
        == "without parameters  parents  states\na                            s1, s2, s3, s4, s5, s6, s7, s8, … 14 in all\n"
    )
  }

  @Test func jsonNestsTablesByParents() throws {
    let folder = try Folder(["weather.yaml": Self.weather])
    let run = try Tool.run("show", "-", "--json", "--variable", "crop", input: Self.weather, in: folder)
    let report = try #require(JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? NSDictionary)
    let crop: [String: Any] = [
      "name": "crop", "states": ["poor", "fair", "good"], "parents": ["climate", "rain"], "latent": false,
      "fixed": true,
      "probabilities": [[[1, 0, 0], [0.2, 0.3, 0.5]], [[0.1, 0.2, 0.7], [0.3, 0.3, 0.4]]],
    ]
    let expected: NSDictionary = ["variables": [crop], "edges": 3, "parameters": 18, "free_parameters": 3]
    #expect(report == expected)
  }

  @Test func unknownVariableIsWrongUsage() throws {
    let folder = try Folder(["weather.yaml": Self.weather])
    let sentence =
      "--variable: 'rin' is not a variable of the model (climate, rain, crop); did you mean 'rain'?\n"
    #expect(
      try Tool.run("show", "weather.yaml", "--variable", "rin", in: folder)
        == ToolRun(status: 64, standardOutput: "", standardError: sentence))
  }

  @Test func help() throws {
    #expect(
      try Tool.run("show", "--help", in: Folder()).standardOutput == """
        OVERVIEW: Print a model as tables that a person can read, or draw it.

        Probabilities have four decimals; 0 and 1 without decimals are exact. --json
        prints every table in full. A drawing shows each variable with its distribution
        when nothing was observed, and with --given, --likely or --do beside it the one
        in that situation. Of a model of classes, in which all variables depend on one
        latent variable and nothing else, it shows what each class is like.

        Example: latent show asia.bif --variable dysp

        USAGE: latent show [<options>] <model>

        ARGUMENTS:
          <model>                 The model. - is standard input.

        SITUATION OF A DRAWING:
          --given <name=state>    What was observed: NAME=STATE or NAME=NUMBER, with
                                  commas between; NAME=STATE|STATE for one of several
                                  states; repeatable.
          --likely <name=p,p>     Uncertain evidence: the probability of what was seen
                                  under each state of NAME, in their order, up to a
                                  factor; repeatable.
          --do <name=state>       Set a variable from outside, so that its parents
                                  learn nothing from it: NAME=STATE, with commas
                                  between; repeatable.

        OPTIONS:
          --variable, --of <names>
                                  Show only these variables, with commas between;
                                  repeatable.
          --all                   Show all rows of long tables.
          --json                  Print the model as one JSON document.
          --svg                   Draw the model as an SVG picture.
          --png <file>            Draw the model as a PNG picture, by rsvg-convert or a
                                  browser that is installed.
          --dot                   Write the network for Graphviz.
          --network               Draw the network of a model of classes, too.
          --quiet                 Print results and errors only.
          --memory-limit <MiB>    Refuse exact inference whose tables need more memory
                                  than this, in MiB. (default: 2048)
          --version               Show the version.
          -h, --help              Show help information.


        """)
  }
}

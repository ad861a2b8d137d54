import Foundation
import Testing

@Suite struct QueryTests {
  /// rain -> wet <- sprinkler, with a label and a name that are awkward to type.
  static let garden = """
    latent: 1
    variables:
      rain: {states: ["no", "yes"]}
      "a=b,c": {states: [x, "[1,2)"]}
      wet: {states: [dry, wet]}
    edges:
      - rain -> wet
      - '"a=b,c" -> wet'
    parameters:
      rain: [0.75, 0.25]
      "a=b,c": [0.5, 0.5]
      wet:
        "no": {x: [1, 0], "[1,2)": [0.25, 0.75]}
        "yes": {x: [0.5, 0.5], "[1,2)": [0, 1]}

    """

  private func query(_ arguments: String...) throws -> ToolRun {
    try Tool.run(["query", "garden.yaml"] + arguments, in: Folder(["garden.yaml": Self.garden]))
  }

  /// p(wet) = 0.375·0 + 0.375·0.75 + 0.125·0.5 + 0.125·1 = 0.46875.
  @Test func marginalsOfWhatWasNotObserved() throws {
    #expect(
      try query("--given", "wet=wet").standardOutput == """
        variable  state  probability
        rain      no        0.600000
                  yes       0.400000
        a=b,c     x         0.133333
                  [1,2)     0.866667

        log p(wet=wet) = -0.757686

        """)
  }

  @Test func jointInTheOrderAsked() throws {
    #expect(
      try query("--of", "wet,rain", "--given", "a=b,c=[1,2)").standardOutput == """
        wet  rain  probability
        dry  no       0.187500
        dry  yes             0
        wet  no       0.562500
        wet  yes      0.250000

        log p(a=b,c=[1,2)) = -0.693147

        """)
    #expect(
      try query("--of", "a=b,c").standardOutput == """
        a=b,c  probability
        x         0.500000
        [1,2)     0.500000

        """)
  }

  @Test func explanation() throws {
    #expect(
      try query("--mpe", "--given", "wet=wet, rain=yes").standardOutput == """
        variable  state
        a=b,c     [1,2)

        log p(these states | rain=yes, wet=wet) = -0.405465
        log p(rain=yes, wet=wet) = -1.673976

        """)
  }

  @Test func everythingObserved() throws {
    let given = ["--given", "wet=wet,rain=yes", "--given", "a=b,c=x"]
    let marginals = try Tool.run(["query", "-"] + given, input: Self.garden, in: Folder())
    #expect(
      marginals.standardOutput
        == "every variable was observed\n\nlog p(rain=yes, a=b,c=x, wet=wet) = -2.772589\n")
  }

  @Test(arguments: [
    (
      ["--of", "wet,rain", "--given", "a=b,c=[1,2)"],
      #"{"variables": ["wet", "rain"], "states": [["dry", "wet"], ["no", "yes"]], "#
        + #""probabilities": [[0.1875, 0], [0.5625, 0.25]], "log_evidence": -0.6931471805599453}"#
    ),
    (
      [],
      #"{"variables": ["rain", "a=b,c", "wet"], "states": [["no", "yes"], ["x", "[1,2)"], ["dry", "wet"]], "#
        + #""marginals": [[0.75, 0.25], [0.5, 0.5], [0.53125, 0.46875]], "log_evidence": 0}"#
    ),
    (
      ["--mpe", "--given", "wet=wet"],
      #"{"assignment": {"rain": "no", "a=b,c": "[1,2)"}, "log_probability": -1.2685113254635072, "#
        + #""log_evidence": -0.7576857016975165}"#
    ),
  ])
  func json(_ arguments: [String], expected: String) throws {
    let run = try Tool.run(["query", "-", "--json"] + arguments, input: Self.garden, in: Folder())
    let answer = try #require(JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? NSDictionary)
    let wanted = try #require(JSONSerialization.jsonObject(with: Data(expected.utf8)) as? NSDictionary)
    #expect(rounded(answer) as? NSDictionary == rounded(wanted) as? NSDictionary)
  }

  /// The document with its numbers to 12 decimals.
  private func rounded(_ value: Any) -> Any {
    switch value {
    case let value as NSNumber: (value.doubleValue * 1e12).rounded() / 1e12
    case let value as [Any]: value.map(rounded) as NSArray
    case let value as [String: Any]: value.mapValues(rounded) as NSDictionary
    default: value
    }
  }

  @Test(arguments: [
    Refusal(
      64, ["--of", "wat"], "--of: 'wat' is not a variable of the model (rain, a=b,c, wet); did you mean 'wet'?"),
    Refusal(
      64, ["--of", "wet,cloud"],
      "--of: 'cloud' is not a variable of the model (rain, a=b,c, wet); use one of them"),
    Refusal(64, ["--of", "wet,wet"], "--of: wet is named twice; name it once"),
    Refusal(64, ["--given", "rain"], "--given: found 'rain', expected NAME=STATE"),
    Refusal(
      64, ["--given", "rain=often"], "--given: 'often' is not a state of rain (no, yes); use one of them"),
    Refusal(
      64, ["--given", "rain=yes,wet=we"],
      "--given: 'we' is not a state of wet (dry, wet); did you mean 'wet'?"),
    Refusal(
      64, ["--given", "ran=yes"],
      "--given: 'ran' is not a variable of the model (rain, a=b,c, wet); did you mean 'rain'?"),
    Refusal(
      64, ["--given", "rain=yes", "--given", "rain=no"],
      "--given: rain is given twice; give it one state, or several with bars between: rain=A|B"),
    Refusal(
      65, ["--given", "wet=wet,rain=no", "--given", "a=b,c=x"],
      "the evidence rain=no, a=b,c=x, wet=wet has probability 0 under the model; "
        + "change a state or leave one out"),
    Refusal(
      65, ["--mpe", "--given", "wet=wet,rain=no", "--given", "a=b,c=x"],
      "the evidence rain=no, a=b,c=x, wet=wet has probability 0 under the model; "
        + "change a state or leave one out"),
  ])
  func refuses(_ refusal: Refusal) throws {
    #expect(try Tool.run(["query", "-"] + refusal.arguments, input: Self.garden, in: Folder()) == refusal.run)
  }

  @Test func needsParameters() throws {
    let model = "latent: 1\nvariables: {a: {states: [x, y]}, b: {states: [x, y]}}\nparameters: {a: [0.5, 0.5]}\n"
    #expect(
      try Tool.run("query", "-", input: model, in: Folder())
        == Refusal(65, [], "standard input: variable b has no parameters; learn them with latent fit").run)
  }

  @Test func mpeExplainsEverything() throws {
    let run = try query("--mpe", "--of", "wet")
    #expect(run.status == 64)
    #expect(
      run.standardError.hasPrefix("Error: --mpe explains everything that was not observed; leave out --of\nUsage:"))
  }

  @Test func help() throws {
    #expect(
      try Tool.run("query", "--help", in: Folder()).standardOutput == """
        OVERVIEW: Ask a model about one situation: probabilities given what was
        observed.

        Without --of, the distribution of each variable that was not observed; with it,
        the joint distribution of those named. Of a variable of numbers, mean, standard
        deviation and quantiles. The answer is exact. A name or state with a comma in
        it gets an option of its own: --given 'age=[10,20)'.

        Example: latent query asia.bif --of lung,bronc --given xray=yes,smoke=no

        USAGE: latent query <model> [--of <names> ...] [--given <name=state> ...] [--likely <name=p,p> ...] [--do \
        <name=state> ...] [--mpe] [--explain <names> ...] [--group <n>] [--json] [--quiet] [--memory-limit <MiB>]

        ARGUMENTS:
          <model>                 The model, with all its parameters. - is standard
                                  input.

        SITUATION:
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
          --of <names>            The variables asked for, with commas between;
                                  repeatable.
          --mpe                   The jointly most probable states of everything that
                                  was not observed.
          --explain <names>       The jointly most probable states of these variables,
                                  with all others summed out; with commas between;
                                  repeatable.
          --group <n>             How many of a group of N are expected in each state.
          --json                  Print the answer as one JSON document.
          --quiet                 Print results and errors only.
          --memory-limit <MiB>    Refuse exact inference whose tables need more memory
                                  than this, in MiB. (default: 2048)
          --version               Show the version.
          -h, --help              Show help information.


        """)
  }
}

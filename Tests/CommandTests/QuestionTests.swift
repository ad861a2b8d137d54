import Testing

/// Questions of `query` beyond one state of each variable: several states, uncertain evidence, interventions,
/// explanations of some variables, groups, and numbers.
@Suite struct QuestionTests {
  /// age -> smoke -> lung, where labels have bars in them, and a number below lung.
  static let survey = """
    latent: 1
    variables:
      age: {states: ["18-34", "35-54", "55+", "18-34|55+"]}
      smoke: {states: ["no", "yes"]}
      lung: {states: ["no", "yes"]}
      breath: {type: gaussian}
    edges:
      - age -> smoke
      - smoke -> lung
      - lung -> breath
    parameters:
      age: [0.25, 0.25, 0.25, 0.25]
      smoke: {"18-34": [0.5, 0.5], "35-54": [0.75, 0.25], "55+": [1, 0], "18-34|55+": [0.5, 0.5]}
      lung: {"no": [0.75, 0.25], "yes": [0.5, 0.5]}
      breath: {"no": {mean: 40, variance: 16}, "yes": {mean: 30, variance: 9}}

    """

  private func query(_ arguments: String...) throws -> ToolRun {
    try Tool.run(["query", "survey.yaml"] + arguments, in: Folder(["survey.yaml": Self.survey]))
  }

  private func answers(
    _ output: String, _ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let run = try Tool.run(["query", "survey.yaml"] + arguments, in: Folder(["survey.yaml": Self.survey]))
    #expect(run == ToolRun(status: 0, standardOutput: output, standardError: ""), sourceLocation: sourceLocation)
  }

  /// p(smoke | the two young groups) = (0.125 + 0.0625) / 0.5.
  @Test func oneOfSeveralStates() throws {
    try answers(
      """
      smoke  probability
      no        0.625000
      yes       0.375000

      log p(age=18-34|35-54) = -0.693147

      """, "--of", "smoke", "--given", "age=18-34|35-54")
    // With a comma behind it, another variable.
    try answers(
      """
      age        probability
      18-34         0.666667
      35-54         0.333333
      55+                  0
      18-34|55+            0

      log p(age=18-34|35-54, smoke=yes) = -1.673976

      """, "--of", "age", "--given", "age=35-54|18-34, smoke=yes")
  }

  /// A label that holds a bar is one state; its parts in another order are two.
  @Test func labelsWithBars() throws {
    let whole = try query("--of", "smoke", "--given", "age=18-34|55+").standardOutput
    #expect(whole.hasSuffix("log p(age=18-34|55+) = -1.386294\n"))
    let parts = try query("--of", "age", "--given", "age=55+|18-34").standardOutput
    #expect(
      parts.hasPrefix(
        "age        probability\n18-34         0.500000\n35-54                0\n55+           0.500000\n"))
    let three = try query("--of", "age", "--given", "age=35-54|18-34|55+").standardOutput
    #expect(
      three.hasPrefix(
        "age        probability\n18-34                0\n35-54         0.500000\n55+                  0\n"))
  }

  /// p(smoke) = 0.6875, 0.3125: the posterior is in the ratio 0.6875 · 1 to 0.3125 · 4.
  @Test func uncertainEvidence() throws {
    try answers(
      """
      smoke  probability
      no        0.354839
      yes       0.645161

      log p(likely smoke=1,4) = 0.661398

      """, "--of", "smoke", "--likely", "smoke=1,4")
    try answers(
      """
      smoke  probability
      no        0.354839
      yes       0.645161

      log p(likely smoke=0.2,0.8) = -0.948039

      """, "--of", "smoke", "--likely", "smoke=0.2, 0.8")
  }

  /// What is set says nothing about its parents, and its children do not see the difference.
  @Test func interventions() throws {
    let uniform = """
      age        probability
      18-34         0.250000
      35-54         0.250000
      55+           0.250000
      18-34|55+     0.250000

      """
    try answers(uniform, "--of", "age", "--do", "smoke=yes")
    try answers(
      uniform + "\nlog p(lung=yes | do(smoke=yes)) = -0.693147\n", "--of", "age", "--do", "smoke=yes", "--given",
      "lung=yes")
    try answers(
      """
      variable  state
      lung      no

      log p(these states | do(smoke=yes)) = -0.693147

      """, "--explain", "lung", "--do", "smoke=yes")
    let rest = try query("--do", "smoke=yes,lung=no").standardOutput
    #expect(!rest.contains("smoke") && !rest.contains("lung") && rest.contains("breath    40   4"))
  }

  /// The likeliest state of everything has the age whose smokers are certain; by itself, every age is as likely.
  @Test func explanationsOfSomeVariables() throws {
    try answers(
      """
      variable  state
      age       55+
      smoke     no
      lung      no

      log p(these states) = -1.673976

      """, "--mpe")
    try answers("variable  state\nage       18-34\n\nlog p(these states) = -1.386294\n", "--explain", "age")
    try answers(
      """
      variable  state
      age       18-34
      lung      no

      log p(these states | likely age=1,0.5,0.5,0.5, smoke=no|yes) = -1.386294
      log p(likely age=1,0.5,0.5,0.5, smoke=no|yes) = -0.470004

      """, "--explain", "lung,age", "--likely", "age=1,0.5,0.5,0.5", "--given", "smoke=no|yes")
    #expect(
      try query("--explain", "age", "--json", "--given", "lung=no").standardOutput.hasPrefix(
        "{\n  \"assignment\" : {\n    \"age\" : \"55+\"\n  },\n  \"log_evidence\" : -0.39"))
  }

  @Test func expectedCountsOfAGroup() throws {
    try answers(
      """
      smoke  probability  expected
      no        0.687500     137.5
      yes       0.312500      62.5

      """, "--of", "smoke", "--group", "200")
    let all = try query("--group", "0.001", "--given", "age=55+").standardOutput
    #expect(all.contains("smoke     no               1     0.001\n          yes              0         0\n"))
    let json = try query("--of", "smoke", "--group", "200", "--json").standardOutput
    #expect(
      json.contains(
        /"expected_counts" : \[\n    137.(5|4999999|5000000)[0-9]*,\n    62.(5|4999999|5000000)[0-9]*\n  \]/))
  }

  @Test func numbers() throws {
    try answers(
      """
      number  mean  sd       5%     25%  50%     75%      95%
      breath    40   4  33.4206  37.302   40  42.698  46.5794

      """, "--of", "breath", "--do", "lung=no")
    try answers(
      """
      lung  probability
      no       0.671875
      yes      0.328125

      number     mean       sd       5%      25%      50%      75%      95%
      breath  36.7188  5.97905  26.9073  31.7621  37.4155  41.3057  45.7746

      """, "--of", "lung,breath")
    try answers(
      """
      number  mean  sd  5%  25%  50%  75%  95%
      breath    35   0  35   35   35   35   35

      log p(breath=35) = -3.180626, of a density

      """, "--of", "breath", "--given", "breath=35")
    #expect(
      try query("--of", "breath", "--json", "--do", "lung=no").standardOutput.hasPrefix(
        """
        {
          "log_evidence" : 0,
          "numbers" : [
            {
              "mean" : 40,
              "quantiles" : {
                "0.05" : 33.4205
        """))
  }

  @Test(arguments: [
    Refusal(
      64, ["--given", "age=18-34|teen"],
      "--given: 'teen' is not a state of age (18-34, 35-54, 55+, 18-34|55+); use one of them"),
    Refusal(64, ["--given", "breath=1|2"], "--given: '1|2' is not a finite number, which breath needs"),
    Refusal(64, ["--given", "smoke=no", "--do", "smoke=no"], "--do: smoke is given twice; say one thing of it"),
    Refusal(
      64, ["--given", "smoke=no", "--given", "smoke=yes"],
      "--given: smoke is given twice; give it one state, or several with bars between: smoke=A|B"),
    Refusal(
      64, ["--likely", "smoke=1,1", "--likely", "smoke=1,1"],
      "--likely: smoke is given twice; say one thing of it"),
    Refusal(
      64, ["--likely", "smoke=0.8"],
      "--likely: found '0.8', expected 2 numbers of smoke, one for each state (no, yes), none below 0 and not all 0"),
    Refusal(
      64, ["--likely", "smoke=0,0"],
      "--likely: found '0,0', expected 2 numbers of smoke, one for each state (no, yes), none below 0 and not all 0"),
    Refusal(
      64, ["--likely", "smoke=1,-1"],
      "--likely: found '1,-1', expected 2 numbers of smoke, one for each state (no, yes), none below 0 and not all 0"),
    Refusal(
      64, ["--likely", "breath=1,1"],
      "--likely: breath has numbers, and likelihoods are those of states; leave it out"),
    Refusal(
      64, ["--do", "breath=1"],
      "--do: breath has numbers, on which nothing depends, so setting it changes nothing; set a variable with states"),
    Refusal(64, ["--do", "smoke=maybe"], "--do: 'maybe' is not a state of smoke (no, yes); use one of them"),
    Refusal(64, ["--explain", "breath"], "--explain: breath has numbers, not states; ask with --of"),
    Refusal(
      64, ["--explain", "smoke,age", "--given", "smoke=no"],
      "--explain: smoke was observed; name variables that were not"),
    Refusal(
      65, ["--given", "age=55+", "--likely", "smoke=0,1"],
      "the evidence age=55+, smoke=yes has probability 0 under the model; change a state or leave one out"),
  ])
  func refuses(_ refusal: Refusal) throws {
    #expect(try Tool.run(["query", "-"] + refusal.arguments, input: Self.survey, in: Folder()) == refusal.run)
  }

  @Test(arguments: [
    (["--explain", "age", "--of", "age"], "--explain asks for states, --of for probabilities; ask for one of them"),
    (["--explain", "age", "--mpe"], "--mpe explains everything, --explain some variables; ask for one of them"),
    (["--group", "0"], "--group 0.0: expected a number above 0"),
    (["--group", "9", "--mpe"], "--group tells expected counts, which an explanation has none of; leave it out"),
  ])
  func refusesUsage(_ arguments: [String], _ sentence: String) throws {
    let run = try Tool.run(["query", "-"] + arguments, input: Self.survey, in: Folder())
    #expect(run.status == 64)
    #expect(run.standardError.hasPrefix("Error: \(sentence)\n"))
  }
}

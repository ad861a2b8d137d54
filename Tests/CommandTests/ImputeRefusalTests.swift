import Testing

@Suite struct ImputeRefusalTests {
  static let refusals = [
    RefusedRun(
      name: "an impossible row", arguments: ["impute", "rain.yaml", "impossible.csv", "-o", "out.csv"],
      status: 65,
      sentence: "impossible.csv: 2 rows have probability 0 under rain.yaml: line 3 (P(sprinkler=on | rain=yes) is "
        + "0), line 5 (P(grass=wet | rain=no, sprinkler=off) is 0); correct the cells, or the zeros of the "
        + "model"),
    RefusedRun(
      name: "an impossible row, drawn",
      arguments: ["impute", "rain.yaml", "impossible.csv", "--method", "draw", "-o", "out.csv"],
      status: 65,
      sentence: "impossible.csv: 2 rows have probability 0 under rain.yaml: line 3 (P(sprinkler=on | rain=yes) is "
        + "0), line 5 (P(grass=wet | rain=no, sprinkler=off) is 0); correct the cells, or the zeros of the "
        + "model"),
    RefusedRun(
      name: "an unknown method", arguments: ["impute", "rain.yaml", "grass.csv", "--method", "knn"],
      status: 64,
      sentence: "Error: The value 'knn' is invalid for '--method <method>': expected map, mode, mean, draw, "
        + "column-mode, column-mean or complete-rows"),
    RefusedRun(
      name: "copies of what is not drawn", arguments: ["impute", "rain.yaml", "grass.csv", "--copies", "2"],
      status: 64,
      sentence: "Error: --copies is for --method draw"),
    RefusedRun(
      name: "a seed for what is not drawn", arguments: ["impute", "rain.yaml", "grass.csv", "--seed", "2"],
      status: 64,
      sentence: "Error: --seed is for --method draw"),
    RefusedRun(
      name: "no copies", arguments: ["impute", "rain.yaml", "grass.csv", "--method", "draw", "--copies", "0"],
      status: 64,
      sentence: "Error: --copies 0: expected at least 1"),
    RefusedRun(
      name: "a column copy",
      arguments: ["impute", "rain.yaml", "copy.csv", "--method", "draw", "--ignore-columns", "-o", "out.csv"],
      status: 65,
      sentence: "copy.csv:1: there is a column copy already, and draw adds one of that name; rename it"),
    RefusedRun(
      name: "nothing left",
      arguments: [
        "impute", "rain.yaml", "grass.csv", "--method", "complete-rows", "--ignore-columns", "-o", "out.csv",
      ],
      status: 65,
      sentence: "grass.csv: every row has a missing cell, so that complete-rows would leave nothing; use --method map"),
    RefusedRun(
      name: "no parameters", arguments: ["impute", "structure.yaml", "complete.csv", "-o", "out.csv"],
      status: 65,
      sentence: "structure.yaml: variables rain, sprinkler, grass have no parameters; learn them with latent fit"),
    RefusedRun(
      name: "an unknown column", arguments: ["impute", "rain.yaml", "grass.csv", "-o", "out.csv"],
      status: 65,
      sentence: "grass.csv:1: column day is not a variable of the model (rain, sprinkler, grass); leave such columns "
        + "out with --ignore-columns"),
    RefusedRun(
      name: "no such folder", arguments: ["impute", "rain.yaml", "complete.csv", "-o", "nowhere/out.csv"],
      status: 73,
      sentence: "nowhere/out.csv: there is no such directory; create it first"),
    RefusedRun(
      name: "no such file", arguments: ["impute", "rain.yaml", "nothing.csv"],
      status: 66,
      sentence: "nothing.csv: there is no such file; check the name"),
    RefusedRun(
      name: "one standard input", arguments: ["impute", "-", "-"],
      status: 64,
      sentence: "Error: standard input can be the model or the data, not both; name one as a file"),
  ]

  @Test(arguments: refusals) func refusesInOneSentence(_ refusal: RefusedRun) throws { try refusal.check() }
}

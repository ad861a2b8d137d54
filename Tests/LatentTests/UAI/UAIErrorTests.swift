import Latent
import Testing

/// Every flaw of a UAI file or its side file gets one sentence with its place.
@Suite struct UAIErrorTests {
  static let preamble = "BAYES\n2\n2 3\n2\n1 0\n2 0 1\n"

  static let files: [(text: String, message: String)] = [
    ("", "1:1: the file is empty; expected 'BAYES' and a network"),
    ("# nothing\n", "1:1: the file is empty; expected 'BAYES' and a network"),
    ("latent: 1", "1:1: this is not a UAI file: found 'latent:', expected 'BAYES'"),
    (
      "MARKOV\n1\n2\n",
      "1:1: this is a Markov network, whose factors are no conditional probabilities; only 'BAYES' can be read"
    ),
    ("BAYES", "1:6: the file ends where the number of variables was expected; is it complete?"),
    ("BAYES\n-2", "2:1: found '-2', expected the number of variables"),
    ("BAYES\n2.0", "2:1: found '2.0', expected the number of variables"),
    ("BAYES\n2\n2", "3:2: the file ends where the number of states of variable 1 was expected; is it complete?"),
    (
      "BAYES\n1000000000000\n2",
      "3:2: the file ends where the number of states of variable 1 was expected; is it complete?"
    ),
    ("BAYES\n99999999999999999999\n2", "2:1: found '99999999999999999999', expected the number of variables"),
    ("BAYES\n2\n2 0", "3:3: variable 1 has no states; a variable has at least one"),
    (
      "BAYES\n2\n2 1000000000\n",
      "3:3: variable 1 has 1000000000 states, and the file is too short for a probability of each"
    ),
    (
      "BAYES\n2\n2 9223372036854775807\n",
      "3:3: variable 1 has 9223372036854775807 states, and the file is too short for a probability of each"
    ),
    ("BAYES\n2\n2 3", "3:4: the file ends where the number of factors was expected; is it complete?"),
    (
      "BAYES\n2\n2 3\n3\n",
      "4:1: the file has 2 variables and 3 factors; a Bayesian network has one factor for each variable"
    ),
    ("BAYES\n2\n2 3\n2\n0\n", "5:1: factor 0 is over 0 of 2 variables; expected its parents and its child"),
    ("BAYES\n2\n2 3\n2\n3 0 1\n", "5:1: factor 0 is over 3 of 2 variables; expected its parents and its child"),
    ("BAYES\n2\n2 3\n2\n2 0\n", "6:1: the file ends where a variable of factor 0 was expected; is it complete?"),
    ("BAYES\n2\n2 3\n2\n1 2\n", "5:3: there is no variable 2; they are numbered from 0 to 1"),
    ("BAYES\n2\n2 3\n2\n1 x\n", "5:3: found 'x', expected a variable of factor 0"),
    ("BAYES\n2\n2 3\n2\n2 1 1\n", "5:5: variable 1 is listed twice in the scope of factor 0; list it once"),
    (
      "BAYES\n2\n2 3\n2\n1 0\n2 1 0\n",
      "6:1: variable 0 is the last of two scopes, the first in line 5; each scope ends with its child, and each variable "
        + "is the child of one"
    ),
    ("BAYES\n2\n2 3\n2\n2 0 1\n2 1 0\n", "5:1: the edges form a cycle: v1 -> v0 -> v1; remove one of them"),
    (preamble, "7:1: the file ends where the number of probabilities of v0 was expected; is it complete?"),
    (preamble + "2 0.5 0.5 5", "7:11: the table of v1 needs 6 probabilities, and the file announces 5"),
    (preamble + "2 0.5", "7:6: the file ends where a probability was expected; is it complete?"),
    (preamble + "2 0.5 half", "7:7: found 'half', expected a probability"),
    (preamble + "2 nan 1", "7:3: found 'nan', expected a probability"),
    (preamble + "2 1.5 -0.5", "7:7: '-0.5' is negative; a probability lies between 0 and 1"),
    (
      preamble + "2 0.5 0.4 6 1 0 0 1 0 0",
      "7:3: the probabilities of v0 sum to 0.9, not to 1; correct them"
    ),
    (
      preamble + "2 0.5 0.5\n6 1 0 0\n 1 0 .5",
      "9:2: the probabilities of v1 given v0=1 sum to 1.5, not to 1; correct them"
    ),
    (preamble + "2 1e999 0.5 6 1 0 0 1 0 0", "7:3: inf is not a probability; expected a number between 0 and 1"),
    (preamble + "2 0.5 0.5 6 1 0 0 1 0 0 7", "7:25: found '7', expected the end after the last table"),
  ]

  @Test(arguments: files) func says(text: String, message: String) {
    let error = #expect(throws: FileError.self) { try ModelFormat.uai.parse(Array(text.utf8), file: "n.uai") }
    #expect(error?.description == "n.uai:\(message)")
  }

  @Test func rowsAreFoundInTheOrderOfTheFile() {
    let text = UAIDialectTests.fromAGrUM.replacing("0.26 0.61", with: "0.26 0.71")
    let error = #expect(throws: FileError.self) { try ModelFormat.uai.parse(Array(text.utf8), file: "n.uai") }
    #expect(
      error?.description
        == "n.uai:12:3: the probabilities of X given P1=1, P2=0 sum to 1.1, not to 1; correct them")
  }

  static let sides: [(text: String, message: String)] = [
    (
      "latent: 1\nvariables: {x: {states: [a, b]}}",
      ": it names 1 variables, and n.uai has 2; list all of them in order"
    ),
    (
      "latent: 1\nvariables: {x: {states: [a, b]}, y: {states: [a, b]}}",
      ": variable y has 2 states, and variable 1 of n.uai has 3; make the two agree"
    ),
    (
      "latent: 1\nvariables: {x: {states: [a, b]}, y: {states: [a, b, c]}}\nedges: [x -> y]",
      ": a file of names has 'variables' only; remove its edges and parameters"
    ),
    (
      "latent: 1\nvariables: {x: {states: [a, b]}, y: {states: [a, b, c]}}\nparameters: {x: [0.5, 0.5]}",
      ": a file of names has 'variables' only; remove its edges and parameters"
    ),
    (
      "latent: 1\nvariables: {x: {states: [a, a]}}",
      ":2:13: variable x lists the state 'a' twice; states must differ"
    ),
  ]

  @Test(arguments: sides) func saysOfTheSideFile(text: String, message: String) {
    let error = #expect(throws: FileError.self) {
      try ModelFormat.uai.parse(
        Array("\(Self.preamble)2 0.5 0.5 6 1 0 0 1 0 0".utf8), file: "n.uai", companion: Array(text.utf8))
    }
    #expect(error?.description == "n.uai.names.yaml\(message)")
  }

  @Test func hugeTablesAreRefusedBeforeTheyAreMade() {
    let count = 40
    var text = "BAYES\n\(count)\n\((0..<count).map { _ in "2" }.joined(separator: " "))\n\(count)\n"
    for index in 0..<count { text += "\(index + 1) \((0...index).map(String.init).joined(separator: " "))\n" }
    let error = #expect(throws: FileError.self) { try ModelFormat.uai.parse(Array(text.utf8), file: "n.uai") }
    #expect(
      error?.description
        == "n.uai:34:1: the table of v29 below its 29 parents brings the network above 1073741823 cells; "
        + "remove parents or merge states")
  }
}

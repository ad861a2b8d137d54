import Foundation
import Testing

/// Bad input to `fit`: one sentence with the place, what was found, what was expected and the nearest remedy; the exit
/// code of the contract; no output file left behind.
@Suite struct BadInputTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    var model = BadInputTests.model
    var data: [UInt8] = Array("smoke,lung\nyes,no\n".utf8)
    var arguments = ["fit", "m.bif", "d.csv", "-o", "out.bif"]
    let status: Int32
    let sentence: String

    var testDescription: String { name }

    init(
      _ name: String, data: String, arguments: [String] = [], status: Int32 = 65, _ sentence: String
    ) {
      self.name = name
      self.data = Array(data.utf8)
      self.arguments += arguments
      self.status = status
      self.sentence = sentence
    }

    init(_ name: String, bytes: [UInt8], _ sentence: String) {
      self.name = name
      data = bytes
      status = 65
      self.sentence = sentence
    }

    init(_ name: String, replace: String, by: String, in text: String = BadInputTests.model, _ sentence: String) {
      self.name = name
      model = text.replacing(replace, with: by)
      status = 65
      self.sentence = sentence
    }

    init(_ name: String, command: [String], status: Int32, _ sentence: String) {
      self.name = name
      arguments = command
      self.status = status
      self.sentence = sentence
    }
  }

  static let model = """
    network unknown {
    }
    variable smoke {
      type discrete [ 2 ] { yes, no };
    }
    variable lung {
      type discrete [ 2 ] { yes, no };
    }
    probability ( smoke ) {
      table 0.5, 0.5;
    }
    probability ( lung | smoke ) {
      (yes) 0.1, 0.9;
      (no) 0.01, 0.99;
    }

    """

  static let cases: [Case] = [
    Case("empty file", data: "", "d.csv: the file is empty; its first line must name the columns"),
    Case(
      "no rows", data: "smoke,lung\n", "d.csv: there are no rows below the names of the columns; give at least one"),
    Case(
      "ragged row", data: "smoke,lung\nyes,no\nno\n",
      "d.csv:3: found 1 cell, expected 2 as in the header; leave a missing cell empty between delimiters"),
    Case(
      "too many cells", data: "smoke,lung\nyes,no,no\n",
      "d.csv:2: found 3 cells, expected 2 as in the header; quote a cell that holds the delimiter"),
    Case(
      "unknown state", data: "smoke,lung\nyes,no\nmaybe,no\n",
      "d.csv:3: column smoke: 'maybe' is not a state of smoke (yes, no); add it to the model or list it with --missing"),
    Case(
      "state in other case", data: "smoke,lung\nYes,no\n",
      "d.csv:2: column smoke: 'Yes' is not a state of smoke (yes, no), case matters; did you mean 'yes'?"),
    Case(
      "duplicate column", data: "smoke,lung,smoke\nyes,no,no\n",
      "d.csv:1: columns 1 and 3 are both named smoke; names must differ, rename one"),
    Case(
      "nameless column", data: "smoke,\nyes,no\n",
      "d.csv:1: column 2 has no name; give it one, or leave it out with --ignore-columns"),
    Case(
      "unknown column", data: "smoke,lung,age\nyes,no,3\n",
      "d.csv:1: column age is not a variable of the model (smoke, lung); leave such columns out with --ignore-columns"),
    Case(
      "not UTF-8", bytes: Array("smoke,lung\nyes,".utf8) + [0xFF, 0xFE, 0x0A],
      "d.csv:2: column lung: '\\xff\\xfe' is not valid UTF-8; save the file in UTF-8"),
    Case("UTF-16", bytes: [0xFF, 0xFE, 0x73, 0x00], "d.csv:1: the text is in UTF-16; save it in UTF-8"),
    Case(
      "cell of 10 MB", bytes: Array("smoke,lung\n".utf8) + [UInt8](repeating: 0x79, count: 10_000_000) + [0x0A],
      "d.csv:2: found 1 cell, expected 2 as in the header; leave a missing cell empty between delimiters"),
    Case(
      "quote never closed", data: "smoke,lung\n\"yes,no\n",
      "d.csv:2:1: the quote that opens here is never closed; close it, or write a quote that belongs to the cell twice"),
    Case(
      "text after a quote", data: "smoke,lung\n\"yes\"x,no\n",
      "d.csv:2:6: text follows the closing quote of a cell; write a quote that belongs to the cell twice"),
    Case(
      "state with a line break", data: "smoke,lung\nyes,no\n\"ye\ns\",no\n",
      "d.csv:3: column smoke: 'ye\\x0as' is not a state of smoke (yes, no); add it to the model or list it with --missing"
    ),
    Case(
      "negative weight", data: "smoke,lung,w\nyes,no,-1\n", arguments: ["--weights", "w"],
      "d.csv:2: column w: '-1' is not a weight; expected a finite number, 0 or greater"),
    Case(
      "no such column of weights", data: "smoke,lung\nyes,no\n", arguments: ["--weights", "w"],
      "d.csv:1: there is no column w for the weights; the columns are smoke, lung"),
    Case(
      "all weights zero", data: "smoke,lung,w\nyes,no,0\n", arguments: ["--weights", "w"],
      "d.csv: every row has weight 0, so there is nothing to learn from"),
    Case(
      "probabilities that do not sum to one", replace: "0.1, 0.9", by: "0.1, 0.8",
      "m.bif:13:3: the probabilities of lung given smoke=yes sum to 0.9, not to 1; correct them"),
    Case(
      "no probability block", replace: "probability ( smoke ) {\n  table 0.5, 0.5;\n}", by: "",
      "m.bif:3:10: variable smoke has no probability block; add 'probability ( smoke ) { table ...; }'"),
    Case(
      "cyclic graph", replace: "( smoke ) {\n  table 0.5, 0.5;",
      by: "( smoke | lung ) {\n  (yes) 0.5, 0.5;\n  (no) 0.5, 0.5;",
      "m.bif:13:15: the edges form a cycle: lung -> smoke -> lung; remove one of them"),
    Case(
      "unknown parent", replace: "lung | smoke", by: "lung | smog",
      "m.bif:12:22: 'smog' is not a variable of this file; declare it with 'variable smog'"),
    Case(
      "truncated model", replace: " {\n  (yes) 0.1, 0.9;\n  (no) 0.01, 0.99;\n}\n", by: "",
      "m.bif:12:29: the file ends where '{' after the variables was expected; is it complete?"),
    Case(
      "no such model", command: ["fit", "x.bif", "d.csv"], status: 66, "x.bif: there is no such file; check the name"),
    Case(
      "no such data", command: ["fit", "m.bif", "x.csv"], status: 66, "x.csv: there is no such file; check the name"),
    Case(
      "data is a directory", command: ["fit", "m.bif", "."], status: 66,
      ".: this is a directory; name a file in it"),
    Case(
      "no such output directory", command: ["fit", "m.bif", "d.csv", "-o", "no/out.bif"], status: 73,
      "no/out.bif: there is no such directory; create it first"),
  ]

  @Test(arguments: cases) func oneSentence(_ input: Case) throws {
    let folder = try Folder(["m.bif": input.model])
    try Data(input.data).write(to: folder.url.appending(path: "d.csv"))
    let run = try Tool.run(input.arguments, in: folder)
    #expect(run.status == input.status)
    #expect(run.standardError == input.sentence + "\n")
    #expect(run.standardOutput == "")
    #expect(folder.files == ["d.csv", "m.bif"])
  }

  @Test func impossibleRowsAreNamedWithTheReason() throws {
    let folder = try Folder([
      "m.bif": Self.model.replacing("0.5, 0.5", with: "1, 0"), "d.csv": "smoke,lung\nyes,no\nno,no\n,no\nno,yes\n",
    ])
    let run = try Tool.run("fit", "m.bif", "d.csv", "-o", "out.bif", in: folder)
    #expect(run.status == 65)
    #expect(
      run.standardError
        == "d.csv: 2 rows have probability 0 under m.bif: line 3 (P(smoke=no) is 0), line 5 (P(smoke=no) is 0); "
        + "correct the cells, or the zeros of the model\n")
    #expect(folder.files == ["d.csv", "m.bif"])
  }

  static let usage: [([String], String)] = [
    (["fit", "m.bif"], "Error: Missing expected argument '<data>'"),
    (["fit", "-", "-"], "Error: standard input can be the model or the data, not both; name one as a file"),
    (
      ["fit", "m.bif", "d.csv", "-o", "x.foo"],
      "Error: x.foo: the extension does not say which format to write; use one of .bif, .xmlbif, .net, .xdsl, .uai, .yaml, .json"
    ),
    (["fit", "m.bif", "d.csv", "--starts", "0"], "Error: --starts 0: expected 1 to 10000, auto, or auto:1000"),
    (
      ["fit", "m.bif", "d.csv", "--prior", "many"],
      "Error: --prior many: expected none, or a pseudo-count above 0 and up to 1e9, such as 1"
    ),
    (
      ["fit", "m.bif", "d.csv", "--json", "-o", "-"],
      "Error: -o - and the report would mix on standard output; name a file"
    ),
  ]

  @Test(arguments: usage) func wrongUsage(_ arguments: [String], _ firstLine: String) throws {
    let folder = try Folder()
    let run = try Tool.run(arguments, in: folder)
    #expect(run.status == 64)
    #expect(run.standardError.split(separator: "\n").first.map(String.init) == firstLine)
    #expect(folder.files == [])
  }
}

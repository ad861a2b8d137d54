import Latent
import Testing

/// Every flaw of a BIF file gets one sentence with its place.
@Suite struct BIFErrorTests {
  static let x = "variable x { type discrete [2] { a, b }; }\n"
  static let y = "variable y { type discrete [2] { c, d }; }\n"
  static let px = "probability ( x ) { table 0.5, 0.5; }\n"

  static let cases: [(text: String, message: String)] = [
    ("", "n.bif:1:1: the file is empty; expected 'network', 'variable' and 'probability' blocks"),
    (" // nothing\n", "n.bif:1:1: the file is empty; expected 'network', 'variable' and 'probability' blocks"),
    (
      "latent: 1\n",
      "n.bif:1:1: this is not a BIF file: found 'latent:', expected 'network', 'variable' or 'probability'"
    ),
    (
      "<?xml version=\"1.0\"?>",
      "n.bif:1:1: this is not a BIF file: found '<?xml', expected 'network', 'variable' or 'probability'"
    ),
    (x + "variabel y", "n.bif:2:1: found 'variabel', expected 'network', 'variable' or 'probability'"),
    (x + px + "variable", "n.bif:3:9: the file ends where the name of a variable was expected; is it complete?"),
    (
      x + "probability ( x ) { table 0.5,",
      "n.bif:2:20: the block that begins here has no closing '}'; is the file complete?"
    ),
    (x + "/* probability", "n.bif:2:1: the comment that begins here is not closed; expected '*/'"),
    (
      "variable x { type discrete [2] { a, \"b };\n}",
      "n.bif:1:37: the quote that opens here is not closed on its line; expected '\"'"
    ),
    (
      "variable x { type discrete [3] { a, b }; }",
      "n.bif:1:29: variable x declares 3 states and lists 2; make the two agree"
    ),
    (
      "variable x { type discrete [2] { a, a }; }",
      "n.bif:1:10: variable x lists the state 'a' twice; states must differ"
    ),
    (
      "variable x { type continuous; }",
      "n.bif:1:19: variable x is of type continuous; only discrete variables can be read"
    ),
    ("variable x { }", "n.bif:1:10: variable x has no states; add 'type discrete [ 2 ] { a, b };'"),
    (
      "variable x { type discrete [1] { a }; type discrete [1] { a }; }",
      "n.bif:1:39: variable x has two types; remove one"
    ),
    ("variable x { states a b; }", "n.bif:1:14: found 'states', expected 'type', 'property' or '}'"),
    (x + px + x, "n.bif:3:10: variable x is declared twice, first in line 1; remove one of the two"),
    (x + px + px, "n.bif:3:15: x has two probability blocks, the first in line 2; remove one of the two"),
    (x + y + px, "n.bif:2:10: variable y has no probability block; add 'probability ( y ) { table ...; }'"),
    (
      x + px + "probability ( z ) { table 1; }",
      "n.bif:3:15: 'z' is not a variable of this file; declare it with 'variable z'"
    ),
    (
      x + y + px + "probability ( y | xx ) { table 1; }",
      "n.bif:4:19: 'xx' is not a variable of this file; declare it with 'variable xx'"
    ),
    (
      x + y + px + "probability ( y | x, x ) { table 1; }",
      "n.bif:4:22: x is listed twice as a parent of y; list it once"
    ),
    (
      x + y + "probability ( x | y ) { default 0.5 0.5; }\nprobability ( y | x ) { default 0.5 0.5; }",
      "n.bif:4:15: the edges form a cycle: y -> x -> y; remove one of them"
    ),
    (
      x + "probability ( x | x ) { default 0.5 0.5; }",
      "n.bif:2:15: the edges form a cycle: x -> x; remove one of them"
    ),
    (
      x + y + px + "probability ( y | x ) { (a) 0.5 0.5;\n (e) 0.5 0.5; }",
      "n.bif:5:3: 'e' is not a state of x (a, b); correct the row of y"
    ),
    (
      x + y + px + "probability ( y | x ) { (a) 0.5 0.5;\n (a) 0.5 0.5; }",
      "n.bif:5:2: the row of y for x=a is there twice, first in line 4; remove one of the two"
    ),
    (
      x + y + px + "probability ( y | x ) { (a) 0.5 0.5;\n (a) 0.5 0.5; (b) 1 0; }",
      "n.bif:5:2: the row of y for x=a is there twice, first in line 4; remove one of the two"
    ),
    (
      x + y + px + "probability ( y | x ) { (b) 0.5 0.5; }",
      "n.bif:4:15: the block of y has no row for x=a; add it, or a 'default'"
    ),
    (
      x + y + px + "probability ( y | x ) { (a, b) 0.5 0.5; }",
      "n.bif:4:25: the row of y names 2 states; expected one for each of its parents (x)"
    ),
    (
      x + y + px + "probability ( y | x ) { (a) 0.5 0.25 0.25; (b) 1 0; }",
      "n.bif:4:25: the row of y needs 2 probabilities, one for each state, and has 3"
    ),
    (
      x + y + px + "probability ( y | x ) { default 1; }",
      "n.bif:4:25: the default of y needs 2 probabilities, one for each state, and has 1"
    ),
    (x + y + px + "probability ( y | x ) { default 1 0; default 0 1; }", "n.bif:4:38: y has two defaults; remove one"),
    (
      x + y + px + "probability ( y | x ) { (a) 0.5 0.5; (b) 0.5 0.6; }",
      "n.bif:4:38: the probabilities of y given x=b sum to 1.1, not to 1; correct them"
    ),
    (
      x + y + px + "probability ( y | x ) { table 0.5 0.5 0.5; }",
      "n.bif:4:25: the table of y needs 4 probabilities and has 3"
    ),
    (
      x + y + px + "probability ( y | x ) { table 0.9 0.1 0.2 0.8; }",
      "n.bif:4:25: the table of y sums to 1 only when read with the child fastest, but BIF lists the child slowest; "
        + "write it as rows keyed by the parents' states"
    ),
    (
      x + y + px + "probability ( y | x ) { table 0.9 0.1 0.2 0.7; }",
      "n.bif:4:25: the probabilities of y given x=a sum to 1.1, not to 1; correct them"
    ),
    (
      x + y + px + "probability ( y | x ) { table 1 1 0 0; (a) 1 0; }",
      "n.bif:4:25: y has a 'table' and, in line 4, other rows; keep one of the two"
    ),
    (
      x + "probability ( x ) { table 1.5, -0.5; }",
      "n.bif:2:32: '-0.5' is negative; a probability lies between 0 and 1"
    ),
    (x + "probability ( x ) { table 0.5, half; }", "n.bif:2:32: found 'half', expected a probability or ';'"),
    (x + "probability ( x ) { table 0,5 0,5; }", "n.bif:2:21: the table of x needs 2 probabilities and has 4"),
    (x + "probability ( x ) { table nan, 1; }", "n.bif:2:27: found 'nan', expected a probability or ';'"),
    (
      x + "probability ( x ) { table 1e999, 0; }",
      "n.bif:2:21: inf is not a probability; expected a number between 0 and 1"
    ),
    (x + "probability ( x ) { table 0.5, 0.5 }", "n.bif:2:36: found '}', expected a probability or ';'"),
    (x + "probability ( x ) { table 0.5, 0.5; table 0.5, 0.5; }", "n.bif:2:37: x has two tables; remove one"),
    (
      x + "probability ( x ) { values 0.5, 0.5; }",
      "n.bif:2:21: found 'values', expected 'table', 'default', 'property', '(' or '}'"
    ),
    (x + "probability ( x ) { }", "n.bif:2:15: the block of x has no probabilities; add a 'table'"),
    (
      "variable x { type discrete [2] { a, b }; } )",
      "n.bif:1:44: found ')', expected 'network', 'variable' or 'probability'"
    ),
  ]

  @Test(arguments: cases) func says(text: String, message: String) {
    let error = #expect(throws: FileError.self) { try ModelFormat.bif.parse(Array(text.utf8), file: "n.bif") }
    #expect(error?.description == message)
  }

  @Test func bytesThatAreNotUTF8() {
    let text = Array("variable x { type discrete [1] { ".utf8) + [0xE9] + Array(" }; }".utf8)
    let error = #expect(throws: FileError.self) { try ModelFormat.bif.parse(text, file: "n.bif") }
    #expect(error?.description == "n.bif:1:34: this name is not UTF-8; save the file in that encoding")
  }

  @Test func wildcardsCannotExhaustMemory() {
    var text = ""
    let names = (0..<14).map { "v\($0)" }
    for name in names { text += "variable \(name) { type discrete [2] { a, b }; }\n" }
    let stars = names.dropFirst().map { _ in "*" }.joined(separator: " ")
    text += "probability ( v0 \(names.dropFirst().joined(separator: " ")) ) {\n"
    for _ in 0..<3 { text += "(\(stars)) 1 0;" }
    text += "}\n"
    for name in names.dropFirst() { text += "probability ( \(name) ) { default 0.5 0.5; }\n" }
    #expect(throws: FileError.self) { try ModelFormat.bif.parse(Array(text.utf8), file: "n.bif") }
  }

  @Test func writingNeedsParameters() throws {
    let variable = try Variable(name: "x", states: ["a\"b"])
    let structure = try NetworkStructure(schema: Schema([variable]), parents: [[]])
    let bare = try Model(name: "", structure: structure, parameters: [nil])
    let error = #expect(throws: FileError.self) { try ModelFormat.bif.text(of: bare, file: "out.bif") }
    #expect(
      error?.description
        == "out.bif: variable x has no parameters, which BIF cannot leave out; fit the model first, "
        + "or write it as .yaml or .json"
    )
  }
}

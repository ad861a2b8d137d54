import Latent
import Testing

/// Every flaw of a NET file gets one sentence with its place.
@Suite struct NETErrorTests {
  static let x = "node x { states = (\"a\" \"b\"); }\n"
  static let y = "node y { states = (\"c\" \"d\" \"e\"); }\n"
  static let px = "potential (x) { data = (0.5 0.5); }\n"

  static let blocks: [(text: String, message: String)] = [
    ("", "1:1: the file is empty; expected 'net', 'node' and 'potential' blocks"),
    (" % nothing\n", "1:1: the file is empty; expected 'net', 'node' and 'potential' blocks"),
    ("network n { }", "1:1: this is not a NET file: found 'network', expected 'net', 'node' or 'potential'"),
    ("<?xml version=\"1.0\"?>", "1:1: this is not a NET file: found '<?xml', expected 'net', 'node' or 'potential'"),
    (x + "nodes y { }", "2:1: found 'nodes', expected 'net', 'node' or 'potential'"),
    (x + px + "}", "3:1: found '}', expected 'net', 'node' or 'potential'"),
    ("net { name = \"n\"", "1:17: the file ends where the name of the network or ';' was expected; is it complete?"),
    ("net { node_size = (1 2) }\n" + x, "1:7: the value of 'node_size' does not end; add a ';'"),
    ("net { }\n" + x + "net { }", "3:1: the file describes two networks, the first from line 1 on; keep one in a file"),
    ("class A { }\nclass B { }", "2:1: the file describes two networks, the first from line 1 on; keep one in a file"),
    (
      "class A {\n instance b : B (x = y); }",
      "2:11: b is an instance of a class, and only flat networks can be read; unfold it first"
    ),
    ("class A {\n class B { } }", "2:2: found 'class', expected an attribute, 'node', 'potential' or '}'"),
    (x + px + "node", "3:5: the file ends where the name of a node was expected; is it complete?"),
    (
      x + "potential (x) { data = (0.5",
      "2:16: the block that begins here has no closing '}'; is the file complete?"
    ),
    ("node x { states = (\"a\" \"b);\n}", "1:24: the quote that opens here is not closed; expected '\"'"),
    ("continuous node x { }", "1:17: x is a continuous node; only discrete chance nodes can be read"),
    (x + "discrete decision node d { }", "2:24: d is a decision node; only discrete chance nodes can be read"),
    (x + "utility u { }", "2:9: u is a utility node; only discrete chance nodes can be read"),
    (x + "function f { }", "2:10: f is a function node; only discrete chance nodes can be read"),
    ("node x { label = \"x\"; }", "1:6: node x has no states; add 'states = (\"a\" \"b\");'"),
    ("node x { states = (a b); states = (a b); }", "1:26: node x has two lists of states; remove one"),
    ("node x { states (a b); }", "1:17: found '(', expected '=' after 'states'"),
    ("node x { states = (a (b); }", "1:22: found '(', expected a state or ')'"),
    ("node x { states = (a b", "1:23: the file ends where a state or ')' was expected; is it complete?"),
    ("node x { states = a; }", "1:19: found 'a', expected '(' before the states"),
    ("node x { states = (); }", "1:6: variable x has no states; list at least one"),
    ("node x { states = (\"a\" \"a\"); }", "1:6: variable x lists the state 'a' twice; states must differ"),
    (x + px + x, "3:6: node x is declared twice, first in line 1; remove one of the two"),
    ("node \"x\" { states = (a); }", "1:6: found '\"x\"', expected the name of a node"),
  ]

  static let potentials: [(text: String, message: String)] = [
    (x + px + px, "3:12: x has two potentials, the first in line 2; remove one of the two"),
    (x + y + px, "2:6: variable y has no potential; add 'potential (y) { data = (...); }'"),
    (
      x + px + "potential (z) { data = (1); }",
      "3:12: 'z' is not a variable of this file; declare it with 'node z { ... }'"
    ),
    (
      "node smoke { states = (a b); }\npotential (smok) { }",
      "2:12: 'smok' is not a variable of this file; did you mean 'smoke'?"
    ),
    (x + y + px + "potential (y | x x) { }", "4:18: x is listed twice as a parent of y; list it once"),
    (
      x + y + "potential (x | y) { }\npotential (y | x) { }",
      "4:12: the edges form a cycle: y -> x -> y; remove one of them"
    ),
    (x + "potential (x | x) { }", "2:12: the edges form a cycle: x -> x; remove one of them"),
    (
      x + y + "potential (x y) { }",
      "3:14: the potential of x is one of y, too; give each node its own, parents after a '|'"
    ),
    (x + "potential (x) { data = (0.5 0.5); data = (0.5 0.5); }", "2:35: x has two lists of data; remove one"),
    (
      x + "potential (x) { data = normal(0, 1); }",
      "2:24: x has a normal distribution; only discrete nodes can be read"
    ),
    (
      x + "potential (x) { model_nodes = (); model_data = (\"Distribution(1, 1)\"); }",
      "2:12: the potential of x has expressions and no numbers; let Hugin generate its table first"
    ),
    (x + "potential (x) { data = 0.5 0.5; }", "2:24: found '0.5', expected '(' before the data"),
    (x + "potential (x) { data = (0.5 0.5) }", "2:34: found '}', expected ';' after the data"),
    (x + "potential (x) { data = (0.5 0.5 0.5); }", "2:24: the data of x need 2 probabilities, and have 3"),
    (x + "potential (x) { data = (1.5 -0.5); }", "2:29: '-0.5' is negative; a probability lies between 0 and 1"),
    (x + "potential (x) { data = (nan 1); }", "2:25: found 'nan', expected a probability, '(' or ')'"),
    (
      x + "potential (x) { data = (1e999 0); }",
      "2:25: inf is not a probability; expected a number between 0 and 1"
    ),
    (x + "potential (x) { data = (0.5 0.4); }", "2:25: the probabilities of x sum to 0.9, not to 1; correct them"),
    (
      x + y + px + "potential (y | x) { data = ((0.2 0.3 0.5)\n (0.2 0.3 0.6)); }",
      "5:3: the probabilities of y given x=b sum to 1.1, not to 1; correct them"
    ),
    (
      x + y + px + "potential (y | x) { data = ((0.2 0.3 0.5) (1 0)); }",
      "4:47: in the data of y, this group has 2 entries, and the first of its level 3"
    ),
    (
      x + y + px + "potential (y | x) { data = ((0.2 0.3 0.5) 1 0 0); }",
      "4:43: in the data of y, a number stands where a group was expected"
    ),
    (
      x + y + px + "potential (y | x) { data = (0.2 0.3 (0.5 1 0 0)); }",
      "4:37: in the data of y, a group stands where a number was expected"
    ),
    (x + "potential (x) { data = (() 0.5 0.5); }", "2:26: in the data of x, a group is empty"),
  ]

  static let nestings: [(text: String, message: String)] = [
    (
      x + "node z { states = (f g h i); }\npotential (z) { data = ((0.1 0.2) (0.3 0.4)); }\n" + px,
      "3:24: the data of z are nested 2 x 2; expected 4: parents in order, the states of the node innermost"
    ),
    (
      x + y + px + y.replacing("y", with: "w") + "potential (y | x) { data = ((1 0 0) (1 0 0)); }\n"
        + "potential (w | x) { data = ((1 0) (1 0) (1 0)); }",
      "6:28: the data of w are nested 3 x 2; expected 2 x 3: parents in order, the states of the node innermost"
    ),
  ]

  @Test(arguments: blocks + potentials + nestings) func says(text: String, message: String) {
    let error = #expect(throws: FileError.self) { try ModelFormat.net.parse(Array(text.utf8), file: "n.net") }
    #expect(error?.description == "n.net:\(message)")
  }

  @Test func bytesThatAreNotUTF8() {
    let text = Array("node x { states = (".utf8) + [0xE9] + Array("); }".utf8)
    let error = #expect(throws: FileError.self) { try ModelFormat.net.parse(text, file: "n.net") }
    #expect(error?.description == "n.net:1:20: this name is not UTF-8; save the file in that encoding")
  }

  @Test func bracketsCannotExhaustTheStack() {
    let deep = Self.x + "potential (x) { data = " + String(repeating: "(", count: 100_000)
    for text in [deep + "}", deep + "1" + String(repeating: ")", count: 100_000) + ";}"] {
      #expect(throws: FileError.self) { try ModelFormat.net.parse(Array(text.utf8), file: "n.net") }
    }
  }

  @Test func hugeTablesAreRefusedBeforeTheyAreMade() {
    let states = (0..<1000).map { "s\($0)" }.joined(separator: " ")
    var text = ""
    for name in ["a", "b", "c", "d"] { text += "node \(name) { states = (\(states)); }\n" }
    text += "potential (a | b c d) { }\n"
    for name in ["b", "c", "d"] { text += "potential (\(name)) { }\n" }
    let error = #expect(throws: FileError.self) { try ModelFormat.net.parse(Array(text.utf8), file: "n.net") }
    #expect(
      error?.description
        == "n.net:5:12: the table of a below its 3 parents brings the network above 1073741823 cells; "
        + "remove parents or merge states")
  }
}

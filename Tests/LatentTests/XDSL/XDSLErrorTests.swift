import Latent
import Testing

/// Every flaw of an XDSL file gets one sentence with its place.
@Suite struct XDSLErrorTests {
  static let x = "<cpt id='x'><state id='a'/><state id='b'/><probabilities>0.5 0.5</probabilities></cpt>\n"

  /// A file with these nodes from its second line on.
  static func file(_ nodes: String) -> String { "<smile version=\"1.0\" id=\"n\"><nodes>\n\(nodes)</nodes></smile>" }

  static func y(_ content: String) -> String {
    file(x + "<cpt id='y'><state id='c'/><state id='d'/><parents>x</parents>\(content)</cpt>")
  }

  static func deterministic(_ states: String) -> String {
    file(
      x + "<deterministic id='y'><state id='cat'/><state id='dog'/><parents>x</parents>"
        + "<resultingstates>\(states)</resultingstates></deterministic>")
  }

  static let cases: [(text: String, message: String)] = [
    ("", "n.xdsl:1:1: the file is empty; expected the element <smile>"),
    ("net n {}", "n.xdsl:1:1: this is not an XDSL file: expected '<' at its beginning"),
    (
      "<BIF VERSION='0.3'/>",
      "n.xdsl:1:1: this is not an XDSL file: the first element is <BIF>, expected <smile>; check the "
        + "extension of its name"
    ),
    ("<smile version='1.0' id='n'/>", "n.xdsl:1:1: <smile> has no <nodes>; add them"),
    (
      "<smile><nodes/><nodes/></smile>",
      "n.xdsl:1:16: <smile> has a second <nodes>, the first in line 1; remove one of the two"
    ),
    ("<smile><nodes/><smile/></smile>", "n.xdsl:1:16: <smile> cannot stand in <smile>; close that first"),
    (
      "<smile><nodes/><dynamic numslices='3'/></smile>",
      "n.xdsl:1:16: this is a dynamic network, which cannot be read; unroll it in GeNIe first"
    ),
    ("<smile>\n<nodes>\n<cpt id='x'>", "n.xdsl:3:1: <cpt> begins here and is not closed; is the file complete?"),
    ("<smile>\n<nodes>\n<cpt id='x", "n.xdsl:2:1: <nodes> begins here and is not closed; is the file complete?"),
    ("<smile>\n<nodes>\n</smile>", "n.xdsl:3:1: this tag does not close <nodes>, which is open; expected </nodes>"),
    ("<smile><nodes/></smile><smile/>", "n.xdsl:1:24: the file goes on after </smile>; remove what follows"),
    ("<smile><nodes/>words</smile>", "n.xdsl:1:1: <smile> has the text 'words' between its elements; remove it"),
    (file("words"), "n.xdsl:1:29: <nodes> has the text 'words' between its elements; remove it"),
    (file("<cpt><state id='a'/></cpt>"), "n.xdsl:2:1: this <cpt> has no attribute id; add one"),
    (
      file("<cpt id=''><state id='a'/><probabilities>1</probabilities></cpt>"),
      "n.xdsl:2:1: a variable has an empty name; give it one"
    ),
    (file("<cpt id='x'><state/></cpt>"), "n.xdsl:2:13: this <state> has no attribute id; add one"),
    (
      file("<cpt id='x'><state id='a'>text</state></cpt>"),
      "n.xdsl:2:13: <state> has the text 'text' between its elements; remove it"
    ),
    (
      file("<cpt id='x'><state id='a'><state id='b'/></state></cpt>"),
      "n.xdsl:2:27: <state> cannot stand in <state>; close that first"
    ),
    (file("<cpt id='x'><cpt id='y'/></cpt>"), "n.xdsl:2:13: <cpt> cannot stand in <cpt>; close that first"),
    (
      file("<cpt id='x'><probabilities>1</probabilities></cpt>"),
      "n.xdsl:2:1: variable x has no states; list at least one"
    ),
    (
      file("<cpt id='x'><state id='a'/><state id='a'/><probabilities>1 0</probabilities></cpt>"),
      "n.xdsl:2:1: variable x lists the state 'a' twice; states must differ"
    ),
    (file("<cpt id='x'><state id='a'/></cpt>"), "n.xdsl:2:1: the <cpt> of x has no <probabilities>; add them"),
    (file(x + x), "n.xdsl:3:1: variable x is declared twice, first in line 2; remove one of the two"),
    (
      file("<decision id='x'><state id='a'/></decision>"),
      "n.xdsl:2:1: node x is of the kind <decision>; only <cpt> and <deterministic> nodes can be read"
    ),
    (
      file("<utility id='u'><parents/><utilities>1</utilities></utility>"),
      "n.xdsl:2:1: node u is of the kind <utility>; only <cpt> and <deterministic> nodes can be read"
    ),
    (
      file("<equation id='e'><definition>e=Normal(0,1)</definition></equation>"),
      "n.xdsl:2:1: node e is of the kind <equation>; only <cpt> and <deterministic> nodes can be read"
    ),
    (
      file("<noisymax id='m'><state id='a'/></noisymax>"),
      "n.xdsl:2:1: node m is of the kind <noisymax>; change it into a node with a table in GeNIe"
    ),
    (
      file("<submodel id='s'/>"),
      "n.xdsl:2:1: node s is of the kind <submodel>; only <cpt> and <deterministic> nodes can be read"
    ),
    (
      file("<ctp id='x'/>"), "n.xdsl:2:1: node x is of the kind <ctp>; only <cpt> and <deterministic> nodes can be read"
    ),
    (
      file("<cpt id='y'><state id='a'/><parents>\n xx</parents><probabilities>1</probabilities></cpt>"),
      "n.xdsl:3:2: 'xx' is not a variable of this file; add a <cpt> with this id"
    ),
    (
      file(
        x.replacing("'x'", with: "'smoke'")
          + "<cpt id='y'><state id='a'/><parents>smoka</parents><probabilities>1</probabilities></cpt>"),
      "n.xdsl:3:37: 'smoka' is not a variable of this file; did you mean 'smoke'?"
    ),
    (
      y("<parents>x</parents>"), "n.xdsl:3:63: <cpt> has a second <parents>, the first in line 3; remove one of the two"
    ),
    (
      y("").replacing("<parents>x<", with: "<parents>x x<"),
      "n.xdsl:3:54: x is listed twice as a parent of y; list it once"
    ),
    (
      y("<probabilities>1 0 1 0</probabilities>").replacing("<parents>x<", with: "<parents>y<"),
      "n.xdsl:3:1: the edges form a cycle: y -> y; remove one of them"
    ),
    (y(""), "n.xdsl:3:1: the <cpt> of y has no <probabilities>; add them"),
    (y("<probabilities>1 0 1</probabilities>"), "n.xdsl:3:63: the table of y needs 4 probabilities and has 3"),
    (y("<probabilities/>"), "n.xdsl:3:63: the table of y needs 4 probabilities and has 0"),
    (
      y("<probabilities>1 0 1 0</probabilities><probabilities>1 0 1 0</probabilities>"),
      "n.xdsl:3:101: <cpt> has a second <probabilities>, the first in line 3; remove one of the two"
    ),
    (
      y("<probabilities>1 0\n 1.5 -0.5</probabilities>"),
      "n.xdsl:4:6: '-0.5' is negative; a probability lies between 0 and 1"
    ),
    (y("<probabilities>1 0\n one 0</probabilities>"), "n.xdsl:4:2: found 'one', expected a probability"),
    (y("<probabilities>1 0\n inf 0</probabilities>"), "n.xdsl:4:2: found 'inf', expected a probability"),
    (
      y("<probabilities>1 0\n 0.5 0.4</probabilities>"),
      "n.xdsl:4:2: the probabilities of y given x=b sum to 0.9, not to 1; correct them"
    ),
    (
      y("<probabilities>1 0\n 1e400 0</probabilities>"),
      "n.xdsl:4:2: inf is not a probability; expected a number between 0 and 1"
    ),
    (deterministic("cat"), "n.xdsl:3:77: the <resultingstates> of y need 2 states, one for each row, and are 1"),
    (deterministic("cat doge"), "n.xdsl:3:98: 'doge' is not a state of y; did you mean 'dog'?"),
    (deterministic("cat horse"), "n.xdsl:3:98: 'horse' is not a state of y; expected cat, dog"),
    (
      deterministic("").replacing("<resultingstates></resultingstates>", with: ""),
      "n.xdsl:3:1: the <deterministic> of y has no <resultingstates>; add them"
    ),
    (file(x.replacing("'a'", with: "'a<'")), "n.xdsl:2:25: an attribute holds '<'; write '&lt;'"),
    (
      file(x.replacing("'a'", with: "'&auml;'")),
      "n.xdsl:2:24: this entity is not declared; write the character itself, or '&amp;' for the character '&'"
    ),
    (
      file(x.replacing("'a'", with: "a")),
      "n.xdsl:2:23: the value of an attribute has no quotes; put it between '\"' and '\"'"
    ),
    (
      file(x).replacing("</smile>", with: "<extensions/><extensions/></smile>"),
      "n.xdsl:3:22: <smile> has a second <extensions>, the first in line 3; remove one of the two"
    ),
  ]

  @Test(arguments: cases) func says(text: String, message: String) {
    let error = #expect(throws: FileError.self) { try ModelFormat.xdsl.parse(Array(text.utf8), file: "n.xdsl") }
    #expect(error?.description == message)
  }
}

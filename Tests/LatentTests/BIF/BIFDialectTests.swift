import Latent
import Testing

/// One small network in every way in which BIF files are found.
@Suite struct BIFDialectTests {
  static let variables = """
    network lights {}
    variable on { type discrete [ 2 ] { yes, no }; }
    variable mode { type discrete [ 3 ] { a, b, c }; }
    variable lit { type discrete [ 2 ] { true, false }; }
    probability ( on ) { table 0.2, 0.8; }
    probability ( mode ) { table 0.5, 0.25, 0.25; }

    """

  /// Spellings of the block of `lit` below `on` and `mode`.
  static let blocks = [
    "rows in order": """
    probability ( lit | on, mode ) {
      (yes, a) 0.9, 0.1; (yes, b) 0.8, 0.2; (yes, c) 0.7, 0.3; (no, a) 0, 1; (no, b) 0.25, 0.75; (no, c) 0.5, 0.5;
    }
    """,
    "rows in any order": """
    probability ( lit | on, mode ) {
      (no, c) 0.5, 0.5; (yes, b) 0.8, 0.2; (no, a) 0, 1; (yes, c) 0.7, 0.3; (yes, a) 0.9, 0.1; (no, b) 0.25, 0.75;
    }
    """,
    "blanks for commas, no blanks around signs": """
    probability(lit|on mode){(yes a)0.9 0.1;(yes b)0.8 0.2;(yes c)0.7 0.3;(no a)0 1;(no b).25 .75;(no c)5e-1 5.E-1;}
    """,
    "no bar": """
    probability (lit on mode) {
      (yes a) 0.9 0.1; (yes b) 0.8 0.2; (yes c) 0.7 0.3; (no a) 0 1; (no b) 0.25 0.75; (no c) 0.5 0.5;
    }
    """,
    "quotes": """
    probability ( "lit" | "on", mode ) {
      ("yes", "a") 0.9, 0.1; ("yes", "b") 0.8, 0.2; ("yes", "c") 0.7, 0.3;
      ("no", "a") 0, 1; ("no", "b") 0.25, 0.75; ("no", "c") 0.5, 0.5;
    }
    """,
    "default first": """
    probability ( lit | on, mode ) {
      default 0.5, 0.5;
      (yes, a) 0.9, 0.1; (yes, b) 0.8, 0.2; (yes, c) 0.7, 0.3; (no, a) 0, 1; (no, b) 0.25, 0.75;
    }
    """,
    "default last": """
    probability ( lit | on, mode ) {
      (yes, a) 0.9, 0.1; (yes, b) 0.8, 0.2; (yes, c) 0.7, 0.3; (no, a) 0, 1; (no, b) 0.25, 0.75;
      default 0.5, 0.5;
    }
    """,
    "table, child slowest": """
    probability ( lit | on, mode ) {
      table 0.9 0.8 0.7 0 0.25 0.5
            0.1 0.2 0.3 1 0.75 0.5;
    }
    """,
    "entries": """
    probability ( lit | on, mode ) {
      entry (yes, a) 0.9 0.1; entry (yes, b) 0.8 0.2; entry (yes, c) 0.7 0.3;
      entry (no, a) 0 1; entry (no, b) 0.25 0.75; entry (no, c) 0.5 0.5;
    }
    """,
    "comments and properties": """
    // probability ( lit ) { table 1, 0; }
    probability ( lit | on /* the switch */, mode ) { // }
      property note = "a ; b }" http://example.org ;
      (yes, a) 0.9, 0.1; // first
      (yes, b) 0.8, /* 0.3 */ 0.2; (yes, c) 0.7, 0.3; (no, a) 0, 1; (no, b) 0.25, 0.75; (no, c) 0.5, 0.5;
    }
    """,
  ]

  static let cells = [0.9, 0.1, 0.8, 0.2, 0.7, 0.3, 0, 1, 0.25, 0.75, 0.5, 0.5]

  @Test(arguments: blocks.keys.sorted()) func readsBlock(dialect: String) throws {
    let text = Self.variables + (Self.blocks[dialect] ?? "")
    for text in [text, text.replacing("\n", with: "\r\n"), "\u{FEFF}" + text] {
      let model = try ModelFormat.bif.parse(Array(text.utf8), file: dialect).model
      #expect(model.name == "lights")
      #expect(model.structure.families[2].parents == [VariableID(0), VariableID(1)])
      #expect(model.parameters[2] == Self.cells)
    }
  }

  /// Spellings of a variable with its name and states.
  static let declarations: [(String, name: String, states: [String])] = [
    ("variable X { type discrete [ 2 ] { s1, s2 }; }", "X", ["s1", "s2"]),
    ("variable X { type discrete[2]{s1 s2}; }", "X", ["s1", "s2"]),
    ("variable X { type discrete [2] { s1, s2 } }", "X", ["s1", "s2"]),
    ("variable \"a b\" { type discrete [2] { \"s 1\" \"s;2}\" }; }", "a b", ["s 1", "s;2}"]),
    ("variable x-1.y { type discrete [2] { <3, >=3 }; }", "x-1.y", ["<3", ">=3"]),
    ("variable X { type discrete [3] { 0, 1, 2_5 }; }", "X", ["0", "1", "2_5"]),
    ("variable X { type discrete [2] { Asy/Patch, <-+ }; }", "X", ["Asy/Patch", "<-+"]),
    ("variable X { type discrete [2] { 0-5, None }; }", "X", ["0-5", "None"]),
    ("variable X { type discrete [2] { table, default }; }", "X", ["table", "default"]),
    ("variable X { //2 values\r\n type discrete[2] {  \"True\" \"False\" };\n property p; }", "X", ["True", "False"]),
    ("variable X { property \"position = (1, 2)\" ; type discrete [1] { a }; }", "X", ["a"]),
    ("variable X { property position = (73, 165) ; property two bare words; type discrete [1] { a }; }", "X", ["a"]),
    ("variable variable { type discrete [2] { é, \"日本 語\" }; }", "variable", ["é", "日本 語"]),
  ]

  @Test(arguments: declarations) func readsVariable(text: String, name: String, states: [String]) throws {
    for network in ["", "network \"N\" { }", "network N { property version 1; property \"a\"; }", "network {}"] {
      let numbers = states.map { _ in "\(1.0 / Double(states.count))" }.joined(separator: " ")
      let block = "probability ( \"\(name)\" ) { default \(numbers); }"
      let text = "\(network)\n\(block)\n\(text)"
      let model = try ModelFormat.bif.parse(Array(text.utf8), file: "x.bif").model
      #expect(model.schema.variables == [try Variable(name: name, states: states)])
    }
  }

  @Test func wildcardsStandForEveryState() throws {
    let text = """
      \(Self.variables)probability ( lit | on, mode ) { (yes, *) 0.5, 0.5; (no, a) 1, 0; (*, b) 0, 1; (no, c) 1, 0; }
      """
    let error = #expect(throws: FileError.self) { try ModelFormat.bif.parse(Array(text.utf8), file: "x.bif") }
    #expect(
      error?.description
        == "x.bif:7:67: the row of lit for on=yes, mode=b is there twice, first in line 7; remove one of the two")
    let model = try ModelFormat.bif.parse(Array(text.replacing("(*, b)", with: "(no, b)").utf8), file: "x.bif").model
    #expect(model.parameters[2] == [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 1, 0, 0, 1, 1, 0])
  }

  @Test func writesTheLayoutOfTheRepositories() throws {
    let text = """
      network unknown {
      }
      variable X {
        type discrete [ 2 ] { yes, "a b" };
      }
      variable Y {
        type discrete [ 2 ] { >=5, <5 };
      }
      probability ( X ) {
        table 0.25, 0.75;
      }
      probability ( Y | X ) {
        (yes) 0.1, 0.9;
        ("a b") 1.0e-05, 0.99999;
      }

      """
    let model = try ModelFormat.bif.parse(Array(text.utf8), file: "x.bif").model
    #expect(model.name == "")
    #expect(try ModelFormat.bif.text(of: model) == ModelFormat.bif.text(of: model))
    #expect(try ModelFormat.bif.text(of: model).text == text)
  }
}

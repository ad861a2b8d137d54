import Foundation
import Latent
import Testing

/// What a hostile or broken file in XML may not do, in both formats.
@Suite struct XMLSafetyTests {
  /// A format in XML, its element, and a small model below it.
  struct Example: CustomTestStringConvertible {
    let format: ModelFormat
    let root: String
    let content: String

    var testDescription: String { format.rawValue }

    func text(prolog: String, state: String = "a") -> String {
      "\(prolog)<\(root)>\(content.replacing("STATE", with: state))</\(root)>\n"
    }

    func read(_ text: String) throws -> ModelFile { try format.parse(Array(text.utf8), file: "n") }

    func message(_ text: String) -> String? {
      #expect(throws: FileError.self) { try read(text) }?.description
    }
  }

  static let examples = [
    Example(
      format: .xmlbif, root: "BIF",
      content: "<NETWORK><VARIABLE><NAME>x</NAME><OUTCOME>STATE</OUTCOME></VARIABLE>"
        + "<DEFINITION><FOR>x</FOR><TABLE>1</TABLE></DEFINITION></NETWORK>"),
    Example(
      format: .xdsl, root: "smile",
      content: "<nodes><cpt id='x'><state id='STATE'/><probabilities>1</probabilities></cpt></nodes>"),
  ]

  @Test(arguments: examples) func entitiesAreRefusedBeforeTheyCanGrow(example: Example) {
    var prolog = "<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [\n <!ELEMENT lolz ANY>\n <!ENTITY lol \"lol\">\n"
    for level in 1...9 {
      let inner = level == 1 ? "lol" : "lol\(level - 1)"
      prolog += " <!ENTITY lol\(level) \"\(String(repeating: "&\(inner);", count: 10))\">\n"
    }
    let sentence = "the file declares an entity, which is not read for safety; write out what it stands for"
    #expect(example.message(example.text(prolog: prolog + "]>\n", state: "&lol9;")) == "n:4:2: \(sentence)")
    let external = "<!DOCTYPE x [<!ENTITY file SYSTEM \"file:///etc/passwd\">]>"
    #expect(example.message(example.text(prolog: external, state: "&file;")) == "n:1:14: \(sentence)")
    let parameter = "<!DOCTYPE x [<!ENTITY % all SYSTEM \"http://localhost:9/x.dtd\"> %all;]>"
    #expect(example.message(example.text(prolog: parameter)) == "n:1:14: \(sentence)")
    let disguised = "<!DOCTYPE x [<!-- ' --><!ENTITY lol 'lol'>]>"
    #expect(example.message(example.text(prolog: disguised, state: "&lol;")) == "n:1:24: \(sentence)")
  }

  @Test(arguments: examples) func entitiesWithoutADeclarationAreRefused(example: Example) {
    let sentence = "this entity is not declared; write the character itself, or '&amp;' for the character '&'"
    for prolog in ["", "<!DOCTYPE x SYSTEM 'x.dtd'>", "<!DOCTYPE x [ <!ELEMENT x ANY> ]>"] {
      let text = example.text(prolog: prolog, state: "a&foo;b")
      let column = text.distance(from: text.startIndex, to: text.firstIndex(of: "&") ?? text.endIndex) + 1
      #expect(example.message(text) == "n:1:\(column): \(sentence)")
    }
  }

  /// With the document type read, the variable would be a decision, or the state would have an id.
  @Test(arguments: examples) func documentTypesAreNeverInterpreted(example: Example) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "dtd-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let defaults =
      "<!ATTLIST VARIABLE TYPE CDATA \"decision\">\n<!ATTLIST cpt id CDATA \"x\" target CDATA \"true\">\n"
      + "<!ATTLIST state id CDATA \"a\">\n"
    try Data(defaults.utf8).write(to: folder.appending(path: "n.dtd"))
    let path = folder.appending(path: "n.dtd").path
    let prologs = [
      "<!DOCTYPE \(example.root) SYSTEM \"n.dtd\">", "<!DOCTYPE \(example.root) SYSTEM \"\(path)\">",
      "<!DOCTYPE \(example.root) SYSTEM \"file://\(path)\">",
      "<!DOCTYPE \(example.root) PUBLIC \"-//n//EN\" \"\(path)\" [ <!ELEMENT x ANY> ]>",
      "<!DOCTYPE \(example.root) [\n\(defaults)]>",
    ]
    for prolog in prologs {
      let model = folder.appending(path: "n.\(example.format.rawValue)")
      try Data(example.text(prolog: prolog).utf8).write(to: model)
      let file = try ModelFormat.read(model.path)
      #expect(file.model.schema.variables.map(\.states) == [["a"]])
      #expect(file.annotations.count == 0)
      guard example.format == .xdsl else { continue }
      let bare = example.text(prolog: prolog).replacing("<state id='a'/>", with: "<state/>")
      #expect(example.message(bare)?.contains("this <state> has no attribute id; add one") == true)
    }
  }

  @Test(arguments: examples) func harmlessPrologsAreRead(example: Example) throws {
    let prologs = [
      "", "\u{FEFF}", "\n\n", "<?xml version='1.1'?>", "<?xml version='1.0' encoding='us-ascii' standalone='no'?>\n",
      "<?xml version='1.0'?><!-- <!DOCTYPE x [<!ENTITY a 'b'>]> --><?app <!ENTITY ?>\n",
      "<!DOCTYPE x [\n<!-- <!ENTITY a 'b'> ]> --> <?app ]> <!ENTITY ?> <!ATTLIST x y CDATA ']> <!ENTITY '>\n]>\n",
    ]
    for prolog in prologs { #expect(try example.read(example.text(prolog: prolog)).model.schema.count == 1) }
  }

  /// The system's parser crashes on those without data.
  @Test(arguments: examples) func instructionsToProgramsNeverReachTheParser(example: Example) throws {
    #expect(try example.read(example.text(prolog: "<?a?>\n<!-- <?b?> --><?c d?>")).model.schema.count == 1)
    let sentence = "an instruction to programs stands among the elements; remove it"
    let start = "<\(example.root)>"
    #expect(example.message("\(start)<?a?></\(example.root)>") == "n:1:\(start.count + 1): \(sentence)")
    #expect(example.message(example.text(prolog: "") + "<?a?>")?.hasSuffix(sentence) == true)
    #expect(example.message("<?xml?>" + example.text(prolog: "")) != nil)
    #expect(example.message("<?xml?><?xml?>" + example.text(prolog: "")) != nil)
    #expect(example.message("<?xml") != nil)
    #expect(try example.read(example.text(prolog: "<!---->")).model.schema.count == 1)
  }

  @Test(arguments: examples) func nestingIsLimited(example: Example) {
    let open = String(repeating: "<a>", count: 100_000)
    let sentence = "elements stand more than 100 deep in each other; no model needs that"
    #expect(example.message("<\(example.root)>" + open)?.hasSuffix(sentence) == true)
    #expect(example.message(String(repeating: "<!DOCTYPE x [", count: 100_000))?.hasPrefix("n:1:1: ") == true)
  }

  @Test(arguments: examples) func encodings(example: Example) throws {
    func states(_ encoding: String, _ byte: [UInt8]) throws -> [String] {
      let text = example.text(prolog: "<?xml version=\"1.0\" encoding=\"\(encoding)\"?>", state: "#")
      let bytes = Array(text.utf8).split(separator: UInt8(ascii: "#"), maxSplits: 1)
      return try example.format.parse(bytes[0] + byte + bytes[1], file: "n").model.schema.variables[0].states
    }
    #expect(try states("ISO-8859-1", [0xE9]) == ["é"])
    #expect(try states("windows-1252", [0x80]) == ["€"])
    #expect(try states("UTF-8", [0xC3, 0xA9]) == ["é"])
    let error = #expect(throws: FileError.self) { try states("UTF-8", [0xE9]) }
    #expect(error?.message.contains("not in the encoding of the file") == true)
    #expect(throws: FileError.self) { try states("UTF-16", [0x41]) }
    let text = Array(example.text(prolog: "").utf8)
    let little: [UInt8] = [0xFF, 0xFE] + text.flatMap { [$0, 0] as [UInt8] }
    let big: [UInt8] = text.flatMap { [0, $0] as [UInt8] }
    for bytes in [little, big] {
      let error = #expect(throws: FileError.self) { try example.format.parse(bytes, file: "n") }
      #expect(error?.description == "n:1:1: the file is in UTF-16 or UTF-32; save it as UTF-8")
    }
  }

  /// Places are found in the bytes, and told by the parser where an element's name is in another encoding.
  @Test func placesInOtherEncodings() {
    let prolog = "<?xml version='1.0' encoding='ISO-8859-1'?>\n"
    let text =
      Array((prolog + "<BIF>\n<!-- ").utf8) + [0xE9] + Array(" -->\n<NETWORK><".utf8) + [0xE9]
      + Array("/></NETWORK></BIF>".utf8)
    let error = #expect(throws: FileError.self) { try ModelFormat.xmlbif.parse(text, file: "n") }
    #expect(error?.line == 4)
    #expect(error?.message.hasPrefix("<é> cannot stand in <NETWORK>") == true)
  }

  @Test(arguments: examples) func attributesAreLimited(example: Example) {
    let attributes = (0...1000).map { " a\($0)='\"'" }.joined()
    #expect(
      example.message("<\(example.root)\(attributes)/>")
        == "n:1:1: this tag has more than 1000 attributes; no model needs that")
  }

  /// A table longer than the parser takes in one part.
  @Test func tablesAboveTenMegabytes() throws {
    let table = "<TABLE>0.5 0.5" + String(repeating: " ", count: 11_000_000) + "</TABLE>"
    let text =
      "<BIF><NETWORK><VARIABLE><NAME>x</NAME><OUTCOME>a</OUTCOME><OUTCOME>b</OUTCOME></VARIABLE>"
      + "<DEFINITION><FOR>x</FOR>\(table)</DEFINITION></NETWORK></BIF>"
    #expect(try Self.examples[0].read(text).model.parameters == [[0.5, 0.5]])
  }

  /// Elements in great number take time and memory in proportion.
  @Test(arguments: examples) func manyElements(example: Example) {
    let text = "<\(example.root)>" + String(repeating: "<a/>", count: 20_000) + "</\(example.root)>"
    #expect(example.message(text) != nil)
  }

  /// The system's parser follows even a declaration that is not closed into encodings that it does not have.
  @Test(arguments: [
    "<?xml version=\"1.0\" encoding=\"UTF-7\"?\u{FF}>\n<BIF VERSION=TCOME>n<",
    "<?xml version='1.0' a='' encoding='UTF-7'?><BIF/>",
  ]) func encodingsOfOddDeclarationsAreNotFollowed(text: String) {
    let error = #expect(throws: FileError.self) { try ModelFormat.xmlbif.parse(Array(text.utf8), file: "x.xmlbif") }
    #expect(error?.message == "the encoding of the XML declaration cannot be read; write encoding=\"UTF-8\"")
  }
}

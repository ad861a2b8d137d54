import Foundation
import Latent
import Testing

/// How a format is found.
@Suite struct ModelFormatTests {
  static let paths: [(String, ModelFormat?)] = [
    ("asia.bif", .bif), ("a/b.c/ASIA.BIF", .bif), ("asia.bif.gz", .bif), ("asia.xmlbif", .xmlbif),
    ("asia.bifxml", .xmlbif), ("asia.XML.gz", .xmlbif), ("asia.xdsl", .xdsl), ("m.yaml", .yaml), ("m.yml", .yaml),
    ("m.YML.GZ", .yaml), ("m.json", .json), ("m.net", .net), ("m.uai.gz", .uai), ("m.txt", nil), ("bif", nil),
    ("a.bif/m", nil), ("-", nil), ("", nil),
  ]

  @Test(arguments: paths) func endingsNameFormats(path: String, format: ModelFormat?) {
    #expect(ModelFormat(path: path) == format)
  }

  @Test func unknownEndingsAreRefused() {
    let error = #expect(throws: FileError.self) { try ModelFormat.read("m.txt") }
    #expect(
      error?.description
        == "m.txt: '.txt' is not the extension of a model file; expected \(ModelFormat.listOfExtensions)")
  }

  static let contents: [(String, ModelFormat)] = [
    ("network n {}\nvariable x { type discrete [1] { a }; } probability ( x ) { table 1; }", .bif),
    ("// c\nvariable x { type discrete [1] { a }; } probability ( x ) { table 1; }", .bif),
    ("/* c */ variable x { type discrete [1] { a }; } probability ( x ) { table 1; }", .bif),
    ("\u{FEFF}\n variable\n x { type discrete [1] { a }; } probability ( x ) { table 1; }", .bif),
    (
      "<BIF><NETWORK><VARIABLE><NAME>x</NAME><OUTCOME>a</OUTCOME></VARIABLE>"
        + "<DEFINITION><FOR>x</FOR><TABLE>1</TABLE></DEFINITION></NETWORK></BIF>", .xmlbif
    ),
    (
      "\n<!-- c --> <smile><nodes><cpt id='x'><state id='a'/><probabilities>1</probabilities></cpt></nodes></smile>",
      .xdsl
    ),
    ("net { } node x { states = (a); } potential (x) { data = (1); }", .net),
    ("\n% c\nclass n { node x { states = (a); } potential (x) { data = (1); } }", .net),
    ("node x { states = (a); } potential (x) { data = (1); }", .net),
    ("BAYES\n1\n1\n1\n1 0 # x\n1\n1", .uai),
    ("# c\n#\nc d\nBAYES\n1\n1\n1\n1 0 # x\n1\n1", .uai),
    ("%YAML 1.1\n---\nlatent: 1\nvariables: {x: {states: [a]}}", .yaml),
    ("# net\nlatent: 1\nvariables: {x: {states: [a]}}", .yaml),
    ("latent: 1\nvariables: {x: {states: [a]}}", .yaml),
    ("variables: {x: {states: [a]}}\nlatent: 1", .yaml),
    ("{latent: 1, variables: {x: {states: [a]}}}", .yaml),
    ("\n{ \"latent\": 1, \"variables\": {\"x\": {\"states\": [\"a\"]}}}", .json),
  ]

  @Test(arguments: contents) func contentNamesFormats(text: String, format: ModelFormat) throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("model-\(UUID().uuidString)").path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let file = try ModelFormat.read(path)
    #expect(file.format == format)
    #expect(file.model.schema.variables.map(\.name) == ["x"])
  }
}

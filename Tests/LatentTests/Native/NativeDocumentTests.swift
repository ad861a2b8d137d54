import Latent
import Testing

/// What the native document means, in both spellings.
@Suite struct NativeDocumentTests {
  private func yaml(_ text: String) throws -> Model {
    try ModelFormat.yaml.parse(Array(text.utf8), file: "m.yaml").model
  }

  private func json(_ text: String) throws -> Model {
    try ModelFormat.json.parse(Array(text.utf8), file: "m.json").model
  }

  @Test func labelsStayWhatWasTyped() throws {
    let states =
      "yes, no, 01, 1, 1.0, null, ~, True, 0x1F, 2024-01-01, .5, 1e3, 'yes ', \"\", on, 12:30, 0-5, <3, '>=5'"
    let labels = [
      "yes", "no", "01", "1", "1.0", "null", "~", "True", "0x1F", "2024-01-01", ".5", "1e3", "yes ", "", "on", "12:30",
      "0-5", "<3", ">=5",
    ]
    let model = try yaml("latent: 1\nvariables: {no: {states: [\(states)]}, null: {states: [a]}}")
    #expect(model.schema.variables.map(\.name) == ["no", "null"])
    #expect(model.schema.variables[0].states == labels)
    let typed = try json("{\"latent\": 1, \"variables\": {\"x\": {\"states\": [1, 1.0, true, null, \"01\"]}}}")
    #expect(typed.schema.variables[0].states == ["1", "1.0", "true", "null", "01"])
  }

  /// The look for anchors and nesting before parsing takes quoted and plain text for what it is.
  @Test func signsWithinTextAreNoStructure() throws {
    let brackets = String(repeating: "[{", count: 300)
    let labels = ["it's, &a", "a: *b", brackets, "\", *c", "x *d &e", "a-*f", "# [", "'", "\"&g"]
    let single = labels.map { "'\($0.replacing("'", with: "''"))'" }.joined(separator: ", ")
    let double = labels.map { "\"\($0.replacing("\"", with: "\\\""))\"" }.joined(separator: ", ")
    for list in [single, double] {
      #expect(try yaml("latent: 1 # [[ &x\nvariables: {x: {states: [\(list)]}}").schema.variables[0].states == labels)
    }
    let plain = "\n      - it's &a\n      - a[[[{\n      - b*c\n      - \"q\" # *d\n"
    let model = try yaml("latent: 1\nvariables:\n  x:\n    states:\(plain)")
    #expect(model.schema.variables[0].states == ["it's &a", "a[[[{", "b*c", "q"])
  }

  @Test func jsonEscapesAreRead() throws {
    let text = """
      \u{FEFF}{\t"latent": 1,\r\n\t"variables": {"\\uD83D\\uDE00 \\u00e9\\/": {"states": ["\\"", "\\\\n", "\\b\\f\\n\\r\\t"]}}}
      """
    let model = try json(text)
    #expect(model.schema.variables == [try Variable(name: "😀 é/", states: ["\"", "\\n", "\u{8}\u{C}\n\r\t"])])
  }

  static let edges: [(text: String, parents: [String])] = [
    ("[]", ["", "", "", ""]),
    ("", ["", "", "", ""]),
    ("[a -> b]", ["", "a", "", ""]),
    ("[a->b]", ["", "a", "", ""]),
    ("\n- a -> [b, c]", ["", "a", "a", ""]),
    ("\n- a -> [d,c]\n- b -> [ c , d ]", ["", "", "ab", "ab"]),
    ("\n- b -> c\n- a -> c", ["", "", "ba", ""]),
    ("\n- a -> b -> c", ["", "a", "b", ""]),
    ("\n- '[b, a] -> c'", ["", "", "ba", ""]),
    ("\n- d -> *", ["d", "d", "", ""]),
    ("\n- c -> *", ["c", "c", "", "c"]),
    ("\n- '\"a\" -> [\"b\", ''c'']'", ["", "a", "a", ""]),
  ]

  @Test(arguments: edges) func edgesGiveParentsInOrder(text: String, parents: [String]) throws {
    let variables = "variables: {a: {states: [x]}, b: {states: [x]}, c: {states: [x], latent: true}, d: {states: [x]}}"
    let model = try yaml("latent: 1\n\(variables)\nedges: \(text)")
    let found = model.structure.families.map { $0.parents.map { model.schema[$0].name }.joined() }
    #expect(found == parents)
    #expect(model.latent == [VariableID(2)])
  }

  static let example = """
    latent: 1
    variables:
      either: {states: ["yes", "no"]}
      bronc: {states: ["yes", "no"], latent: true, fixed: true}
      x ray: {states: [clear, "50%"]}
      dysp: {states: ["yes", "no"]}
    edges:
      - bronc -> dysp
      - either -> [x ray, dysp]
    parameters:
      either: [0.1, 0.9]
      x ray: {"yes": [0.25, 0.75], "no": [1.0, 0.0]}
      dysp:
        "yes":
          "yes": [0.9, 0.1]
          "no": [0.8, 0.2]
        "no":
          "yes": [0.7, 0.3]
          "no": [0.99999, 1.0e-05]

    """

  @Test func writesAndReadsTheExample() throws {
    let model = try yaml(Self.example)
    #expect(try ModelFormat.yaml.text(of: model).text == Self.example)
    #expect(model.structure.families[3].parents == [VariableID(1), VariableID(0)])
    #expect(model.parameters[3] == [0.9, 0.1, 0.8, 0.2, 0.7, 0.3, 0.99999, 1e-5])
    #expect(model.unparameterized == [VariableID(1)])
    #expect(model.latent == [VariableID(1)])
    #expect(model.fixed == [VariableID(1)])
  }

  @Test func writesJSON() throws {
    let model = try yaml(
      "latent: 1\nvariables: {x: {states: [a, b]}, y: {states: [c], fixed: true}}\nedges: [x -> y]\n"
        + "parameters: {x: [0.5, 0.5], y: {b: [1], a: [1]}}")
    let text = """
      {
        "latent": 1,
        "variables": {
          "x": {"states": ["a", "b"]},
          "y": {"states": ["c"], "fixed": true}
        },
        "edges": [
          "x -> y"
        ],
        "parameters": {
          "x": [0.5, 0.5],
          "y": {
            "a": [1.0],
            "b": [1.0]
          }
        }
      }

      """
    #expect(try ModelFormat.json.text(of: model).text == text)
    #expect(try json(text) == model)
  }

  @Test func roundedRowsAreRescaledWithOneWarning() throws {
    let text = """
      latent: 1
      variables: {x: {states: [a, b]}, y: {states: [c, d, e]}}
      edges: [x -> y]
      parameters: {x: [0.5, 0.50001], y: {a: [0.3333333, 0.3333333, 0.3333333], b: [0.5, 0.5, 0]}}
      """
    let file = try ModelFormat.yaml.parse(Array(text.utf8), file: "m.yaml")
    #expect(
      file.warnings == ["2 rows of probabilities were rescaled to sum to 1; the worst, x, summed to 1.00001"])
    #expect(file.model.parameters[1]?.suffix(3) == [0.5, 0.5, 0])
  }

  @Test func theNameOfANetworkIsNoted() throws {
    var model = try yaml("latent: 1\nvariables: {x: {states: [a]}}")
    model.name = "asia"
    for format in [ModelFormat.yaml, .json] {
      #expect(
        try format.text(of: model).notes
          == ["the native form has no place for the name of the network, asia"])
    }
  }

  @Test func namesThatYAMLCannotKeepAreRefused() throws {
    let long = String(repeating: "a", count: 2000)
    for name in [long, "\u{FEFF}a"] {
      let schema = try Schema([Variable(name: name, states: ["a"])])
      let structure = try NetworkStructure(schema: schema, parents: [[]])
      let model = try Model(name: "", structure: structure, parameters: [nil])
      #expect(throws: FileError.self) { try ModelFormat.yaml.text(of: model) }
      let text = try ModelFormat.json.text(of: model).text
      #expect(try json(text) == model)
    }
  }
}

import Latent
import Testing

/// Which rows of the tables have no data, as a document lists them.
@Suite struct NativeUnseenTests {
  static let head = """
    latent: 1
    variables:
      x: {states: [a, b]}
      w: {states: [all, "yes"]}
      z: {states: [c, d]}
    edges: ["[x, w] -> z"]

    """
  static let tables = """
    parameters:
      x: [0.5, 0.5]
      w: [0.5, 0.5]
      z: {a: {all: [1, 0], yes: [0, 1]}, b: {all: [1, 0], yes: [0, 1]}}

    """

  private static func read(_ text: String) throws(FileError) -> Model {
    try ModelFormat.yaml.parse(Array(text.utf8), file: "m.yaml").model
  }

  @Test func listsAreReadAndWritten() throws {
    let marks = "unseen:\n  x: all\n  z:\n    - [a, \"yes\"]\n    - [b, all]\n"
    let model = try Self.read(Self.head + Self.tables + marks)
    let rows = [(0, 0), (2, 1), (2, 2)].map { UnseenConfiguration(variable: VariableID($0), configuration: $1) }
    #expect(model.unseen == Set(rows))
    #expect(model.unseen.sorted() == rows)
    #expect(try ModelFormat.yaml.text(of: model).text.hasSuffix(marks))
    #expect(
      try ModelFormat.json.text(of: model).text.hasSuffix(
        ",\n  \"unseen\": {\n    \"x\": \"all\",\n    \"z\": [[\"a\", \"yes\"], [\"b\", \"all\"]]\n  }\n}\n"))
    #expect(try Self.read(Self.head + Self.tables + "unseen: {z: all}\n").unseen.count == 4)
    #expect(try Self.read(Self.head + Self.tables + "unseen:\n").unseen == [])
  }

  static let flaws = [
    ("unseen: y", "11:9: found 'y', expected a map from variables to the rows of their tables without data"),
    ("unseen: {zzz: all}", "11:10: 'zzz' is not a variable; add it under 'variables'"),
    (
      "unseen: {z: a}",
      "11:13: found 'a', expected a list of configurations of the parents of z, each a list of states, or 'all'"
    ),
    ("unseen: {z: [a]}", "11:14: found 'a', expected a list with a state of each parent of z (x, w)"),
    ("unseen: {z: [[a]]}", "11:14: found a list, expected a list with a state of each parent of z (x, w)"),
    ("unseen: {z: [[a, d]]}", "11:18: 'd' is not a state of w, a parent of z; expected one of all, yes"),
    ("unseen: {z: [[a, all], [a, all]]}", "11:13: z | x=a, w=all is listed twice; remove one of the two"),
    ("unseen: {x: [[a]]}", "11:14: found a list, expected 'all', since x has no parents"),
  ]

  @Test(arguments: flaws) func flawsAreNamedWithTheirPlace(text: String, message: String) {
    let error = #expect(throws: FileError.self) { try Self.read(Self.head + Self.tables + text + "\n") }
    #expect(error?.description == "m.yaml:\(message)")
  }

  @Test func whatHasNoParametersHasNoRows() {
    let error = #expect(throws: FileError.self) { try Self.read(Self.head + "unseen: {z: all}\n") }
    #expect(
      error?.description
        == "m.yaml:7:10: 'z' has no parameters, so that there is nothing to say about their data; remove it from 'unseen'"
    )
  }
}

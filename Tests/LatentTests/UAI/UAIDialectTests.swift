import Foundation
import Latent
import Testing

/// The dialects of aGrUM and pgmpy, the side file, and what is said about the order of the tables.
@Suite struct UAIDialectTests {
  private func read(_ text: String, names: String? = nil, _ order: ParentOrder? = nil) throws -> ModelFile {
    try ModelFormat.uai.parse(
      Array(text.utf8), file: "n.uai", companion: names.map { Array($0.utf8) }, parentOrder: order)
  }

  /// X below P1 and P2, P(x0 | P1 = i, P2 = j) = 0.1 + 0.01 (3i + j).
  static let fromAGrUM = """
    BAYES
    3
    3 2 3 
    3
    3 1 2 0   # X
    1 1   # P1
    1 2   # P2


    18
      0.1 0.2 0.7 
      0.13 0.26 0.61 
      0.11 0.22 0.67 
      0.14 0.28 0.58 
      0.12 0.24 0.64 
      0.15 0.3 0.55 

    2
      0.3 0.7 

    3
      0.2 0.3 0.5 


    """

  static let fromPgmpy = """
    BAYES
    3
    2 3 3
    3
    1 0
    1 1
    3 1 0 2

    2
    0.3 0.7
    3
    0.2 0.3 0.5
    18
    0.1 0.11 0.12 0.13 0.14 0.15 0.2 0.22 0.24 0.26 0.28 0.3 0.7 0.67 0.64 0.61 0.58 0.55
    """

  static let plain = """
    BAYES 3
    2 3 3
    3  1 0  1 1  3 0 1 2
    2 0.3 0.7  3 0.2 0.3 0.5
    18 0.1 0.2 0.7 0.11 0.22 0.67 0.12 0.24 0.64 0.13 0.26 0.61 0.14 0.28 0.58 0.15 0.3 0.55
    """

  static let inOrderOfX =
    "latent: 1\nvariables: {X: {states: [a, b, c]}, P1: {states: [d, e]}, P2: {states: [f, g, h]}}"
  static let inOrderOfP =
    "latent: 1\nvariables: {P1: {states: [d, e]}, P2: {states: [f, g, h]}, X: {states: [a, b, c]}}"

  private static let unnamed =
    "the file has no names of variables and states: variables are called v0, v1, ... and states 0, 1, ...; "
    + "n.uai.names.yaml can name them"
  private static let unnamedStates =
    "the file has no names of states: states are called 0, 1, ...; n.uai.names.yaml can name them"
  private static let reversed =
    "the rows sum to 1 only with the first parent fastest and the child slowest, as pgmpy writes them; they were read so"
  private static let commented =
    "the names behind the scopes are aGrUM's habit, so the tables were read with the child fastest and the first parent "
    + "next; the parent order .last reads them otherwise"
  private static let open =
    "nothing tells the order of the parents in the tables, which were read as the format has it, with the child fastest "
    + "and the last parent next; the parent order .first reads them as aGrUM writes them"

  static let orders: [(text: String, names: String?, order: ParentOrder?, warnings: [String], isTransposed: Bool)] = [
    (fromAGrUM, nil, nil, [unnamedStates, commented], false),
    (fromAGrUM, inOrderOfX, nil, [commented], false),
    (fromAGrUM, inOrderOfX, .first, [], false),
    (fromAGrUM, inOrderOfX, .last, [], true),
    (fromPgmpy, nil, nil, [unnamed, reversed], false),
    (fromPgmpy, inOrderOfP, nil, [reversed], false),
    (fromPgmpy, inOrderOfP, .last, [reversed], false),
    (plain, nil, nil, [unnamed, open], false),
    (plain, nil, .last, [unnamed], false),
    (plain, inOrderOfP, nil, [], false),
    (plain, inOrderOfP, .first, [], true),
  ]

  @Test(arguments: orders) func ordersAreFoundAndTold(
    text: String, names: String?, order: ParentOrder?, warnings: [String], isTransposed: Bool
  ) throws {
    let file = try read(text, names: names, order)
    #expect(file.warnings.map(\.description) == warnings)
    let (schema, structure) = (file.model.schema, file.model.structure)
    func id(_ name: String, _ other: String) throws -> VariableID { try #require(schema[name] ?? schema[other]) }
    let (x, first, second) = (try id("X", "v2"), try id("P1", "v0"), try id("P2", "v1"))
    #expect(Set(structure.family(of: x).parents) == [first, second])
    let table = try #require(file.model.parameters[x.index])
    for i in 0..<2 {
      for j in 0..<3 {
        let codes = structure.family(of: x).parents.map { StateCode($0 == first ? i : j) }
        let cell = table[3 * structure.configuration(of: x, parentStates: codes)]
        let isExpected = abs(cell - (0.1 + 0.01 * Double(3 * i + j))) < 1e-12
        #expect(isExpected || isTransposed && i + j > 0, "\(i) \(j)")
      }
    }
  }

  @Test func tablesThatAreTheSameInAllOrdersNeedNoWarning() throws {
    let file = try read("BAYES 2 2 2 2 1 0 2 0 1 2 .5 .5 4 .1 .9 .2 .8", names: nil)
    #expect(file.warnings.map(\.description) == [Self.unnamed])
  }

  @Test func aGrUMsOrderIsWrittenWithItsComments() throws {
    let model = try read(Self.fromAGrUM).model
    let written = try ModelFormat.uai.text(of: model, parentOrder: .first)
    func words(_ text: String) -> [Substring] { text.split { $0.isWhitespace } }
    #expect(words(written.text) == words(Self.fromAGrUM))
    #expect(written.text.contains("3 1 2 0   # X\n"))
    let again = try read(written.text, names: written.companion)
    #expect(again.model == model)
    #expect(again.warnings.map(\.description) == [Self.commented])
    #expect(try read(written.text, names: written.companion, .first).model == model)
  }

  @Test func commentsAreCarried() throws {
    let text = """
      c of the contest
      # and more
      // and yet more
      BAYES # type
      1 2
      1 1 0
      2 0.5 # half
      0.5
      """
    let file = try read(text)
    #expect(file.annotations.count == 5)
    let written = try ModelFormat.uai.text(of: file.model, carrying: file.annotations)
    #expect(
      written.text
        == """
        c of the contest
        # and more
        // and yet more
        # type
        # half
        BAYES
        1
        2
        1
        1 0

        2
         0.5 0.5

        """)
    #expect(try read(written.text).annotations == file.annotations)
  }

  @Test func numbersAreWrittenWithoutExponents() throws {
    let file = try read("BAYES 1 4 1 1 0 4 1e-7 1.25e-20 5e-324 0.9999999")
    let written = try ModelFormat.uai.text(of: file.model)
    #expect(written.text.contains(" 0.0000001 0.0000000000000000000125 0.0000"))
    #expect(!written.text.contains("e"))
    #expect(try read(written.text).model == file.model)
  }

  @Test func rolesStandInTheSideFile() throws {
    let names = "latent: 1\nvariables: {x: {states: [a, b], latent: true}, y: {states: [c, d], fixed: true}}"
    let file = try read("BAYES 2 2 2 2 1 0 2 0 1 2 .5 .5 4 .1 .9 .2 .8", names: names)
    #expect(file.model.latent == [VariableID(0)])
    #expect(file.model.fixed == [VariableID(1)])
    var model = file.model
    model.name = "n"
    let written = try ModelFormat.uai.text(of: model)
    #expect(written.notes == ["UAI has no place for the name of the network, n"])
    #expect(
      written.companion
        == "latent: 1\nvariables:\n  x: {states: [a, b], latent: true}\n  \"y\": {states: [c, d], fixed: true}\n")
  }

  @Test func theSideFileLiesBesideTheFile() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("m-\(UUID().uuidString).uai").path
    defer { for end in ["", ".names.yaml"] { try? FileManager.default.removeItem(atPath: path + end) } }
    try Data(Self.plain.utf8).write(to: URL(fileURLWithPath: path))
    #expect(try ModelFormat.read(path).model.schema.variables.map(\.name) == ["v0", "v1", "v2"])
    try Data(Self.inOrderOfP.utf8).write(to: URL(fileURLWithPath: path + ".names.yaml"))
    #expect(try ModelFormat.read(path).model.schema.variables.map(\.name) == ["P1", "P2", "X"])
    #expect(ModelFormat.companionPath(of: "a/m.UAI.gz") == "a/m.UAI.names.yaml")
    #expect(ModelFormat.companionPath(of: "-") == nil)
  }
}

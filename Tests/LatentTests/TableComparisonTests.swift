import Latent
import LatentKernels
import Testing

/// Models are the same when every probability is, whatever the order of variables, states and parents.
@Suite struct TableComparisonTests {
  private func model(_ text: String) throws -> Model {
    try ModelFormat.yaml.parse(Array("latent: 1\n\(text)".utf8), file: "model").model
  }

  static let first = """
    variables: {a: {states: [u, v]}, b: {states: [p, q]}, c: {states: [x, y, z]}}
    edges: ["[a, b] -> c"]
    parameters:
      a: [0.25, 0.75]
      b: [0.5, 0.5]
      c: {u: {p: [1, 0, 0], q: [0, 1, 0]}, v: {p: [0.2, 0.3, 0.5], q: [0.1, 0.1, 0.8]}}
    """
  static let rearranged = """
    variables: {c: {states: [z, x, y]}, b: {states: [q, p]}, a: {states: [v, u]}}
    edges: ["[b, a] -> c"]
    parameters:
      a: [0.75, 0.25]
      b: [0.5, 0.5]
      c: {q: {v: [0.8, 0.1, 0.1], u: [0, 0, 1]}, p: {v: [0.5, 0.2, 0.3], u: [0, 1, 0]}}
    """

  @Test func ignoresTheOrder() throws {
    let comparison = try TableComparison(try model(Self.first), try model(Self.rearranged))
    #expect(comparison.worst == nil)
    #expect(comparison.cells == 16)
  }

  @Test func findsTheWorstCell() throws {
    let changed = Self.rearranged.replacing("[0.8, 0.1, 0.1]", with: "[0.7, 0.2, 0.1]")
      .replacing("[0.75, 0.25]", with: "[0.76, 0.24]")
    let worst = try #require(try TableComparison(try model(Self.first), try model(changed)).worst)
    #expect(worst.variable == VariableID(2))
    #expect(worst.configuration == 3)
    #expect((worst.first, worst.second) == (0.1, 0.2) || (worst.first, worst.second) == (0.8, 0.7))
    #expect(abs(worst.distance - 0.1) < 1e-15)
  }

  static let mismatches: [(String, String, ModelMismatch)] = [
    ("c: {states: [z, x, y]}", "c: {states: [z, x, w]}", .states(of: "c")),
    ("a: {states: [v, u]}", "a: {states: [v, u]}, d: {states: [s, t]}", .variable("d")),
    ("b: [0.5, 0.5]\n  ", "", .table(of: "b")),
    ("\"[b, a] -> c\"", "\"[b, a] -> c\", a -> b", .parents(of: "b")),
  ]

  @Test(arguments: mismatches) func refusesOtherModels(old: String, new: String, mismatch: ModelMismatch) throws {
    var text = Self.rearranged.replacing(old, with: new)
    if mismatch == .parents(of: "b") { text = text.replacing("b: [0.5, 0.5]", with: "b: {v: [0.5, 0.5], u: [1, 0]}") }
    let (first, second) = (try model(Self.first), try model(text))
    #expect(throws: mismatch) { try TableComparison(first, second) }
    #expect(throws: mismatch) { try TableComparison(second, first) }
  }
}

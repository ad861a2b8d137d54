import Latent
import LatentTestSupport
import Testing

/// Missing cells that are a state of their own.
@Suite struct MissingStateTests {
  /// A fit is that of a network with one more state, and of a table that has it written in its cells: to the last bit, on
  /// 300 random problems.
  @Test func itIsAnExtraState() throws {
    for seed in 0..<300 {
      var random = SplitMix64(seed: UInt64(seed))
      let (network, table) = Arbitrary.smallProblem(variables: 4, missing: 0.3, using: &random)
      let id = try #require(network.schema.ids.randomElement(using: &random))
      let name = network.schema[id].name
      let model = try Model(network, name: "").withMissingAsState(of: [name])
      var variables = network.schema.variables
      variables[id.index] = try Variable(name: name, states: variables[id.index].states + ["missing"])
      let larger = try NetworkStructure(schema: Schema(variables), parents: network.structure.graph.parents)
      #expect(model.structure == larger)
      let plain = try Model(name: "", structure: larger, parameters: model.parameters)
      guard case .codes(let codes) = table.columns[id.index] else { continue }
      var columns = table.columns
      let state = StateCode(variables[id.index].cardinality - 1)
      columns[id.index] = .codes(codes.map { $0 < 0 ? state : $0 })
      let written = try Table(schema: larger.schema, columns: columns, weights: table.weights)
      let rows = try Table(schema: larger.schema, columns: table.columns, weights: table.weights)
      guard table.weights.contains(where: { $0 > 0 }) else { continue }
      var options = FitOptions()
      options.stopping = StoppingRule(maximumIterations: 5, tolerance: 0)
      let fit = try model.fit(to: rows, starts: .random(1), options: options)
      let expected = try plain.fit(to: written, starts: .random(1), options: options)
      #expect(fit.network == expected.network && fit.trace == expected.trace, "seed \(seed)")
    }
  }

  static let text = """
    latent: 1
    variables:
      a: {states: [lo, hi]}
      b: {states: [lo, hi, missing], missing: state}
    edges:
      - a -> b

    """

  @Test func itTravelsWithTheModel() throws {
    let model = try ModelFormat.yaml.parse(Array(Self.text.utf8), file: "m.yaml").model
    let made = try Model(variables: ["a": ["lo", "hi"], "b": ["lo", "hi"]], edges: ["a -> b"]).withMissingAsState(of: [
      "b"
    ])
    #expect(model == made)
    #expect(try ModelFormat.yaml.text(of: model).text == Self.text)
    let json = try ModelFormat.json.text(of: model).text
    #expect(try ModelFormat.json.parse(Array(json.utf8), file: "m.json").model == model)
    let table = try Table(["a": ["lo", nil], "b": [nil, "hi"]], for: model)
    #expect(table.codes(of: VariableID(1)) == [2, 1] && table.codes(of: VariableID(0)) == [0, -1])
  }

  @Test func whatCannotHaveItIsRefused() throws {
    let model = try Model(
      variables: ["c": .latent(2), "a": ["n", "missing"], "r": .real, "b": ["n", "y"]], edges: ["c -> *"])
    func error(_ name: String, _ model: Model) -> MissingStateError? {
      do {
        _ = try model.withMissingAsState(of: [name])
        return nil
      } catch { return error }
    }
    #expect(error("c", model) == .neverMissing("c"))
    #expect(error("a", model) == .taken("a"))
    #expect(error("r", model) == .numbers("r"))
    #expect(error("x", model) == .unknownVariable("x"))
    var fixed = model
    fixed.fixed = [VariableID(3)]
    #expect(error("b", fixed) == .fixed("b"))
    var cut = model
    cut.codebook = Codebook(cuts: ["b": try Cuts([1])])
    #expect(error("b", cut) == .intervals("b"))
  }
}

import Latent
import LatentTestSupport
import Testing

@testable import LatentDrawing

/// Boxes of the network beyond a list of states: situations, histograms, curves, blocks and plates.
@Suite struct NetworkPictureTests {
  private static func read(_ text: String) throws -> Model {
    try ModelFormat.yaml.parse(Array(text.utf8), file: "m.yaml").model
  }

  private static func distributions(_ model: Model, given evidence: Evidence = .none) throws -> DrawnDistributions {
    let answers = try #require(model.network).allPosteriors(given: evidence)
    var distributions = DrawnDistributions()
    for id in model.schema.ids {
      distributions.states[id] = answers.marginals[model.schema[id].name]?.probabilities
      distributions.numbers[id] = answers.numbers[model.schema[id].name]
    }
    return distributions
  }

  private static let plants = """
    latent: 1
    variables:
      kind: {states: [a, b]}
      leaf: {states: [small, large]}
      height: {type: gaussian}
      seeds: {type: poisson}
      size: {type: gaussian, columns: [u, v], covariance: full}
    edges:
      - kind -> [leaf, height, seeds, size]
    parameters:
      kind: [0.25, 0.75]
      leaf: {a: [0.5, 0.5], b: [0, 1]}
      height: {a: {mean: 10, variance: 4}, b: {mean: 20, variance: 4}}
      seeds: {a: {rate: 2}, b: {rate: 5}}
      size: {a: {mean: [0, 0], covariance: [[1, 0.5], [0.5, 1]]}, b: {mean: [5, 5], covariance: [[1, 0], [0, 1]]}}

    """

  @Test func posteriorsStandBesidePriors() throws {
    let model = try Self.read(Self.plants)
    let (kind, leaf) = (VariableID(0), VariableID(1))
    let evidence = try Evidence([leaf: 0], in: model.schema)
    var known = try Self.distributions(model, given: evidence)
    known.states[leaf] = [1, 0]
    let drawing = NetworkDrawing(
      model, title: "plants", distributions: try Self.distributions(model),
      situation: DrawnSituation(description: "leaf=small", observed: [leaf], distributions: known))
    let picture = try Picture(drawing.svg)
    picture.expectLegible("plants")
    #expect(picture.texts.contains("given leaf=small; light: without it"))
    // The small leaf belongs to kind a: 100 % after, 25 % before.
    let percentages = picture.texts.filter { $0.hasSuffix("%") }
    #expect(percentages == ["25.0%", "100%", "75.0%", "0%", "12.5%", "100%", "87.5%", "0%"])
    #expect(picture.groups.count { $0 == "node observed" } == 1)
    #expect(picture.rectangles["before"]?.isEmpty == false)
    #expect(!picture.texts.contains("p(kind)"), "tables would be read as answers")
    #expect(drawing.dot.contains("<td align=\"right\">100%</td><td align=\"right\">25.0%</td>"))
    #expect(known.states[kind] == [1, 0])
    #expect(picture.texts.contains("u: mean 0, sd 1") && picture.texts.contains("mean 3.75, sd 2.38"))
  }

  @Test func aBlockIsOneBox() throws {
    let model = try Self.read(Self.plants)
    let drawing = NetworkDrawing(model, title: "", distributions: try Self.distributions(model))
    #expect(drawing.edges == (1...4).map { Edge(from: 0, to: $0) })
    #expect(drawing.summary == "6 variables, 4 edges")
    let picture = try Picture(drawing.svg)
    picture.expectLegible("plants")
    #expect(picture.texts.contains("size") && picture.texts.contains("u: mean 3.75, sd 2.38"))
    #expect(picture.texts.contains("size: 95% of each state of kind"))
    #expect(picture.titles.contains { $0.hasPrefix("p(size | kind)") })
    #expect(drawing.dot.contains("\"kind\" -> \"size\";"))
  }

  @Test func orderedStatesAreAHistogram() throws {
    let states = (0..<12).map { "\($0 * 10)-\($0 * 10 + 9)" }
    let share = [Double](repeating: 1.0 / 12, count: 12)
    func drawing(_ labels: [String]) throws -> NetworkDrawing {
      let schema = try Schema([Variable(name: "age", states: labels)])
      let model = try Model(name: "", structure: NetworkStructure(schema: schema, parents: [[]]), parameters: [share])
      return NetworkDrawing(model, title: "", marginals: [VariableID(0): share])
    }
    let ordered = try Picture(drawing(states).svg)
    #expect(ordered.rectangles["bar"]?.count == 12 && ordered.texts.contains("110-119"))
    #expect(try drawing(states).dot.contains("+5 more"))
    let shuffled = try Picture(drawing(Array(states.reversed())).svg)
    #expect(shuffled.texts.contains("+5 more"))
  }

  static let scales: [(labels: [String], isOrdered: Bool)] = [
    (["1", "2", "10"], true), (["1", "10", "2"], false), (["<5", "5-9", "10+"], true), (["5", "5+"], true),
    (["(-inf, 0.5]", "(0.5, 3.0]", "(3.0, inf]"], true), (["[-10, -2)", "[-2, 5)"], true),
    (["jan", "Feb", "mar"], true),
    (["Mon", "Wed", "Tue"], false), (["s1", "s2"], false), (["2019-10", "2019-11"], false), (["a", "b"], false),
    (["1.2.3", "2"], false),
  ]

  @Test(arguments: scales) func labelsShowTheirOrder(labels: [String], isOrdered: Bool) {
    #expect(StateScale.isOrdered(labels) == isOrdered)
  }

  /// Fifty leaves that are alike share a box, but for one that was observed.
  @Test func likeLeavesShareAPlate() throws {
    let names = (0..<50).map { "item\($0)" }
    let schema = try Schema(
      [Variable(name: "class", states: ["1", "2"])] + names.map { try Variable(name: $0, states: ["no", "yes"]) })
    let parents: [[VariableID]] = [[]] + names.map { _ in [VariableID(0)] }
    let structure = try NetworkStructure(schema: schema, parents: parents)
    let model = try Model(name: "", structure: structure, parameters: schema.ids.map { _ in nil })
    let drawing = NetworkDrawing(model, title: "")
    #expect(drawing.edges == [Edge(from: 0, to: 1)])
    #expect(drawing.summary == "51 variables, 50 edges")
    let picture = try Picture(drawing.svg)
    picture.expectLegible("plate")
    #expect(picture.texts.contains { $0 == "50 variables" })
    let observed = NetworkDrawing(
      model, title: "", distributions: DrawnDistributions(),
      situation: DrawnSituation(description: "item7=no", observed: [VariableID(8)], distributions: DrawnDistributions())
    )
    #expect(observed.edges.count == 2)
    let asked = NetworkDrawing(
      model, title: "", distributions: DrawnDistributions(), of: [VariableID(0), VariableID(3)])
    #expect(asked.summary == "2 of 51 variables, 1 edge")
  }

  @Test func randomNetworksOfNumbersAreLegible() throws {
    for seed in UInt64(0)..<12 {
      var random = SplitMix64(seed: seed)
      let network = Arbitrary.numericNetwork(variables: 3, families: 3, using: &random)
      let model = Model(network, name: "")
      let picture = try Picture(
        NetworkDrawing(model, title: "seed \(seed)", distributions: try Self.distributions(model)).svg)
      picture.expectLegible("seed \(seed)")
    }
  }

  @Test func ticksAreRound() {
    #expect(Ticks.between(0, 10, about: 5) == [0, 2, 4, 6, 8, 10])
    #expect(Ticks.between(-0.3, 0.31, about: 3).map(Ticks.text) == ["-0.2", "0", "0.2"])
    #expect(Ticks.between(1e300, 2e300, about: 4).count > 1)
    #expect(Ticks.between(5, 5, about: 4) == [5])
  }
}

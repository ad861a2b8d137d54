import Foundation
import Latent
import LatentTestSupport
import Testing

@testable import LatentDrawing

@Suite struct PictureTests {
  /// A model of independent variables with uniform tables, save the edges given.
  private func model(
    _ variables: [(name: String, states: [String])], edges: [Edge] = [], latent: Set<Int> = [], fixed: Set<Int> = []
  ) throws -> Model {
    let schema = try Schema(variables.map { try Variable(name: $0.name, states: $0.states) })
    let parents = schema.ids.map { id in edges.filter { $0.to == id.index }.map { VariableID($0.from) } }
    let structure = try NetworkStructure(schema: schema, parents: parents)
    return try Model(
      name: "", structure: structure, latent: Set(latent.map { VariableID($0) }),
      fixed: Set(fixed.map { VariableID($0) }),
      parameters: schema.ids.map { id in
        let states = structure.schema[id].cardinality
        return [Double](repeating: 1 / Double(states), count: structure.family(of: id).parameters.count)
      })
  }

  @Test func numbersShowTheirStandardDeviation() throws {
    let schema = try Schema([Variable(name: "x", domain: .real)])
    let structure = try NetworkStructure(schema: schema, parents: [[]])
    let svg = try NetworkDrawing(
      Model(name: "", structure: structure, parameters: [[2, 9]]), title: "numbers"
    ).svg
    #expect(svg.contains(">sd<") && svg.contains(">3<") && !svg.contains(">9<"))
    #expect(svg.contains("mean 2, sd 3"))
  }

  static let awkward = [
    "Asy/Patch", ">=5", "<3", "&", "&amp;", "\"q\"", "it's", "😀", "a\u{0}b", "\u{1B}[0m", "]]>", "x\u{FFFE}",
    "two\nlines", "\\", "\\\"", " ", "é家",
  ]

  @Test func awkwardNamesAreWellFormed() throws {
    let names = Self.awkward
    let model = try model(
      names.map { ($0, names) }, edges: (1..<names.count).filter { $0 < 4 }.map { Edge(from: 0, to: $0) }, latent: [1],
      fixed: [2])
    let picture = try Picture(NetworkDrawing(model, title: names.joined()).svg)
    for name in names.dropFirst(4) {
      let shown = name.replacing("\u{0}", with: "\u{FFFD}").replacing("\u{1B}", with: "\u{FFFD}")
        .replacing("\u{FFFE}", with: "\u{FFFD}")
      #expect(picture.titles.contains { $0.hasPrefix("p(\(shown))") }, "\(name)")
      #expect(picture.texts.contains(shown.replacing("\n", with: " ")), "\(name)")
    }
  }

  @Test func randomNetworksAreWellFormedAndNameEveryVariable() throws {
    for seed in UInt64(0)..<20 {
      var random = SplitMix64(seed: seed)
      let network = Arbitrary.network(variables: Int(seed) + 1, using: &random)
      let drawing = NetworkDrawing(Model(network, name: ""), title: "seed \(seed)")
      let picture = try Picture(drawing.svg)
      for variable in network.schema.variables { #expect(picture.texts.contains(variable.name)) }
      #expect(picture.count["path"] == 1 + drawing.edges.count)
      #expect(drawing.svg == drawing.svg)
    }
  }

  @Test func barsArePartsOfTheirTracks() throws {
    let model = try model([("a", ["x", "y", "z", "w"])])
    let picture = try Picture(
      NetworkDrawing(model, title: "", marginals: [VariableID(0): [0.75, 0.2499, 0.0001, 0]]).svg)
    let tracks = picture.rectangles["track"] ?? []
    let bars = picture.rectangles["bar"] ?? []
    #expect(tracks.count == 4 && bars.count == 3)
    #expect(abs(bars[0] - 0.75 * tracks[0]) < 0.1 && abs(bars[1] - 0.2499 * tracks[1]) < 0.1)
    #expect(picture.texts.filter { $0.hasSuffix("%") } == ["75.0%", "25.0%", "<0.1%", "0%"])
  }

  @Test func ofManyStatesTheMostProbableAreShown() throws {
    let states = (0..<20).map { "s\($0)" }
    let model = try model([("a", states)])
    var marginal = [Double](repeating: 0.01, count: 20)
    marginal[13] = 0.5
    marginal[17] = 0.32
    let picture = try Picture(NetworkDrawing(model, title: "", marginals: [VariableID(0): marginal]).svg)
    #expect(
      picture.texts.filter { $0.hasPrefix("s") || $0.hasPrefix("+") } == [
        "s0", "s1", "s2", "s3", "s4", "s13", "s17", "+13 more",
      ])
  }

  @Test func withoutProbabilitiesThereAreNoBars() throws {
    let schema = try Schema([Variable(name: "a", states: ["x", "y"])])
    let structure = try NetworkStructure(schema: schema, parents: [[]])
    let model = try Model(name: "", structure: structure, parameters: [nil])
    let picture = try Picture(NetworkDrawing(model, title: "").svg)
    #expect(picture.rectangles["track"] == nil && picture.rectangles["bar"] == nil)
    #expect(picture.texts == ["Bayesian network", "1 variable, 0 edges", "a", "x", "y"])
    #expect(picture.titles == ["1 variable, 0 edges", "a: x, y"])
  }

  @Test func tooltipsHoldTables() throws {
    let model = try model(
      [("a", ["x", "y"]), ("b", ["u", "v"])], edges: [Edge(from: 0, to: 1)], latent: [0], fixed: [1])
    let picture = try Picture(NetworkDrawing(model, title: "t").svg)
    #expect(
      picture.titles == [
        "t: 2 variables, 1 edge", "a → b", "p(a), latent\nx 0.5000, y 0.5000",
        "p(b | a), fixed\na=x: u 0.5000, v 0.5000\na=y: u 0.5000, v 0.5000",
      ])
  }

  @Test func rolesHaveOutlinesAndALegend() throws {
    let variables = [("a", ["x"]), ("b", ["x"]), ("c", ["x"])].map { (name: $0.0, states: $0.1) }
    let both = try Picture(NetworkDrawing(model(variables, latent: [0], fixed: [1]), title: "").svg)
    #expect(both.groups == ["latent", "fixed", "node latent", "node fixed", "node"])
    #expect(both.rectangles["inner"]?.count == 2)
    #expect(both.texts.contains("latent") && both.texts.contains("fixed, not learned"))
    let neither = try Picture(NetworkDrawing(model(variables), title: "").svg)
    #expect(neither.groups == ["node", "node", "node"])
    #expect(!neither.texts.contains("latent"))
  }

  @Test func smallNetworksHaveTheirTablesPrinted() throws {
    let small = try model([("a", ["x", "y"]), ("b", ["u", "v"])], edges: [Edge(from: 0, to: 1)])
    #expect(try Picture(NetworkDrawing(small, title: "").svg).texts.contains("p(b | a)"))
    let large = try model((0..<101).map { ("v\($0)", ["x", "y"]) })
    #expect(try !Picture(NetworkDrawing(large, title: "").svg).texts.contains("p(v1)"))
  }

  @Test func nothingComesFromElsewhere() throws {
    let svg = try NetworkDrawing(model([("a", ["x", "y"])]), title: "").svg
    #expect(svg.ranges(of: "http").count == 1, "the name space alone")
    for word in ["<script", "@import", "url(http", "href"] { #expect(!svg.contains(word)) }
  }
}

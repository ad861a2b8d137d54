import Latent
import LatentTestSupport
import Testing

@testable import LatentDrawing

/// Pictures of what the classes of a model are like.
@Suite struct ProfileTests {
  private static let mixed = """
    latent: 1
    variables:
      kind: {states: [small, large], latent: true}
      answer: {states: ["no", "yes"]}
      age: {states: [0-9, 10-19, 20-29, 30-39, 40-49, 50-59, 60-69, 70-79, 80+]}
      town: {states: [a, b, c, d, e, f, g, h, i, j]}
      height: {type: gaussian}
      visits: {type: poisson}
      size: {type: gaussian, columns: [u, v, w], covariance: full}
    edges:
      - kind -> *
    parameters:
      kind: [0.25, 0.75]
      answer: {small: [0.9, 0.1], large: [0, 1]}
      age:
        small: [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.2]
        large: [0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]
      town:
        small: [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]
        large: [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]
      height: {small: {mean: 10, variance: 4}, large: {mean: 20, variance: 9}}
      visits: {small: {rate: 1.5}, large: {rate: 4}}
      size:
        small: {mean: [0, 0, 0], covariance: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]}
        large: {mean: [1, 2, 3], covariance: [[4, 1, 0], [1, 1, 0], [0, 0, 2]]}

    """

  private static func read(_ text: String) throws -> Model {
    try ModelFormat.yaml.parse(Array(text.utf8), file: "m.yaml").model
  }

  @Test func eachVariableHasAPanelInEachClass() throws {
    let model = try Self.read(Self.mixed)
    let drawing = try #require(ClassProfileDrawing(model, title: "mixed"))
    let picture = try Picture(drawing.svg)
    picture.expectLegible("mixed")
    #expect(picture.texts.contains("kind: 2 classes, 8 variables"))
    #expect(Set(["answer", "age", "town", "height", "visits", "u", "v", "w"]).isSubset(of: picture.texts))
    // The sizes, the answers, and the densities of height and columns.
    #expect(Set(["25.0%", "75.0%", "90.0%", "10.0%", "0%", "100%"]).isSubset(of: picture.texts))
    #expect(picture.texts.contains("mean 10, sd 2") && picture.texts.contains("mean 20, sd 3"))
    #expect(picture.texts.contains("mean 1.5") && picture.texts.contains("mean 4"))
    #expect(picture.texts.contains("+3 more") && picture.texts.contains("80+"))
    // Curves of four numbers, and ellipses of three pairs, in two classes.
    #expect(picture.count["path"] == 2 * 4 + 2 * 3)
    #expect(picture.texts.contains("size: 95% of each state of kind"))
  }

  @Test func someVariablesCanBeDrawnAlone() throws {
    let model = try Self.read(Self.mixed)
    let ids = try ["height", "u"].map { try #require(model.schema[$0]) }
    let picture = try Picture(#require(ClassProfileDrawing(model, title: "", of: ids)).svg)
    #expect(picture.texts.contains("kind: 2 classes, 2 of 8 variables"))
    #expect(picture.texts.contains("height") && !picture.texts.contains("answer"))
    #expect(picture.count["path"] == 4, "a block of which a part is shown has no pairs")
  }

  @Test func otherModelsHaveNone() throws {
    let twoParents = Self.mixed.replacing("edges:\n", with: "edges:\n  - answer -> town\n")
    #expect(try ClassProfileDrawing(Self.read(Self.mixed), title: "") != nil)
    for text in [
      Self.mixed.replacing(", latent: true", with: ""), twoParents.components(before: "parameters:"),
      Self.mixed.components(before: "parameters:"), "latent: 1\nvariables: {k: {states: [a], latent: true}}\n",
    ] {
      #expect(try ClassProfileDrawing(Self.read(text), title: "") == nil, "\(text)")
    }
    let many = (1...41).map { "  v\($0): {states: [x]}\n" }.joined()
    let tables = (1...41).map { "  v\($0): {a: [1]}\n" }.joined()
    let text =
      "latent: 1\nvariables:\n  k: {states: [a], latent: true}\n\(many)edges: [k -> *]\nparameters:\n  k: [1]\n\(tables)"
    let model = try Self.read(text)
    #expect(ClassProfileDrawing(model, title: "") == nil)
    #expect(ClassProfileDrawing(model, title: "", of: Array(model.schema.ids.dropLast())) != nil)
  }

  /// A hidden Markov model begins and goes on, and its states have no sizes.
  @Test func aChainShowsItsSteps() throws {
    let text = """
      latent: 1
      variables:
        climate: {states: [cold, warm], latent: true}
        width: {type: gaussian}
      edges:
        - climate[t-1] -> climate
        - climate -> width
      parameters:
        climate: {initial: [0.6, 0.4], transition: {cold: [0.7, 0.3], warm: [0.45, 0.55]}}
        width: {cold: {mean: 0.8, variance: 0.04}, warm: {mean: 1.1, variance: 0.09}}

      """
    let picture = try Picture(#require(ClassProfileDrawing(Self.read(text), title: "trees")).svg)
    picture.expectLegible("trees")
    #expect(picture.texts.contains("climate: first step") && picture.texts.contains("climate: next step"))
    let percentages = picture.texts.filter { $0.hasSuffix("%") }
    #expect(percentages == ["60.0%", "40.0%", "70.0%", "45.0%", "30.0%", "55.0%"])
    let network = try Picture(NetworkDrawing(Self.read(text), title: "trees").svg)
    network.expectLegible("trees")
    #expect(network.texts.contains("climate[t-1]") && network.texts.contains("first step"))
  }

  @Test func whatHasNoDataSaysSo() throws {
    let model = try Self.read(Self.mixed + "unseen:\n  answer: [[large]]\n")
    #expect(try Picture(#require(ClassProfileDrawing(model, title: "")).svg).texts.contains("no data: large"))
  }

  /// Of any number of classes and lengths of labels.
  @Test(arguments: [1, 2, 6, 7, 24]) func staysLegible(classes: Int) throws {
    let labels = (1...classes).map { $0 % 3 == 0 ? "a class with a long name \($0)" : "\($0)" }
    func list(_ count: Int) -> String {
      "[\([String](repeating: "\(1 / Double(count))", count: count).joined(separator: ", "))]"
    }
    func map(_ entry: (Int) -> String) -> String {
      "{" + labels.enumerated().map { "\"\($1)\": \(entry($0))" }.joined(separator: ", ") + "}"
    }
    let text = """
      latent: 1
      variables:
        k: {states: [\(labels.map { "\"\($0)\"" }.joined(separator: ", "))], latent: true}
        item: {states: ["no, not at all, under no circumstances", "yes", maybe]}
        "a number with a name that is much too long for a panel of this size": {type: gaussian}
        b: {type: gaussian, columns: [u, v], covariance: diagonal}
      edges: [k -> *]
      parameters:
        k: \(list(classes))
        item: \(map { _ in "[0.25, 0.5, 0.25]" })
        "a number with a name that is much too long for a panel of this size": \(map { "{mean: \(1e6 * Double($0)), variance: 4.0e+12}" })
        b: \(map { "{mean: [\($0), 0.001], covariance: [[1, 0], [0, 1.0e-8]]}" })

      """
    let picture = try Picture(#require(ClassProfileDrawing(Self.read(text), title: "many classes")).svg)
    picture.expectLegible("\(classes) classes")
  }

  /// The outline of an ellipse passes through the ends of both conjugate diameters.
  @Test func ellipsesHoldTheirShare() {
    let ellipse = Ellipse(mean: Point(x: 1, y: 2), covariance: (4, 1, 9)) { $0 }
    let ends = ellipse.anchors.dropFirst()
    for end in ends {
      let (x, y) = (end.x - 1, end.y - 2)
      // The squared distance xᵀ Σ⁻¹ x, with det Σ = 35.
      let distance = (9 * x * x - 2 * x * y + 4 * y * y) / 35
      #expect(abs(distance - 5.991_464_547_107_979) < 1e-9)
    }
  }
}

extension String {
  fileprivate func components(before mark: String) -> String {
    firstRange(of: mark).map { String(self[..<$0.lowerBound]) } ?? self
  }
}

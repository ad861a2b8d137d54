import Testing

@testable import LatentDrawing

/// Pictures of estimates with their intervals.
@Suite struct ForestTests {
  private static func entry(_ name: String, _ estimate: Double, _ half: Double, _ missing: Double?)
    -> ForestDrawing.Entry
  {
    ForestDrawing.Entry(
      name: name, estimate: estimate, interval: estimate - half...estimate + half, missingInformation: missing)
  }

  @Test func squaresAreFilledByMissingInformation() throws {
    let entries = [Self.entry("age", 0.5, 0.25, 0.4), Self.entry("sex", -1, 0.5, 0), Self.entry("rest", 2, 0.1, nil)]
    let svg = ForestDrawing(entries, title: "estimates.csv", summary: "95% intervals").svg
    let picture = try Picture(svg)
    picture.expectLegible("forest")
    #expect(picture.texts.contains("0.5 (0.25 to 0.75)") && picture.texts.contains("-1 (-1.5 to -0.5)"))
    #expect(picture.rectangles["estimate"]?.count == 3)
    #expect(picture.rectangles["missing-information"] == [11])
    #expect(svg.contains("height=\"4.4\" class=\"missing-information\""), "0.4 of 11")
    #expect(picture.count["line"] == 3 * 3 + 1 + Ticks.between(-1.68, 2.28, about: 5).count)
  }

  @Test func whatIsNotFiniteIsLeftOut() throws {
    let entries = [
      ForestDrawing.Entry(name: "a", estimate: 1, interval: -.infinity ... .infinity, missingInformation: 1),
      Self.entry("a name that is much too long for the left side of a forest plot and is cut", 1, 0, 0.5),
    ]
    let picture = try Picture(ForestDrawing(entries, title: "", summary: "").svg)
    picture.expectLegible("infinite")
    #expect(picture.rectangles["estimate"]?.count == 2)
    try Picture(ForestDrawing([], title: "none", summary: "").svg).expectLegible("none")
  }
}

import Testing

@testable import LatentDrawing

/// Pictures of information criteria.
@Suite struct CriteriaTests {
  private static func entry(_ size: Int?, _ kind: String, _ bic: Double) -> CriteriaDrawing.Entry {
    CriteriaDrawing.Entry(
      name: [size.map { "\($0)" } ?? "", kind].joined(separator: " "), size: size, kind: kind, aic: bic - 9, bic: bic,
      icl: size == 1 ? nil : bic + 20)
  }

  @Test func criteriaAreLinesOverSizes() throws {
    let entries = [3, 1, 2].map { Self.entry($0, "", [900, 700, 720][$0 - 1]) }
    let drawing = CriteriaDrawing(entries, title: "m.yaml")
    #expect(drawing.lines.map(\.name) == ["AIC", "BIC", "ICL"])
    #expect(drawing.lines.map(\.points.count) == [3, 3, 2])
    #expect(drawing.lines[1].points.map(\.value) == [900, 700, 720])
    let picture = try Picture(drawing.svg)
    picture.expectLegible("sizes")
    #expect(picture.texts.contains("information criteria, smaller is better; best by BIC: 2 "))
    #expect(picture.count["circle"] == 9 && picture.count["path"] == 3)
  }

  @Test func kindsAreLinesOfBIC() throws {
    let entries = ["full", "tied"].flatMap { kind in (1...9).map { Self.entry($0, kind, 500 + Double($0)) } }
    let drawing = CriteriaDrawing(entries, title: "")
    #expect(drawing.lines.map(\.name) == ["full", "tied"])
    let picture = try Picture(drawing.svg)
    picture.expectLegible("kinds")
    #expect(picture.texts.contains("full") && picture.texts.contains("tied"))
  }

  @Test func modelsOfDifferentNamesArePoints() throws {
    let names = ["a", "a model with a very long name.yaml", "c"]
    let entries = names.map {
      CriteriaDrawing.Entry(name: $0, size: nil, kind: "", aic: 5, bic: 5, icl: -.infinity)
    }
    let drawing = CriteriaDrawing(entries, title: "many")
    #expect(drawing.lines.map(\.name) == ["AIC", "BIC"])
    let picture = try Picture(drawing.svg)
    picture.expectLegible("names")
    #expect(picture.count["path"] == nil)
  }
}

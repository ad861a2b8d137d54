import Testing

@testable import LatentDrawing

@Suite struct DrawingTextTests {
  @Test(arguments: [
    (0.0, "0%"), (1.0, "100%"), (1e-9, "<0.1%"), (0.00049, "<0.1%"), (0.0005, "0.1%"), (0.5, "50.0%"),
    (0.1234, "12.3%"),
    (0.9994, "99.9%"), (0.9996, ">99.9%"),
  ]) func percentages(_ value: Double, _ text: String) {
    #expect(Numerals.percentage(value) == text)
  }

  @Test(arguments: [
    (0.0, "0"), (1.0, "1"), (0.5, "0.5000"), (0.00005, "0.0001"), (2.1e-7, "2.1e-7"), (0.99999979, "1.0000"),
    (1e-300, "1e-300"),
  ]) func probabilities(_ value: Double, _ text: String) {
    #expect(Numerals.probability(value) == text)
  }

  @Test(arguments: [(0.0, "0"), (12.0, "12"), (12.25, "12.3"), (-0.5, "-0.5"), (-0.04, "0"), (1234.56, "1234.6")])
  func coordinates(_ value: Double, _ text: String) {
    #expect(Numerals.coordinate(value) == text)
  }

  @Test func longTextsAreCutToTheirWidth() {
    for text in ["short", "a much longer label than fits", "家族家族家族家族家族", "WWWWWWWWWWWWWWWWWWWW", ""] {
      let fitted = TextWidth.fitted(text, to: 60, size: 11)
      #expect(TextWidth.of(fitted, size: 11) <= 60)
      #expect(fitted == text || (fitted.hasSuffix("…") && text.hasPrefix(fitted.dropLast())))
    }
    #expect(TextWidth.fitted("short", to: 60, size: 11) == "short")
  }

  @Test func wideLettersAreWide() {
    #expect(TextWidth.of("WW", size: 10) > 3 * TextWidth.of("ii", size: 10))
    #expect(TextWidth.of("a", size: 20) == 2 * TextWidth.of("a", size: 10))
    #expect(TextWidth.of("a", size: 10, weight: .bold) > TextWidth.of("a", size: 10))
  }
}

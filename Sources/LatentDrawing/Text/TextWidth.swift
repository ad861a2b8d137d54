/// How wide a text is in a sans-serif font, without having the font.
///
/// The widths are those of Helvetica, in thousandths of the font size, and a tenth on top, since the font that a viewer
/// takes instead may be wider.
enum TextWidth {
  enum Weight {
    case regular
    case bold
  }

  private static let allowance = 1.1
  private static let boldFactor = 1.07
  private static let ellipsis: Character = "…"

  /// The widths of the printable ASCII characters, from the space on.
  private static let ascii: [Int] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
  ]

  /// The width in pixels at a font size in pixels; O(characters).
  static func of(_ text: String, size: Double, weight: Weight = .regular) -> Double {
    var thousandths = 0
    for character in text { thousandths += width(of: character) }
    return Double(thousandths) / 1000 * size * allowance * (weight == .bold ? boldFactor : 1)
  }

  /// The text, or as much of its beginning as fits before an ellipsis.
  static func fitted(_ text: String, to width: Double, size: Double, weight: Weight = .regular) -> String {
    if of(text, size: size, weight: weight) <= width { return text }
    var rest = width - of(String(ellipsis), size: size, weight: weight)
    var kept = ""
    for character in text {
      rest -= of(String(character), size: size, weight: weight)
      if rest < 0 { break }
      kept.append(character)
    }
    return kept + String(ellipsis)
  }

  private static func width(of character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first?.value else { return 0 }
    switch scalar {
    case 0x20..<0x7F: return ascii[Int(scalar) - 0x20]
    // East Asian scripts and pictures take a square; ellipses and dashes nearly so.
    case 0x1100...0x115F, 0x2E80...0xD7FF, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0x1F000...: return 1300
    case 0x2000...0x2BFF: return 1000
    default: return 650
    }
  }
}

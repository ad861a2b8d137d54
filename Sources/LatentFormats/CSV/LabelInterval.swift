internal import LatentData

/// An interval of numbers as people and programs name it: `(0.999, 3.0]`, `18-34`, `18 to 34`, `<18`, `55+`, `under 18`,
/// `65 and over`; or a single number.
struct LabelInterval: Comparable {
  let lower: Double
  let upper: Double

  /// What stands behind all intervals: a word for a missing answer.
  static let behindAll = LabelInterval(.infinity, .infinity)

  /// Whether it is more than a number, and not a word.
  var isProper: Bool { lower < upper }

  private init(_ lower: Double, _ upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// The interval that a label names; nil when it names none.
  init?(_ label: String) {
    let text = label.lowercased().filter { !"$€£%".contains($0) }
    let found =
      Self.bracketed(text) ?? NumericLabels.decimal(text).map { Self($0, $0) } ?? Self.open(text) ?? Self.range(text)
    guard let found, found.lower <= found.upper else { return nil }
    self = found
  }

  static func < (a: Self, b: Self) -> Bool { a.lower != b.lower ? a.lower < b.lower : a.upper < b.upper }

  /// `(a, b]` with any brackets, where `a` and `b` may be infinite.
  private static func bracketed(_ text: String) -> LabelInterval? {
    guard let first = text.first, let last = text.last, "([".contains(first), ")]".contains(last) else { return nil }
    let ends = text.dropFirst().dropLast().split(separator: ",").map { end(trimmed($0)) }
    guard ends.count == 2, let lower = ends[0], let upper = ends[1] else { return nil }
    return Self(lower, upper)
  }

  private static func end(_ text: String) -> Double? {
    switch text {
    case "inf", "+inf", "∞": .infinity
    case "-inf", "-∞": -.infinity
    default: NumericLabels.decimal(text)
    }
  }

  private static let below = ["<=", "<", "≤", "under ", "below ", "less than ", "up to ", "at most "]
  private static let above = [">=", ">", "≥", "over ", "above ", "more than ", "at least "]
  private static let orLess = [" and under", " or under", " or less", " and below", " or below", " or younger"]
  private static let orMore = [
    "+", " and over", " or over", " or more", " and more", " and above", " or above", " and older", " or older",
    " plus",
  ]

  /// A number with a word or sign that leaves one end open.
  private static func open(_ text: String) -> LabelInterval? {
    func number(after words: [String]) -> Double? {
      words.first(where: text.hasPrefix).flatMap { NumericLabels.decimal(trimmed(text.dropFirst($0.count))) }
    }
    func number(before words: [String]) -> Double? {
      words.first(where: text.hasSuffix).flatMap { NumericLabels.decimal(trimmed(text.dropLast($0.count))) }
    }
    if let upper = number(after: below) ?? number(before: orLess) { return Self(-.infinity, upper) }
    if let lower = number(after: above) ?? number(before: orMore) { return Self(lower, .infinity) }
    return nil
  }

  /// Two numbers with a dash or `to` between them.
  private static func range(_ text: String) -> LabelInterval? {
    for separator in [" to ", "...", "..", "–", "—", "-"] {
      // A dash at the very beginning is a sign.
      guard let place = text.dropFirst().firstRange(of: separator) else { continue }
      guard let lower = NumericLabels.decimal(trimmed(text[..<place.lowerBound])),
        let upper = NumericLabels.decimal(trimmed(text[place.upperBound...]))
      else { continue }
      return Self(lower, upper)
    }
    return nil
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

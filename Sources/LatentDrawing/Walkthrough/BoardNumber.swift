/// Numbers as they stand on a board: four decimals and a true minus sign, `−12.3457`.
enum BoardNumber {
  /// Any number with four decimals.
  static func fixed(_ value: Double) -> String {
    let text = Numerals.fixed(value.rounded(decimals: 4), decimals: 4)
    return text.hasPrefix("-") ? "−\(text.dropFirst())" : text
  }

  /// A whole number as one, any other with four decimals.
  static func weight(_ value: Double) -> String {
    Int(exactly: value).map { "\($0)" } ?? fixed(value)
  }

  /// A number ≥ 0 that may be tiny: four decimals, or `2.5e−7`; rounding errors are 0.
  static func small(_ value: Double) -> String {
    guard value < 5e-5, value > 1e-14 else { return fixed(max(value, 0)) }
    let (significand, exponent) = Numerals.scientific(value, digits: 2)
    return "\(significand)e−\(-exponent)"
  }
}

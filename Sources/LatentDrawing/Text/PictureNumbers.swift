extension Numerals {
  /// A coordinate to a tenth of a pixel.
  static func coordinate(_ value: Double) -> String {
    withoutNeedlessZeros(fixed(value.rounded(decimals: 1), decimals: 1))
  }

  /// A probability as a percentage with one decimal; 0 and 100 without decimals are exact.
  static func percentage(_ probability: Double) -> String {
    if probability <= 0 { return "0%" }
    if probability >= 1 { return "100%" }
    if probability < 0.0005 { return "<0.1%" }
    if probability > 0.9995 { return ">99.9%" }
    return fixed((probability * 100).rounded(decimals: 1), decimals: 1) + "%"
  }

  /// A probability with four decimals; 0 and 1 without decimals are exact, and three digits stand for what would
  /// otherwise show as zeros.
  static func probability(_ value: Double) -> String {
    if value <= 0 { return "0" }
    if value >= 1 { return "1" }
    if value >= 0.00005 { return fixed(value.rounded(decimals: 4), decimals: 4) }
    let (significand, exponent) = scientific(value, digits: 3)
    return "\(withoutNeedlessZeros(significand))e\(exponent)"
  }
}

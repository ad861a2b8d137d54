/// Numbers as a drawing writes them, with a point and without a locale.
enum Numerals {
  /// A coordinate to a tenth of a pixel.
  static func coordinate(_ value: Double) -> String { decimal(value, places: 1) }

  /// A probability as a percentage with one decimal; 0 and 100 without decimals are exact.
  static func percentage(_ probability: Double) -> String {
    if probability <= 0 { return "0%" }
    if probability >= 1 { return "100%" }
    if probability < 0.0005 { return "<0.1%" }
    if probability > 0.9995 { return ">99.9%" }
    return decimal(probability * 100, places: 1, keepsZeros: true) + "%"
  }

  /// A probability with four decimals; 0 and 1 without decimals are exact, and three digits stand for what would
  /// otherwise show as zeros.
  static func probability(_ value: Double) -> String {
    if value <= 0 { return "0" }
    if value >= 1 { return "1" }
    if value >= 0.00005 { return decimal(value, places: 4, keepsZeros: true) }
    var mantissa = value
    var exponent = 0
    while mantissa < 1 {
      mantissa *= 10
      exponent += 1
    }
    // What would be rounded to 10 is 1 of the next power.
    if mantissa >= 9.995 {
      mantissa /= 10
      exponent -= 1
    }
    return "\(decimal(mantissa, places: 2))e-\(exponent)"
  }

  /// A number rounded to so many places, without needless zeros unless they are to be kept.
  private static func decimal(_ value: Double, places: Int, keepsZeros: Bool = false) -> String {
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    let scaled = Int((value * Double(scale)).rounded())
    let (whole, part) = scaled.magnitude.quotientAndRemainder(dividingBy: UInt(scale))
    var digits = String(part)
    digits = String(repeating: "0", count: places - digits.count) + digits
    while !keepsZeros, digits.last == "0" { digits.removeLast() }
    return (scaled < 0 ? "-" : "") + "\(whole)" + (digits.isEmpty ? "" : ".\(digits)")
  }
}

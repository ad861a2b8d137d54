/// How numbers are spelled for people: with a point, without a locale, and rounded exactly, as `printf` does.
package enum Numerals {
  /// A number with a count of decimals, as `%.4f` has it.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return "\(value)" }
    let exact = DecimalDigits(of: value, decimals: decimals)
    return (value.sign == .minus ? "-" : "") + spelled(exact.digits, point: exact.point)
  }

  /// A number with at most a count of significant digits, very large and very small ones as a power of ten, as `%.3g`
  /// has it.
  package static func significant(_ value: Double, digits: Int) -> String {
    guard value.isFinite else { return "\(value)" }
    let sign = value.sign == .minus ? "-" : ""
    guard value != 0 else { return sign + "0" }
    let exact = DecimalDigits(of: value, significant: digits)
    let exponent = exact.point - 1
    if exponent >= -4, exponent < digits {
      return sign + withoutNeedlessZeros(spelled(exact.digits, point: exact.point))
    }
    let significand = withoutNeedlessZeros(spelled(exact.digits, point: 1))
    let size = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
    return "\(sign)\(significand)e\(exponent < 0 ? "-" : "+")\(size)"
  }

  /// A number other than 0 as a significand with a count of digits, one of them before the point, and a power of ten.
  static func scientific(_ value: Double, digits: Int) -> (significand: String, exponent: Int) {
    let exact = DecimalDigits(of: value, significant: digits)
    return ((value.sign == .minus ? "-" : "") + spelled(exact.digits, point: 1), exact.point - 1)
  }

  /// A decimal number without zeros at the end of its decimals, and without a point that nothing follows.
  static func withoutNeedlessZeros(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var text = text[...]
    while text.last == "0" { text.removeLast() }
    return String(text.last == "." ? text.dropLast() : text)
  }

  private static func spelled(_ digits: [UInt8], point: Int) -> String {
    func text(_ digits: some Sequence<UInt8>) -> String {
      String(decoding: digits.map { UInt8(ascii: "0") + $0 }, as: UTF8.self)
    }
    let whole = point > 0 ? text(digits.prefix(point)) : "0"
    let zeros = String(repeating: "0", count: max(0, -point))
    return digits.count > point ? "\(whole).\(zeros)\(text(digits.dropFirst(max(0, point))))" : whole
  }
}

extension Double {
  /// The number rounded to a count of decimals as one does by hand, halves up in magnitude: 12.25 becomes 12.3.
  ///
  /// Pictures and boards show numbers that a reader may check by hand. There is no negative zero.
  func rounded(decimals: Int) -> Double {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    return (self * scale).rounded() / scale + 0
  }
}

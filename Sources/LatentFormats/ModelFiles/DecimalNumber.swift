/// Decimal numbers as people and programs write them: `1`, `.5`, `-2.`, `1e-3`, `1.0E-3`.
enum DecimalNumber {
  /// The double nearest to the number that the bytes spell; nil when they spell none, as `inf`, `nan` and `0x1` do not.
  ///
  /// Up to 15 digits and a power of ten up to 22 need one exact multiplication or division (Clinger 1990); all others
  /// go to the standard library, which rounds correctly.
  static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    var index = 0
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative || bytes.first == UInt8(ascii: "+") { index = 1 }
    var digits = Digits()
    digits.read(bytes, from: &index)
    var fraction = 0
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      index += 1
      let before = digits.count
      digits.read(bytes, from: &index)
      fraction = digits.count - before
    }
    guard digits.count > 0, let power = exponent(bytes, from: &index), index == bytes.count else { return nil }
    let scale = power - fraction
    guard digits.significant <= 15, (-22...22).contains(scale) else {
      return Double(String(decoding: bytes, as: UTF8.self))
    }
    let mantissa = Double(digits.value)
    let magnitude = scale < 0 ? mantissa / powersOfTen[-scale] : mantissa * powersOfTen[scale]
    return isNegative ? -magnitude : magnitude
  }

  /// The double that a text spells, or nil.
  static func parse(_ text: String) -> Double? {
    var text = text
    return text.withUTF8 { parse($0) }
  }

  /// The shortest spelling that reads back to the same double, and that YAML 1.1 takes for a number: with a point.
  static func text(of value: Double) -> String {
    let text = value.description
    guard let exponent = text.firstIndex(of: "e"), !text.contains(".") else { return text }
    return "\(text[..<exponent]).0\(text[exponent...])"
  }

  /// The shortest spelling that reads back to the same double, without an exponent; for numbers up to 1.
  static func plainText(of value: Double) -> String {
    let text = value.description
    guard let mark = text.firstIndex(of: "e"), let power = Int(text[text.index(after: mark)...]), power < 0 else {
      return text
    }
    let digits = text[..<mark].filter { $0 != "." && $0 != "-" }
    return "\(value < 0 ? "-" : "")0.\(String(repeating: "0", count: -power - 1))\(digits)"
  }

  /// A run of digits: how many there are, how many from the first that is not zero, and their value.
  private struct Digits {
    var count = 0
    var significant = 0
    var value: UInt64 = 0

    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, from index: inout Int) {
      while index < bytes.count, case let digit = bytes[index] &- UInt8(ascii: "0"), digit <= 9 {
        count += 1
        if significant > 0 || digit > 0 { significant += 1 }
        if significant <= 15 { value = value * 10 + UInt64(digit) }
        index += 1
      }
    }
  }

  /// The power of ten after `e`, 0 when there is none; nil when `e` stands without digits.
  private static func exponent(_ bytes: UnsafeBufferPointer<UInt8>, from index: inout Int) -> Int? {
    guard index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") else { return 0 }
    index += 1
    let isNegative = index < bytes.count && bytes[index] == UInt8(ascii: "-")
    if isNegative || index < bytes.count && bytes[index] == UInt8(ascii: "+") { index += 1 }
    let start = index
    var power = 0
    while index < bytes.count, case let digit = bytes[index] &- UInt8(ascii: "0"), digit <= 9 {
      if power < 100_000 { power = power * 10 + Int(digit) }
      index += 1
    }
    return index == start ? nil : (isNegative ? -power : power)
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
    1e20, 1e21, 1e22,
  ]
}

/// Spells any name with the characters that a format allows, so that the name can be had back.
///
/// A character that is not allowed becomes `_xHHHH_`, its code in four to six hexadecimal digits (as XML names are
/// escaped in ISO/IEC 29500-1, 22.4.2.4); at the beginning, where an underscore may not stand, `xHHHH_`; the empty name
/// becomes `xFFFFFF_`, the code of no character. A name that looks like the outcome of that is escaped itself, and only
/// what escaping would have written is taken for an escape: all names come back, and names of other programs stay as
/// they are.
struct NameEscape {
  /// Whether a character may stand in a name, at its beginning, and at its end.
  let allows: @Sendable (_ scalar: Unicode.Scalar, _ isFirst: Bool, _ isLast: Bool) -> Bool
  /// Words of the format that are no names although their characters are allowed.
  var reserved: Set<String> = []

  /// Letters, digits and underscores of ASCII, with a letter first.
  static let identifier = NameEscape { scalar, isFirst, _ in
    switch scalar {
    case "a"..."z", "A"..."Z": true
    case "0"..."9", "_": !isFirst
    default: false
    }
  }

  /// The spelling of a name; linear in its length.
  func encode(_ name: String) -> String {
    guard isAllowed(name), !reserved.contains(name) else { return escaped(name) }
    let reading = unescaped(name)
    if reading == name { return name }
    let isPlain = isAllowed(reading) && !reserved.contains(reading) && unescaped(reading) == reading
    let spelling = isPlain ? reading : escaped(reading)
    return spelling == name ? escaped(name) : name
  }

  /// The name that a spelling stands for; linear in its length.
  func decode(_ spelling: String) -> String {
    guard spelling.utf8.contains(UInt8(ascii: "x")), spelling.utf8.contains(UInt8(ascii: "_")) else { return spelling }
    let reading = unescaped(spelling)
    return reading != spelling && encode(reading) == spelling ? reading : spelling
  }

  /// The code for the empty name. A shorter spelling would be somebody's label, as `x_` is in a published network.
  private static let empty: UInt32 = 0xFF_FFFF

  private func isAllowed(_ name: String) -> Bool {
    let scalars = Array(name.unicodeScalars)
    return !scalars.isEmpty
      && scalars.indices.allSatisfy { allows(scalars[$0], $0 == 0, $0 == scalars.count - 1) }
  }

  private func escaped(_ name: String) -> String {
    let scalars = Array(name.unicodeScalars)
    if scalars.isEmpty { return "x\(String(Self.empty, radix: 16, uppercase: true))_" }
    let mustChange = isAllowed(name)
    var text = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
      let isPlain = allows(scalar, index == 0, index == scalars.count - 1)
      if isPlain, !Self.mayStartEscape(scalars, at: index), !(mustChange && index == 0) {
        text.append(scalar)
      } else {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let padding = String(repeating: "0", count: max(0, 4 - digits.count))
        // One by one: appending a sequence takes time in proportion to all that is there.
        for character in "\(index == 0 ? "" : "_")x\(padding)\(digits)_".unicodeScalars { text.append(character) }
      }
    }
    return String(text)
  }

  private func unescaped(_ spelling: String) -> String {
    let scalars = Array(spelling.unicodeScalars)
    var text = String.UnicodeScalarView()
    var index = 0
    while index < scalars.count {
      if let escape = Self.escape(in: scalars, at: index) {
        if let scalar = escape.scalar { text.append(scalar) }
        index = escape.end
      } else {
        text.append(scalars[index])
        index += 1
      }
    }
    return String(text)
  }

  /// Whether an escape begins at a position, or would if an escape of the next character followed its digits.
  private static func mayStartEscape(_ scalars: [Unicode.Scalar], at start: Int) -> Bool {
    let digits = start + (start > 0 ? 2 : 1)
    guard digits + 4 <= scalars.count, scalars[digits - 1] == "x", start == 0 || scalars[start] == "_" else {
      return false
    }
    return scalars[digits..<digits + 4].allSatisfy { hexadecimal($0) != nil }
  }

  /// The escape that begins at a position, what it stands for, and where it ends.
  private static func escape(
    in scalars: [Unicode.Scalar], at start: Int
  ) -> (scalar: Unicode.Scalar?, end: Int)? {
    var index = start
    if start > 0 {
      guard scalars[index] == "_" else { return nil }
      index += 1
    }
    guard index < scalars.count, scalars[index] == "x" else { return nil }
    index += 1
    var value: UInt32 = 0
    let digits = index
    while index < scalars.count, index - digits < 6, let digit = hexadecimal(scalars[index]) {
      value = value << 4 | digit
      index += 1
    }
    guard index < scalars.count, scalars[index] == "_" else { return nil }
    if value == Self.empty { return start == 0 && index + 1 == scalars.count ? (nil, index + 1) : nil }
    guard index - digits >= 4, let scalar = Unicode.Scalar(value) else { return nil }
    return (scalar, index + 1)
  }

  private static func hexadecimal(_ scalar: Unicode.Scalar) -> UInt32? {
    switch scalar {
    case "0"..."9": scalar.value - 0x30
    case "A"..."F": scalar.value - 0x37
    default: nil
    }
  }
}

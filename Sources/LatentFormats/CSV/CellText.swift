internal import LatentData

/// Words for the cells and labels that messages quote.
enum CellText {
  private static let longestText = 60
  private static let longestName = 200
  private static let mostLabels = 8

  /// A text in single quotes, safe to print: control characters and bytes that are not UTF-8 as `\xHH`, cut when long.
  static func shown(_ bytes: ArraySlice<UInt8>) -> String {
    let text = bytes.prefix(longestText)
    var shown = ""
    if let valid = valid(text, of: bytes) {
      for scalar in valid.unicodeScalars {
        if scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) {
          for byte in String(scalar).utf8 { shown += escaped(byte) }
        } else {
          shown.unicodeScalars.append(scalar)
        }
      }
    } else {
      for byte in text {
        shown += (0x20..<0x7F).contains(byte) ? String(UnicodeScalar(byte)) : escaped(byte)
      }
    }
    return bytes.count > text.count ? "'\(shown)…'" : "'\(shown)'"
  }

  /// The text of a prefix; a character that the cut split is left out.
  private static func valid(_ prefix: ArraySlice<UInt8>, of whole: ArraySlice<UInt8>) -> String? {
    let longestCharacter = 4
    let cuts = prefix.count < whole.count ? 0..<longestCharacter : 0..<1
    for cut in cuts {
      if let text = String(validating: prefix.dropLast(cut), as: UTF8.self) { return text }
    }
    return nil
  }

  private static func escaped(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return "\\x" + (digits.count == 1 ? "0" + digits : digits)
  }

  /// Labels in their order with commas; a long list is cut and its length given.
  static func list(_ labels: [String]) -> String {
    let head = labels.prefix(mostLabels).map(cut).joined(separator: ", ")
    return labels.count > mostLabels ? "\(head), … \(labels.count) in all" : head
  }

  /// The name of a column as it is, but for the end of one that no line has room for.
  static func cut(_ name: String) -> String {
    name.utf8.count > longestName ? name.prefix(longestName) + "…" : name
  }

  /// A number of things: `1 cell`, `2 cells`.
  static func count(_ number: Int, _ thing: String) -> String {
    number == 1 ? "1 \(thing)" : "\(number) \(thing)s"
  }

  /// A cell without the spaces and tabs around it.
  static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let front = bytes.drop { $0 == 0x20 || $0 == 0x09 }
    guard let last = front.lastIndex(where: { $0 != 0x20 && $0 != 0x09 }) else { return front }
    return front[...last]
  }

  /// The state that differs from a label in case only.
  static func sameExceptCase(_ label: String, among states: [String]) -> String? {
    let folded = label.lowercased()
    return states.first { $0.lowercased() == folded }
  }
}

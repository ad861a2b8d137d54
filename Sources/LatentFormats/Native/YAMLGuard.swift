/// Looks over YAML before it is parsed and refuses what would cost a parser its stack or its memory: deep nesting,
/// and anchors and aliases, with which a short file can stand for an enormous document.
struct YAMLGuard {
  private let source: SourceText
  private var index = 0
  private var depth = 0
  /// Whether a value may begin here: at the start of a line, after an indicator, after a tag.
  private var opensValue = true

  /// - Throws: when lists and maps nest too deep, or an anchor or alias is met; linear in the length.
  static func check(_ source: SourceText) throws(FileError) {
    var scan = YAMLGuard(source: source)
    scan.index = source.bytes.dropByteOrderMark.startIndex
    try scan.beginLine()
    while scan.index < source.bytes.count { try scan.step() }
  }

  private mutating func step() throws(FileError) {
    let bytes = source.bytes
    let byte = bytes[index]
    if let length = lineBreak {
      index += length
      opensValue = true
      return try beginLine()
    }
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"):
      index += 1
    case UInt8(ascii: "#") where index == 0 || bytes[index - 1] <= UInt8(ascii: " "):
      while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      index += 1
      if opensValue { skipQuoted(byte) }
      opensValue = false
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      opensValue = opensValue || depth > 0
      if opensValue { depth += 1 }
      guard depth <= DocumentNode.maximumDepth else { throw DocumentNode.tooDeep(at: .offset(index), in: source) }
      index += 1
    case UInt8(ascii: "]"), UInt8(ascii: "}"):
      depth = max(0, depth - 1)
      index += 1
      opensValue = false
    case UInt8(ascii: "&"), UInt8(ascii: "*"):
      if opensValue, !isWhitespace(after: index) {
        throw source.error(at: .offset(index), "anchors and aliases are not read; write the value out, or quote it")
      }
      index += 1
      opensValue = false
    default:
      skipPlain()
    }
  }

  /// Dashes, question marks and spaces at the start of a line are the levels that it opens.
  private mutating func beginLine() throws(FileError) {
    let start = index
    while index < source.bytes.count, depth == 0 {
      let byte = source.bytes[index]
      let opensLevel = (byte == UInt8(ascii: "-") || byte == UInt8(ascii: "?")) && isWhitespace(after: index)
      guard opensLevel || byte == UInt8(ascii: " ") else { break }
      guard index - start < DocumentNode.maximumDepth else {
        throw DocumentNode.tooDeep(at: .offset(index), in: source)
      }
      index += 1
    }
  }

  /// One byte of a plain scalar, or an indicator after which a value may begin.
  private mutating func skipPlain() {
    let byte = source.bytes[index]
    let isIndicator =
      switch byte {
      case UInt8(ascii: ":"): isWhitespace(after: index) || depth > 0
      case UInt8(ascii: "-"), UInt8(ascii: "?"): isWhitespace(after: index)
      case UInt8(ascii: ","): depth > 0
      default: false
      }
    if byte == UInt8(ascii: "!"), opensValue {
      while index < source.bytes.count, !isWhitespace(after: index) { index += 1 }
    } else if isIndicator {
      opensValue = true
    } else {
      opensValue = false
    }
    index += 1
  }

  /// The length of the line break that stands here; YAML 1.1 knows five.
  private var lineBreak: Int? {
    switch source.bytes[index] {
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"): 1
    case 0xC2 where source.bytes[index...].starts(with: [0xC2, 0x85]): 2
    case 0xE2 where source.bytes[index...].starts(with: [0xE2, 0x80, 0xA8]): 3
    case 0xE2 where source.bytes[index...].starts(with: [0xE2, 0x80, 0xA9]): 3
    default: nil
    }
  }

  /// Passes a quoted text; `\"` within double quotes and `''` within single ones do not end it.
  private mutating func skipQuoted(_ quote: UInt8) {
    let bytes = source.bytes
    while index < bytes.count {
      let isDoubled = bytes[index...].starts(with: [0x27, 0x27])
      let isEscape = quote == 0x27 ? isDoubled : bytes[index] == UInt8(ascii: "\\")
      if !isEscape, bytes[index] == quote { break }
      index += isEscape ? 2 : 1
    }
    index += 1
  }

  private func isWhitespace(after index: Int) -> Bool {
    index + 1 >= source.bytes.count || source.bytes[index + 1] <= UInt8(ascii: " ")
  }
}

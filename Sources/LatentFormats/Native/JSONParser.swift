/// Reads JSON (RFC 8259) and keeps what dictionaries lose: the order of keys, their places and numbers as typed.
struct JSONParser {
  private let source: SourceText
  private var index: Int
  private var bytes: [UInt8] { source.bytes }

  /// The document in a text; linear in its length.
  static func parse(_ source: SourceText) throws(FileError) -> DocumentNode {
    var parser = JSONParser(source: source, index: source.bytes.dropByteOrderMark.startIndex)
    let node = try parser.value(depth: 0)
    parser.skipWhitespace()
    guard parser.index == source.bytes.count else { throw parser.unexpected("the end of the file") }
    return node
  }

  private mutating func value(depth: Int) throws(FileError) -> DocumentNode {
    skipWhitespace()
    let place = SourceText.Place.offset(index)
    guard depth <= DocumentNode.maximumDepth else { throw DocumentNode.tooDeep(at: place, in: source) }
    switch peek {
    case UInt8(ascii: "{"):
      return DocumentNode(place: place, content: .map(try map(depth: depth)))
    case UInt8(ascii: "["):
      return DocumentNode(place: place, content: .list(try list(depth: depth)))
    case UInt8(ascii: "\""):
      return DocumentNode(place: place, content: .scalar(.init(text: try string(), isQuoted: true)))
    default:
      return DocumentNode(place: place, content: .scalar(.init(text: try literal(), isQuoted: false)))
    }
  }

  private mutating func map(depth: Int) throws(FileError) -> [DocumentNode.Entry] {
    var entries: [DocumentNode.Entry] = []
    index += 1
    guard !take(UInt8(ascii: "}")) else { return entries }
    repeat {
      skipWhitespace()
      let place = SourceText.Place.offset(index)
      guard peek == UInt8(ascii: "\"") else { throw unexpected("a key in double quotes") }
      let key = try string()
      guard take(UInt8(ascii: ":")) else { throw unexpected("':' after the key '\(key)'") }
      entries.append(.init(key: key, place: place, value: try value(depth: depth + 1)))
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw unexpected("',' or '}'") }
    if let entry = DocumentNode.duplicate(in: entries) {
      throw DocumentNode.duplicateKey(entry.key, at: entry.place, in: source)
    }
    return entries
  }

  private mutating func list(depth: Int) throws(FileError) -> [DocumentNode] {
    var nodes: [DocumentNode] = []
    index += 1
    guard !take(UInt8(ascii: "]")) else { return nodes }
    repeat { nodes.append(try value(depth: depth + 1)) } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw unexpected("',' or ']'") }
    return nodes
  }

  /// A number, `true`, `false` or `null`, as typed.
  private mutating func literal() throws(FileError) -> String {
    let start = index
    while let byte = peek, byte > UInt8(ascii: " "), !",:[]{}\"".utf8.contains(byte) { index += 1 }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    guard ["true", "false", "null"].contains(text) || DecimalNumber.parse(text) != nil else {
      index = start
      throw unexpected("a value")
    }
    return text
  }

  private mutating func string() throws(FileError) -> String {
    let start = index
    index += 1
    var text: [UInt8] = []
    while let byte = peek, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else {
        throw source.error(
          at: .offset(index), "a text in quotes holds a control character; write it as \\u00\(hex(byte))")
      }
      if byte == UInt8(ascii: "\\") {
        try escape(into: &text)
      } else {
        text.append(byte)
        index += 1
      }
    }
    guard peek != nil else {
      throw source.error(at: .offset(start), "the quote that opens here is not closed; expected '\"'")
    }
    index += 1
    guard let valid = String(validating: text, as: UTF8.self) else {
      throw source.error(at: .offset(start), "this text is not UTF-8; save the file in that encoding")
    }
    return valid
  }

  private mutating func escape(into text: inout [UInt8]) throws(FileError) {
    let start = index
    index += 2
    guard index <= bytes.count else { return }
    switch bytes[index - 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(bytes[index - 1])
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      guard let scalar = scalar() else {
        throw source.error(at: .offset(start), "'\\u' needs four hexadecimal digits, and pairs of surrogates together")
      }
      text.append(contentsOf: String(Character(scalar)).utf8)
    default:
      throw source.error(at: .offset(start), "'\\' begins an unknown escape; write '\\\\' for the character itself")
    }
  }

  /// The scalar whose `\u` was just passed, from one unit or a pair of surrogates.
  private mutating func scalar() -> Unicode.Scalar? {
    guard let high = unit() else { return nil }
    if let scalar = Unicode.Scalar(high) { return scalar }
    guard high < 0xDC00, bytes[index...].starts(with: "\\u".utf8) else { return nil }
    index += 2
    guard let low = unit(), (0xDC00..<0xE000).contains(low) else { return nil }
    return Unicode.Scalar(0x10000 + (UInt32(high) - 0xD800) << 10 + UInt32(low) - 0xDC00)
  }

  private mutating func unit() -> UInt16? {
    let digits = bytes[min(index, bytes.count)...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
    index += 4
    return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipWhitespace()
    guard peek == byte else { return false }
    index += 1
    return true
  }

  private mutating func skipWhitespace() {
    while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { index += 1 }
  }

  private func unexpected(_ expected: String) -> FileError {
    guard index < bytes.count else {
      return source.error(at: .offset(index), "the file ends where \(expected) was expected; is it complete?")
    }
    let word = bytes[index...].prefix(24).prefix { $0 > UInt8(ascii: " ") && !",:[]{}\"".utf8.contains($0) }
    let found = String(decoding: word.isEmpty ? bytes[index...index] : word, as: UTF8.self)
    return source.error(at: .offset(index), "found '\(found)', expected \(expected)")
  }

  private func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
}

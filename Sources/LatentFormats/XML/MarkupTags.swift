/// Finds the tags of elements in the bytes of a file, one after the other, as a parser reports them without places.
struct MarkupTags {
  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The next tag that opens an element: where it begins, and the offset behind it; nil when it has not this name, as
  /// when the file is in another encoding. Linear over all calls.
  mutating func next(named name: String) -> Range<Int>? {
    while index < bytes.count, let start = bytes[index...].firstIndex(of: UInt8(ascii: "<")) {
      index = start + 1
      guard index < bytes.count else { return nil }
      switch bytes[index] {
      case UInt8(ascii: "/"): continue
      case UInt8(ascii: "?"): index = bytes.end(of: "?>", from: index) ?? bytes.count
      case UInt8(ascii: "!"):
        let sign = bytes[index...].starts(with: "!--".utf8) ? "-->" : "]]>"
        index = bytes.end(of: sign, from: index + 3) ?? bytes.count
      default:
        skipAttributes()
        return bytes[(start + 1)...].starts(with: name.utf8) ? start..<index : nil
      }
    }
    return nil
  }

  /// Past the end of a tag; an attribute may hold the sign that ends it.
  private mutating func skipAttributes() {
    var quote: UInt8?
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        return
      }
    }
  }
}

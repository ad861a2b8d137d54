/// Where the tags that open elements stand in the bytes of a file, for the parser reports elements without their place.
struct MarkupTags {
  /// The most attributes that a tag may have: parsers compare each with all others.
  static let maximumAttributes = 1000

  private let bytes: [UInt8]
  private var tags: [Range<Int>] = []
  private var used = 0

  /// Looks for all tags; linear in the bytes, whether or not they are XML.
  ///
  /// - Throws: when a tag has attributes beyond all measure.
  init(_ bytes: [UInt8], _ source: SourceText) throws(FileError) {
    self.bytes = bytes
    var index = 0
    while let start = bytes[index...].firstIndex(of: UInt8(ascii: "<")), start + 1 < bytes.count {
      index = start + 1
      switch bytes[index] {
      case UInt8(ascii: "/"): continue
      case UInt8(ascii: "?"):
        guard start == bytes.dropByteOrderMark.startIndex, bytes[index...].starts(with: "?xml".utf8) else {
          throw source.error(at: .offset(start), "an instruction to programs stands among the elements; remove it")
        }
        index = bytes.end(of: "?>", from: index) ?? bytes.count
      case UInt8(ascii: "!"):
        let delimiter = bytes[index...].starts(with: "!--".utf8) ? "-->" : "]]>"
        index = bytes.end(of: delimiter, from: min(index + 3, bytes.count)) ?? bytes.count
      default:
        let attributes = Self.skipAttributes(bytes, &index)
        guard attributes <= Self.maximumAttributes else {
          throw source.error(
            at: .offset(start), "this tag has more than \(Self.maximumAttributes) attributes; no model needs that")
        }
        tags.append(start..<index)
      }
    }
  }

  /// The next tag that opens an element, from its beginning to the byte behind it; nil when it has not this name, as
  /// when the file is in another encoding.
  mutating func next(named name: String) -> Range<Int>? {
    guard used < tags.count else { return nil }
    defer { used += 1 }
    return bytes[(tags[used].lowerBound + 1)...].starts(with: name.utf8) ? tags[used] : nil
  }

  /// Past the end of a tag; an attribute may hold the character that ends it. Returns the number of values in quotes.
  private static func skipAttributes(_ bytes: [UInt8], _ index: inout Int) -> Int {
    var attributes = 0
    var quote: UInt8?
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        attributes += 1
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        break
      }
    }
    return attributes
  }
}

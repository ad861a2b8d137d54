/// Splits a BIF file into names, quoted names and the punctuation `{ } ( ) [ ] ; |`. Whitespace, commas and comments
/// separate and are not seen.
struct BIFLexer: FileLexer {
  let source: SourceText
  /// Where the next token is looked for.
  private(set) var position: Int
  /// Where the last token began.
  private(set) var start: Int
  var comments: [Range<Int>] = []
  /// What a byte does to a word; indexed by the byte.
  private static let kinds: [Kind] = (0...255).map { Kind(UInt8($0)) }

  private enum Kind {
    case letter, slash, quote, separator, punctuation

    init(_ byte: UInt8) {
      self =
        switch byte {
        case 0...0x20, 0x7F, UInt8(ascii: ","): .separator
        case UInt8(ascii: "/"): .slash
        case UInt8(ascii: "\""): .quote
        default: "{}()[];|".utf8.contains(byte) ? .punctuation : .letter
        }
    }
  }

  init(_ source: SourceText, at position: Int? = nil) {
    self.source = source
    self.position = position ?? source.bytes.dropByteOrderMark.startIndex
    start = self.position
  }

  /// The next token, and past it.
  mutating func next() throws(FileError) -> FileToken {
    try skipSeparators()
    start = position
    guard position < source.bytes.count else { return .end }
    switch Self.kinds[Int(source.bytes[position])] {
    case .punctuation:
      position += 1
      return .punctuation(source.bytes[start])
    case .quote:
      return try quoted()
    case .letter, .slash, .separator:
      repeat { position += 1 } while position < source.bytes.count && continuesWord()
      return .word(start..<position)
    }
  }

  /// Passes everything up to a `;` outside quotes, or up to the `}` of the block, whatever it is.
  mutating func skipProperty() throws(FileError) {
    while position < source.bytes.count {
      switch source.bytes[position] {
      case UInt8(ascii: ";"):
        position += 1
        return
      case UInt8(ascii: "}"):
        return
      case UInt8(ascii: "\""):
        start = position
        _ = try quoted()
      case UInt8(ascii: "/") where opensComment():
        try skipSeparators()
      default:
        position += 1
      }
    }
  }

  /// Passes everything up to and with the next `}` outside quotes and comments.
  mutating func skipBlock() throws(FileError) {
    let opening = position
    while position < source.bytes.count {
      switch Self.kinds[Int(source.bytes[position])] {
      case .punctuation where source.bytes[position] == UInt8(ascii: "}"):
        position += 1
        return
      case .quote:
        start = position
        _ = try quoted()
      case .slash where opensComment():
        try skipSeparators()
      default:
        position += 1
      }
    }
    throw source.error(at: .offset(opening), "the block that begins here has no closing '}'; is the file complete?")
  }

  private func continuesWord() -> Bool {
    switch Self.kinds[Int(source.bytes[position])] {
    case .letter: true
    case .slash: !opensComment()
    case .quote, .separator, .punctuation: false
    }
  }

  /// Whether `//` or `/*` stands here, and not as part of an address such as `http://example.org`.
  private func opensComment() -> Bool {
    guard position + 1 < source.bytes.count, source.bytes[position] == UInt8(ascii: "/") else { return false }
    if position > 0, source.bytes[position - 1] == UInt8(ascii: ":") { return false }
    return source.bytes[position + 1] == UInt8(ascii: "/") || source.bytes[position + 1] == UInt8(ascii: "*")
  }

  private mutating func skipSeparators() throws(FileError) {
    while position < source.bytes.count {
      if Self.kinds[Int(source.bytes[position])] == .separator {
        position += 1
      } else if opensComment() {
        try skipComment()
      } else {
        return
      }
    }
  }

  private mutating func skipComment() throws(FileError) {
    let bytes = source.bytes
    let opening = position
    let endsWithLine = bytes[position + 1] == UInt8(ascii: "/")
    position += 2
    if endsWithLine {
      while position < bytes.count, bytes[position] != UInt8(ascii: "\n"), bytes[position] != UInt8(ascii: "\r") {
        position += 1
      }
      comments.append(opening..<position)
      return
    }
    while position + 1 < bytes.count {
      if bytes[position] == UInt8(ascii: "*"), bytes[position + 1] == UInt8(ascii: "/") {
        position += 2
        comments.append(opening..<position)
        return
      }
      position += 1
    }
    throw source.error(at: .offset(opening), "the comment that begins here is not closed; expected '*/'")
  }

  private mutating func quoted() throws(FileError) -> FileToken {
    let bytes = source.bytes
    position += 1
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n"), bytes[position] != UInt8(ascii: "\r") {
      position += 1
      if bytes[position - 1] == UInt8(ascii: "\"") { return .quoted(start + 1..<position - 1) }
    }
    throw source.error(at: .offset(start), "the quote that opens here is not closed on its line; expected '\"'")
  }
}

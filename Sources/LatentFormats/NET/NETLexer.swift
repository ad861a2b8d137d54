/// Splits a NET file into names, quoted names and the punctuation `{ } ( ) = ; |`. Whitespace, commas and comments
/// separate and are not seen.
struct NETLexer: FileLexer {
  let source: SourceText
  /// Where the next token is looked for.
  private(set) var position: Int
  private(set) var start: Int
  var comments: [Range<Int>] = []
  /// What a byte does to a word; indexed by the byte.
  private static let kinds: [Kind] = (0...255).map { Kind(UInt8($0)) }

  private enum Kind {
    case letter, percent, quote, separator, punctuation

    init(_ byte: UInt8) {
      self =
        switch byte {
        case 0...0x20, 0x7F, UInt8(ascii: ","): .separator
        case UInt8(ascii: "%"): .percent
        case UInt8(ascii: "\""): .quote
        default: "{}()=;|".utf8.contains(byte) ? .punctuation : .letter
        }
    }
  }

  init(_ source: SourceText, at position: Int? = nil) {
    self.source = source
    self.position = position ?? source.bytes.dropByteOrderMark.startIndex
    start = self.position
  }

  mutating func next() throws(FileError) -> FileToken {
    skipSeparators()
    start = position
    guard position < source.bytes.count else { return .end }
    switch kind {
    case .punctuation:
      position += 1
      return .punctuation(source.bytes[start])
    case .quote:
      return try quoted()
    case .letter, .percent, .separator:
      repeat { position += 1 } while position < source.bytes.count && kind == .letter
      return .word(start..<position)
    }
  }

  /// The next token where labels stand: one without quotes runs up to whitespace, a bracket or a quote, for aGrUM puts no
  /// quotes around `>=5` or `[0;1[`.
  mutating func nextLabel() throws(FileError) -> FileToken {
    let token = try next()
    switch token {
    case .quoted, .end, .punctuation(UInt8(ascii: "(")), .punctuation(UInt8(ascii: ")")): return token
    case .word, .punctuation: return bareLabel()
    }
  }

  /// Passes everything up to and with the next `;` outside quotes and comments; the value of the attribute `key`.
  mutating func skipValue(of key: PlacedName) throws(FileError) {
    while case let token = try next(), token != .punctuation(UInt8(ascii: ";")) {
      if token == .end || token == .punctuation(UInt8(ascii: "{")) || token == .punctuation(UInt8(ascii: "}")) {
        throw source.error(at: .offset(key.offset), "the value of '\(key.text)' does not end; add a ';'")
      }
    }
  }

  /// Passes everything up to and with the next `}` outside quotes and comments.
  mutating func skipBlock() throws(FileError) {
    let opening = position
    while case let token = try next(), token != .punctuation(UInt8(ascii: "}")) {
      if token == .end {
        throw source.error(at: .offset(opening), "the block that begins here has no closing '}'; is the file complete?")
      }
    }
    forgetComments(from: opening)
  }

  /// Leaves out of `comments` what begins at or after an offset.
  mutating func forgetComments(from offset: Int) {
    while let last = comments.last, last.lowerBound >= offset { comments.removeLast() }
  }

  /// The label without quotes that begins where the last token began; commas behind it separate.
  private mutating func bareLabel() -> FileToken {
    while position < source.bytes.count, source.bytes[position] > 0x20, !"()\"".utf8.contains(source.bytes[position]) {
      position += 1
    }
    var end = position
    while end > start + 1, source.bytes[end - 1] == UInt8(ascii: ",") { end -= 1 }
    return .word(start..<end)
  }

  private var kind: Kind { Self.kinds[Int(source.bytes[position])] }

  private mutating func skipSeparators() {
    while position < source.bytes.count {
      switch kind {
      case .separator:
        position += 1
      case .percent:
        let opening = position
        repeat { position += 1 } while position < source.bytes.count && !isLineEnd(source.bytes[position])
        comments.append(opening..<position)
      case .letter, .quote, .punctuation:
        return
      }
    }
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

  /// A text in quotes, which may run over several lines; a backslash takes a quote or a backslash along.
  private mutating func quoted() throws(FileError) -> FileToken {
    let bytes = source.bytes
    position += 1
    while position < bytes.count {
      position += 1
      switch bytes[position - 1] {
      case UInt8(ascii: "\""):
        return .quoted(start + 1..<position - 1)
      case UInt8(ascii: "\\") where position < bytes.count && "\"\\".utf8.contains(bytes[position]):
        position += 1
      default:
        continue
      }
    }
    throw source.error(at: .offset(start), "the quote that opens here is not closed; expected '\"'")
  }
}

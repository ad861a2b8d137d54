/// Splits a UAI file into words. Comments run from `#` or `//`, or from a `c` that begins a line, to the end of the line.
struct UAILexer: FileLexer {
  let source: SourceText
  /// Where the next word is looked for.
  private(set) var position: Int
  private(set) var start: Int
  var comments: [Range<Int>] = []

  init(_ source: SourceText, at position: Int? = nil) {
    self.source = source
    self.position = position ?? source.bytes.dropByteOrderMark.startIndex
    start = self.position
  }

  mutating func next() throws(FileError) -> FileToken {
    let bytes = source.bytes
    while position < bytes.count {
      if isWhitespace(bytes[position]) {
        position += 1
      } else if opensComment() {
        skipComment()
      } else {
        break
      }
    }
    start = position
    guard position < bytes.count else { return .end }
    repeat { position += 1 } while position < bytes.count && !isWhitespace(bytes[position]) && bytes[position] != hash
    return .word(start..<position)
  }

  /// Passes the comment that follows on the same line and begins with `#`, if there is one.
  mutating func lineComment() -> Range<Int>? {
    let bytes = source.bytes
    var next = position
    while next < bytes.count, bytes[next] == UInt8(ascii: " ") || bytes[next] == UInt8(ascii: "\t") { next += 1 }
    guard next < bytes.count, bytes[next] == hash else { return nil }
    position = next
    skipComment()
    return comments.last
  }

  private var hash: UInt8 { UInt8(ascii: "#") }

  private func isWhitespace(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == 0x7F }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

  private func opensComment() -> Bool {
    let bytes = source.bytes
    let next = position + 1 < bytes.count ? bytes[position + 1] : UInt8(ascii: "\n")
    switch bytes[position] {
    case UInt8(ascii: "#"): return true
    case UInt8(ascii: "/"): return next == UInt8(ascii: "/")
    case UInt8(ascii: "c"): return isWhitespace(next) && (position == 0 || isLineEnd(bytes[position - 1]))
    default: return false
    }
  }

  private mutating func skipComment() {
    let opening = position
    while position < source.bytes.count, !isLineEnd(source.bytes[position]) { position += 1 }
    comments.append(opening..<position)
  }
}

/// Reads a UAI file word by word.
typealias UAICursor = TokenCursor<UAILexer>

extension TokenCursor<UAILexer> {
  /// A whole number from 0 on.
  mutating func count(_ expected: String) throws(FileError) -> Int {
    let token = try lexer.next()
    guard case .word(let range) = token, let count = Int(try source.text(range)), count >= 0 else {
      throw unexpected(token, expected)
    }
    return count
  }
}

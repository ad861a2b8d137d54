/// Reads a NET file token by token.
typealias NETCursor = TokenCursor<NETLexer>

extension TokenCursor<NETLexer> {
  /// The name of a node.
  mutating func node(_ expected: String) throws(FileError) -> PlacedName {
    let token = try lexer.next()
    guard case .word(let range) = token else { throw unexpected(token, expected) }
    return PlacedName(text: NET.identifier.decode(try source.text(range)), offset: lexer.start)
  }

  /// The text of a quoted token or of a word; nil for other tokens.
  func label(_ token: FileToken) throws(FileError) -> String? {
    switch token {
    case .word(let range): NET.quotable.decode(try source.text(range))
    case .quoted(let range): NET.quotable.decode(Self.unescaped(try source.text(range)))
    case .punctuation, .end: nil
    }
  }

  /// The name of an attribute, and past the equals sign behind it.
  mutating func key() throws(FileError) -> PlacedName {
    let token = try lexer.next()
    guard case .word(let range) = token else { throw unexpected(token, "an attribute or '}'") }
    let key = PlacedName(text: try source.text(range), offset: lexer.start)
    try expect("=", "after '\(key.text)'")
    return key
  }

  /// An attribute as it is written, from its name to its `;`, and past it.
  mutating func attribute(_ key: PlacedName) throws(FileError) -> String {
    try lexer.skipValue(of: key)
    lexer.forgetComments(from: key.offset)
    return text(key.offset..<lexer.position)
  }

  /// The comments from the given one on, and how many there are now.
  mutating func newComments(after count: inout Int) -> [String] {
    defer { count = lexer.comments.count }
    return lexer.comments[count...].map(text)
  }

  /// What is written in a range; bytes that are not UTF-8 are replaced.
  private func text(_ range: Range<Int>) -> String { String(decoding: source.bytes[range], as: UTF8.self) }

  /// A text without the backslashes before quotes and backslashes.
  private static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "\\")) else { return text }
    var result = String.UnicodeScalarView()
    var scalars = text.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      if scalar == "\\", let next = scalars.first, next == "\"" || next == "\\" {
        result.append(next)
        scalars.removeFirst()
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}

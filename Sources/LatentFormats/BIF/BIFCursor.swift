/// Reads a BIF file token by token.
typealias BIFCursor = TokenCursor<BIFLexer>

extension TokenCursor<BIFLexer> {
  /// A name, quoted or not.
  mutating func name(_ expected: String) throws(FileError) -> PlacedName {
    let token = try lexer.next()
    switch token {
    case .word(let range), .quoted(let range):
      return PlacedName(text: BIF.quotable.decode(try source.text(range)), offset: lexer.start)
    case .punctuation, .end:
      throw unexpected(token, expected)
    }
  }

  /// The names up to a closing character, and past it.
  mutating func names(upTo closing: Unicode.Scalar, _ expected: String) throws(FileError) -> [PlacedName] {
    var names: [PlacedName] = []
    while try !take(closing) { names.append(try name("\(expected) or '\(closing)'")) }
    return names
  }

  /// Appends the numbers up to `;`, and passes it.
  mutating func numbers(into list: inout [Double]) throws(FileError) {
    while true {
      let token = try lexer.next()
      if token == .punctuation(UInt8(ascii: ";")) { return }
      list.append(try probability(token, "a probability or ';'"))
    }
  }
}

/// Reads a BIF file token by token and says in its errors what was found and what was expected.
struct BIFCursor {
  /// A name and where it stands.
  struct Name {
    let text: String
    let offset: Int
  }

  var lexer: BIFLexer
  var source: SourceText { lexer.source }

  /// A name, quoted or not.
  mutating func name(_ expected: String) throws(FileError) -> Name {
    let token = try lexer.next()
    guard case .word(let range) = token else {
      guard case .quoted(let range) = token else { throw unexpected(token, expected) }
      return Name(text: BIF.quotable.decode(try source.text(range)), offset: lexer.start)
    }
    return Name(text: BIF.quotable.decode(try source.text(range)), offset: lexer.start)
  }

  /// The names up to a closing sign, and past it.
  mutating func names(upTo sign: Unicode.Scalar, _ expected: String) throws(FileError) -> [Name] {
    var names: [Name] = []
    while try !take(sign) { names.append(try name("\(expected) or '\(sign)'")) }
    return names
  }

  /// Passes a sign.
  mutating func expect(_ sign: Unicode.Scalar, _ where: String) throws(FileError) {
    let token = try lexer.next()
    guard token == .sign(UInt8(ascii: sign)) else { throw unexpected(token, "'\(sign)' \(`where`)") }
  }

  /// Passes a sign if it is the next token.
  mutating func take(_ sign: Unicode.Scalar) throws(FileError) -> Bool {
    guard try lexer.peek() == .sign(UInt8(ascii: sign)) else { return false }
    _ = try lexer.next()
    return true
  }

  /// One of several words, without quotes.
  mutating func keyword(_ words: [String], _ expected: String) throws(FileError) -> String {
    let token = try lexer.next()
    guard case .word(let range) = token,
      let word = words.first(where: { source.bytes[range].elementsEqual($0.utf8) })
    else { throw unexpected(token, expected) }
    return word
  }

  /// Appends the numbers up to `;`, and passes it.
  mutating func numbers(into list: inout [Double]) throws(FileError) {
    while true {
      let token = try lexer.next()
      switch token {
      case .sign(UInt8(ascii: ";")):
        return
      case .word(let range):
        guard
          let value = source.bytes.withUnsafeBufferPointer({
            DecimalNumber.parse(UnsafeBufferPointer(rebasing: $0[range]))
          })
        else { throw unexpected(token, "a probability or ';'") }
        guard value >= 0 else {
          throw error(at: lexer.start, "\(try text(token)) is negative; a probability lies between 0 and 1")
        }
        list.append(value)
      case .quoted, .sign, .end:
        throw unexpected(token, "a probability or ';'")
      }
    }
  }

  /// The error that the last token is not what was expected.
  func unexpected(_ token: BIFLexer.Token, _ expected: String) -> FileError {
    let found: String
    do { found = try text(token) } catch { return error }
    if token == .end {
      return error(at: lexer.start, "the file ends where \(expected) was expected; is it complete?")
    }
    return error(at: lexer.start, "found \(found), expected \(expected)")
  }

  func error(at offset: Int, _ message: String) -> FileError { source.error(at: .offset(offset), message) }

  private func text(_ token: BIFLexer.Token) throws(FileError) -> String {
    switch token {
    case .word(let range): "'\(try source.text(range))'"
    case .quoted(let range): "'\"\(try source.text(range))\"'"
    case .sign(let sign): "'\(Unicode.Scalar(sign))'"
    case .end: "the end"
    }
  }
}

/// A piece of a text that separators and comments do not belong to.
enum FileToken: Hashable {
  /// A name, number or keyword: bytes up to whitespace, punctuation, a quote or a comment.
  case word(Range<Int>)
  /// The bytes between two quotes.
  case quoted(Range<Int>)
  /// A byte that stands for itself, such as a bracket.
  case punctuation(UInt8)
  case end
}

/// Splits a text into tokens.
protocol FileLexer {
  var source: SourceText { get }
  /// Where the last token began.
  var start: Int { get }
  /// The comments that were passed over.
  var comments: [Range<Int>] { get set }

  /// The next token, and past it.
  mutating func next() throws(FileError) -> FileToken
}

extension FileLexer {
  /// The next token, not past it.
  func peek() throws(FileError) -> FileToken {
    var ahead = ahead
    return try ahead.next()
  }

  /// A lexer at the same offset that keeps its comments to itself: to copy those so far would take long.
  var ahead: Self {
    var copy = self
    copy.comments = []
    return copy
  }

  /// Where the word of a number stands, counted from 0 from here on; the end where there are fewer.
  func offset(ofWord number: Int) throws(FileError) -> Int {
    var lexer = self
    var passed = 0
    while case let token = try lexer.next(), token != .end {
      guard case .word = token else { continue }
      if passed == number { break }
      passed += 1
    }
    return lexer.start
  }
}

/// A name as it is meant, and where it stands.
protocol LocatedName {
  var text: String { get }
  var place: SourceText.Place { get }
}

/// A name and its offset.
struct PlacedName: LocatedName {
  let text: String
  let offset: Int

  var place: SourceText.Place { .offset(offset) }
}

/// Reads a file token by token and says in its errors what was found and what was expected.
struct TokenCursor<Lexer: FileLexer> {
  var lexer: Lexer
  var source: SourceText { lexer.source }

  /// Passes a piece of punctuation.
  mutating func expect(_ character: Unicode.Scalar, _ where: String) throws(FileError) {
    let token = try lexer.next()
    guard token == .punctuation(UInt8(ascii: character)) else {
      throw unexpected(token, "'\(character)' \(`where`)")
    }
  }

  /// Passes a piece of punctuation if it is the next token.
  mutating func take(_ character: Unicode.Scalar) throws(FileError) -> Bool {
    guard try lexer.peek() == .punctuation(UInt8(ascii: character)) else { return false }
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

  /// The probability that the last token spells.
  func probability(_ token: FileToken, _ expected: String) throws(FileError) -> Double {
    guard case .word(let range) = token,
      let value = source.bytes.withUnsafeBufferPointer({
        DecimalNumber.parse(UnsafeBufferPointer(rebasing: $0[range]))
      })
    else { throw unexpected(token, expected) }
    guard value >= 0 else {
      throw error(at: lexer.start, "\(try text(token)) is negative; a probability lies between 0 and 1")
    }
    return value
  }

  /// The error that the last token is not what was expected.
  func unexpected(_ token: FileToken, _ expected: String) -> FileError {
    let found: String
    do { found = try text(token) } catch { return error }
    if token == .end {
      return error(at: lexer.start, "the file ends where \(expected) was expected; is it complete?")
    }
    return error(at: lexer.start, "found \(found), expected \(expected)")
  }

  func error(at offset: Int, _ message: String) -> FileError { source.error(at: .offset(offset), message) }

  private func text(_ token: FileToken) throws(FileError) -> String {
    switch token {
    case .word(let range): "'\(try source.text(range))'"
    case .quoted(let range): "'\"\(try source.text(range))\"'"
    case .punctuation(let byte): "'\(Unicode.Scalar(byte))'"
    case .end: "the end"
    }
  }
}

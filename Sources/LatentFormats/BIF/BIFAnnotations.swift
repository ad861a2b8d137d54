/// Gathers the properties and comments of a BIF file that has been read without an error.
struct BIFAnnotations {
  private var lexer: BIFLexer
  private var annotations = Annotations(.bif)
  /// How many of the lexer's comments have been put somewhere.
  private var comments = 0

  /// The block that a piece belongs to.
  private enum Owner {
    case network
    case variable(String)
    case table(String)
  }

  /// A second pass over the file; linear, and left out where nothing can be found.
  static func read(_ source: SourceText) throws(FileError) -> Annotations {
    var reader = BIFAnnotations(lexer: BIFLexer(source))
    try reader.readBlocks()
    return reader.annotations
  }

  private init(lexer: BIFLexer) { self.lexer = lexer }

  private mutating func readBlocks() throws(FileError) {
    while true {
      let token = try lexer.next()
      guard token != .end else { break }
      guard case .word(let range) = token else { continue }
      let word = lexer.source.bytes[range]
      if word.elementsEqual("network".utf8) {
        try readBlock(.network)
      } else if word.elementsEqual("variable".utf8) {
        try readBlock(.variable(try name()))
      } else {
        _ = try lexer.next()
        try readBlock(.table(try name()))
      }
    }
    annotations.end = newComments()
  }

  private mutating func name() throws(FileError) -> String {
    switch try lexer.next() {
    case .word(let range), .quoted(let range): BIF.quotable.decode(try lexer.source.text(range))
    case .punctuation, .end: ""
    }
  }

  /// From behind the name to the end of the block, whose own braces are those around states.
  private mutating func readBlock(_ owner: Owner) throws(FileError) {
    var depth = 0
    var remarks: [String] = []
    var properties: [String] = []
    while true {
      switch try lexer.next() {
      case .punctuation(UInt8(ascii: "{")):
        depth += 1
      case .punctuation(UInt8(ascii: "}")):
        depth -= 1
        if depth == 0 { return keep(remarks + newComments() + properties, owner) }
      case .word(let range) where depth == 1 && lexer.source.bytes[range].elementsEqual("property".utf8):
        remarks += newComments()
        try lexer.skipProperty()
        comments = lexer.comments.count
        let property = text(range.lowerBound..<lexer.position)
        properties.append(property.hasSuffix(";") ? property : property + ";")
      case .end:
        return
      case .word, .quoted, .punctuation:
        continue
      }
    }
  }

  private mutating func keep(_ pieces: [String], _ owner: Owner) {
    guard !pieces.isEmpty else { return }
    switch owner {
    case .network: annotations.network += pieces
    case .variable(let name): annotations.variables[name, default: []] += pieces
    case .table(let name): annotations.tables[name, default: []] += pieces
    }
  }

  private mutating func newComments() -> [String] {
    defer { comments = lexer.comments.count }
    return lexer.comments[comments...].map(text)
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: lexer.source.bytes[range], as: UTF8.self)
  }
}

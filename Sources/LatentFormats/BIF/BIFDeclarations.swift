internal import LatentData

/// What a BIF file declares: its variables and the headers of its probability blocks, whose numbers wait for later,
/// for a header may name variables that are declared below it.
struct BIFDeclarations {
  private(set) var network = ""
  private(set) var variables: [Variable] = []
  /// Where the name of each variable stands.
  private(set) var offsets: [Int] = []
  private(set) var blocks: [TableHead<PlacedName, Int>] = []
  private var positions: [String: Int] = [:]
  private var cursor: BIFCursor

  /// Reads a whole file but for the content of its probability blocks; linear in its length.
  init(_ source: SourceText) throws(FileError) {
    cursor = BIFCursor(lexer: BIFLexer(source))
    guard try cursor.lexer.peek() != .end else {
      throw cursor.error(at: 0, "the file is empty; expected 'network', 'variable' and 'probability' blocks")
    }
    var isFirst = true
    while true {
      let token = try cursor.lexer.next()
      let offset = cursor.lexer.start
      switch token {
      case .end:
        return
      case .punctuation(UInt8(ascii: ";")):
        continue
      case .word(let range) where source.bytes[range].elementsEqual("network".utf8):
        try readNetwork()
      case .word(let range) where source.bytes[range].elementsEqual("variable".utf8):
        try readVariable()
      case .word(let range) where source.bytes[range].elementsEqual("probability".utf8):
        try readHeader(at: offset)
      case .word, .quoted, .punctuation:
        let error = cursor.unexpected(token, "'network', 'variable' or 'probability'")
        throw isFirst ? cursor.error(at: offset, "this is not a BIF file: \(error.message)") : error
      }
      isFirst = false
    }
  }

  /// The position of a variable among those declared.
  func position(of name: String) -> Int? { positions[name] }

  /// `network NAME { property ...; }`; the name that means none becomes the empty name.
  private mutating func readNetwork() throws(FileError) {
    if try cursor.lexer.peek() != .punctuation(UInt8(ascii: "{")) {
      let name = try cursor.name("the name of the network").text
      network = name == BIF.placeholder ? "" : name
    }
    try cursor.expect("{", "after the name of the network")
    while try !cursor.take("}") {
      _ = try cursor.keyword(["property"], "'property' or '}'")
      try cursor.lexer.skipProperty()
    }
  }

  /// `variable NAME { type discrete [n] { states }; property ...; }`.
  private mutating func readVariable() throws(FileError) {
    let name = try cursor.name("the name of a variable")
    if let first = positions[name.text] {
      let line = cursor.source.line(of: .offset(offsets[first]))
      throw cursor.error(
        at: name.offset, "variable \(name.text) is declared twice, first in line \(line); remove one of the two")
    }
    try cursor.expect("{", "after the name of the variable")
    var states: [PlacedName]?
    while try !cursor.take("}") {
      guard try cursor.keyword(["type", "property"], "'type', 'property' or '}'") == "type" else {
        try cursor.lexer.skipProperty()
        continue
      }
      guard states == nil else {
        throw cursor.error(at: cursor.lexer.start, "variable \(name.text) has two types; remove one")
      }
      states = try readStates(of: name.text)
    }
    guard let states else {
      throw cursor.error(at: name.offset, "variable \(name.text) has no states; add 'type discrete [ 2 ] { a, b };'")
    }
    positions[name.text] = variables.count
    offsets.append(name.offset)
    do { variables.append(try Variable(name: name.text, states: states.map(\.text))) } catch {
      throw cursor.error(at: name.offset, error.description)
    }
  }

  /// `discrete [n] { a, b };`, the last semicolon as an option.
  private mutating func readStates(of variable: String) throws(FileError) -> [PlacedName] {
    let type = try cursor.name("'discrete'")
    guard type.text == "discrete" else {
      throw cursor.error(
        at: type.offset, "variable \(variable) is of type \(type.text); only discrete variables can be read")
    }
    try cursor.expect("[", "and the number of states after 'discrete'")
    let count = try cursor.name("the number of states")
    try cursor.expect("]", "after the number of states")
    try cursor.expect("{", "before the states")
    let states = try cursor.names(upTo: "}", "a state")
    guard Int(count.text) == states.count else {
      throw cursor.error(
        at: count.offset,
        "variable \(variable) declares \(count.text) states and lists \(states.count); make the two agree")
    }
    _ = try cursor.take(";")
    return states
  }

  /// `( X | P1, P2 ) {`, with or without the bar; the content is passed over.
  private mutating func readHeader(at offset: Int) throws(FileError) {
    try cursor.expect("(", "after 'probability'")
    let child = try cursor.name("the name of a variable")
    _ = try cursor.take("|")
    let parents = try cursor.names(upTo: ")", "a parent")
    try cursor.expect("{", "after the variables")
    blocks.append(TableHead(child: child, parents: parents, content: cursor.lexer.position))
    try cursor.lexer.skipBlock()
  }
}

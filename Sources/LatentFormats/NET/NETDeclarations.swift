internal import LatentData

/// What a NET file declares: its nodes and the heads of its potentials, whose numbers wait until all nodes are known.
struct NETDeclarations {
  private(set) var network = ""
  private(set) var variables: [Variable] = []
  /// Where the name of each variable stands.
  private(set) var offsets: [Int] = []
  private(set) var heads: [TableHead<PlacedName, Int>] = []
  private(set) var annotations = Annotations(.net)
  private var positions: [String: Int] = [:]
  private var cursor: NETCursor
  /// Where the block of the network begins.
  private var block: Int?
  /// How many of the lexer's comments have been put somewhere.
  private var comments = 0

  /// Words that may begin a block, for error sentences.
  private static let words = "'net', 'node' or 'potential'"

  /// Reads a whole file but for the content of its potentials; linear in its length.
  init(_ source: SourceText) throws(FileError) {
    cursor = NETCursor(lexer: NETLexer(source))
    guard try cursor.lexer.peek() != .end else {
      throw cursor.error(at: 0, "the file is empty; expected 'net', 'node' and 'potential' blocks")
    }
    var isFirst = true
    while case let token = try cursor.lexer.next(), token != .end {
      let offset = cursor.lexer.start
      switch word(token) {
      case "net": try readNet(at: offset)
      case "class": try readClass(at: offset)
      default:
        guard try !readElement(token) else { break }
        let error = cursor.unexpected(token, Self.words)
        throw isFirst ? cursor.error(at: offset, "this is not a NET file: \(error.message)") : error
      }
      isFirst = false
    }
    annotations.end = cursor.newComments(after: &comments)
  }

  private func word(_ token: FileToken) -> String {
    guard case .word(let range) = token else { return "" }
    return String(decoding: cursor.source.bytes[range], as: UTF8.self)
  }

  /// Reads a node or a potential, whose first word is the token; false for other words.
  private mutating func readElement(_ token: FileToken) throws(FileError) -> Bool {
    switch word(token) {
    case "node":
      try readNode()
    case "potential":
      try readHead()
    case "discrete":
      let kind = try cursor.keyword(["node", "decision", "utility", "function"], "'node' after 'discrete'")
      guard kind == "node" else { throw try refusal(of: kind) }
      try readNode()
    case let kind where ["continuous", "decision", "utility", "function"].contains(kind):
      throw try refusal(of: kind)
    case "instance":
      let name = try cursor.node("the name of the instance")
      throw cursor.error(
        at: name.offset, "\(name.text) is an instance of a class, and only flat networks can be read; unfold it first")
    default:
      return false
    }
    return true
  }

  private mutating func refusal(of kind: String) throws(FileError) -> FileError {
    var name = try cursor.node("the name of a node")
    while ["node", "decision", "utility", "function"].contains(name.text) {
      name = try cursor.node("the name of a node")
    }
    return cursor.error(at: name.offset, "\(name.text) is a \(kind) node; only discrete chance nodes can be read")
  }

  private mutating func openNetwork(at offset: Int) throws(FileError) {
    if let block {
      let line = cursor.source.line(of: .offset(block))
      throw cursor.error(
        at: offset, "the file describes two networks, the first from line \(line) on; keep one in a file")
    }
    block = offset
  }

  /// `net { name = ...; node_size = (50 50); }`.
  private mutating func readNet(at offset: Int) throws(FileError) {
    try openNetwork(at: offset)
    try cursor.expect("{", "after 'net'")
    while try !cursor.take("}") { try readNetworkAttribute(try cursor.key()) }
    annotations.network += cursor.newComments(after: &comments)
  }

  /// `class NAME { ... }`, in which attributes, nodes and potentials stand.
  private mutating func readClass(at offset: Int) throws(FileError) {
    try openNetwork(at: offset)
    network = try cursor.node("the name of the class").text
    try cursor.expect("{", "after the name of the class")
    while try !cursor.take("}") {
      var ahead = cursor.lexer.ahead
      let token = try ahead.next()
      if try ahead.peek() == .punctuation(UInt8(ascii: "=")) {
        try readNetworkAttribute(try cursor.key())
        continue
      }
      _ = try cursor.lexer.next()
      guard try readElement(token) else { throw cursor.unexpected(token, "an attribute, 'node', 'potential' or '}'") }
    }
  }

  /// The name, with or without quotes, is the network's; other attributes are kept.
  private mutating func readNetworkAttribute(_ key: PlacedName) throws(FileError) {
    guard key.text == "name" else {
      annotations.network.append(try cursor.attribute(key))
      return
    }
    var words: [String] = []
    while case let token = try cursor.lexer.next(), token != .punctuation(UInt8(ascii: ";")) {
      guard let word = try cursor.label(token) else {
        throw cursor.unexpected(token, "the name of the network or ';'")
      }
      words.append(word)
    }
    network = words.joined(separator: " ")
  }

  /// `X { states = ("a" "b"); label = "..."; }` after the word `node`.
  private mutating func readNode() throws(FileError) {
    let name = try cursor.node("the name of a node")
    if let first = positions[name.text] {
      let line = cursor.source.line(of: .offset(offsets[first]))
      throw cursor.error(
        at: name.offset, "node \(name.text) is declared twice, first in line \(line); remove one of the two")
    }
    try cursor.expect("{", "after the name of the node")
    var states: [String]?
    var attributes: [String] = []
    while try !cursor.take("}") {
      let key = try cursor.key()
      guard key.text == "states" else {
        attributes.append(try cursor.attribute(key))
        continue
      }
      guard states == nil else {
        throw cursor.error(at: key.offset, "node \(name.text) has two lists of states; remove one")
      }
      states = try readStates()
    }
    guard let states else {
      throw cursor.error(at: name.offset, "node \(name.text) has no states; add 'states = (\"a\" \"b\");'")
    }
    positions[name.text] = variables.count
    offsets.append(name.offset)
    do { variables.append(try Variable(name: name.text, states: states)) } catch {
      throw cursor.error(at: name.offset, error.description)
    }
    attributes.removeAll { $0 == NET.label(of: name.text) }
    let pieces = cursor.newComments(after: &comments) + attributes
    if !pieces.isEmpty { annotations.variables[name.text] = pieces }
  }

  private mutating func readStates() throws(FileError) -> [String] {
    try cursor.expect("(", "before the states")
    var states: [String] = []
    while case let token = try cursor.lexer.nextLabel(), token != .punctuation(UInt8(ascii: ")")) {
      guard let state = try cursor.label(token) else { throw cursor.unexpected(token, "a state or ')'") }
      states.append(state)
    }
    try cursor.expect(";", "after the states")
    return states
  }

  /// `(X | P1 P2) {` after the word `potential`; the content is passed over.
  private mutating func readHead() throws(FileError) {
    try cursor.expect("(", "after 'potential'")
    let child = try cursor.node("the name of a node")
    if try !cursor.take("|"), try cursor.lexer.peek() != .punctuation(UInt8(ascii: ")")) {
      let second = try cursor.node("'|' or ')'")
      throw cursor.error(
        at: second.offset,
        "the potential of \(child.text) is one of \(second.text), too; give each node its own, parents after a '|'")
    }
    var parents: [PlacedName] = []
    while try !cursor.take(")") { parents.append(try cursor.node("a parent or ')'")) }
    try cursor.expect("{", "after the nodes")
    let head = TableHead(child: child, parents: parents, content: cursor.lexer.position)
    heads.append(head)
    try cursor.lexer.skipBlock()
    let remarks = cursor.newComments(after: &comments)
    if !remarks.isEmpty { annotations.tables[child.text, default: []] += remarks }
  }
}

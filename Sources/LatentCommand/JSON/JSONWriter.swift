internal import Latent

/// Writes a JSON document to a file piece by piece, so that the document is never in memory as a whole.
///
/// Each item of a list and each member of an object has a line of its own, indented by two spaces per level.
struct JSONWriter {
  private let file: OutputFile
  private var buffer: [UInt8] = []
  /// How many lists and objects are open.
  private var depth = 0
  /// Whether the innermost open list or object has nothing in it yet.
  private var isEmpty = true
  /// Whether the next value belongs to the key just written.
  private var followsKey = false

  private static let bufferSize = 1 << 16

  /// Begins a document; the file stays open until its owner commits it.
  init(_ file: OutputFile) {
    self.file = file
    buffer.reserveCapacity(Self.bufferSize + 1024)
  }

  /// Writes one value: the document, an item of the open list, or what belongs to the key just written.
  mutating func write(_ value: JSONValue) throws {
    switch value {
    case .null: try write { $0 += "null".utf8 }
    case .flag(let value): try write { $0 += (value ? "true" : "false").utf8 }
    case .integer(let value): try write { $0 += value.description.utf8 }
    case .seed(let value): try write { $0 += value.description.utf8 }
    case .number(let value): try write { JSONSpelling.append(value, to: &$0) }
    case .text(let value): try write { JSONSpelling.append(value, to: &$0) }
    case .list(let values): try list { writer in for value in values { try writer.write(value) } }
    case .object(let members): try object { writer in try writer.write(members) }
    case .written(let write): try write(&self)
    }
  }

  /// Writes a text that was spelled beforehand; see `JSONSpelling`.
  mutating func write(spelling: [UInt8]) throws { try write { $0 += spelling } }

  /// Writes a list, whose items `items` writes one by one.
  mutating func list(_ items: (inout JSONWriter) throws -> Void) throws {
    open("[")
    try items(&self)
    close("]")
  }

  /// Writes an object, whose members `members` writes one by one: for each its key, then its value.
  mutating func object(_ members: (inout JSONWriter) throws -> Void) throws {
    open("{")
    try members(&self)
    close("}")
  }

  /// Writes the key of the next value.
  mutating func write(_ key: JSONKey) {
    separate()
    buffer += key.spelling
    buffer += " : ".utf8
    followsKey = true
  }

  /// Ends the document with a line break and hands everything to the file.
  mutating func finish() throws {
    precondition(depth == 0, "every list and object is closed")
    buffer.append(UInt8(ascii: "\n"))
    try flush()
  }

  private mutating func write(_ members: [String: JSONValue]) throws {
    for (key, value) in members.map({ (JSONKey($0), $1) }).sorted(by: { $0.0 < $1.0 }) {
      write(key)
      try write(value)
    }
  }

  private mutating func write(_ append: (inout [UInt8]) -> Void) throws {
    separate()
    append(&buffer)
    if buffer.count >= Self.bufferSize { try flush() }
  }

  private mutating func open(_ bracket: Unicode.Scalar) {
    separate()
    buffer.append(UInt8(ascii: bracket))
    depth += 1
    isEmpty = true
  }

  private mutating func close(_ bracket: Unicode.Scalar) {
    // With nothing in it, a list is an opening bracket, an empty line and a closing one.
    if isEmpty { buffer.append(UInt8(ascii: "\n")) }
    depth -= 1
    isEmpty = false
    beginLine()
    buffer.append(UInt8(ascii: bracket))
  }

  /// Writes what stands between two items, or between a bracket and the first one; nothing after a key.
  private mutating func separate() {
    if followsKey {
      followsKey = false
    } else if depth > 0 {
      if !isEmpty { buffer.append(UInt8(ascii: ",")) }
      isEmpty = false
      beginLine()
    }
  }

  private mutating func beginLine() {
    buffer.append(UInt8(ascii: "\n"))
    for _ in 0..<2 * depth { buffer.append(UInt8(ascii: " ")) }
  }

  private mutating func flush() throws(FileError) {
    try file.write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}

/// A key of an object, spelled once however often it is written. Keys are ordered by their bytes in UTF-8.
struct JSONKey: Comparable {
  let spelling: [UInt8]
  private let name: String

  init(_ name: String) {
    self.name = name
    spelling = JSONSpelling.text(name)
  }

  static func == (a: JSONKey, b: JSONKey) -> Bool { a.name.utf8.elementsEqual(b.name.utf8) }
  static func < (a: JSONKey, b: JSONKey) -> Bool { a.name.utf8.lexicographicallyPrecedes(b.name.utf8) }
}

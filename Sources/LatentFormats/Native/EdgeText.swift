/// The text of an edge taken apart: `a -> [b, "c d"]` has the sides `a` and `b`, `c d`.
///
/// A name may stand in single or double quotes; it must when it has a bracket, a comma, a quote at its start or `->`.
struct EdgeText {
  enum Name: Hashable {
    case named(String)
    /// `*`, all other variables that are not latent.
    case allObserved
    /// `name[t-1]`, the variable at an earlier step of a sequence.
    case earlier(String)
  }

  private var rest: ArraySlice<UInt8>

  /// The sides of the arrows, in order: at least two, none empty.
  static func sides(of text: String) throws(EdgeError) -> [[Name]] {
    var edge = EdgeText(rest: Array(text.utf8)[...])
    var sides: [[Name]] = []
    repeat { sides.append(try edge.side()) } while edge.take("->")
    guard edge.rest.isEmpty else {
      let rest = String(decoding: edge.rest, as: UTF8.self)
      throw EdgeError("found '\(rest)' in the edge '\(text)', expected '->' or its end")
    }
    guard sides.count > 1 else { throw EdgeError("'\(text)' is not an edge; write 'parent -> child'") }
    return sides
  }

  /// A name as it is written in an edge.
  static func spelling(of name: String) -> String {
    let bytes = Array(name.utf8)
    guard let first = bytes.first, let last = bytes.last else { return "\"\"" }
    let isPlain =
      !isWhitespace(first) && !isWhitespace(last) && first != UInt8(ascii: "\"") && first != UInt8(ascii: "'")
      && name != "*" && bytes.indices.allSatisfy { !endsName(bytes[$0...]) }
    guard !isPlain else { return name }
    var quoted = "\""
    for scalar in name.unicodeScalars {
      if scalar == "\\" || scalar == "\"" { quoted.unicodeScalars.append("\\") }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }

  private static func isWhitespace(_ byte: UInt8) -> Bool { byte <= UInt8(ascii: " ") }

  private static func endsName(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.first.map("[],".utf8.contains) == true || bytes.starts(with: "->".utf8)
  }

  private mutating func side() throws(EdgeError) -> [Name] {
    guard take("[") else { return [try name()] }
    var names: [Name] = []
    repeat { names.append(try name()) } while take(",")
    guard take("]") else { throw EdgeError("the list of an edge is not closed; expected ']'") }
    return names
  }

  private mutating func name() throws(EdgeError) -> Name {
    rest = rest.drop(while: Self.isWhitespace)
    if let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      let name = try quoted(quote)
      return try earlier(name) ?? .named(name)
    }
    var end = rest.startIndex
    while end < rest.endIndex, !Self.endsName(rest[end...]) { end += 1 }
    var name = rest[..<end]
    while let last = name.last, Self.isWhitespace(last) { name.removeLast() }
    rest = rest[end...]
    guard !name.isEmpty else { throw EdgeError("an edge lacks a name; write 'parent -> child'") }
    let text = String(decoding: name, as: UTF8.self)
    return try earlier(text) ?? (text == "*" ? .allObserved : .named(text))
  }

  /// The variable at the previous step, where `[t-1]` follows its name.
  private mutating func earlier(_ name: String) throws(EdgeError) -> Name? {
    guard rest.starts(with: "[t".utf8), let close = rest.firstIndex(of: UInt8(ascii: "]")) else { return nil }
    let step = rest[rest.startIndex...close].filter { !Self.isWhitespace($0) }
    guard step.elementsEqual("[t-1]".utf8) else {
      let found = String(decoding: step, as: UTF8.self)
      throw EdgeError("found \(name)\(found) in an edge; a variable can depend on the previous step only, \(name)[t-1]")
    }
    rest = rest[(close + 1)...]
    return .earlier(name)
  }

  private mutating func quoted(_ quote: UInt8) throws(EdgeError) -> String {
    var name: [UInt8] = []
    rest.removeFirst()
    while let byte = rest.popFirst() {
      if byte == quote { return String(decoding: name, as: UTF8.self) }
      let isEscape = byte == UInt8(ascii: "\\") && (rest.first == quote || rest.first == byte)
      name.append(isEscape ? rest.removeFirst() : byte)
    }
    throw EdgeError("a quote in an edge is not closed; expected \(Character(Unicode.Scalar(quote)))")
  }

  /// Passes a piece of punctuation and the whitespace around it.
  private mutating func take(_ punctuation: String) -> Bool {
    rest = rest.drop(while: Self.isWhitespace)
    guard rest.starts(with: punctuation.utf8) else { return false }
    rest = rest.dropFirst(punctuation.utf8.count).drop(while: Self.isWhitespace)
    return true
  }
}

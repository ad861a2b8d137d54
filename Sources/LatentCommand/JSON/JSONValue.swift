/// A value of a JSON document, for reports whose keys other programs rely on.
enum JSONValue: ExpressibleByDictionaryLiteral {
  case null
  case flag(Bool)
  case integer(Int)
  /// A seed, which may be greater than any `Int`.
  case seed(UInt64)
  /// A number, to the last bit; `null` for what JSON has no number for: infinities and NaN.
  case number(Double)
  case text(String)
  case list([JSONValue])
  /// Members by key; they are written in alphabetical order.
  case object([String: JSONValue])
  /// One value that a function writes, for lists too long to be held in memory.
  case written((inout JSONWriter) throws -> Void)

  /// An object; members whose value is nil are left out.
  init(dictionaryLiteral elements: (String, JSONValue?)...) {
    let members = elements.compactMap { key, value in value.map { (key, $0) } }
    self = .object(Dictionary(members) { _, last in last })
  }

  static func numbers(_ values: [Double]) -> JSONValue { .list(values.map { .number($0) }) }

  static func texts(_ values: [String]) -> JSONValue { .list(values.map { .text($0) }) }
}

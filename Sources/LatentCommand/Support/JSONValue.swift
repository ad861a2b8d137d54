/// A JSON document put together by hand, for reports whose keys other programs rely on.
enum JSONValue: Encodable, ExpressibleByDictionaryLiteral {
  case null
  case integer(Int)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(Dictionary(elements) { _, last in last })
  }

  /// A number, or `null` for one that JSON does not have: infinities and NaN.
  static func finite(_ value: Double) -> JSONValue { value.isFinite ? .number(value) : .null }

  static func texts(_ values: [String]) -> JSONValue { .list(values.map { .text($0) }) }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    case .list(let values): try container.encode(values)
    case .object(let members): try container.encode(members)
    }
  }
}

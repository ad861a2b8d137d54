/// Spells XML.
enum MarkupText {
  /// Names in XML: control characters, which it cannot hold or does not keep, and spaces at the ends, which readers
  /// drop, are escaped.
  static let names = NameEscape { scalar, isFirst, isLast in
    switch scalar.value {
    case 0x20: !isFirst && !isLast
    case 0x21...0xFFFD, 0x10000...: true
    default: false
    }
  }

  /// Text between tags or in an attribute; linear in its length.
  static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): bytes += "&amp;".utf8
      case UInt8(ascii: "<"): bytes += "&lt;".utf8
      case UInt8(ascii: ">"): bytes += "&gt;".utf8
      case UInt8(ascii: "\""): bytes += "&quot;".utf8
      case UInt8(ascii: "\r"): bytes += "&#13;".utf8
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A name of a model between tags or in an attribute.
  static func name(_ name: String) -> String { escaped(names.encode(name)) }

  /// ` a="1" b="2"`, sorted by name; line breaks and tabs as references, for plain ones come back as spaces.
  static func attributes(_ attributes: [String: String]) -> String {
    attributes.sorted { $0.key < $1.key }.map { name, value in
      let text = escaped(value).replacing("\n", with: "&#10;").replacing("\t", with: "&#9;")
      return " \(name)=\"\(text)\""
    }.joined()
  }
}

extension MarkupElement {
  /// The element with all it holds.
  var spelling: String {
    let tag = "<\(name)\(MarkupText.attributes(attributes))"
    return content.isEmpty ? "\(tag)/>" : "\(tag)>\(content.map(\.spelling).joined())</\(name)>"
  }
}

extension MarkupContent {
  /// The piece as it stands in a file.
  var spelling: String {
    switch self {
    case .element(let element): element.spelling
    case .text(let text): MarkupText.escaped(text)
    case .comment(let text): "<!--\(text)-->"
    }
  }
}

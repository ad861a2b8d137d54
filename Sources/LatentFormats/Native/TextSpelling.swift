/// How names and labels are written so that every reader takes them for the same text.
enum TextSpelling {
  /// In double quotes, with the escapes that JSON and YAML share.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case "\u{0}"..<"\u{20}", "\u{7F}"..<"\u{A0}", "\u{2028}"..."\u{2029}", "\u{FEFF}", "\u{FFFE}"..."\u{FFFF}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// As it stands when every reader of YAML takes it for text, otherwise in double quotes.
  static func yaml(_ text: String) -> String { isPlain(text, punctuation: "_-./+ ") ? text : quoted(text) }

  /// A list of probabilities.
  static func list(_ cells: ArraySlice<Double>) -> String {
    "[\(cells.map(DecimalNumber.text).joined(separator: ", "))]"
  }

  /// Mean and variance as a map; keys as `key` spells them.
  static func gaussian(_ cells: ArraySlice<Double>, _ key: (String) -> String) -> String {
    let (mean, variance) = (cells[cells.startIndex], cells[cells.startIndex + 1])
    return "{\(key("mean")): \(DecimalNumber.text(of: mean)), \(key("variance")): \(DecimalNumber.text(of: variance))}"
  }

  /// An edge, which stands outside brackets and may have some of its own.
  static func yamlEdge(_ text: String) -> String { isPlain(text, punctuation: "_-./+ >[,]*") ? text : quoted(text) }

  /// Letters first, then letters, digits and some punctuation, no space at the end, and no word that YAML 1.1 takes for a
  /// truth value or for nothing.
  private static func isPlain(_ text: String, punctuation: String) -> Bool {
    guard let first = text.utf8.first, isLetter(first), text.utf8.last != UInt8(ascii: " ") else { return false }
    let words = ["y", "n", "yes", "no", "true", "false", "on", "off", "null", "nan", "inf"]
    return !words.contains(text.lowercased())
      && text.utf8.allSatisfy { isLetter($0) || 0x30...0x39 ~= $0 || punctuation.utf8.contains($0) }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
    default: false
    }
  }
}

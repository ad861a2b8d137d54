internal import LatentModels

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

  /// A row of a family's parameters: a list of probabilities, or a map whose keys are as `key` spells them.
  ///
  /// - isBlock: whether numbers are a block of columns, with a covariance matrix.
  static func row(_ cells: ArraySlice<Double>, of family: Family, isBlock: Bool, _ key: (String) -> String) -> String {
    let texts = cells.map { DecimalNumber.text(of: $0) }
    switch family.law {
    case .table: return list(cells)
    case .poisson: return "{\(key("rate")): \(texts[0])}"
    case .gaussian where !isBlock: return "{\(key("mean")): \(texts[0]), \(key("variance")): \(texts[1])}"
    case .gaussian:
      let count = family.children.count
      func entry(_ row: Int, _ column: Int) -> String {
        texts[count + max(row, column) * (max(row, column) + 1) / 2 + min(row, column)]
      }
      let matrix = (0..<count).map { row in
        "[\((0..<count).map { entry(row, $0) }.joined(separator: ", "))]"
      }
      let mean = texts[..<count].joined(separator: ", ")
      return "{\(key("mean")): [\(mean)], \(key("covariance")): [\(matrix.joined(separator: ", "))]}"
    }
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

/// The bytes of a model file from the first that is not whitespace, for formats that are recognised by their content.
struct FileBeginning {
  private let bytes: ArraySlice<UInt8>

  /// The letters that the text begins with, lines of comments after `#` or `c` aside; empty when a colon follows them,
  /// as it does in YAML.
  let firstWord: String

  /// Looks at a whole file.
  init(_ file: [UInt8]) {
    bytes = file.dropByteOrderMark.drop(while: Self.isWhitespace)
    firstWord = Self.firstWord(bytes)
  }

  /// Whether the text begins so.
  func starts(with text: String) -> Bool { bytes.starts(with: text.utf8) }

  /// The byte after the first and any whitespace behind it; nil where the text ends.
  var second: UInt8? { bytes.dropFirst().first { !Self.isWhitespace($0) } }

  /// Whether a text of ASCII occurs anywhere in the file; linear in its length.
  func contains(_ text: String) -> Bool { bytes.end(of: text, from: bytes.startIndex) != nil }

  private static func firstWord(_ text: ArraySlice<UInt8>) -> String {
    var rest = text
    while rest.starts(with: "#".utf8) || rest.starts(with: "c ".utf8) {
      rest = rest.drop { $0 != UInt8(ascii: "\n") }.drop(while: isWhitespace)
    }
    let word = rest.prefix { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 & 0xDF }
    return rest.dropFirst(word.count).first == UInt8(ascii: ":") ? "" : String(decoding: word, as: UTF8.self)
  }

  private static func isWhitespace(_ byte: UInt8) -> Bool { byte <= UInt8(ascii: " ") }
}

extension [UInt8] {
  /// The bytes after the mark that some editors put before UTF-8.
  var dropByteOrderMark: ArraySlice<UInt8> { starts(with: [0xEF, 0xBB, 0xBF]) ? dropFirst(3) : self[...] }
}

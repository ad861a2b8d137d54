/// What stands before the first element: the encoding and the document type.
///
/// A document type is never interpreted. It is overwritten with spaces before the parser sees the file, so that no file beside it
/// is opened, no attribute gets a default, and no entity can be declared; declarations of entities are refused.
struct MarkupProlog {
  /// The file without its document type; all other bytes stand where they stood.
  private(set) var bytes: [UInt8]
  private let source: SourceText
  private var index = 0

  private static var declaration: Regex<(Substring, Substring?)> {
    /<\?xml(?:\s+version\s*=\s*["'][^"']*["'])?(?:\s+encoding\s*=\s*["']([^"']*)["'])?(?:\s+standalone\s*=\s*["'][^"']*["'])?\s*\?>/
  }

  /// Looks at the beginning of a file that should hold the element `root`.
  init(_ source: SourceText, root: String, format: String) throws(FileError) {
    self.source = source
    bytes = source.bytes
    index = bytes.dropByteOrderMark.startIndex
    skipWhitespace()
    guard index < bytes.count else {
      throw source.error(at: .offset(0), "the file is empty; expected the element <\(root)>")
    }
    guard bytes[index] == UInt8(ascii: "<") else {
      throw source.error(at: .offset(index), "this is not an \(format) file: expected '<' at its beginning")
    }
    try checkEncoding()
    while true {
      skipWhitespace()
      if starts("<!--") {
        guard skip(past: "-->") else { return }
      } else if starts("<?") {
        guard try passInstruction() else { return }
      } else if starts("<!DOCTYPE") {
        try overwriteDocumentType()
      } else {
        return
      }
    }
  }

  /// Only encodings in which the markup of XML is the bytes of ASCII: in others, declarations could hide.
  private func checkEncoding() throws(FileError) {
    guard starts("<?xml") else { return }
    let declaration = String(decoding: bytes[index..<(end(of: "?>", from: index) ?? bytes.count)], as: UTF8.self)
    guard let match = declaration.wholeMatch(of: Self.declaration) else {
      // Without an encoding, the parser may say what is wrong; with one, it must not act on it.
      guard !declaration.contains("encoding") else {
        throw source.error(
          at: .offset(index), "the encoding of the XML declaration cannot be read; write encoding=\"UTF-8\"")
      }
      return
    }
    guard let encoding = match.1 else { return }
    let name = encoding.lowercased()
    let known = ["utf-8", "utf8", "us-ascii", "ascii"]
    guard !known.contains(name), !name.hasPrefix("iso-8859-"), !name.hasPrefix("windows-125") else { return }
    throw source.error(at: .offset(index), "the encoding '\(encoding)' cannot be read; save the file as UTF-8")
  }

  /// Past an instruction to programs, which is overwritten but for the XML declaration: the system's parser trips over
  /// those without data. False when it is not closed.
  private mutating func passInstruction() throws(FileError) -> Bool {
    let start = index
    guard skip(past: "?>") else { return false }
    let words = bytes[(start + 2)..<(index - 2)].split { Unicode.Scalar($0).isMarkupSpace }
    guard let name = words.first, name.elementsEqual("xml".utf8) else {
      overwrite(start..<index)
      return true
    }
    guard start == bytes.dropByteOrderMark.startIndex else {
      throw source.error(
        at: .offset(start),
        "the XML declaration must be the first thing in the file; remove what stands before it")
    }
    return true
  }

  private mutating func overwrite(_ range: Range<Int>) {
    for offset in range where bytes[offset] != UInt8(ascii: "\n") { bytes[offset] = UInt8(ascii: " ") }
  }

  private mutating func overwriteDocumentType() throws(FileError) {
    let start = index
    var isInSubset = false
    while index < bytes.count {
      let byte = bytes[index]
      if starts("<!--") {
        guard skip(past: "-->") else { break }
      } else if starts("<?") {
        guard skip(past: "?>") else { break }
      } else if starts("<!ENTITY") {
        throw source.error(
          at: .offset(index), "the file declares an entity, which is not read for safety; write out what it stands for")
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        guard let end = bytes[(index + 1)...].firstIndex(of: byte) else { break }
        index = end + 1
      } else {
        index += 1
        if byte == UInt8(ascii: "[") { isInSubset = true }
        if byte == UInt8(ascii: "]") { isInSubset = false }
        guard byte == UInt8(ascii: ">"), !isInSubset else { continue }
        overwrite(start..<index)
        return
      }
    }
    throw source.error(at: .offset(start), "the document type that begins here is not closed; is the file complete?")
  }

  private mutating func skipWhitespace() {
    while index < bytes.count, Unicode.Scalar(bytes[index]).isMarkupSpace { index += 1 }
  }

  private func starts(_ text: String) -> Bool { bytes[index...].starts(with: text.utf8) }

  /// Passes a closing delimiter; false when there is none.
  private mutating func skip(past delimiter: String) -> Bool {
    guard let end = end(of: delimiter, from: index + 2) else { return false }
    index = end
    return true
  }

  private func end(of text: String, from start: Int) -> Int? { bytes.end(of: text, from: start) }
}

extension RandomAccessCollection<UInt8> where Index == Int {
  /// The offset behind the first occurrence of a text of ASCII at or after a position; nil when there is none.
  func end(of text: String, from start: Int) -> Int? {
    guard let first = text.utf8.first else { return start }
    var index = start
    while index < endIndex, let found = self[index...].firstIndex(of: first) {
      if self[found...].starts(with: text.utf8) { return found + text.utf8.count }
      index = found + 1
    }
    return nil
  }
}

/// The bytes of a file and the name that its errors carry.
struct SourceText {
  /// A place in the text: found by its offset, or told by a parser that counts for itself.
  enum Place: Hashable {
    /// Bytes from the start.
    case offset(Int)
    /// Line and column from 1, the column in Unicode scalars.
    case mark(line: Int, column: Int)
  }

  let bytes: [UInt8]
  let file: String

  /// An error of content at a place; O(file), for it counts lines only now.
  func error(at place: Place, _ message: String) -> FileError {
    let (line, column) = position(of: place)
    return FileError(.invalid, file: file, line: line, column: column, message)
  }

  /// The line of a place, counted from 1.
  func line(of place: Place) -> Int { position(of: place).line }

  /// Refuses what is no text in UTF-8 or an encoding like it: other encodings of Unicode, and NUL bytes.
  func requireText() throws(FileError) {
    let start = bytes.prefix(4)
    let hasWideCharacters = start.contains(0) && start.contains { $0 != 0 }
    guard !hasWideCharacters, !start.starts(with: [0xFE, 0xFF]), !start.starts(with: [0xFF, 0xFE]) else {
      throw error(at: .offset(0), "the file is in UTF-16 or UTF-32; save it as UTF-8")
    }
    if let offset = bytes[...].firstNUL {
      throw error(at: .offset(offset), "a NUL byte stands here; save the file as plain text in UTF-8")
    }
  }

  /// The text of a range.
  ///
  /// - Throws: when the bytes are not UTF-8.
  func text(_ range: Range<Int>) throws(FileError) -> String {
    guard let text = String(validating: bytes[range], as: UTF8.self) else {
      throw error(at: .offset(range.lowerBound), "this name is not UTF-8; save the file in that encoding")
    }
    return text
  }

  private func position(of place: Place) -> (line: Int, column: Int) {
    switch place {
    case .offset(let offset):
      let before = bytes[..<min(offset, bytes.count)]
      let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
      return (before.count { $0 == UInt8(ascii: "\n") } + 1, before.count - start + 1)
    case .mark(let line, let column):
      var index = 0
      for _ in 1..<max(line, 1) {
        guard let end = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) else { return (line, column) }
        index = end + 1
      }
      let start = index
      for _ in 1..<max(column, 1) where index < bytes.count {
        index += 1
        while index < bytes.count, bytes[index] & 0xC0 == 0x80 { index += 1 }
      }
      return (line, index - start + 1)
    }
  }
}

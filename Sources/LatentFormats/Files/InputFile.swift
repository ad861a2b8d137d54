#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Files that are read as a whole: models, which are small.
enum InputFile {
  /// The content of a file; `-` is standard input, and a name that ends in `.gz` is unpacked by the system's `gzip`.
  ///
  /// Throws `.unreadable` when the file cannot be opened or read, `.invalid` when `gzip` cannot unpack it, and as soon as
  /// a NUL byte is met or there are more bytes than the limit.
  static func readWhole(_ path: String, limit: Int = ReadingLimits.modelBytes) throws(FileError) -> [UInt8] {
    let stream = try ByteStream(path)
    if let size = try stream.mappable()?.size, size > limit { throw tooLarge(path, limit) }
    var content: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try piece.withUnsafeMutableBufferPointer {
        (buffer) throws(FileError) in try stream.fill(buffer)
      }
      guard content.count + count <= limit else { throw tooLarge(path, limit) }
      content += piece[..<count]
      if piece[..<count].firstNUL != nil { try SourceText(bytes: content, file: path).requireText() }
      if count < piece.count { return content }
    }
  }

  /// The content of a file, whatever it is; throws `.unreadable` when it cannot be opened or read, and `.invalid` when
  /// there are more bytes than the limit.
  static func readBytes(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
    let stream = try ByteStream(path)
    var content: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try piece.withUnsafeMutableBufferPointer {
        (buffer) throws(FileError) in try stream.fill(buffer)
      }
      content += piece[..<count]
      guard content.count <= limit else { throw tooLarge(path, limit) }
      if count < piece.count { return content }
    }
  }

  /// Whether there is a file of that name, readable or not.
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  private static func tooLarge(_ path: String, _ limit: Int) -> FileError {
    FileError(
      .invalid, file: path,
      "the file is larger than \(ReadingLimits.text(limit)), the most that a model may have; is this a model?")
  }
}

extension ArraySlice<UInt8> {
  /// The index of the first NUL byte; nil where there is none.
  var firstNUL: Int? {
    withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress, let found = memchr(start, 0, bytes.count) else { return nil }
      return startIndex + (UnsafeRawPointer(found) - start)
    }
  }
}

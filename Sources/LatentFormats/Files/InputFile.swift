#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Files that are read.
enum InputFile {
  /// The whole content of a file; meant for models, which are small.
  ///
  /// `-` is standard input, and a name that ends in `.gz` is unpacked by the system's `gzip`. Throws `.unreadable` when
  /// the file cannot be opened or read, `.invalid` when `gzip` cannot unpack it.
  static func readWhole(_ path: String) throws(FileError) -> [UInt8] {
    let stream = try ByteStream(path)
    var content: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try piece.withUnsafeMutableBufferPointer {
        (buffer) throws(FileError) in try stream.fill(buffer)
      }
      content += piece[..<count]
      if count < piece.count { return content }
    }
  }

  /// Whether there is a file of that name, readable or not.
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}

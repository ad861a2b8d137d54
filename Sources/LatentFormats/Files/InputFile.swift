internal import Foundation

/// Files as the command line names them.
enum InputFile {
  /// The bytes of a file.
  static func readWhole(_ path: String) throws(FileError) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw FileError(.unreadable, file: path, "the file cannot be read; check its name")
    }
    return [UInt8](data)
  }
}

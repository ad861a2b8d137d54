#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The bytes of a named file from front to back: as they are, unpacked when the name ends in `.gz`, or standard input.
final class ByteStream {
  /// The file as the user named it.
  let name: String
  private var descriptor: Descriptor?
  private var gzip: GzipProcess?

  /// Opens the file; `-` is standard input.
  init(_ name: String) throws(FileError) {
    self.name = name
    do {
      if name == "-" {
        descriptor = try Descriptor(number: STDIN_FILENO).duplicate()
      } else {
        descriptor = try Descriptor.open(name, O_RDONLY)
      }
    } catch {
      throw .unreadable(name, error)
    }
    if try status().isDirectory {
      throw FileError(.unreadable, file: name, "this is a directory; name a file in it")
    }
    if name != "-", name.hasSuffix(".gz") { try unpack() }
  }

  deinit {
    if let descriptor { try? descriptor.close() }
    _ = gzip?.succeeded()
  }

  /// The descriptor of a file that can be mapped into memory: regular, not empty and not packed.
  func mappable() throws(FileError) -> (descriptor: Descriptor, size: Int)? {
    guard gzip == nil, name != "-", let descriptor else { return nil }
    let status = try status()
    return status.isRegularFile && status.st_size > 0 ? (descriptor, Int(status.st_size)) : nil
  }

  /// Reads until the buffer is full or the text ends; returns the number of bytes, fewer than asked for only at the end.
  func fill(_ buffer: UnsafeMutableBufferPointer<UInt8>) throws(FileError) -> Int {
    guard let descriptor else { return 0 }
    let count: Int
    do { count = try descriptor.fill(UnsafeMutableRawBufferPointer(buffer)) } catch { throw .unreadable(name, error) }
    if count < buffer.count { try finish() }
    return count
  }

  /// Closes the file at its end and asks `gzip` whether all was well.
  private func finish() throws(FileError) {
    if let descriptor { try? descriptor.close() }
    descriptor = nil
    guard let gzip else { return }
    self.gzip = nil
    if !gzip.succeeded() {
      throw FileError(
        .invalid, file: name, "gzip cannot unpack it, it is damaged, cut short or not packed; pack it again with gzip")
    }
  }

  private func unpack() throws(FileError) {
    guard let packed = descriptor else { return }
    do {
      let pipe = try Descriptor.pipe()
      defer { try? pipe.writing.close() }
      descriptor = pipe.reading
      defer { try? packed.close() }
      gzip = try GzipProcess(.unpack, from: packed, to: pipe.writing)
    } catch {
      guard error.code == ENOENT else { throw .unreadable(name, error) }
      throw FileError(
        .unreadable, file: name, "the program gzip, which unpacks it, was not found; install gzip or unpack the file")
    }
  }

  private func status() throws(FileError) -> stat {
    do { return try descriptor?.status() ?? stat() } catch { throw .unreadable(name, error) }
  }
}

extension FileError {
  static func unreadable(_ name: String, _ failure: SystemFailure) -> FileError {
    switch failure.code {
    case ENOENT:
      FileError(.unreadable, file: name, "there is no such file; check the name")
    case EACCES, EPERM:
      FileError(.unreadable, file: name, "there is no permission to read it; change its mode or its owner")
    default:
      FileError(.unreadable, file: name, "it cannot be read: \(failure.reason)")
    }
  }
}

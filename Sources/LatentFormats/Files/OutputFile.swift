#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A file that is written whole or not at all.
///
/// Text goes to a temporary file in the same directory, which `commit()` renames; until then, and for ever if an error
/// comes first, the old file stays as it was. A name that ends in `.gz` is packed by the system's `gzip`. `-` is
/// standard output; what is not a regular file (a terminal, a pipe, `/dev/null`) is written to directly. A symbolic
/// link stays a link: the file it leads to is replaced.
public final class OutputFile {
  /// The file as the user named it.
  let path: String
  private let target: OutputTarget
  private var sink: Descriptor?
  private var gzip: GzipProcess?
  private var buffer = ByteBuffer(capacity: 2 * bufferSize)
  private var isCommitted = false

  private static let bufferSize = 1 << 16

  /// Opens a file for writing; throws `.unwritable` when there is no directory, no permission or no `gzip`.
  public init(_ path: String) throws(FileError) {
    self.path = path
    target = try OutputTarget(path)
    sink = target.descriptor
    if path != "-", path.hasSuffix(".gz") { try pack() }
  }

  deinit {
    if isCommitted { return }
    if let sink { try? sink.close() }
    _ = gzip?.succeeded()
    target.discard()
  }

  /// Writes a text as UTF-8.
  public func write(_ text: String) throws(FileError) {
    buffer.append(text)
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Writes bytes.
  public func write(_ bytes: [UInt8]) throws(FileError) {
    bytes.withUnsafeBytes { buffer.append($0) }
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Lets `body` append to the bytes that wait to be written; it returns when the buffer is full, or it has no more.
  func fill(_ body: (_ buffer: inout ByteBuffer, _ fullCount: Int) -> Void) throws(FileError) {
    body(&buffer, Self.bufferSize)
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Finishes the file and puts it in its place. To be called once, after the last `write`.
  public func commit() throws(FileError) {
    precondition(!isCommitted, "a file is committed once")
    try flush()
    if let sink {
      self.sink = nil
      do { try sink.close() } catch { throw .unwritable(path, error) }
    }
    if let gzip {
      self.gzip = nil
      guard gzip.succeeded() else {
        throw FileError(.unwritable, file: path, "gzip could not pack it; see whether the disk is full")
      }
    }
    try target.putInPlace()
    isCommitted = true
  }

  private func flush() throws(FileError) {
    guard let sink, buffer.count > 0 else { return }
    do {
      try buffer.withBytes { (bytes) throws(SystemFailure) in try sink.writeAll(bytes) }
    } catch {
      throw .unwritable(path, error)
    }
    buffer.removeAll()
  }

  /// Puts `gzip` between us and the file.
  private func pack() throws(FileError) {
    guard let file = sink else { return }
    do {
      let pipe = try Descriptor.pipe()
      defer { try? pipe.reading.close() }
      sink = pipe.writing
      defer { try? file.close() }
      gzip = try GzipProcess(.pack, from: pipe.reading, to: file)
    } catch {
      if let sink { try? sink.close() }
      sink = nil
      target.discard()
      guard error.code == ENOENT else { throw .unwritable(path, error) }
      throw FileError(
        .unwritable, file: path, "the program gzip, which packs it, was not found; leave the extension .gz out")
    }
  }
}

extension FileError {
  static func unwritable(_ name: String, _ failure: SystemFailure) -> FileError {
    let file = name == "-" ? "standard output" : name
    return switch failure.code {
    case EPIPE:
      FileError(.readerGone, file: file, "the reader has gone away")
    case ENOENT, ENOTDIR:
      FileError(.unwritable, file: file, "there is no such directory; create it first")
    case EACCES, EPERM, EROFS:
      FileError(.unwritable, file: file, "there is no permission to write it; choose another place")
    case EISDIR:
      FileError(.unwritable, file: file, "this is a directory; name a file in it")
    default:
      FileError(.unwritable, file: file, "it cannot be written: \(failure.reason)")
    }
  }
}

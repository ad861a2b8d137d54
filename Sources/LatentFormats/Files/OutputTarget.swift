#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Where the bytes of an output file go, and what is left to do when all are there.
struct OutputTarget {
  /// The open file that takes the bytes.
  let descriptor: Descriptor
  private let name: String
  private let delivery: Delivery

  private enum Delivery {
    /// A stream or a device: the bytes are where they belong as soon as they are written.
    case direct
    /// A temporary file that is to become `destination`.
    case temporary(String, destination: String)
  }

  /// Opens what takes the bytes of a file of this name.
  init(_ name: String) throws(FileError) {
    self.name = name
    do {
      if let stream = Self.openStream(named: name) {
        descriptor = try stream.duplicate()
        delivery = .direct
        return
      }
      let (destination, status) = try Self.resolve(name)
      if let status, !status.isRegularFile {
        descriptor = try Descriptor.open(name, O_WRONLY)
        delivery = .direct
        return
      }
      if status != nil, access(destination, W_OK) != 0 { throw SystemFailure.last }
      let temporary = Self.temporaryName(beside: destination)
      descriptor = try Descriptor.open(temporary, O_WRONLY | O_CREAT | O_EXCL, mode: 0o666)
      delivery = .temporary(temporary, destination: destination)
      if let status { fchmod(descriptor.number, status.st_mode & 0o777) }
    } catch let failure as SystemFailure {
      throw .unwritable(name, failure)
    } catch {
      throw FileError(.unwritable, file: name, "it cannot be written")
    }
  }

  /// Gives a temporary file its name.
  func putInPlace() throws(FileError) {
    guard case .temporary(let temporary, let destination) = delivery else { return }
    guard rename(temporary, destination) == 0 else { throw .unwritable(name, .last) }
  }

  /// Removes a temporary file.
  func discard() {
    if case .temporary(let temporary, _) = delivery { unlink(temporary) }
  }

  /// The stream of this process that a name stands for; opening such a name anew would lose the position in a file that
  /// the shell appends to.
  private static func openStream(named name: String) -> Descriptor? {
    switch name {
    case "-", "/dev/stdout": Descriptor(number: STDOUT_FILENO)
    case "/dev/stderr": Descriptor(number: STDERR_FILENO)
    case _ where name.hasPrefix("/dev/fd/"): Int32(name.dropFirst(8)).map { Descriptor(number: $0) }
    default: nil
    }
  }

  /// The file behind symbolic links and, when it exists, its status.
  private static func resolve(_ name: String) throws(SystemFailure) -> (path: String, status: stat?) {
    var path = name
    for _ in 0..<40 {
      var status = stat()
      if stat(path, &status) == 0 {
        if status.isDirectory { throw SystemFailure(code: EISDIR) }
        guard let real = realpath(path, nil) else { throw .last }
        defer { free(real) }
        return (String(cString: real), status)
      }
      guard errno == ENOENT else { throw .last }
      guard let next = linkTarget(path) else { return (path, nil) }
      path = next
    }
    throw SystemFailure(code: ELOOP)
  }

  /// Where a symbolic link points to; nil when there is no link.
  private static func linkTarget(_ path: String) -> String? {
    var text = [CChar](repeating: 0, count: 4096)
    let count = readlink(path, &text, text.count)
    guard count > 0 else { return nil }
    let link = String(decoding: text[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return link.hasPrefix("/") ? link : directory(of: path) + link
  }

  /// The directory part of a path with its slash; empty for a bare name.
  private static func directory(of path: String) -> Substring {
    path.lastIndex(of: "/").map { path[...$0] } ?? ""
  }

  private static func temporaryName(beside path: String) -> String {
    let mark = String(UInt32.random(in: 0...UInt32.max), radix: 36)
    return directory(of: path) + ".latent-\(getpid())-\(mark).tmp"
  }
}

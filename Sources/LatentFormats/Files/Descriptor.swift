#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A call to the system that failed, with the system's number for the reason.
struct SystemFailure: Error, Hashable {
  let code: Int32

  /// The failure of the call that just returned.
  static var last: SystemFailure { SystemFailure(code: errno) }

  /// The system's words for the reason.
  var reason: String {
    switch code {
    case ENOENT: "there is no such file or directory"
    case EACCES, EPERM: "the permission is missing"
    case EPIPE: "the reader has gone away"
    case ENOSPC: "the disk is full"
    default: String(cString: strerror(code)).lowercased()
    }
  }
}

/// An open file of the system. Whoever holds it closes it, once.
struct Descriptor {
  let number: Int32

  /// Opens a file; child processes do not inherit it.
  static func open(_ path: String, _ flags: Int32, mode: mode_t = 0) throws(SystemFailure) -> Descriptor {
    while true {
      #if canImport(Glibc)
        let number = Glibc.open(path, flags | O_CLOEXEC, mode)
      #elseif canImport(Musl)
        let number = Musl.open(path, flags | O_CLOEXEC, mode)
      #else
        let number = Darwin.open(path, flags | O_CLOEXEC, mode)
      #endif
      if number >= 0 { return Descriptor(number: number) }
      guard errno == EINTR else { throw .last }
    }
  }

  /// A second descriptor of the same open file, not inherited by child processes.
  func duplicate() throws(SystemFailure) -> Descriptor {
    let copy = fcntl(number, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { throw .last }
    return Descriptor(number: copy)
  }

  /// A pipe whose ends child processes do not inherit.
  static func pipe() throws(SystemFailure) -> (reading: Descriptor, writing: Descriptor) {
    var ends: (Int32, Int32) = (-1, -1)
    let failed = withUnsafeMutablePointer(to: &ends) {
      $0.withMemoryRebound(to: Int32.self, capacity: 2) { platformPipe($0) }
    }
    guard failed == 0 else { throw .last }
    _ = fcntl(ends.0, F_SETFD, FD_CLOEXEC)
    _ = fcntl(ends.1, F_SETFD, FD_CLOEXEC)
    return (Descriptor(number: ends.0), Descriptor(number: ends.1))
  }

  /// Reads into the buffer until it is full or the file ends; returns the number of bytes read.
  func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(SystemFailure) -> Int {
    var count = 0
    while count < buffer.count {
      let got = read(number, buffer.baseAddress.map { $0 + count }, buffer.count - count)
      if got == 0 { break }
      if got > 0 {
        count += got
      } else if errno != EINTR {
        throw .last
      }
    }
    return count
  }

  /// Writes all bytes; a pipe that nobody reads is a failure, not a signal.
  func writeAll(_ buffer: UnsafeRawBufferPointer) throws(SystemFailure) {
    var rest = buffer
    while !rest.isEmpty {
      let (put, code) = writeWithoutSignal(rest)
      if put >= 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest[put...])
      } else if code != EINTR {
        throw SystemFailure(code: code)
      }
    }
  }

  /// One `write` during which the signal of a closed pipe is held back and then taken away.
  private func writeWithoutSignal(_ bytes: UnsafeRawBufferPointer) -> (count: Int, code: Int32) {
    var brokenPipe = sigset_t()
    var before = sigset_t()
    var waiting = sigset_t()
    sigemptyset(&brokenPipe)
    sigaddset(&brokenPipe, SIGPIPE)
    sigpending(&waiting)
    let wasWaiting = sigismember(&waiting, SIGPIPE) == 1
    pthread_sigmask(SIG_BLOCK, &brokenPipe, &before)
    let put = write(number, bytes.baseAddress, bytes.count)
    let code = errno
    // The signal also comes when the reader goes away in the middle of a long write, which then returns a count.
    if put < bytes.count, !wasWaiting {
      sigpending(&waiting)
      var taken: Int32 = 0
      if sigismember(&waiting, SIGPIPE) == 1 { sigwait(&brokenPipe, &taken) }
    }
    pthread_sigmask(SIG_SETMASK, &before, nil)
    return (put, code)
  }

  /// What kind of file this is, its size and its permissions.
  func status() throws(SystemFailure) -> stat {
    var status = stat()
    guard fstat(number, &status) == 0 else { throw .last }
    return status
  }

  /// Closes the descriptor; some file systems report a failed write only here.
  func close() throws(SystemFailure) {
    guard platformClose(number) == 0 || errno == EINTR else { throw .last }
  }
}

extension stat {
  var isDirectory: Bool { st_mode & S_IFMT == S_IFDIR }
  var isRegularFile: Bool { st_mode & S_IFMT == S_IFREG }
}

private func platformPipe(_ ends: UnsafeMutablePointer<Int32>) -> Int32 { pipe(ends) }

private func platformClose(_ number: Int32) -> Int32 { close(number) }

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A window that slides over the bytes of a file, so that no more than a piece of the text is in memory at a time.
///
/// A regular file is mapped, and pages behind the window are given back; other sources are read into one buffer. Whoever
/// reads says how many bytes of the window are done with; the rest stays at its front and more of the text joins it.
/// A mapped file must not be cut shorter by others while it is read: the system ends programs that touch lost pages.
final class InputWindow {
  /// The file as the user named it.
  let name: String
  /// The bytes in view; they move or vanish with the next `advance`.
  private(set) var bytes = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  /// Whether the window reaches to the end of the text.
  private(set) var isFinal = false
  /// The most bytes of one record; whoever reads asks for no more than this to be in view.
  let recordLimit: Int

  private enum Source {
    case memory(chunk: Int)
    case mapped(UnsafeBufferPointer<UInt8>)
    case stream(ByteStream)
  }

  private static let mappedChunk = 1 << 22
  private static let streamChunk = 1 << 20

  private let source: Source
  /// The mapped or copied text, or the buffer that the stream fills.
  private var storage: UnsafeMutableBufferPointer<UInt8>
  /// Where the window begins in `storage`.
  private var start = 0

  /// Opens a file: mapped if it can be, else in pieces.
  convenience init(opening path: String) throws(FileError) {
    let stream = try ByteStream(path)
    if let file = try stream.mappable(),
      let address = mmap(nil, file.size, PROT_READ, MAP_PRIVATE, file.descriptor.number, 0), address != MAP_FAILED
    {
      _ = madvise(address, file.size, MADV_SEQUENTIAL)
      let text = UnsafeBufferPointer(start: address.assumingMemoryBound(to: UInt8.self), count: file.size)
      self.init(name: path, .mapped(text), storage: UnsafeMutableBufferPointer(mutating: text))
    } else {
      self.init(name: path, .stream(stream), storage: .allocate(capacity: Self.streamChunk))
    }
    try advance(by: 0)
  }

  /// A window over bytes in memory that shows `chunk` of them at a time.
  convenience init(
    _ content: [UInt8], name: String, chunk: Int = .max, recordLimit: Int = ReadingLimits.recordBytes
  ) throws(FileError) {
    let storage = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: content.count)
    _ = storage.initialize(from: content)
    self.init(name: name, .memory(chunk: chunk), storage: storage, recordLimit: recordLimit)
    try advance(by: 0)
  }

  private init(
    name: String, _ source: Source, storage: UnsafeMutableBufferPointer<UInt8>,
    recordLimit: Int = ReadingLimits.recordBytes
  ) {
    self.name = name
    self.recordLimit = recordLimit
    self.source = source
    self.storage = storage
  }

  deinit {
    switch source {
    case .mapped: munmap(storage.baseAddress, storage.count)
    case .memory, .stream: storage.deallocate()
    }
  }

  /// Lets go of the first `consumed` bytes and takes in more of the text; when `consumed` is 0, at least twice as much.
  func advance(by consumed: Int) throws(FileError) {
    precondition(consumed <= bytes.count, "only what is in view can be consumed")
    switch source {
    case .memory(let chunk): slide(by: consumed, chunk: chunk)
    case .mapped: slide(by: consumed, chunk: Self.mappedChunk)
    case .stream(let stream): try refill(from: stream, consumed: consumed)
    }
  }

  /// Moves the window over a text that is addressable as a whole.
  private func slide(by consumed: Int, chunk: Int) {
    let rest = storage.count - start - consumed
    let wanted = consumed == 0 ? max(chunk, min(bytes.count, rest) * 2) : chunk
    start += consumed
    let count = min(rest, wanted)
    bytes = UnsafeBufferPointer(rebasing: storage[start..<start + count])
    isFinal = count == rest
    if case .mapped = source, consumed > 0 { giveBack() }
  }

  /// Tells the system that the mapped pages before the window are not needed any more.
  private func giveBack() {
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let behind = start / page * page
    if behind > 0 { _ = madvise(UnsafeMutableRawPointer(storage.baseAddress), behind, MADV_DONTNEED) }
  }

  /// Moves what is left to the front of the buffer, which grows when it is full, and reads until it is full again.
  private func refill(from stream: ByteStream, consumed: Int) throws(FileError) {
    let rest = UnsafeBufferPointer(rebasing: bytes[consumed...])
    if rest.count == storage.count {
      let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: storage.count * 2)
      _ = larger.initialize(from: rest)
      storage.deallocate()
      storage = larger
    } else if consumed > 0, let from = rest.baseAddress, let to = storage.baseAddress {
      to.update(from: from, count: rest.count)
    }
    let free = UnsafeMutableBufferPointer(rebasing: storage[rest.count...])
    let count = try stream.fill(free)
    isFinal = count < free.count
    bytes = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(storage)[..<(rest.count + count)])
  }
}

/// Bytes on their way to a file, in one block of memory that grows where it must.
package struct ByteBuffer: ~Copyable {
  private var start: UnsafeMutableRawPointer
  private var capacity: Int
  /// How many bytes there are.
  package private(set) var count = 0

  /// How many bytes are copied at a time, and so how many must be readable behind what `append(padded:count:)` copies.
  static let stride = 16

  /// A buffer without bytes.
  init(capacity: Int) {
    self.capacity = max(capacity, Self.stride)
    start = .allocate(byteCount: self.capacity, alignment: Self.stride)
  }

  deinit { start.deallocate() }

  /// Calls `body` with the bytes, which are valid during the call.
  func withBytes<Failure: Error>(_ body: (UnsafeRawBufferPointer) throws(Failure) -> Void) throws(Failure) {
    try body(UnsafeRawBufferPointer(start: start, count: count))
  }

  /// Forgets the bytes and keeps the memory.
  mutating func removeAll() { count = 0 }

  /// Appends a byte.
  @inline(__always)
  mutating func append(_ byte: UInt8) {
    reserve(1)
    start.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
    count &+= 1
  }

  /// Appends bytes.
  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress else { return }
    reserve(bytes.count)
    (start + count).copyMemory(from: source, byteCount: bytes.count)
    count += bytes.count
  }

  /// Appends a text as UTF-8.
  package mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }

  /// Appends bytes behind which `stride` more can be read: most cells are short, and so one load and one store.
  @inline(__always)
  mutating func append(padded source: UnsafeRawPointer, count length: Int) {
    reserve(length &+ Self.stride)
    let target = start + count
    var offset = 0
    repeat {
      let piece = source.loadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
      target.storeBytes(of: piece, toByteOffset: offset, as: SIMD16<UInt8>.self)
      offset &+= Self.stride
    } while offset < length
    count &+= length
  }

  /// Puts a byte in the place of the last one.
  mutating func replaceLast(with byte: UInt8) {
    precondition(count > 0, "a byte to replace")
    start.storeBytes(of: byte, toByteOffset: count - 1, as: UInt8.self)
  }

  /// Takes the last byte away.
  mutating func removeLast() {
    precondition(count > 0, "a byte to take away")
    count &-= 1
  }

  /// Makes room for more bytes.
  @inline(__always)
  private mutating func reserve(_ more: Int) {
    if capacity &- count < more { grow(more) }
  }

  private mutating func grow(_ more: Int) {
    capacity = max(2 * capacity, count + more)
    let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: Self.stride)
    larger.copyMemory(from: start, byteCount: count)
    start.deallocate()
    start = larger
  }
}

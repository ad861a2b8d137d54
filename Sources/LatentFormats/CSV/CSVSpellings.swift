/// Cells that are spelt once, in the bytes that stand in a file, and copied wherever they occur.
package struct CSVSpellings {
  private let encoder: CSVCellEncoder
  private var bytes: [UInt8] = []
  /// Where each spelling starts, and the end of the last.
  private var starts: [Int] = [0]

  /// No spellings yet.
  package init(_ encoder: CSVCellEncoder) { self.encoder = encoder }

  /// How many spellings there are; the next one gets this number.
  package var count: Int { starts.count - 1 }

  /// Spells a cell; nil is a missing one.
  ///
  /// - Returns: the number of the spelling.
  package mutating func add(_ text: String?) -> Int {
    var cell = ByteBuffer(capacity: 64)
    encoder.append(text, to: &cell)
    return add(cell)
  }

  /// Spells numbers that stand in neighbouring cells; together they have one number.
  package mutating func add(_ numbers: some Sequence<Double>) -> Int {
    var cells = ByteBuffer(capacity: 128)
    for number in numbers { encoder.append(number, to: &cells) }
    return add(cells)
  }

  /// Appends what has this number to a line.
  @inline(__always)
  package func append(_ number: Int, to line: inout ByteBuffer) {
    let (start, end) = (starts[number], starts[number + 1])
    bytes.withUnsafeBytes { bytes in
      if end &+ ByteBuffer.stride <= bytes.count, let base = bytes.baseAddress {
        line.append(padded: base + start, count: end &- start)
      } else {
        line.append(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
      }
    }
  }

  private mutating func add(_ spelling: borrowing ByteBuffer) -> Int {
    spelling.withBytes { bytes.append(contentsOf: $0) }
    starts.append(bytes.count)
    return starts.count - 2
  }
}

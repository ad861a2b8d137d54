internal import LatentData

extension RowParser {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// A word with the highest bit set in the bytes of `word` that are zero; bits above the lowest may be wrong.
  @inline(__always)
  private static func zeroBytes(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }

  /// Reads rows until the block is full or a row needs more care; `position` is then at the start of that row.
  ///
  /// Per cell: load eight bytes, find the first that ends a cell, and look the bytes before it up with one probe. A cell
  /// for which that fails goes to `parseField`.
  @inline(never)
  func parseQuickly() {
    guard let base = window.bytes.baseAddress, let firstPlan = plans.baseAddress else { return }
    let end = base + window.bytes.count
    let lastPlan = firstPlan + plans.count
    let delimiters = UInt64(delimiter) &* Self.ones
    let newlines = 0x0A &* Self.ones
    var rowStart = base + position
    var row = blockRows
    rows: while row < blockCapacity {
      var at = rowStart
      var plan = firstPlan
      while plan != lastPlan {
        if end - at >= 8 {
          let word = UInt64(littleEndian: UnsafeRawPointer(at).loadUnaligned(as: UInt64.self))
          let hits = Self.zeroBytes(word ^ delimiters) | Self.zeroBytes(word ^ newlines)
          if hits != 0 {
            let length = hits.trailingZeroBitCount >> 3
            // All bits below the hit; the hit itself is the highest bit of its byte.
            let key = word & (((hits & (0 &- hits)) >> 7) &- 1)
            let slot = plan.pointee.slots[Int(truncatingIfNeeded: (key &* plan.pointee.multiplier) &>> plan.pointee.shift)]
            if slot.key == key, Int(slot.length) == length, at[length] == plan.pointee.terminator {
              plan.pointee.codes[row] = slot.code
              at += length &+ 1
              plan += 1
              continue
            }
          }
        }
        guard let next = parseField(plan - firstPlan, from: at, end: end, row: row) else { break rows }
        at = next
        plan += 1
      }
      rowStart = at
      row &+= 1
    }
    position = rowStart - base
    blockRows = row
  }

  /// Reads one cell of any length; returns where the next begins, or nil when the row needs more care.
  ///
  /// It may leave a code, a weight or a kept text behind in a row that is not finished, where the next attempt at the
  /// same row overwrites them, and no other trace.
  @inline(never)
  private func parseField(
    _ column: Int, from start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, row: Int
  ) -> UnsafePointer<UInt8>? {
    guard start < end else { return nil }
    var first = start
    var at = start
    let stop: UnsafePointer<UInt8>
    if start.pointee == UInt8(ascii: "\"") {
      first += 1
      at += 1
      while at < end, at.pointee != UInt8(ascii: "\"") {
        if at.pointee == 0x0A || at.pointee == 0x0D { return nil }
        at += 1
      }
      stop = at
      at += 1
    } else {
      at = endOfPlainField(start, end)
      stop = at
    }
    guard at < end else { return nil }
    if column < columns.count - 1 {
      guard at.pointee == delimiter else { return nil }
    } else if at.pointee != 0x0A {
      at += 1
      guard at < end, at[-1] == 0x0D, at.pointee == 0x0A else { return nil }
    }
    let cell = UnsafeBufferPointer(start: first, count: stop - first)
    return take(cell, column: column, row: row) ? at + 1 : nil
  }

  /// The first byte from `start` on that ends a cell, or that only a careful look can judge: CR or a quote.
  private func endOfPlainField(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
    let delimiters = UInt64(delimiter) &* Self.ones
    var at = start
    while end - at >= 8 {
      let word = UInt64(littleEndian: UnsafeRawPointer(at).loadUnaligned(as: UInt64.self))
      let hits =
        Self.zeroBytes(word ^ delimiters) | Self.zeroBytes(word ^ (0x0A &* Self.ones))
        | Self.zeroBytes(word ^ (0x0D &* Self.ones)) | Self.zeroBytes(word ^ (0x22 &* Self.ones))
      if hits != 0 { return at + (hits.trailingZeroBitCount >> 3) }
      at += 8
    }
    while at < end {
      switch at.pointee {
      case delimiter, 0x0A, 0x0D, 0x22: return at
      default: at += 1
      }
    }
    return end
  }

  /// Stores a cell; returns false when it cannot be stored as it stands.
  private func take(_ cell: UnsafeBufferPointer<UInt8>, column: Int, row: Int) -> Bool {
    let target = columns[column]
    switch target.use {
    case .states, .learning:
      guard let code = target.labels.code(of: cell) else { return false }
      plans[column].codes[row] = code
      return true
    case .weights:
      guard let weight = Double(String(decoding: cell, as: UTF8.self)), weight >= 0, weight.isFinite else { return false }
      blockWeights[row] = weight
    case .other:
      break
    }
    guard target.text != nil else { return true }
    guard cell.allSatisfy({ $0 > 0 && $0 < 0x80 }) else { return false }
    target.keep(cell, row: firstRow + row)
    return true
  }
}

internal import LatentData

/// Eight bytes of the text, the first in the lowest bits.
private struct Word {
  static let ones: UInt64 = 0x0101_0101_0101_0101
  static let highs: UInt64 = 0x8080_8080_8080_8080

  let bits: UInt64

  @inline(__always)
  init(at pointer: UnsafePointer<UInt8>) {
    bits = UInt64(littleEndian: UnsafeRawPointer(pointer).loadUnaligned(as: UInt64.self))
  }

  /// Marks the highest bit of each byte that equals the bytes of a pattern; marks above the lowest may be wrong.
  @inline(__always)
  func matches(_ pattern: UInt64) -> UInt64 {
    let difference = bits ^ pattern
    return (difference &- Self.ones) & ~difference & Self.highs
  }

  /// The pattern of one byte eight times over.
  @inline(__always)
  static func pattern(_ byte: UInt8) -> UInt64 { UInt64(byte) &* ones }
}

extension RowParser.FieldPlan {
  /// The code of the label that fills a word up to its lowest mark; `end` moves by its length. Nil when it is not among
  /// the short labels.
  @inline(__always)
  fileprivate func find(_ word: Word, upTo marks: UInt64, end: inout UnsafePointer<UInt8>) -> StateCode? {
    guard marks != 0 else { return nil }
    let length = marks.trailingZeroBitCount >> 3
    // The lowest mark is the highest bit of its byte; all bits below that byte belong to the label.
    let key = word.bits & (((marks & (0 &- marks)) >> 7) &- 1)
    let slot = slots[Int(truncatingIfNeeded: (key &* multiplier) &>> shift)]
    end += length
    return slot.key == key && Int(slot.length) == length ? slot.code : nil
  }
}

extension RowParser {
  /// What the quick tier reads of one cell: two quotes, seven bytes and a terminator at the most.
  private static let quickBytes = 10

  /// Reads rows until the block is full or a row needs more care; `position` is then at the start of that row.
  ///
  /// Per cell: load eight bytes, find the first that ends a cell, and look the bytes before it up with one probe; the
  /// same once more behind an opening quote. A cell for which that fails goes to `parseField`.
  @inline(never)
  func parseQuickly() {
    guard let base = window.bytes.baseAddress, let firstPlan = plans.baseAddress else { return }
    let end = base + window.bytes.count
    let lastPlan = firstPlan + plans.count
    let delimiters = Word.pattern(delimiter)
    let newlines = Word.pattern(0x0A)
    let quotes = Word.pattern(0x22)
    var rowStart = base + position
    var row = blockRows
    rows: while row < blockCapacity {
      var at = rowStart
      var plan = firstPlan
      while plan != lastPlan {
        if end - at >= Self.quickBytes {
          let word = Word(at: at)
          var ended = at
          var found = plan.pointee.find(word, upTo: word.matches(delimiters) | word.matches(newlines), end: &ended)
          if found == nil, at.pointee == 0x22 {
            let quoted = Word(at: at + 1)
            ended = at + 1
            found = plan.pointee.find(quoted, upTo: quoted.matches(quotes), end: &ended)
            ended += 1
          }
          if let found, ended.pointee == plan.pointee.terminator {
            plan.pointee.codes[row] = found
            at = ended + 1
            plan += 1
            continue
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
    let delimiters = Word.pattern(delimiter)
    var at = start
    while end - at >= 8 {
      let word = Word(at: at)
      let marks =
        word.matches(delimiters) | word.matches(Word.pattern(0x0A)) | word.matches(Word.pattern(0x0D))
        | word.matches(Word.pattern(0x22))
      if marks != 0 { return at + (marks.trailingZeroBitCount >> 3) }
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
      guard let weight = Double(String(decoding: cell, as: UTF8.self)), weight >= 0, weight.isFinite else {
        return false
      }
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

internal import LatentData

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

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

  /// The bytes before the lowest mark, zeros behind them; all eight when there is no mark.
  @inline(__always)
  func bytes(below marks: UInt64) -> UInt64 {
    // The lowest mark is the highest bit of its byte; all bits below that byte belong to the label.
    bits & (((marks & (0 &- marks)) >> 7) &- 1)
  }

  /// Marks the highest bit of each byte that is less than a bound of at most 128; marks above the lowest may be wrong.
  @inline(__always)
  func below(_ bound: UInt8) -> UInt64 {
    (bits &- Self.pattern(bound)) & ~bits & Self.highs
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
    let key = word.bytes(below: marks)
    let slot = slots[Int(truncatingIfNeeded: (key &* multiplier) &>> shift)]
    end += length
    return slot.key == key && Int(slot.length) == length ? slot.code : nil
  }

  /// Stores the code of the label from `at` to the next terminator and moves `at` behind it. Returns 0, or anything else
  /// when there is no such label; code and `at` then mean nothing.
  ///
  /// There is no branch, so that the processor works on several rows at once. A word without a terminator counts as a
  /// label of eight bytes, and none of the short ones is so long.
  @inline(__always)
  fileprivate func take(_ at: inout UnsafePointer<UInt8>, terminators: UInt64, row: Int) -> UInt64 {
    let word = Word(at: at)
    let marks = word.matches(terminators)
    let length = marks.trailingZeroBitCount >> 3
    let key = word.bytes(below: marks)
    let slot = slots[Int(truncatingIfNeeded: (key &* multiplier) &>> shift)]
    codes[row] = slot.code
    at += length &+ 1
    return (slot.key ^ key) | UInt64(truncatingIfNeeded: Int(slot.length) ^ length)
  }
}

extension RowParser {
  /// What the quick tier reads of one cell: two quotes, seven bytes and a terminator at the most.
  private static let quickBytes = 10

  /// Reads rows until the block is full or a row needs more care; `position` is then at the start of that row.
  @inline(never)
  func parseQuickly() {
    guard let base = window.bytes.baseAddress else { return }
    let end = base + window.bytes.count
    var rowStart = base + position
    // Where four rows could not be read side by side, each of them is tried by itself.
    var single = 0
    while blockRows < blockCapacity {
      if single == 0, let next = parseFourRows(from: rowStart, end: end) {
        rowStart = next
        continue
      }
      single = single == 0 ? 3 : single - 1
      guard let next = parseRow(from: rowStart, end: end) else { break }
      rowStart = next
    }
    position = rowStart - base
  }

  /// Reads a row; returns where the next begins, or nil when it needs more care.
  private func parseRow(from start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    var at = start
    for column in 0..<plans.count {
      guard let next = parseCell(column, from: at, end: end, row: blockRows) else { return nil }
      at = next
    }
    blockRows += 1
    return at
  }

  /// Reads four rows side by side, column by column; returns where the fifth begins, or nil when one needs more care.
  ///
  /// Where a cell begins is known only when the one before it was read. That chain of steps takes longer than the work
  /// itself, and those of four rows run at the same time.
  private func parseFourRows(from start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    let row = blockRows
    guard row + 4 <= blockCapacity, let second = lineAfter(start, end), let third = lineAfter(second, end),
      let fourth = lineAfter(third, end), let fifth = lineAfter(fourth, end), end - fifth >= Self.quickBytes
    else { return nil }
    var (a, b, c, d) = (start, second, third, fourth)
    let delimiters = Word.pattern(delimiter)
    for column in 0..<plans.count {
      if column < plans.count - 1, plans[column].numbers == nil {
        let plan = plans[column]
        let starts = (a, b, c, d)
        let misses =
          plan.take(&a, terminators: delimiters, row: row)
          | plan.take(&b, terminators: delimiters, row: row &+ 1)
          | plan.take(&c, terminators: delimiters, row: row &+ 2)
          | plan.take(&d, terminators: delimiters, row: row &+ 3)
        if misses == 0 { continue }
        (a, b, c, d) = starts
      }
      guard let nextA = parseCell(column, from: a, end: end, row: row),
        let nextB = parseCell(column, from: b, end: end, row: row + 1),
        let nextC = parseCell(column, from: c, end: end, row: row + 2),
        let nextD = parseCell(column, from: d, end: end, row: row + 3)
      else { return nil }
      (a, b, c, d) = (nextA, nextB, nextC, nextD)
    }
    guard a == second, b == third, c == fourth, d == fifth else { return nil }
    blockRows = row + 4
    return fifth
  }

  /// Where the line after the next LF begins; nil when there is no LF in view.
  @inline(__always)
  private func lineAfter(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    guard let lineEnd = memchr(start, 0x0A, end - start) else { return nil }
    return UnsafePointer(lineEnd.assumingMemoryBound(to: UInt8.self)) + 1
  }

  /// Reads one cell; returns where the next begins, or nil when the row needs more care.
  ///
  /// Load eight bytes, find the first that ends a cell, and look the bytes before it up with one probe; the same once
  /// more behind an opening quote. A cell for which that fails goes to `parseField`.
  @inline(__always)
  private func parseCell(
    _ column: Int, from at: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, row: Int
  ) -> UnsafePointer<UInt8>? {
    if end - at >= Self.quickBytes, plans[column].numbers == nil {
      let plan = plans[column]
      let word = Word(at: at)
      var ended = at
      let marks = word.matches(Word.pattern(delimiter)) | word.matches(Word.pattern(0x0A))
      var found = plan.find(word, upTo: marks, end: &ended)
      if found == nil, at.pointee == 0x22 {
        let quoted = Word(at: at + 1)
        ended = at + 1
        found = plan.find(quoted, upTo: quoted.matches(Word.pattern(0x22)), end: &ended)
        ended += 1
      }
      if let found, ended.pointee == plan.terminator {
        plan.codes[row] = found
        return ended + 1
      }
    }
    return parseField(column, from: at, end: end, row: row)
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
        if at.pointee == 0x0A || at.pointee == 0x0D || at.pointee == 0 { return nil }
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

  /// The first byte from `start` on that ends a cell, or that only a careful look can judge: CR, NUL or a quote.
  private func endOfPlainField(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
    let delimiters = Word.pattern(delimiter)
    var at = start
    while end - at >= 8 {
      let word = Word(at: at)
      let marks = word.matches(delimiters) | word.matches(Word.pattern(0x22)) | word.below(0x0E)
      if marks == 0 {
        at += 8
        continue
      }
      at += marks.trailingZeroBitCount >> 3
      if endsPlainField(at.pointee) { return at }
      at += 1
    }
    while at < end, !endsPlainField(at.pointee) { at += 1 }
    return at
  }

  private func endsPlainField(_ byte: UInt8) -> Bool {
    byte == delimiter || byte == 0x0A || byte == 0x0D || byte == 0x22 || byte == 0
  }

  /// Stores a cell; returns false when it cannot be stored as it stands.
  private func take(_ cell: UnsafeBufferPointer<UInt8>, column: Int, row: Int) -> Bool {
    let target = columns[column]
    switch target.use {
    case .states, .learning:
      guard let code = target.labels.code(of: cell) else { return false }
      plans[column].codes[row] = code
      return true
    case .intervals, .numbers, .presumedNumbers:
      guard take(number: cell, column: column, row: row) else { return false }
    case .weights:
      guard let weight = Double(String(decoding: cell, as: UTF8.self)), weight >= 0, weight.isFinite else {
        return false
      }
      blockWeights[row] = weight
    case .other:
      break
    }
    guard target.text != nil else { return true }
    guard cell.allSatisfy({ $0 < 0x80 }) else { return false }
    target.keep(cell, row: firstRow + row)
    return true
  }

  /// Stores a number, the interval that it lies in, or a missing token; returns false when the cell is none of them as
  /// it stands.
  private func take(number cell: UnsafeBufferPointer<UInt8>, column: Int, row: Int) -> Bool {
    let target = columns[column]
    if let value = DecimalNumber.parse(cell), target.accepts(value) {
      store(value, column: column, row: row)
      return true
    }
    guard let code = target.labels.code(of: cell) else { return false }
    plans[column].numbers?[row] = .nan
    plans[column].codes[row] = code
    return true
  }
}

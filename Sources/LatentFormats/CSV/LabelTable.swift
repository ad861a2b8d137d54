internal import LatentData

/// Finds the code of a cell's text by its bytes: states from 0 up, missing tokens from −1 down.
///
/// All labels are in an open-addressed table keyed by a hash of their bytes. Short ones are also in a smaller table
/// that answers with one probe; the parser looks there first, and asks here when it finds nothing.
final class LabelTable {
  /// A slot of the table of short labels.
  struct Slot {
    /// The bytes of the label from the lowest up, zeros behind them.
    var key: UInt64 = 0
    /// The number of bytes; −1 in an empty slot.
    var length: Int32 = -1
    var code: StateCode = 0
  }

  /// The longest label that fits into a slot with the byte that ends it.
  static let longestShortLabel = 7
  private static let attempts = 24

  private struct Entry {
    let range: Range<Int>
    let hash: UInt64
    let code: StateCode
  }

  private var text: [UInt8] = []
  private var entries: [Entry] = []
  private var buckets: [Int32] = [Int32](repeating: -1, count: 32)

  /// The short labels; `slots[(key &* multiplier) >> shift]` is the only slot where a key can be.
  private(set) var slots: UnsafeMutablePointer<Slot>
  private(set) var multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15
  private(set) var shift: UInt64 = 59
  private var slotCount: Int { 1 << Int(64 - shift) }

  init() {
    slots = Self.emptySlots(32)
  }

  deinit {
    slots.deallocate()
  }

  /// Adds a label with its code unless the label is there already.
  func insert(_ label: some Collection<UInt8>, code: StateCode) {
    let start = text.count
    text.append(contentsOf: label)
    let range = start..<text.count
    let (hash, found) = text.withUnsafeBufferPointer { text in
      let bytes = UnsafeBufferPointer(rebasing: text[range])
      let hash = Self.hash(bytes)
      return (hash, find(bytes, hash: hash))
    }
    guard found == nil else {
      text.removeLast(range.count)
      return
    }
    entries.append(Entry(range: range, hash: hash, code: code))
    if entries.count * 2 > buckets.count {
      buckets = [Int32](repeating: -1, count: buckets.count * 2)
      for index in entries.indices { fillBucket(index) }
    } else {
      fillBucket(entries.count - 1)
    }
    addShort(entries.count - 1)
  }

  /// The code of a text; nil when it is neither a state nor a token.
  func code(of bytes: UnsafeBufferPointer<UInt8>) -> StateCode? {
    find(bytes, hash: Self.hash(bytes)).map { entries[$0].code }
  }

  /// The code of a text; nil when it is neither a state nor a token.
  func code(of bytes: ArraySlice<UInt8>) -> StateCode? {
    bytes.withUnsafeBufferPointer { code(of: $0) }
  }

  private func find(_ bytes: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int? {
    var bucket = Int(truncatingIfNeeded: hash) & (buckets.count - 1)
    while buckets[bucket] >= 0 {
      let index = Int(buckets[bucket])
      let entry = entries[index]
      if entry.hash == hash, entry.range.count == bytes.count, text[entry.range].elementsEqual(bytes) {
        return index
      }
      bucket = (bucket + 1) & (buckets.count - 1)
    }
    return nil
  }

  private func fillBucket(_ index: Int) {
    var bucket = Int(truncatingIfNeeded: entries[index].hash) & (buckets.count - 1)
    while buckets[bucket] >= 0 { bucket = (bucket + 1) & (buckets.count - 1) }
    buckets[bucket] = Int32(index)
  }

  /// A hash of bytes, eight at a time.
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15
    var at = 0
    let raw = UnsafeRawBufferPointer(bytes)
    while at + 8 <= bytes.count {
      hash = mixed(hash, raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      at += 8
    }
    var tail: UInt64 = 0
    while at < bytes.count {
      tail = tail << 8 | UInt64(bytes[at])
      at += 1
    }
    return mixed(hash, tail)
  }

  private static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word) &* 0xD6E8_FEB8_6659_FD93
    return product ^ product >> 32
  }
}

/// The table of short labels.
extension LabelTable {
  private static func emptySlots(_ count: Int) -> UnsafeMutablePointer<Slot> {
    let slots = UnsafeMutablePointer<Slot>.allocate(capacity: count)
    slots.initialize(repeating: Slot(), count: count)
    return slots
  }

  /// The slot of a label; nil for one that is too long, or that the parser must not find without looking closer:
  /// it begins with a quote or holds a line end or NUL.
  private func slot(of index: Int) -> Slot? {
    let entry = entries[index]
    let label = text[entry.range]
    guard label.count <= Self.longestShortLabel, label.first != UInt8(ascii: "\""), !label.contains(0x0A),
      !label.contains(0x0D), !label.contains(0)
    else { return nil }
    let key = label.reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    return Slot(key: key, length: Int32(label.count), code: entry.code)
  }

  /// Puts a short label into its slot; where that is taken, all labels get new slots by another multiplier.
  private func addShort(_ index: Int) {
    guard let slot = slot(of: index) else { return }
    let position = Int(truncatingIfNeeded: (slot.key &* multiplier) >> shift)
    if slots[position].length < 0, entries.count * 2 <= slotCount {
      slots[position] = slot
    } else if entries.count <= 64 || entries.count * 2 > slotCount {
      rebuild()
    }
  }

  /// Tries multipliers until no two short labels want the same slot; the last one tried stands, and labels without a
  /// slot of their own are then found the slower way.
  private func rebuild() {
    var count = slotCount
    while count < entries.count * 2 { count *= 2 }
    slots.deallocate()
    slots = Self.emptySlots(count)
    shift = UInt64(64 - count.trailingZeroBitCount)
    let short = entries.indices.compactMap { slot(of: $0) }
    for _ in 0..<Self.attempts {
      multiplier = multiplier &* 0xD134_2543_DE82_EF95 &+ 0x1405_7B7E_F767_814F | 1
      slots.update(repeating: Slot(), count: count)
      var collisions = 0
      for slot in short {
        let position = Int(truncatingIfNeeded: (slot.key &* multiplier) >> shift)
        if slots[position].length < 0 { slots[position] = slot } else { collisions += 1 }
      }
      if collisions == 0 { return }
    }
  }
}

/// Numbers keys of a fixed number of 64-bit words in the order of their first appearance.
///
/// Open addressing with linear probing over flat arrays: no object per key, O(words) per look-up.
struct WordInterner {
  /// The number of words of a key.
  let stride: Int
  /// All keys end to end, in the order of their numbers.
  private(set) var keys: [UInt64] = []
  private(set) var count = 0
  /// 1 + the number of the key in each slot; 0 where the slot is free.
  private var slots: [Int32]
  private var mask: Int

  init(stride: Int) {
    self.stride = stride
    slots = [Int32](repeating: 0, count: 64)
    mask = 63
  }

  /// The number of the key, new or known.
  mutating func intern(_ key: UnsafePointer<UInt64>) -> Int {
    if count &* 2 >= slots.count { grow() }
    var slot = Int(truncatingIfNeeded: hash(key)) & mask
    while true {
      let entry = Int(slots[slot])
      if entry == 0 { break }
      if matches(key, entry - 1) { return entry - 1 }
      slot = (slot &+ 1) & mask
    }
    slots[slot] = Int32(count + 1)
    for word in 0..<stride { keys.append(key[word]) }
    count += 1
    return count - 1
  }

  private func matches(_ key: UnsafePointer<UInt64>, _ number: Int) -> Bool {
    let start = number &* stride
    return keys.withUnsafeBufferPointer { keys in
      for word in 0..<stride where keys[start &+ word] != key[word] { return false }
      return true
    }
  }

  private func hash(_ key: UnsafePointer<UInt64>) -> UInt64 {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    for word in 0..<stride {
      let product = (hash ^ key[word]).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
      hash = product.high ^ product.low
    }
    return hash ^ (hash >> 32)
  }

  private mutating func grow() {
    let size = slots.count * 2
    slots = [Int32](repeating: 0, count: size)
    mask = size - 1
    keys.withUnsafeBufferPointer { keys in
      guard let base = keys.baseAddress else { return }
      for number in 0..<count {
        var slot = Int(truncatingIfNeeded: hash(base + number * stride)) & mask
        while slots[slot] != 0 { slot = (slot &+ 1) & mask }
        slots[slot] = Int32(number + 1)
      }
    }
  }
}

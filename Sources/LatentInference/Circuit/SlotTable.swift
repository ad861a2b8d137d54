/// The slots of a hash table whose keys live elsewhere: open addressing with linear probing, keys numbered from 0 in the
/// order in which they came.
struct SlotTable {
  /// 1 + the number of the key in each slot; 0 where the slot is free.
  private var slots = [Int32](repeating: 0, count: 64)
  private var count = 0

  /// The number of the key with this hash, or nil after it was given the next number.
  ///
  /// - matches: whether the key of a number is the one that is looked for.
  /// - hashOf: the hash of the key of a number, for when the table grows.
  @inline(__always)
  mutating func find(hash: UInt64, matches: (Int) -> Bool, hashOf: (Int) -> UInt64) -> Int? {
    if count &* 2 >= slots.count { grow(hashOf) }
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot]) &- 1
      if matches(number) { return number }
      slot = (slot &+ 1) & mask
    }
    count += 1
    slots[slot] = Int32(count)
    return nil
  }

  private mutating func grow(_ hashOf: (Int) -> UInt64) {
    slots = [Int32](repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    for number in 0..<count {
      var slot = Int(truncatingIfNeeded: hashOf(number)) & mask
      while slots[slot] != 0 { slot = (slot &+ 1) & mask }
      slots[slot] = Int32(number + 1)
    }
  }
}

/// Mixes a word into a hash (the folded 128-bit product of wyhash-like functions).
@inline(__always)
func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
  let product = (hash ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
  return product.high ^ product.low
}

/// Where hashes begin.
let hashSeed: UInt64 = 0x9E37_79B9_7F4A_7C15

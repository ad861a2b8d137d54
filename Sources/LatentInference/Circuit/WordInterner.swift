/// Numbers keys of a fixed number of 64-bit words in the order of their first appearance.
///
/// No object per key: all keys stand in one array. O(words) per look-up.
package struct WordInterner {
  /// The number of words of a key.
  package let stride: Int
  /// All keys end to end, in the order of their numbers.
  package private(set) var keys: [UInt64] = []
  package private(set) var count = 0
  private var slots = SlotTable()

  /// No keys yet, of so many words each.
  package init(stride: Int) { self.stride = stride }

  /// The number of the key, new or known.
  package mutating func intern(_ key: UnsafePointer<UInt64>) -> Int {
    let stride = stride
    let known = keys.withUnsafeBufferPointer { keys in
      slots.find(
        hash: Self.hash(key, stride),
        matches: { number in
          let start = number &* stride
          for word in 0..<stride where keys[start &+ word] != key[word] { return false }
          return true
        }, hashOf: { Self.hash(keys.baseAddress! + $0 &* stride, stride) })
    }
    if let known { return known }
    for word in 0..<stride { keys.append(key[word]) }
    count += 1
    return count - 1
  }

  @inline(__always)
  private static func hash(_ key: UnsafePointer<UInt64>, _ stride: Int) -> UInt64 {
    var hash = hashSeed
    for word in 0..<stride { hash = mix(hash, key[word]) }
    return hash ^ (hash >> 32)
  }
}

/// Numbers sequences of 32-bit integers of any length in the order of their first appearance.
struct SequenceInterner {
  private var values: [Int32] = []
  private var starts = [0]
  private var slots = SlotTable()

  var count: Int { starts.count - 1 }

  /// The number of the sequence; a new one when it equals `count` before the call.
  mutating func intern(_ sequence: [Int32]) -> Int {
    let known = slots.find(
      hash: Self.hash(sequence[...]),
      matches: { values[starts[$0]..<starts[$0 + 1]] == sequence[...] },
      hashOf: { Self.hash(values[starts[$0]..<starts[$0 + 1]]) })
    if let known { return known }
    values += sequence
    starts.append(values.count)
    return count - 1
  }

  private static func hash(_ sequence: ArraySlice<Int32>) -> UInt64 {
    var hash = mix(hashSeed, UInt64(sequence.count))
    for value in sequence { hash = mix(hash, UInt64(UInt32(bitPattern: value))) }
    return hash ^ (hash >> 32)
  }
}

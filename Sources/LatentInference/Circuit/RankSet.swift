/// A set of ranks: positions in the elimination order of one component.
protocol RankSet: Equatable {
  init()
  mutating func insert(_ rank: Int)
  mutating func remove(_ rank: Int)
  mutating func formUnion(_ other: Self)
  func contains(_ rank: Int) -> Bool
  /// The lowest rank, nil of an empty set.
  var first: Int? { get }
  var count: Int { get }
  /// Calls `body` with the ranks in rising order.
  func visit(_ body: (Int) -> Void)
}

/// Ranks below 64, which is nearly every component there is.
struct SmallRankSet: RankSet {
  private var bits: UInt64 = 0

  init() {}

  mutating func insert(_ rank: Int) { bits |= 1 << UInt64(rank) }
  mutating func remove(_ rank: Int) { bits &= ~(1 << UInt64(rank)) }
  mutating func formUnion(_ other: Self) { bits |= other.bits }
  func contains(_ rank: Int) -> Bool { bits & (1 << UInt64(rank)) != 0 }
  var first: Int? { bits == 0 ? nil : bits.trailingZeroBitCount }
  var count: Int { bits.nonzeroBitCount }

  @inline(__always)
  func visit(_ body: (Int) -> Void) {
    var rest = bits
    while rest != 0 {
      body(rest.trailingZeroBitCount)
      rest &= rest &- 1
    }
  }
}

/// Any ranks.
struct LargeRankSet: RankSet {
  private var ranks: [Int] = []

  init() {}

  mutating func insert(_ rank: Int) {
    let position = ranks.firstIndex { $0 >= rank } ?? ranks.count
    if position == ranks.count || ranks[position] != rank { ranks.insert(rank, at: position) }
  }

  mutating func remove(_ rank: Int) { ranks.removeAll { $0 == rank } }
  mutating func formUnion(_ other: Self) { for rank in other.ranks { insert(rank) } }
  func contains(_ rank: Int) -> Bool { ranks.contains(rank) }
  var first: Int? { ranks.first }
  var count: Int { ranks.count }
  func visit(_ body: (Int) -> Void) { for rank in ranks { body(rank) } }
}

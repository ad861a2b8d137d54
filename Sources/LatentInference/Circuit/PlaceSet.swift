/// A set of places in the elimination order of one component.
protocol PlaceSet: Equatable {
  init()
  mutating func insert(_ place: Int)
  mutating func remove(_ place: Int)
  mutating func formUnion(_ other: Self)
  func contains(_ place: Int) -> Bool
  var isEmpty: Bool { get }
  /// The lowest place, nil of an empty set.
  var first: Int? { get }
  var count: Int { get }
  /// Calls `body` with the places in rising order.
  func visit(_ body: (Int) -> Void)
}

/// Places below 64, which is nearly every component there is.
struct SmallPlaceSet: PlaceSet {
  private var bits: UInt64 = 0

  init() {}

  mutating func insert(_ place: Int) { bits |= 1 << UInt64(place) }
  mutating func remove(_ place: Int) { bits &= ~(1 << UInt64(place)) }
  mutating func formUnion(_ other: Self) { bits |= other.bits }
  func contains(_ place: Int) -> Bool { bits & (1 << UInt64(place)) != 0 }
  var isEmpty: Bool { bits == 0 }
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

/// Any number of places.
struct LargePlaceSet: PlaceSet {
  private var places: [Int] = []

  init() {}

  mutating func insert(_ place: Int) {
    let position = places.firstIndex { $0 >= place } ?? places.count
    if position == places.count || places[position] != place { places.insert(place, at: position) }
  }

  mutating func remove(_ place: Int) { places.removeAll { $0 == place } }
  mutating func formUnion(_ other: Self) { for place in other.places { insert(place) } }
  func contains(_ place: Int) -> Bool { places.contains(place) }
  var isEmpty: Bool { places.isEmpty }
  var first: Int? { places.first }
  var count: Int { places.count }
  func visit(_ body: (Int) -> Void) { for place in places { body(place) } }
}

/// The values of a variable's states, side by side in memory and in registers.
///
/// The kernels are generic over it, so that the optimizer makes one of its own for each number of states: no loop over
/// states is left, and two states travel in one register.
protocol StateVector {
  static var count: Int { get }
  /// The same number for every state.
  init(repeating value: Double)
  /// The values that begin at an address, of any alignment.
  init(at address: UnsafePointer<Double>)
  func store(at address: UnsafeMutablePointer<Double>)
  static func * (a: Self, b: Self) -> Self
  static func / (a: Self, b: Self) -> Self
  static func + (a: Self, b: Self) -> Self
  var sum: Double { get }
  var smallest: Double { get }
}

extension StateVector {
  /// Adds the values to those that begin at an address.
  @inline(__always)
  func add(to address: UnsafeMutablePointer<Double>) { (Self(at: address) + self).store(at: address) }
}

/// Takes any number of states apart: vectors of four from 0 on, then single states.
@inline(__always)
func forEachVector(of states: Int, four: (Int) -> Void, one: (Int) -> Void) {
  var x = 0
  while x &+ 4 <= states {
    four(x)
    x &+= 4
  }
  while x < states {
    one(x)
    x &+= 1
  }
}

struct OneState: StateVector {
  private let value: Double
  static var count: Int { 1 }
  @inline(__always) init(repeating value: Double) { self.value = value }
  @inline(__always) init(at address: UnsafePointer<Double>) { value = address[0] }
  @inline(__always) func store(at address: UnsafeMutablePointer<Double>) { address[0] = value }
  @inline(__always) static func * (a: Self, b: Self) -> Self { Self(repeating: a.value * b.value) }
  @inline(__always) static func / (a: Self, b: Self) -> Self { Self(repeating: a.value / b.value) }
  @inline(__always) static func + (a: Self, b: Self) -> Self { Self(repeating: a.value + b.value) }
  @inline(__always) var sum: Double { value }
  @inline(__always) var smallest: Double { value }
}

struct TwoStates: StateVector {
  private let values: SIMD2<Double>
  static var count: Int { 2 }
  @inline(__always) private init(_ values: SIMD2<Double>) { self.values = values }
  @inline(__always) init(repeating value: Double) { values = SIMD2(repeating: value) }

  @inline(__always)
  init(at address: UnsafePointer<Double>) {
    values = UnsafeRawPointer(address).loadUnaligned(as: SIMD2<Double>.self)
  }

  @inline(__always)
  func store(at address: UnsafeMutablePointer<Double>) {
    UnsafeMutableRawPointer(address).storeBytes(of: values, as: SIMD2<Double>.self)
  }

  @inline(__always) static func * (a: Self, b: Self) -> Self { Self(a.values * b.values) }
  @inline(__always) static func / (a: Self, b: Self) -> Self { Self(a.values / b.values) }
  @inline(__always) static func + (a: Self, b: Self) -> Self { Self(a.values + b.values) }
  @inline(__always) var sum: Double { values[0] + values[1] }
  @inline(__always) var smallest: Double { values[0] < values[1] ? values[0] : values[1] }
}

/// The states of one vector followed by those of another.
struct Joined<First: StateVector, Second: StateVector>: StateVector {
  private let first: First
  private let second: Second
  @inline(__always) static var count: Int { First.count + Second.count }

  @inline(__always)
  private init(_ first: First, _ second: Second) {
    self.first = first
    self.second = second
  }

  @inline(__always)
  init(repeating value: Double) { self.init(First(repeating: value), Second(repeating: value)) }

  @inline(__always)
  init(at address: UnsafePointer<Double>) { self.init(First(at: address), Second(at: address + First.count)) }

  @inline(__always)
  func store(at address: UnsafeMutablePointer<Double>) {
    first.store(at: address)
    second.store(at: address + First.count)
  }

  @inline(__always)
  static func * (a: Self, b: Self) -> Self { Self(a.first * b.first, a.second * b.second) }
  @inline(__always)
  static func / (a: Self, b: Self) -> Self { Self(a.first / b.first, a.second / b.second) }
  @inline(__always)
  static func + (a: Self, b: Self) -> Self { Self(a.first + b.first, a.second + b.second) }
  @inline(__always) var sum: Double { first.sum + second.sum }

  @inline(__always)
  var smallest: Double {
    let (a, b) = (first.smallest, second.smallest)
    return a < b ? a : b
  }
}

typealias ThreeStates = Joined<TwoStates, OneState>
typealias FourStates = Joined<TwoStates, TwoStates>
typealias FiveStates = Joined<FourStates, OneState>
typealias SixStates = Joined<FourStates, TwoStates>

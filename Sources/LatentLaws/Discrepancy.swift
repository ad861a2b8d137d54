/// How far a list of numbers is from the one that was expected, when that is further than allowed.
///
/// It is a value and not a recorded issue, so that laws build without any test library; a test can make an issue of it.
public enum Discrepancy: Hashable, Sendable {
  /// The lists differ in length.
  case count(Int, expected: Int)
  /// Of all pairs that are too far apart, the one furthest apart in relation to what is allowed.
  case number(Double, expected: Double, index: Int)

  /// Compares two lists; nil when every number is close to the one expected.
  ///
  /// Two numbers are close when |a − b| ≤ absolute + relative · max(|a|, |b|), or when they are the same infinity.
  public init?(_ actual: [Double], _ expected: [Double], relative: Double, absolute: Double) {
    guard actual.count == expected.count else {
      self = .count(actual.count, expected: expected.count)
      return
    }
    var worst: (index: Int, excess: Double)?
    for (index, (a, b)) in zip(actual, expected).enumerated() where a != b {
      let ratio = (a - b).magnitude / (absolute + relative * max(a.magnitude, b.magnitude))
      let excess = ratio.isNaN ? .infinity : ratio
      if excess > (worst?.excess ?? 1) { worst = (index, excess) }
    }
    guard let worst else { return nil }
    self = .number(actual[worst.index], expected: expected[worst.index], index: worst.index)
  }
}

extension Discrepancy: CustomStringConvertible {
  /// What differs, and by how much.
  public var description: String {
    switch self {
    case .count(let count, let expected):
      "\(count) numbers, expected \(expected)"
    case .number(let number, let expected, let index):
      "number \(index) is \(number), expected \(expected): \((number - expected).magnitude) apart"
    }
  }
}

/// Rising numbers that cut the real line into intervals: `7.4, 9.7` into `(-inf, 7.4]`, `(7.4, 9.7]`, `(9.7, inf)`.
///
/// An interval has its upper end and not its lower one, as in `cut` of pandas and of R.
public struct Cuts: Hashable, Sendable {
  /// The cuts, rising; one fewer than there are intervals.
  public let points: [Double]

  /// Creates cuts from at least one finite number, each greater than the one before.
  public init(_ points: [Double]) throws(CutsError) {
    guard !points.isEmpty else { throw .none }
    if let point = points.first(where: { !$0.isFinite }) { throw .notFinite(point) }
    for (a, b) in zip(points, points.dropFirst()) where a >= b { throw .notRising(a, b) }
    guard points.count < Variable.maximumStates else { throw .tooMany(points.count) }
    self.points = points
  }

  /// The number of intervals.
  public var intervalCount: Int { points.count + 1 }

  /// The position of the interval that a number lies in; logarithmic in the number of cuts.
  public func code(of value: Double) -> StateCode {
    var low = 0
    var high = points.count
    while low < high {
      let middle = (low + high) / 2
      if points[middle] < value { low = middle + 1 } else { high = middle }
    }
    return StateCode(low)
  }

  /// The names of the intervals, in order.
  public var labels: [String] {
    let texts = points.map(Self.text)
    let inner = zip(texts, texts.dropFirst()).map { "(\($0), \($1)]" }
    return ["(-inf, \(texts[0])]"] + inner + ["(\(texts[texts.count - 1]), inf)"]
  }

  /// The middle of each interval; the outer ones end at the numbers of `range` that lie beyond the cuts, and where none
  /// does, the cut itself is taken.
  public func middles(within range: ClosedRange<Double>?) -> [Double] {
    let (first, last) = (points[0], points[points.count - 1])
    let ends = [min(range?.lowerBound ?? first, first)] + points + [max(range?.upperBound ?? last, last)]
    return zip(ends, ends.dropFirst()).map { $0 / 2 + $1 / 2 }
  }

  /// The shortest text of a number, a whole one without a point.
  private static func text(_ value: Double) -> String {
    guard let whole = Int(exactly: value), whole.magnitude < 1 << 53 else { return value.description }
    return "\(whole)"
  }
}

/// What makes a list of numbers unusable as cuts.
public enum CutsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There are none.
  case none
  /// One is not a finite number.
  case notFinite(Double)
  /// The second follows the first and is not greater.
  case notRising(Double, Double)
  /// More intervals than a variable may have states.
  case tooMany(Int)

  /// The error in one sentence, with a remedy.
  public var description: String {
    switch self {
    case .none: "the list of cuts is empty; give at least one number"
    case .notFinite(let value): "the cut \(value) is not a finite number; leave it out, the outer intervals are open"
    case .notRising(let a, let b): "the cut \(b) follows \(a); cuts rise, each is greater than the one before"
    case .tooMany(let count): "there are \(count) cuts; at most \(Variable.maximumStates - 1) can be told apart"
    }
  }
}

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Natural logarithm; −∞ of 0.
public func naturalLog(_ value: Double) -> Double { log(value) }

/// The exponential function.
public func exponential(_ value: Double) -> Double { exp(value) }

/// Γ(x); its arguments are small, for it grows like the factorial.
func gammaFunction(_ value: Double) -> Double { tgamma(value) }

/// The cosine of an angle in radians.
func cosine(_ angle: Double) -> Double { cos(angle) }

/// Φ(z): the probability that a standard normal number is at most z.
public func standardNormalCumulative(_ value: Double) -> Double { 0.5 * erfc(-value * 0.5.squareRoot()) }

/// Σ w · log v, where a weight of 0 contributes 0 whatever its value.
public func weightedLogSum(weights: UnsafeBufferPointer<Double>, values: UnsafeBufferPointer<Double>) -> Double {
  precondition(weights.count == values.count)
  var sum = 0.0
  for index in 0..<weights.count where weights[index] != 0 {
    sum += weights[index] * log(values[index])
  }
  return sum
}

/// Σ w · log v of arrays; see the function for buffers.
public func weightedLogSum(weights: [Double], values: [Double]) -> Double {
  weights.withUnsafeBufferPointer { weights in
    values.withUnsafeBufferPointer { weightedLogSum(weights: weights, values: $0) }
  }
}

/// Σ w · log v over some positions; those of equal weight should follow one another, since each such run takes few
/// logarithms.
public func weightedLogSum(weights: [Double], values: [Double], at positions: [Int32]) -> Double {
  weights.withUnsafeBufferPointer { weights in
    values.withUnsafeBufferPointer { values in
      var sum = WeightedLogSum(least: 0x1p-500)
      var rest = 0.0
      for position in positions {
        let (weight, value) = (weights[Int(position)], values[Int(position)])
        if !sum.add(value, weight: weight) { rest += weight * log(value) }
      }
      return sum.total + rest
    }
  }
}

/// Σ weight · log value with one logarithm per product of values of equal weight.
struct WeightedLogSum {
  private let least: Double
  private var finished = 0.0
  private var product = 1.0
  private var weight = 0.0
  /// The number of values that were too small.
  private(set) var left = 0

  /// - least: the least value that is taken; its square must be a normal number.
  init(least: Double) { self.least = least }

  var total: Double { finished + weight * log(product) }

  /// Adds a term, or returns false when the value is too small.
  @inline(__always)
  mutating func add(_ value: Double, weight new: Double) -> Bool {
    guard value >= least else {
      left &+= 1
      return false
    }
    if new != weight || product < least {
      finished = total
      product = 1
      weight = new
    }
    product *= value
    return true
  }
}

/// log Σ exp(v): the logarithm of a sum of numbers given by their logarithms; −∞ for no numbers or zeros alone.
///
/// The largest is divided out first, so that neither tiny nor huge sums are lost.
public func logSumOfExponentials(_ values: [Double]) -> Double {
  values.withUnsafeBufferPointer { logSumOfExponentials($0) }
}

/// log Σ exp(v) over a buffer; see the function for arrays.
public func logSumOfExponentials(_ values: UnsafeBufferPointer<Double>) -> Double {
  var highest = -Double.infinity
  for value in values where value > highest { highest = value }
  guard highest > -.infinity else { return highest }
  var sum = 0.0
  for value in values { sum += exp(value - highest) }
  return highest + log(sum)
}

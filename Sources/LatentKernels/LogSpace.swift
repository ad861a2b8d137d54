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

/// Σ w · log v, where a weight of 0 contributes 0 whatever its value.
public func weightedLogSum(weights: [Double], values: [Double]) -> Double {
  precondition(weights.count == values.count)
  return weights.withUnsafeBufferPointer { weights in
    values.withUnsafeBufferPointer { values in
      var sum = 0.0
      for index in 0..<weights.count where weights[index] != 0 {
        sum += weights[index] * log(values[index])
      }
      return sum
    }
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

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

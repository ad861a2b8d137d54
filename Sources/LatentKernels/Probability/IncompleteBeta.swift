/// I_x(a, b), the regularised incomplete beta function; a and b above 0.
///
/// A continued fraction (Didonato and Morris 1992, formula 9) on the side where it converges fast; small values keep
/// their digits. Iterations grow like the square root of the larger of a and b.
///
/// - complement: 1 − x, which the caller knows with more digits where x is close to 1.
public func incompleteBeta(_ x: Double, complement: Double, _ a: Double, _ b: Double) -> Double {
  precondition(a > 0 && b > 0 && x >= 0 && complement >= 0, "shapes above 0, and a probability")
  if x == 0 { return 0 }
  if complement == 0 { return 1 }
  return x * (a + b + 2) > a + 1 ? 1 - betaFraction(complement, x, b, a) : betaFraction(x, complement, a, b)
}

/// P(F ≥ statistic) of the distribution of a ratio of variances; degrees of freedom above 0, those of the denominator
/// also infinite.
public func fisherTail(_ statistic: Double, numerator: Double, denominator: Double) -> Double {
  let scaled = numerator * max(0, statistic)
  if denominator == .infinity { return chiSquareTail(scaled, degreesOfFreedom: numerator) }
  if scaled == .infinity { return 0 }
  let sum = denominator + scaled
  return incompleteBeta(denominator / sum, complement: scaled / sum, denominator / 2, numerator / 2)
}

/// P(|T| ≥ |statistic|) of Student's distribution; degrees of freedom above 0, also infinite.
public func studentTail(_ statistic: Double, degreesOfFreedom: Double) -> Double {
  fisherTail(statistic * statistic, numerator: 1, denominator: degreesOfFreedom)
}

/// The number above 0 that Student's T exceeds in magnitude with a probability between 0 and 1; infinite where no double
/// is large enough.
public func studentQuantile(twoSided tail: Double, degreesOfFreedom: Double) -> Double {
  precondition(tail > 0 && tail < 1, "a probability between 0 and 1")
  var low = 0.0
  var high = 1.0
  while studentTail(high, degreesOfFreedom: degreesOfFreedom) > tail {
    (low, high) = (high, 2 * high)
    if high == .infinity { return high }
  }
  while true {
    let middle = low + (high - low) / 2
    if middle <= low || middle >= high { return high }
    if studentTail(middle, degreesOfFreedom: degreesOfFreedom) > tail { low = middle } else { high = middle }
  }
}

/// I_x(a, b) for x below (a + 1) / (a + b + 2), where y is 1 − x: x^a y^b / B(a, b) · 1 / (β₀ + α₁ / (β₁ + …)).
private func betaFraction(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
  // How far x lies below a / (a + b), times a + b; the smaller of x and y has the digits.
  let reach = a > b ? (a + b) * y - b : a - (a + b) * x
  var fraction = ContinuedFraction((a + 1) / (a * (reach + 1)))
  var n = 1.0
  repeat {
    let before = a + 2 * n - 1
    fraction.append(
      numerator: (a + n - 1) * (a + b + n - 1) * n * (b - n) * x * x / (before * before),
      denominator: n + n * (b - n) * x / before + (a + n) / (before + 2) * (reach + 1 + n * (1 + y)))
    n += 1
  } while !fraction.hasConverged
  return a * b / (a + b) * betaTerm(a, b, x, y) * fraction.value
}

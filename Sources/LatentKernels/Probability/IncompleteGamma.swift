/// Q(a, x) = Γ(a, x) / Γ(a), the upper regularised incomplete gamma function; a > 0, x ≥ 0.
///
/// The series of P = 1 − Q below a + 1 and a continued fraction above (NIST Digital Library of Mathematical Functions,
/// 8.7.1 and 8.9.2), so that small values keep their digits. Iterations grow like the square root of a.
public func upperIncompleteGamma(_ a: Double, _ x: Double) -> Double {
  precondition(a > 0 && x >= 0, "a shape above 0, and a number that is not negative")
  if x == 0 { return 1 }
  if x == .infinity { return 0 }
  return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x)
}

/// P(X ≥ statistic) of a chi-square distribution; degrees of freedom above 0.
public func chiSquareTail(_ statistic: Double, degreesOfFreedom: Double) -> Double {
  upperIncompleteGamma(degreesOfFreedom / 2, max(0, statistic) / 2)
}

/// P(a, x) = x^a e^(−x) / Γ(a + 1) · Σ_n x^n / ((a + 1) … (a + n)).
private func lowerSeries(_ a: Double, _ x: Double) -> Double {
  var term = 1.0
  var sum = 1.0
  var divisor = a
  while term > sum * 0x1p-54 {
    divisor += 1
    term *= x / divisor
    sum += term
  }
  return gammaTerm(a, x) * sum
}

/// Q(a, x) = x^a e^(−x) / Γ(a) · 1 / (x + 1 − a − 1 (1 − a) / (x + 3 − a − 2 (2 − a) / (x + 5 − a − …))).
private func upperFraction(_ a: Double, _ x: Double) -> Double {
  var divisor = x + 1 - a
  var fraction = ContinuedFraction(1 / divisor)
  var n = 1.0
  repeat {
    divisor += 2
    fraction.append(numerator: -n * (n - a), denominator: divisor)
    n += 1
  } while !fraction.hasConverged
  return a * gammaTerm(a, x) * fraction.value
}

/// log Γ(z + 1) less Stirling's formula: log Γ(z + 1) − (z + ½) log z + z − ½ log 2π, for z > 0.
///
/// With it, and with `deviance`, the terms of the gamma and beta distributions keep their digits where differences of
/// logarithms of gamma functions would lose them (Loader 2000).
func stirlingError(_ z: Double) -> Double {
  guard z >= 15 else {
    return naturalLog(gammaFunction(z + 1)) - (z + 0.5) * naturalLog(z) + z - 0.5 * naturalLog(2 * .pi)
  }
  let w = 1 / (z * z)
  let tail = 1.0 / 1680 - w * (1.0 / 1188 - w * (691.0 / 360_360))
  return (1.0 / 12 - w * (1.0 / 360 - w * (1.0 / 1260 - w * tail))) / z
}

/// a log(a / mean) + mean − a, without cancellation where a is close to the mean; both above 0.
func deviance(_ a: Double, mean: Double) -> Double {
  let difference = a - mean
  guard difference.magnitude < 0.1 * (a + mean) else { return a * naturalLog(a / mean) - difference }
  // With v = (a − mean) / (a + mean), log(a / mean) = 2 (v + v³/3 + v⁵/5 + …).
  let v = difference / (a + mean)
  var sum = difference * v
  var power = 2 * a * v
  var divisor = 1.0
  while true {
    power *= v * v
    divisor += 2
    let next = sum + power / divisor
    if next == sum { return sum }
    sum = next
  }
}

/// x^a e^(−x) / Γ(a + 1), for a and x above 0.
func gammaTerm(_ a: Double, _ x: Double) -> Double {
  exponential(-stirlingError(a) - deviance(a, mean: x)) / (2 * .pi * a).squareRoot()
}

/// Γ(a + b + 1) / (Γ(a + 1) Γ(b + 1)) · x^a y^b, where y is 1 − x; all above 0.
func betaTerm(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
  let n = a + b
  let exponent =
    stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, mean: n * x) - deviance(b, mean: n * y)
  return (n / (2 * .pi * a * b)).squareRoot() * exponential(exponent)
}

/// What the observed coordinates of a normal vector say about the missing ones:
/// x_m − o_m | x_o ~ N(intercept + B (x_o − o_o), C), with B = Σ_mo Σ_oo⁻¹ and C = Σ_mm − B Σ_om.
///
/// - density: of the observed coordinates, as `prepareFullDensity` makes it of the same mean and covariance.
/// - mean, covariance: μ and Σ (packed) of all coordinates.
/// - origin: o of all coordinates.
/// - regression: receives a row per missing coordinate: its intercept, then its row of B.
/// - conditional: receives C, packed.
/// - scratch: as many doubles as there are observed coordinates.
public func regressMissing(
  density: UnsafePointer<Double>, mean: UnsafePointer<Double>, covariance: UnsafePointer<Double>,
  pattern: CoordinatePattern, origin: UnsafePointer<Double>, regression: UnsafeMutablePointer<Double>,
  conditional: UnsafeMutablePointer<Double>, scratch: UnsafeMutablePointer<Double>
) {
  let (observed, missing) = (pattern.observed, pattern.missing)
  let count = observed.count
  let factor = density + 1 + count
  // With W = L⁻¹ and U = W Σ_om: C = Σ_mm − Uᵀ U, B = Uᵀ W. First U takes the place of B, a row per missing coordinate.
  for (position, m) in missing.enumerated() {
    let row = regression + position * (count + 1) + 1
    for (k, o) in observed.enumerated() { scratch[k] = covariance[packedIndex(Int(m), Int(o))] }
    for i in 0..<count { row[i] = 2.0.squareRoot() * dotProduct(factor + packedCount(i), scratch, count: i + 1) }
    for other in 0...position {
      let explained = dotProduct(row, regression + other * (count + 1) + 1, count: count)
      conditional[packedCount(position) + other] = covariance[packedIndex(Int(m), Int(missing[other]))] - explained
    }
  }
  for (position, m) in missing.enumerated() {
    let row = regression + position * (count + 1) + 1
    scratch.update(repeating: 0, count: count)
    for i in 0..<count {
      let scale = 2.0.squareRoot() * row[i]
      let elements = factor + packedCount(i)
      for j in 0...i { scratch[j] += scale * elements[j] }
    }
    var intercept = mean[Int(m)] - origin[Int(m)]
    for (k, o) in observed.enumerated() {
      row[k] = scratch[k]
      intercept -= scratch[k] * (mean[Int(o)] - origin[Int(o)])
    }
    row[-1] = intercept
  }
}

/// Adds the expected moments of whole vectors of independent coordinates of which some were observed.
///
/// - weight: the summed mass of the vectors.
/// - mean, variances: as in `prepareDiagonalDensity`.
/// - origin: o of all coordinates.
/// - observedMoments: the moments of form diagonal of the observed coordinates.
/// - moments: of form diagonal, of all coordinates.
public func completeDiagonalMoments(
  weight: Double, mean: UnsafePointer<Double>, variances: UnsafePointer<Double>, varianceStride: Int,
  pattern: CoordinatePattern, origin: UnsafePointer<Double>, observedMoments: UnsafePointer<Double>,
  addingTo moments: UnsafeMutablePointer<Double>
) {
  for (k, j) in pattern.observed.enumerated() {
    for moment in 0..<3 { moments[3 * Int(j) + moment] += observedMoments[3 * k + moment] }
  }
  for j in pattern.missing.lazy.map({ Int($0) }) {
    let shift = mean[j] - origin[j]
    moments[3 * j] += weight
    moments[3 * j + 1] += weight * shift
    moments[3 * j + 2] += weight * (shift * shift + variances[j * varianceStride])
  }
}

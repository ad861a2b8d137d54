/// The numbers that a Poisson density is computed from: log p(x) = x · logRate − rate − log x!.
public struct PreparedPoisson {
  /// λ.
  public let rate: Double
  /// log λ.
  public let logRate: Double

  /// The density of a rate of 0 or more.
  public init(rate: Double) {
    self.rate = rate
    logRate = naturalLog(rate)
  }

  /// log p(x) + log x!; of rate 0 it is 0 at 0 and −∞ elsewhere.
  @inline(__always)
  public func scaledLogDensity(_ count: Double) -> Double { count > 0 ? count * logRate - rate : -rate }
}

/// logs[r · cells + c] += log p(x_r; configuration of r and c) + log x_r!.
///
/// The last term is the same whatever the rate: a constant of the data, taken once (`logFactorial`).
///
/// - numbers: x_r at `numbers[r · stride]`, whole and not negative.
public func addLogDensities(
  _ densities: UnsafePointer<PreparedPoisson>, _ index: DensityIndex, _ numbers: UnsafePointer<Double>, stride: Int,
  rows: Int, to logs: UnsafeMutablePointer<Double>
) {
  for row in 0..<rows {
    let x = numbers[row &* stride]
    let out = logs + row &* index.cells
    for cell in 0..<index.cells { out[cell] += densities[index.configuration(row, cell)].scaledLogDensity(x) }
  }
}

/// Adds mass · (1, x) to the moments of each row's and cell's configuration.
///
/// - mass: the posterior mass of cell c of row r at `mass[r · cells + c]`, the weight of the row included.
/// - moments: two numbers per configuration.
public func addCountMoments(
  mass: UnsafePointer<Double>, _ index: DensityIndex, _ numbers: UnsafePointer<Double>, stride: Int, rows: Int,
  to moments: UnsafeMutablePointer<Double>
) {
  for row in 0..<rows {
    let x = numbers[row &* stride]
    for cell in 0..<index.cells {
      let part = mass[row &* index.cells &+ cell]
      let target = moments + 2 &* index.configuration(row, cell)
      target[0] += part
      target[1] += part * x
    }
  }
}

/// log x! of a count, a whole number not below 0: by its product where a double holds that exactly, else by Stirling's
/// series, whose first term left out is below 10⁻¹⁵.
public func logFactorial(_ count: Double) -> Double {
  if count <= 22 {
    var product = 1.0
    for factor in stride(from: 2, through: count, by: 1) { product *= factor }
    return naturalLog(product)
  }
  let inverse = 1 / count
  let square = inverse * inverse
  let series = inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)))
  return (count + 0.5) * naturalLog(count) - count + 0.5 * naturalLog(2 * .pi) + series
}

/// The numbers that a normal density is computed from: log N(x) = constant − (x − mean)² · halfPrecision.
public struct PreparedGaussian {
  /// μ.
  public let mean: Double
  /// 1 / 2σ².
  public let halfPrecision: Double
  /// −½ log 2πσ².
  public let constant: Double

  /// The density of a mean and a variance above 0.
  public init(mean: Double, variance: Double) {
    self.mean = mean
    halfPrecision = 0.5 / variance
    constant = -0.5 * naturalLog(2 * .pi * variance)
  }

  /// log N(x).
  @inline(__always)
  public func logDensity(_ x: Double) -> Double {
    let difference = x - mean
    return constant - difference * difference * halfPrecision
  }
}

/// Which densities each row of a tile takes: cell c of row r reads `configurations[c] + bases[r]`.
public struct DensityIndex {
  /// A density per cell, less what the row adds.
  let configurations: UnsafePointer<Int32>
  /// What each row adds; nil where that is 0.
  let bases: UnsafePointer<Int32>?
  let cells: Int

  /// An index over buffers that outlive it.
  public init(configurations: UnsafePointer<Int32>, bases: UnsafePointer<Int32>?, cells: Int) {
    self.configurations = configurations
    self.bases = bases
    self.cells = cells
  }

  @inline(__always)
  func configuration(_ row: Int, _ cell: Int) -> Int {
    Int(configurations[cell]) &+ (bases.map { Int($0[row]) } ?? 0)
  }
}

/// logs[r · cells + c] += log N(x_r; configuration of r and c).
///
/// - numbers: x_r at `numbers[r · stride]`.
public func addLogDensities(
  _ densities: UnsafePointer<PreparedGaussian>, _ index: DensityIndex, _ numbers: UnsafePointer<Double>, stride: Int,
  rows: Int, to logs: UnsafeMutablePointer<Double>
) {
  for row in 0..<rows {
    let x = numbers[row &* stride]
    let out = logs + row &* index.cells
    for cell in 0..<index.cells { out[cell] += densities[index.configuration(row, cell)].logDensity(x) }
  }
}

/// Replaces the logarithms of each row by their exponentials, divided by the largest of the row, and returns
/// Σ weight · log of the largest.
///
/// A row of −∞ alone becomes zeros.
public func exponentiateRows(
  _ values: UnsafeMutablePointer<Double>, rows: Int, cells: Int, weights: UnsafePointer<Double>,
  instructions: InstructionSet = .best
) -> Double {
  var sum = 0.0
  for row in 0..<rows {
    let out = values + row &* cells
    var largest = -Double.infinity
    for cell in 0..<cells where out[cell] > largest { largest = out[cell] }
    if largest == -.infinity { largest = 0 }
    for cell in 0..<cells { out[cell] -= largest }
    sum += weights[row] * largest
  }
  exponentiate(values, count: rows &* cells, instructions: instructions)
  return sum
}

/// Adds mass · (1, x − o, (x − o)²) to the moments of each row's and cell's configuration.
///
/// - mass: the posterior mass of cell c of row r at `mass[r · cells + c]`, the weight of the row included.
/// - moments: three numbers per configuration.
public func addMoments(
  _ mass: UnsafePointer<Double>, _ index: DensityIndex, _ numbers: UnsafePointer<Double>, stride: Int, rows: Int,
  origin: Double, to moments: UnsafeMutablePointer<Double>
) {
  for row in 0..<rows {
    let x = numbers[row &* stride] - origin
    for cell in 0..<index.cells {
      let part = mass[row &* index.cells &+ cell]
      let target = moments + 3 &* index.configuration(row, cell)
      target[0] += part
      target[1] += part * x
      target[2] += part * (x * x)
    }
  }
}

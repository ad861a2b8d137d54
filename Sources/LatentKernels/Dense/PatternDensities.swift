/// The doubles of scratch that `prepareFullDensities` needs.
public func densityScratchCount(dimension: Int) -> Int {
  ConfigurationLanes.scalarCount * (packedCount(dimension) + 2 * dimension)
}

/// Prepares the normal densities of the observed coordinates in all configurations: N(x; μ_o, Σ_oo), of form full.
///
/// Eight configurations are factored together: a matrix alone is a chain of operations each of which waits for the one
/// before.
///
/// - means, covariances: μ and Σ (packed) of all coordinates, of configuration k at k · stride.
/// - densities: receives the densities of a block of `observed.count` coordinates.
/// - scratch: `densityScratchCount` doubles.
public func prepareFullDensities(
  configurations: Int, means: UnsafePointer<Double>, covariances: UnsafePointer<Double>, stride: Int,
  observed: UnsafeBufferPointer<Int32>, to densities: UnsafeMutablePointer<Double>,
  scratch: UnsafeMutablePointer<Double>
) -> Definiteness {
  let block = GaussianBlock(dimension: observed.count, form: .full, instructions: .base)
  let matrix = scratch
  let inverses = matrix + ConfigurationLanes.scalarCount * packedCount(block.dimension)
  let row = inverses + ConfigurationLanes.scalarCount * block.dimension
  for first in Swift.stride(from: 0, to: configurations, by: ConfigurationLanes.scalarCount) {
    let lanes = first..<min(first + ConfigurationLanes.scalarCount, configurations)
    gatherSymmetric(covariances, stride: stride, lanes, rows: observed, to: matrix)
    guard let logDeterminants = factorLanes(matrix, inverses, dimension: block.dimension) else { return .none }
    invertLanes(matrix, inverses, row, dimension: block.dimension)
    for (lane, configuration) in lanes.enumerated() {
      let density = densities + configuration * block.densityCount
      let mean = means + configuration * stride
      density[0] = logConstant(block.dimension, logDeterminants[lane])
      for (position, i) in observed.enumerated() { density[1 + position] = mean[Int(i)] }
      let factor = density + 1 + block.dimension
      for index in 0..<packedCount(block.dimension) {
        factor[index] = matrix[index * ConfigurationLanes.scalarCount + lane] * 0.5.squareRoot()
      }
    }
  }
  return .positive
}

/// `choleskyFactor` in lanes; nil where any of the matrices has no factor.
///
/// - inverses: receives the inverses of the factors' diagonals.
private func factorLanes(
  _ matrix: UnsafeMutablePointer<Double>, _ inverses: UnsafeMutablePointer<Double>, dimension: Int
) -> ConfigurationLanes? {
  let least = Double(dimension) * Double.ulpOfOne
  var logDeterminants = LogProduct()
  for i in 0..<dimension {
    let row = packedCount(i)
    let diagonal = at(matrix, row &+ i)
    var pivot = diagonal
    for j in 0..<i {
      let other = packedCount(j)
      var element = at(matrix, row &+ j)
      for k in 0..<j { element -= at(matrix, row &+ k) * at(matrix, other &+ k) }
      element *= at(inverses, j)
      store(element, matrix, row &+ j)
      pivot -= element * element
    }
    guard all(pivot .> diagonal * least) else { return nil }
    let root = pivot.squareRoot()
    store(root, matrix, row &+ i)
    store(1 / root, inverses, i)
    logDeterminants.multiply(by: pivot)
  }
  return logDeterminants.logarithms
}

/// `invertTriangle` in lanes.
///
/// - row: scratch for a row.
private func invertLanes(
  _ matrix: UnsafeMutablePointer<Double>, _ inverses: UnsafePointer<Double>, _ row: UnsafeMutablePointer<Double>,
  dimension: Int
) {
  for i in 0..<dimension {
    let start = packedCount(i)
    let scale = at(inverses, i)
    for j in 0..<i { store(ConfigurationLanes(repeating: 0), row, j) }
    for k in 0..<i {
      let factor = at(matrix, start &+ k)
      for j in 0...k { store(at(row, j) + factor * at(matrix, packedCount(k) &+ j), row, j) }
    }
    for j in 0..<i { store(-scale * at(row, j), matrix, start &+ j) }
    store(scale, matrix, start &+ i)
  }
}

/// Products of positive numbers as their logarithms, with one logarithm for all factors.
private struct LogProduct {
  private var significands = ConfigurationLanes(repeating: 1)
  private var exponents = SIMD8<Int64>(repeating: 0)

  mutating func multiply(by factors: ConfigurationLanes) {
    significands *= split(factors)
    significands = split(significands)
  }

  /// Moves the powers of two of normal numbers to the exponents.
  private mutating func split(_ numbers: ConfigurationLanes) -> ConfigurationLanes {
    let bits = unsafeBitCast(numbers, to: SIMD8<Int64>.self)
    exponents &+= (bits &>> 52) &- 1023
    return unsafeBitCast((bits & 0xF_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000, to: ConfigurationLanes.self)
  }

  var logarithms: ConfigurationLanes {
    var logarithms = ConfigurationLanes(repeating: 0)
    for lane in significands.indices {
      logarithms[lane] = naturalLog(significands[lane]) + Double(exponents[lane]) * naturalLog(2)
    }
    return logarithms
  }
}

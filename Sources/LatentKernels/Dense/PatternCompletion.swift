/// The doubles of scratch that `completeMoments` needs.
public func completionScratchCount(dimension: Int) -> Int {
  ConfigurationLanes.scalarCount * 4 * (dimension + 1) * (dimension + 1)
}

/// Adds the expected moments of whole vectors of which some coordinates were observed, in all configurations: with
/// [1; x̂] = G [1; x_o], they are G M Gᵀ + N C, where C is the conditional covariance of the missing coordinates (Little
/// and Rubin 2002, section 11.2).
///
/// - densities: of the observed coordinates, as `prepareFullDensities` makes them of the same means and covariances.
/// - means, covariances: μ and Σ (packed) of all coordinates, of configuration k at k · stride.
/// - origin: o of all coordinates.
/// - observedMoments: M, the moments of form full of the observed coordinates.
/// - moments: of form full, of all coordinates; of configuration k at k · momentStride.
/// - scratch: `completionScratchCount` doubles.
public func completeMoments(
  configurations: Int, densities: UnsafePointer<Double>, means: UnsafePointer<Double>,
  covariances: UnsafePointer<Double>, stride: Int, pattern: CoordinatePattern, origin: UnsafePointer<Double>,
  observedMoments: UnsafePointer<Double>, addingTo moments: UnsafeMutablePointer<Double>, momentStride: Int,
  scratch: UnsafeMutablePointer<Double>
) {
  let lanes = CompletionLanes(pattern, scratch: scratch)
  for first in Swift.stride(from: 0, to: configurations, by: ConfigurationLanes.scalarCount) {
    let group = first..<min(first + ConfigurationLanes.scalarCount, configurations)
    lanes.gatherAll(
      group, densities: densities, means: means, covariances: covariances, stride: stride, moments: observedMoments)
    lanes.regress(origin)
    lanes.multiply()
    for (lane, configuration) in group.enumerated() {
      lanes.add(lane, to: moments + configuration * momentStride)
    }
  }
}

/// Eight configurations in lanes, and the matrices of their completion.
private struct CompletionLanes {
  private let pattern: CoordinatePattern
  /// The number of observed coordinates and of the rows of M.
  private let observed: Int
  private let width: Int
  private let missing: Int
  /// W/√2, packed, with Σ_oo⁻¹ = Wᵀ W.
  private let factor: UnsafeMutablePointer<Double>
  /// M, packed.
  private let moments: UnsafeMutablePointer<Double>
  private let means: UnsafeMutablePointer<Double>
  /// Σ_mo, and then Σ_mo Wᵀ.
  private let cross: UnsafeMutablePointer<Double>
  /// Σ_mm, packed, and then C.
  private let conditional: UnsafeMutablePointer<Double>
  /// The rows of G of the missing coordinates.
  private let regression: UnsafeMutablePointer<Double>
  /// These rows, times M.
  private let products: UnsafeMutablePointer<Double>

  init(_ pattern: CoordinatePattern, scratch: UnsafeMutablePointer<Double>) {
    self.pattern = pattern
    (observed, missing) = (pattern.observed.count, pattern.missing.count)
    width = observed + 1
    var end = scratch
    func take(_ count: Int) -> UnsafeMutablePointer<Double> {
      defer { end += count * ConfigurationLanes.scalarCount }
      return end
    }
    factor = take(packedCount(observed))
    moments = take(packedCount(width))
    means = take(pattern.dimension)
    cross = take(missing * observed)
    conditional = take(packedCount(missing))
    regression = take(missing * width)
    products = take(missing * width)
  }

  func gatherAll(
    _ group: Range<Int>, densities: UnsafePointer<Double>, means: UnsafePointer<Double>,
    covariances: UnsafePointer<Double>, stride: Int, moments: UnsafePointer<Double>
  ) {
    let block = GaussianBlock(dimension: observed, form: .full, instructions: .base)
    gather(densities + 1 + observed, stride: block.densityCount, group, count: packedCount(observed), to: factor)
    gather(moments, stride: block.momentCount, group, count: block.momentCount, to: self.moments)
    gather(means, stride: stride, group, count: pattern.dimension, to: self.means)
    gatherRectangle(
      covariances, stride: stride, group, rows: pattern.missing, columns: pattern.observed, to: cross)
    gatherSymmetric(covariances, stride: stride, group, rows: pattern.missing, to: conditional)
  }

  /// G and C. With U = W Σ_om: C = Σ_mm − Uᵀ U, B = Uᵀ W, and a row of G is an intercept and a row of B.
  func regress(_ origin: UnsafePointer<Double>) {
    for m in 0..<missing {
      let row = m * observed
      // A row of U needs the elements of Σ_om up to its own place only.
      for i in (0..<observed).reversed() {
        var sum = ConfigurationLanes(repeating: 0)
        for j in 0...i { sum += at(factor, packedCount(i) &+ j) * at(cross, row &+ j) }
        store(2.0.squareRoot() * sum, cross, row &+ i)
      }
      for other in 0...m {
        var left = at(conditional, packedCount(m) + other)
        for i in 0..<observed { left -= at(cross, row &+ i) * at(cross, other &* observed &+ i) }
        store(left, conditional, packedCount(m) + other)
      }
      let coefficients = m * width
      for j in 0..<width { store(ConfigurationLanes(repeating: 0), regression, coefficients &+ j) }
      for i in 0..<observed {
        let scale = 2.0.squareRoot() * at(cross, row &+ i)
        for j in 0...i {
          let index = coefficients &+ 1 &+ j
          store(at(regression, index) + scale * at(factor, packedCount(i) &+ j), regression, index)
        }
      }
      var intercept = shift(pattern.missing[m], origin)
      for j in 0..<observed { intercept -= at(regression, coefficients + 1 + j) * shift(pattern.observed[j], origin) }
      store(intercept, regression, coefficients)
    }
  }

  /// μ − o.
  private func shift(_ coordinate: Int32, _ origin: UnsafePointer<Double>) -> ConfigurationLanes {
    at(means, Int(coordinate)) - origin[Int(coordinate)]
  }

  /// The rows of G that belong to missing coordinates, times M.
  func multiply() {
    for m in 0..<missing {
      let row = m * width
      for i in 0..<width {
        let (start, factor) = (packedCount(i), at(regression, row &+ i))
        var sum = at(moments, start &+ i) * factor
        for j in 0..<i {
          let moment = at(moments, start &+ j)
          sum += moment * at(regression, row &+ j)
          store(at(products, row &+ j) + moment * factor, products, row &+ j)
        }
        store(sum, products, row &+ i)
      }
    }
    for m in 0..<missing {
      for other in 0...m {
        let index = packedCount(m) + other
        var sum = at(moments, 0) * at(conditional, index)
        for j in 0..<width { sum += at(products, m &* width &+ j) * at(regression, other &* width &+ j) }
        store(sum, conditional, index)
      }
    }
  }

  /// Adds the completed moments of a lane.
  func add(_ lane: Int, to target: UnsafeMutablePointer<Double>) {
    /// Where coordinates stand among 1, x_1, x_2, ….
    func place(_ coordinate: Int32) -> Int { Int(coordinate) + 1 }
    func element(_ matrix: UnsafePointer<Double>, _ index: Int) -> Double {
      matrix[index &* ConfigurationLanes.scalarCount &+ lane]
    }
    target[0] += element(moments, 0)
    for k in 0..<observed {
      let (row, start) = (target + packedCount(place(pattern.observed[k])), packedCount(k + 1))
      row[0] += element(moments, start)
      for other in 0...k { row[place(pattern.observed[other])] += element(moments, start + other + 1) }
    }
    for k in 0..<missing {
      let i = place(pattern.missing[k])
      target[packedCount(i)] += element(products, k * width)
      for other in 0..<observed {
        target[packedIndex(i, place(pattern.observed[other]))] += element(products, k * width + other + 1)
      }
      for other in 0...k {
        target[packedIndex(i, place(pattern.missing[other]))] += element(conditional, packedCount(k) + other)
      }
    }
  }
}

import LatentKernels
import Testing

/// Densities and completed moments of several configurations at a time: each is what it is alone.
@Suite struct ConfigurationLaneTests {
  @Test(arguments: 0..<40) func eachConfigurationIsAsAlone(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let dimension = Int.random(in: 1...7, using: &random)
    let normals = (0..<Int.random(in: 1...19, using: &random)).map { _ in
      NormalExample(dimension: dimension, using: &random)
    }
    let isObserved = (0..<dimension).map { _ in Bool.random(using: &random) }
    let observed = (0..<Int32(dimension)).filter { isObserved[Int($0)] }
    let missing = (0..<Int32(dimension)).filter { !isObserved[Int($0)] }
    let block = GaussianBlock(dimension: observed.count, form: .full)
    let rows = normals.flatMap { $0.mean + $0.packed }
    let stride = dimension + packedCount(dimension)
    var densities = [Double](repeating: 0, count: normals.count * block.densityCount)
    var alone = densities
    var scratch = [Double](repeating: .nan, count: densityScratchCount(dimension: dimension))
    observed.withUnsafeBufferPointer { observed in
      let definiteness = prepareFullDensities(
        configurations: normals.count, means: rows, covariances: Array(rows[dimension...]), stride: stride,
        observed: observed, to: &densities, scratch: &scratch)
      #expect(definiteness == .positive)
      alone.withUnsafeMutableBufferPointer { alone in
        for (configuration, normal) in normals.enumerated() {
          let target = alone.baseAddress! + configuration * block.densityCount
          #expect(
            prepareFullDensity(mean: normal.mean, covariance: normal.packed, observed: observed, to: target)
              == .positive)
        }
      }
    }
    expectClose(densities, alone, relative: 1e-13, absolute: 1e-13, "\(normals.count) of \(observed)")
    let whole = packedCount(dimension + 1)
    let found = (0..<normals.count * block.momentCount).map { _ in Double.random(in: 1...2, using: &random) }
    let origin = (0..<dimension).map { _ in Double.random(in: -2...2, using: &random) }
    var together = [Double](repeating: 1, count: normals.count * whole)
    var each = together
    var workspace = [Double](repeating: .nan, count: completionScratchCount(dimension: dimension))
    observed.withUnsafeBufferPointer { observed in
      missing.withUnsafeBufferPointer { missing in
        let pattern = CoordinatePattern(observed: observed, missing: missing)
        completeMoments(
          configurations: normals.count, densities: densities, means: rows, covariances: Array(rows[dimension...]),
          stride: stride, pattern: pattern, origin: origin, observedMoments: found, addingTo: &together,
          momentStride: whole, scratch: &workspace)
        each.withUnsafeMutableBufferPointer { each in
          for (configuration, normal) in normals.enumerated() {
            completeMoments(
              configurations: 1, densities: Array(densities[(configuration * block.densityCount)...]),
              means: normal.mean, covariances: normal.packed, stride: 0, pattern: pattern, origin: origin,
              observedMoments: Array(found[(configuration * block.momentCount)...]),
              addingTo: each.baseAddress! + configuration * whole, momentStride: 0, scratch: &workspace)
          }
        }
      }
    }
    #expect(together == each)
  }

  @Test(arguments: 0..<10) func aMatrixWithoutAFactorIsFound(place: Int) {
    var covariances: [Double] = (0..<10).flatMap { _ in [1, 0.5, 1] }
    covariances[3 * place + 1] = 1
    var densities = [Double](repeating: 0, count: 60)
    var scratch = [Double](repeating: .nan, count: densityScratchCount(dimension: 2))
    [0, 1].withUnsafeBufferPointer {
      #expect(
        prepareFullDensities(
          configurations: 10, means: covariances, covariances: covariances, stride: 3, observed: $0, to: &densities,
          scratch: &scratch) == Definiteness.none)
    }
  }
}

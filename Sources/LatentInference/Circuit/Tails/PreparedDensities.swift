internal import LatentKernels
internal import LatentModels

/// The densities of all patterns of numbers under one set of parameters.
final class PreparedDensities {
  private let circuit: Circuit
  let gaussians: UnsafeMutablePointer<PreparedGaussian>
  let poissons: UnsafeMutablePointer<PreparedPoisson>
  let blocks: UnsafeMutablePointer<Double>
  /// What the kernels for blocks work in.
  let scratch: UnsafeMutablePointer<Double>

  init(_ circuit: Circuit) {
    self.circuit = circuit
    let patterns = circuit.patterns
    gaussians = .allocate(capacity: max(1, patterns.gaussianEnd))
    gaussians.initialize(repeating: PreparedGaussian(mean: 0, variance: 1), count: patterns.gaussianEnd)
    poissons = .allocate(capacity: max(1, patterns.poissonEnd))
    poissons.initialize(repeating: PreparedPoisson(rate: 1), count: patterns.poissonEnd)
    blocks = .allocate(zeros: patterns.blockEnd)
    var scratchCount = 0
    for evidence in circuit.tiles.lazy.flatMap(\.evidence) {
      for density in evidence.densities {
        if case .block(let block) = density.pattern.kind {
          scratchCount = max(scratchCount, block.scratchCount(cells: evidence.cells))
        }
      }
    }
    scratch = .allocate(zeros: scratchCount)
  }

  deinit {
    gaussians.deallocate()
    poissons.deallocate()
    for buffer in [blocks, scratch] { buffer.deallocate() }
  }

  /// Prepares the densities that tiles read.
  func prepare(_ parameters: [Double]) {
    guard !circuit.tiles.isEmpty else { return }
    parameters.withUnsafeBufferPointer { parameters in
      for pattern in circuit.patterns.patterns {
        for configuration in 0..<pattern.family.configurations {
          let row = parameters.baseAddress! + pattern.family.parameters(in: configuration).lowerBound
          prepare(pattern, configuration, row)
        }
      }
    }
  }

  private func prepare(_ pattern: NumberPatterns.Pattern, _ configuration: Int, _ row: UnsafePointer<Double>) {
    let dimension = pattern.family.children.count
    switch pattern.kind {
    case .gaussian:
      let number = pattern.observed[0]
      gaussians[pattern.densityStart + configuration] = PreparedGaussian(
        mean: row[number], variance: row[dimension + packedCount(number + 1) - 1])
    case .poisson:
      poissons[pattern.densityStart + configuration] = PreparedPoisson(rate: row[0])
    case .block(let block):
      let density = blocks + pattern.densityStart + configuration * block.densityCount
      pattern.observed.map { Int32($0) }.withUnsafeBufferPointer { observed in
        switch block.form {
        case .full:
          let definiteness = prepareFullDensity(
            mean: row, covariance: row + dimension, observed: observed, to: density)
          precondition(definiteness == .positive, "a covariance is positive definite")
        case .diagonal:
          let variances = (0..<dimension).map { row[dimension + packedCount($0 + 1) - 1] }
          prepareDiagonalDensity(
            mean: row, variances: variances, varianceStride: 1, observed: observed, to: density)
        }
      }
    }
  }
}

internal import LatentKernels
internal import LatentModels

/// The densities of the numbers of one program at a time: of many patterns, only those of one are in memory.
final class PreparedDensities {
  let gaussians: UnsafeMutablePointer<PreparedGaussian>
  let poissons: UnsafeMutablePointer<PreparedPoisson>
  let blocks: UnsafeMutablePointer<Double>
  /// What the kernels for blocks work in.
  let scratch: UnsafeMutablePointer<Double>

  init(_ circuit: Circuit) {
    let tiles = circuit.tiles + circuit.chainTiles.map(\.program)
    let ends = tiles.reduce(DensityEnds()) { $0.union($1.ends) }
    gaussians = .allocate(capacity: max(1, ends.gaussians))
    gaussians.initialize(repeating: PreparedGaussian(mean: 0, variance: 1), count: ends.gaussians)
    poissons = .allocate(capacity: max(1, ends.poissons))
    poissons.initialize(repeating: PreparedPoisson(rate: 1), count: ends.poissons)
    blocks = .allocate(zeros: ends.blocks)
    var scratchCount = 0
    for evidence in tiles.lazy.flatMap(\.evidence) {
      for density in evidence.densities {
        if case .block(let block) = density.pattern.kind {
          scratchCount = max(
            scratchCount, block.scratchCount(cells: evidence.cells), densityScratchCount(dimension: block.dimension))
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

  /// Prepares the densities that the tiles of a program read.
  func prepare(_ program: TileProgram, _ parameters: [Double]) {
    parameters.withUnsafeBufferPointer { parameters in
      for density in program.evidence.lazy.flatMap(\.densities) {
        let family = density.pattern.family
        if case .block(let block) = density.pattern.kind, block.form == .full {
          prepareJoint(density, parameters.baseAddress! + family.parameters(in: 0).lowerBound)
          continue
        }
        for configuration in 0..<family.configurations {
          prepare(density, configuration, parameters.baseAddress! + family.parameters(in: configuration).lowerBound)
        }
      }
    }
  }

  private func prepare(_ density: TileProgram.Density, _ configuration: Int, _ row: UnsafePointer<Double>) {
    let pattern = density.pattern
    let dimension = pattern.family.children.count
    switch pattern.kind {
    case .gaussian:
      let number = pattern.observed[0]
      gaussians[density.densityStart + configuration] = PreparedGaussian(
        mean: row[number], variance: row[dimension + packedCount(number + 1) - 1])
    case .poisson:
      poissons[density.densityStart + configuration] = PreparedPoisson(rate: row[0])
    case .block(let block):
      let target = blocks + density.densityStart + configuration * block.densityCount
      let variances = (0..<dimension).map { row[dimension + packedCount($0 + 1) - 1] }
      pattern.observed.map { Int32($0) }.withUnsafeBufferPointer { observed in
        prepareDiagonalDensity(mean: row, variances: variances, varianceStride: 1, observed: observed, to: target)
      }
    }
  }

  /// The densities of numbers that depend on each other, in all configurations.
  private func prepareJoint(_ density: TileProgram.Density, _ rows: UnsafePointer<Double>) {
    let pattern = density.pattern
    let dimension = pattern.family.children.count
    pattern.observed.map { Int32($0) }.withUnsafeBufferPointer { observed in
      let definiteness = prepareFullDensities(
        configurations: pattern.family.configurations, means: rows, covariances: rows + dimension,
        stride: pattern.law.parameterCount, observed: observed, to: blocks + density.densityStart, scratch: scratch)
      precondition(definiteness == .positive, "a covariance is positive definite")
    }
  }
}

internal import LatentKernels
internal import LatentModels

/// The densities of the numbers that rows observe, and the moments that these numbers add to.
extension TileProgram {
  /// Adds the log-densities of some rows, `cells` a row.
  func addLogDensities(
    _ evidence: Evidence, _ rows: Range<Int>, _ workspace: CircuitWorkspace, to logs: UnsafeMutablePointer<Double>
  ) {
    let prepared = workspace.densities
    for density in evidence.densities {
      let start = density.densityStart
      withIndex(density, evidence.cells, rows, workspace) { index, numbers in
        switch density.pattern.kind {
        case .gaussian:
          LatentKernels.addLogDensities(
            prepared.gaussians + start, index, numbers, stride: numberCount, rows: rows.count, to: logs)
        case .poisson:
          LatentKernels.addLogDensities(
            prepared.poissons + start, index, numbers, stride: numberCount, rows: rows.count, to: logs)
        case .block(let block):
          LatentKernels.addLogDensities(
            block, prepared.blocks + start, index, numbers, stride: numberCount, rows: rows.count, to: logs,
            scratch: prepared.scratch)
        }
      }
    }
  }

  /// Adds the moments of some rows.
  ///
  /// - mass: the posterior mass of each row's cells, `cells` a row.
  func addMoments(
    _ evidence: Evidence, _ rows: Range<Int>, mass: UnsafePointer<Double>, _ workspace: CircuitWorkspace
  ) {
    for density in evidence.densities {
      let moments = workspace.moments + density.momentStart
      withIndex(density, evidence.cells, rows, workspace) { index, numbers in
        switch density.pattern.kind {
        case .gaussian:
          LatentKernels.addMoments(
            mass, index, numbers, stride: numberCount, rows: rows.count, origin: density.origins[0], to: moments)
        case .poisson:
          addCountMoments(mass: mass, index, numbers, stride: numberCount, rows: rows.count, to: moments)
        case .block(let block):
          LatentKernels.addMoments(
            block, mass: mass, index, numbers, stride: numberCount, rows: rows.count, origin: density.origins,
            to: moments, scratch: workspace.densities.scratch)
        }
      }
    }
  }

  /// Which configurations some rows read, and their numbers.
  private func withIndex(
    _ density: Density, _ cells: Int, _ rows: Range<Int>, _ workspace: CircuitWorkspace,
    _ body: (DensityIndex, UnsafePointer<Double>) -> Void
  ) {
    if let slot = density.base {
      for (position, row) in rows.enumerated() { workspace.tileBases[position] = input(slot, row: row) }
    }
    density.configurations.withUnsafeBufferPointer { configurations in
      numbers.withUnsafeBufferPointer { numbers in
        let index = DensityIndex(
          configurations: configurations.baseAddress!,
          bases: density.base == nil ? nil : UnsafePointer(workspace.tileBases), cells: cells)
        body(index, numbers.baseAddress! + rows.lowerBound * numberCount + density.number)
      }
    }
  }
}

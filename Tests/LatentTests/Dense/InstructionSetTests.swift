import LatentKernels
import Testing

/// Which kernels a processor has, and that all of them say the same.
@Suite struct InstructionSetTests {
  @Test func theBaseIsAlwaysThere() {
    #expect(InstructionSet.available.first == .base)
    #expect(InstructionSet.available.contains(.best))
  }

  /// Densities, moments and exponentials of one tile with each set of instructions.
  @Test(arguments: [GaussianBlock.Form.full, .diagonal]) func pathsAgree(form: GaussianBlock.Form) {
    for seed in 0..<30 as Range<UInt64> {
      let results = InstructionSet.available.map { instructions in
        TileExample(form: form, hasBases: false, rows: 100, instructions: instructions, seed: seed).results()
      }
      for other in results.dropFirst() {
        expectClose(other.logs, results[0].logs, relative: 1e-12, absolute: 1e-12, "seed \(seed)")
        expectClose(other.moments, results[0].moments, relative: 1e-12, absolute: 1e-12, "seed \(seed)")
      }
    }
  }
}

extension TileExample {
  /// Log-densities, and the moments under the densities themselves as mass.
  fileprivate func results() -> (logs: [Double], moments: [Double]) {
    var logs = [Double](repeating: 0, count: rows * cells)
    var moments = [Double](repeating: 0, count: configurationCount * block.momentCount)
    let densities = densities()
    withIndex { index, scratch in
      addLogDensities(block, densities, index, numbers, stride: stride, rows: rows, to: &logs, scratch: scratch)
      var mass = logs
      let weights = [Double](repeating: 1, count: rows)
      _ = exponentiateRows(&mass, rows: rows, cells: cells, weights: weights, instructions: instructions)
      addMoments(
        block, mass: mass, index, numbers, stride: stride, rows: rows,
        origin: [Double](repeating: 0.5, count: observed.count), to: &moments, scratch: scratch)
    }
    return (logs, moments)
  }
}

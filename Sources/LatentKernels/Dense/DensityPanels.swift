internal import CLatentKernels

/// The densities of the cells of a tile as the kernels in C read them: groups of cells in lanes, element after element.
struct DensityPanels {
  private let kernels: latent_wide_kernels
  private let block: GaussianBlock
  private let cells: Int
  private let groups: Int

  /// The farthest that a mean may be from the middle of all, in the units of its own distribution. The kernel computes
  /// factor · (x − middle) − factor · (mean − middle): this loses as many digits as that distance has.
  private static let farthest = 0x1p10

  /// Nil where the kernels in Swift are used.
  init?(_ block: GaussianBlock, cells: Int) {
    guard let kernels = block.instructions.filled(byCells: cells).wideKernels else { return nil }
    self.kernels = kernels
    self.block = block
    self.cells = cells
    groups = (cells + kernels.lanes - 1) / kernels.lanes
  }

  /// The doubles of a group.
  private var panelCount: Int {
    let elements = block.form == .full ? 1 + block.dimension + packedCount(block.dimension) : 1 + 2 * block.dimension
    return elements * kernels.lanes
  }

  /// Panels, the middle, and eight rows.
  var scratchCount: Int { groups * panelCount + 9 * block.dimension + 8 }

  /// Adds the log-densities of rows that share the configuration of each cell; false, with nothing done, where a
  /// distribution is too far from the others.
  func addLogDensities(
    _ densities: UnsafePointer<Double>, _ configurations: CellConfigurations, _ numbers: UnsafePointer<Double>,
    stride: Int, rows: Int, to logs: UnsafeMutablePointer<Double>, scratch: UnsafeMutablePointer<Double>
  ) -> Bool {
    let middle = scratch
    // Registers are loaded faster from whole cache lines.
    let panels = aligned(middle + block.dimension)
    let chunk = panels + groups * panelCount
    if block.form == .full {
      findMiddle(densities, configurations, middle)
      guard fillFull(panels, densities, configurations, middle) else { return false }
      kernels.add_full_densities(block.dimension, cells, panels, middle, numbers, stride, rows, logs, chunk)
    } else {
      fillDiagonal(panels, densities, configurations)
      kernels.add_diagonal_densities(block.dimension, cells, panels, numbers, stride, rows, logs)
    }
    return true
  }

  /// The mean of the means.
  private func findMiddle(
    _ densities: UnsafePointer<Double>, _ configurations: CellConfigurations, _ middle: UnsafeMutablePointer<Double>
  ) {
    middle.update(repeating: 0, count: block.dimension)
    let share = 1 / Double(cells)
    for cell in 0..<cells {
      let mean = densities + configurations[cell] * block.densityCount + 1
      for j in 0..<block.dimension { middle[j] += share * mean[j] }
    }
  }

  private func fillFull(
    _ panels: UnsafeMutablePointer<Double>, _ densities: UnsafePointer<Double>, _ configurations: CellConfigurations,
    _ middle: UnsafePointer<Double>
  ) -> Bool {
    var isNear = true
    forEachLane { cell, position in
      let density = densities + configurations[cell] * block.densityCount
      var element = density + 1 + block.dimension
      var out = panels + position
      out.pointee = density[0]
      for i in 0..<block.dimension {
        out += kernels.lanes
        let shift = out
        var sum = 0.0
        for j in 0...i {
          out += kernels.lanes
          out.pointee = element.pointee
          sum += element.pointee * (density[1 + j] - middle[j])
          element += 1
        }
        shift.pointee = -sum
        isNear = isNear && sum.magnitude <= Self.farthest
      }
    }
    return isNear
  }

  private func fillDiagonal(
    _ panels: UnsafeMutablePointer<Double>, _ densities: UnsafePointer<Double>, _ configurations: CellConfigurations
  ) {
    forEachLane { cell, position in
      let density = densities + configurations[cell] * block.densityCount
      var out = panels + position
      out.pointee = density[0]
      for j in 0..<block.dimension {
        out[kernels.lanes] = density[1 + j]
        out[2 * kernels.lanes] = density[1 + block.dimension + j]
        out += 2 * kernels.lanes
      }
    }
  }

  /// Hands over the cell of each lane, and where the lane begins in the panels; lanes without a cell repeat the last.
  @inline(__always)
  private func forEachLane(_ body: (Int, Int) -> Void) {
    for lane in 0..<groups * kernels.lanes {
      body(min(lane, cells - 1), lane / kernels.lanes * panelCount + lane % kernels.lanes)
    }
  }

  private func aligned(_ address: UnsafeMutablePointer<Double>) -> UnsafeMutablePointer<Double> {
    UnsafeMutableRawPointer(address).alignedUp(toMultipleOf: 64).assumingMemoryBound(to: Double.self)
  }
}

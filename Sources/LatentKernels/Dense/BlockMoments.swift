internal import CLatentKernels

/// Adds mass · [1; x − o][1; x − o]ᵀ, or its diagonal, to the moments of each row's and cell's configuration.
///
/// - mass: the posterior mass of cell c of row r at `mass[r · cells + c]`, the weight of the row included.
/// - numbers: the observed coordinates of row r, side by side, at `numbers + r · stride`.
/// - rows: at most `GaussianBlock.rows`.
/// - origin: o of each observed coordinate.
/// - moments: as `GaussianBlock` lays them out.
/// - scratch: `GaussianBlock.scratchCount` doubles.
public func addMoments(
  _ block: GaussianBlock, mass: UnsafePointer<Double>, _ index: DensityIndex, _ numbers: UnsafePointer<Double>,
  stride: Int, rows: Int, origin: UnsafePointer<Double>, to moments: UnsafeMutablePointer<Double>,
  scratch: UnsafeMutablePointer<Double>
) {
  precondition(rows <= GaussianBlock.rows)
  let tile = MomentTile(block, cells: index.cells)
  index.forEachRun(of: rows) { run, configurations in
    tile.addMoments(
      mass + run.lowerBound &* index.cells, configurations, numbers + run.lowerBound &* stride, stride: stride,
      rows: run.count, origin: origin, to: moments, scratch: scratch)
  }
}

/// The moments of rows that share the configuration of each cell.
///
/// The moments of a configuration are a sum over rows of its mass times *features*, which are the same for all cells: the
/// products of the row's coordinates. So they are a product of two matrices, features × rows and rows × cells, which is
/// computed in blocks of four features by four cells for some rows at a time.
struct MomentTile {
  private let block: GaussianBlock
  private let cells: Int
  private let features: BlockFeatures
  /// Cells rounded up to whole blocks.
  private let paddedCells: Int
  /// Where wider registers are used.
  private let kernels: latent_wide_kernels?

  /// The fewest rows for which blocks pay.
  private static let fewest = 3

  init(_ block: GaussianBlock, cells: Int) {
    self.block = block
    self.cells = cells
    kernels = block.instructions.filled(byCells: cells).wideKernels
    features = BlockFeatures(block, group: kernels?.features ?? 4)
    let group = kernels?.lanes ?? 4
    paddedCells = (cells + group - 1) / group * group
  }

  /// The table, the centered rows, copies of the mass, and the sums.
  var scratchCount: Int {
    features.tableCount + features.centeredCount + features.rows * paddedCells + features.stride * paddedCells
  }

  func addMoments(
    _ mass: UnsafePointer<Double>, _ configurations: CellConfigurations, _ numbers: UnsafePointer<Double>, stride: Int,
    rows: Int, origin: UnsafePointer<Double>, to moments: UnsafeMutablePointer<Double>,
    scratch: UnsafeMutablePointer<Double>
  ) {
    let (table, centered) = (scratch, scratch + features.tableCount)
    let copies = centered + features.centeredCount
    let sums = copies + features.rows * paddedCells
    features.prepare(table, centered, rows: min(rows, features.rows))
    if rows >= Self.fewest { sums.update(repeating: 0, count: features.stride * paddedCells) }
    var start = 0
    while start < rows {
      let count = min(rows &- start, features.rows)
      features.fill(table, centered, numbers + start &* stride, stride: stride, rows: count, origin: origin)
      if rows >= Self.fewest {
        let (part, width) = padded(mass + start &* cells, rows: count, copies)
        addProducts(part, width, UnsafePointer(table), rows: count, to: sums)
      } else {
        for row in 0..<count {
          add(mass + (start &+ row) &* cells, configurations, table + row &* features.stride, to: moments)
        }
      }
      start &+= count
    }
    if rows >= Self.fewest { add(sums, configurations, to: moments) }
  }

  /// The mass of rows in whole blocks of cells, and the distance of rows: a copy where it has to be filled up.
  private func padded(
    _ mass: UnsafePointer<Double>, rows: Int, _ copies: UnsafeMutablePointer<Double>
  ) -> (UnsafePointer<Double>, Int) {
    guard paddedCells != cells else { return (mass, cells) }
    for row in 0..<rows {
      for cell in 0..<paddedCells {
        copies[row &* paddedCells &+ cell] = cell < cells ? mass[row &* cells &+ cell] : 0
      }
    }
    return (UnsafePointer(copies), paddedCells)
  }

  /// sums[f · cells + c] += Σ_r features[r, f] · mass[r, c].
  private func addProducts(
    _ mass: UnsafePointer<Double>, _ massStride: Int, _ table: UnsafePointer<Double>, rows: Int,
    to sums: UnsafeMutablePointer<Double>
  ) {
    if let kernels { return kernels.add_products(features.stride, paddedCells, rows, table, mass, massStride, sums) }
    var cell = 0
    while cell < paddedCells {
      let isWide = paddedCells &- cell >= 8
      var feature = 0
      while feature < features.stride {
        let out = sums + (feature &* paddedCells &+ cell)
        if isWide {
          addEight(mass + cell, massStride, table + feature, rows: rows, to: out)
          feature &+= 2
        } else {
          addFour(mass + cell, massStride, table + feature, rows: rows, to: out)
          feature &+= 4
        }
      }
      cell &+= isWide ? 8 : 4
    }
  }

  /// Two features by eight cells.
  @inline(__always)
  private func addEight(
    _ mass: UnsafePointer<Double>, _ massStride: Int, _ table: UnsafePointer<Double>, rows: Int,
    to out: UnsafeMutablePointer<Double>
  ) {
    var (first, second) = (SIMD8(at: out), SIMD8(at: out + paddedCells))
    var (mass, factors) = (mass, table)
    for _ in 0..<rows {
      let lanes = SIMD8(at: mass)
      first += lanes * factors[0]
      second += lanes * factors[1]
      factors += features.stride
      mass += massStride
    }
    first.store(at: out)
    second.store(at: out + paddedCells)
  }

  /// Four features by four cells.
  @inline(__always)
  private func addFour(
    _ mass: UnsafePointer<Double>, _ massStride: Int, _ table: UnsafePointer<Double>, rows: Int,
    to out: UnsafeMutablePointer<Double>
  ) {
    var (first, second) = (SIMD4(at: out), SIMD4(at: out + paddedCells))
    var (third, fourth) = (SIMD4(at: out + 2 &* paddedCells), SIMD4(at: out + 3 &* paddedCells))
    var (mass, factors) = (mass, table)
    for _ in 0..<rows {
      let lanes = SIMD4(at: mass)
      first += lanes * factors[0]
      second += lanes * factors[1]
      third += lanes * factors[2]
      fourth += lanes * factors[3]
      factors += features.stride
      mass += massStride
    }
    first.store(at: out)
    second.store(at: out + paddedCells)
    third.store(at: out + 2 &* paddedCells)
    fourth.store(at: out + 3 &* paddedCells)
  }

  /// Adds the sums of all rows to the configurations of the cells.
  private func add(
    _ sums: UnsafePointer<Double>, _ configurations: CellConfigurations, to moments: UnsafeMutablePointer<Double>
  ) {
    for cell in 0..<cells {
      let target = moments + configurations[cell] &* block.momentCount
      features.forEachMoment { moment, feature in target[moment] += sums[feature &* paddedCells &+ cell] }
    }
  }

  /// Adds a single row.
  private func add(
    _ mass: UnsafePointer<Double>, _ configurations: CellConfigurations, _ factors: UnsafePointer<Double>,
    to moments: UnsafeMutablePointer<Double>
  ) {
    for cell in 0..<cells {
      let target = moments + configurations[cell] &* block.momentCount
      let part = mass[cell]
      features.forEachMoment { moment, feature in target[moment] += part * factors[feature] }
    }
  }
}

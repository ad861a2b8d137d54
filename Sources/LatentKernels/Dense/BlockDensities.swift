/// logs[r · cells + c] += log N(x_r; configuration of r and c), for vectors x_r.
///
/// Rows that have the same base one after the other are taken together, sixteen at a time; others one by one.
///
/// - densities: as `GaussianBlock` lays them out, prepared by `prepareFullDensity` or `prepareDiagonalDensity`.
/// - numbers: the observed coordinates of row r, side by side, at `numbers + r · stride`.
/// - rows: at most `GaussianBlock.rows`.
/// - scratch: `GaussianBlock.scratchCount` doubles.
public func addLogDensities(
  _ block: GaussianBlock, _ densities: UnsafePointer<Double>, _ index: DensityIndex, _ numbers: UnsafePointer<Double>,
  stride: Int, rows: Int, to logs: UnsafeMutablePointer<Double>, scratch: UnsafeMutablePointer<Double>
) {
  precondition(rows <= GaussianBlock.rows)
  let tile = DensityTile(
    block: block, densities: densities, cells: index.cells, stride: stride, scratch: scratch,
    panels: DensityPanels(block, cells: index.cells))
  index.forEachRun(of: rows) { run, configurations in
    tile.addLogDensities(
      configurations, numbers + run.lowerBound &* stride, rows: run.count, to: logs + run.lowerBound &* index.cells)
  }
}

/// The densities of rows that share the configuration of each cell.
struct DensityTile {
  let block: GaussianBlock
  let densities: UnsafePointer<Double>
  let cells: Int
  let stride: Int
  /// Numbers of sixteen rows, coordinate after coordinate; then the same less a mean; then what sixteen rows add.
  let scratch: UnsafeMutablePointer<Double>
  /// Where wider registers are used.
  let panels: DensityPanels?

  /// Rows side by side.
  private typealias Lanes = SIMD16<Double>
  private static let lanes = 16
  /// The fewest rows for which lanes pay.
  private static let fewest = 4
  /// The fewest rows for which panels pay.
  private static let fewestOfPanels = 16

  static func scratchCount(_ block: GaussianBlock, cells: Int) -> Int {
    max(lanes * (2 * block.dimension + 1), DensityPanels(block, cells: cells)?.scratchCount ?? 0)
  }

  func addLogDensities(
    _ configurations: CellConfigurations, _ numbers: UnsafePointer<Double>, rows: Int,
    to logs: UnsafeMutablePointer<Double>
  ) {
    if rows >= Self.fewestOfPanels, let panels,
      panels.addLogDensities(
        densities, configurations, numbers, stride: stride, rows: rows, to: logs, scratch: scratch)
    {
      return
    }
    var row = 0
    while rows &- row >= Self.fewest {
      let count = min(rows &- row, Self.lanes)
      fillLanes(numbers + row &* stride, rows: count)
      addLanes(configurations, rows: count, to: logs + row &* cells)
      row &+= count
    }
    while row < rows {
      addRow(configurations, numbers + row &* stride, to: logs + row &* cells)
      row &+= 1
    }
  }

  /// Copies rows into lanes; lanes without a row repeat the last.
  private func fillLanes(_ numbers: UnsafePointer<Double>, rows: Int) {
    for lane in 0..<Self.lanes {
      let row = numbers + min(lane, rows &- 1) &* stride
      for j in 0..<block.dimension { scratch[j &* Self.lanes &+ lane] = row[j] }
    }
  }

  private func addLanes(_ configurations: CellConfigurations, rows: Int, to logs: UnsafeMutablePointer<Double>) {
    let parts = scratch + 2 &* Self.lanes &* block.dimension
    for cell in 0..<cells {
      let density = densities + configurations[cell] &* block.densityCount
      let squares = block.form == .full ? fullSquares(density) : diagonalSquares(density)
      (density[0] - squares).store(at: parts)
      var out = logs + cell
      for lane in 0..<rows {
        out.pointee += parts[lane]
        out += cells
      }
    }
  }

  /// |factor · (x − mean)|² in each lane.
  @inline(__always)
  private func fullSquares(_ density: UnsafePointer<Double>) -> Lanes {
    let differences = scratch + Self.lanes &* block.dimension
    for j in 0..<block.dimension {
      (Lanes(at: scratch + j &* Self.lanes) - density[1 &+ j]).store(at: differences + j &* Self.lanes)
    }
    var squares = Lanes(repeating: 0)
    var element = density + 1 + block.dimension
    for i in 0..<block.dimension {
      var sum = Lanes(repeating: 0)
      var difference = UnsafePointer(differences)
      for _ in 0...i {
        sum += Lanes(at: difference) * element.pointee
        difference += Self.lanes
        element += 1
      }
      squares += sum * sum
    }
    return squares
  }

  /// Σ (x − mean)² / 2σ² in each lane.
  @inline(__always)
  private func diagonalSquares(_ density: UnsafePointer<Double>) -> Lanes {
    var squares = Lanes(repeating: 0)
    for j in 0..<block.dimension {
      let difference = Lanes(at: scratch + j &* Self.lanes) - density[1 &+ j]
      squares += difference * difference * density[1 &+ block.dimension &+ j]
    }
    return squares
  }

  /// One row by itself.
  private func addRow(
    _ configurations: CellConfigurations, _ numbers: UnsafePointer<Double>, to logs: UnsafeMutablePointer<Double>
  ) {
    for cell in 0..<cells {
      let density = densities + configurations[cell] &* block.densityCount
      var element = density + 1 + block.dimension
      var squares = 0.0
      for i in 0..<block.dimension {
        scratch[i] = numbers[i] - density[1 &+ i]
        if block.form == .full {
          let part = dotProduct(element, scratch, count: i &+ 1)
          squares += part * part
          element += i &+ 1
        } else {
          squares += scratch[i] * scratch[i] * element[i]
        }
      }
      logs[cell] += density[0] - squares
    }
  }
}

/// The configuration of each cell in rows of the same base.
struct CellConfigurations {
  let configurations: UnsafePointer<Int32>
  let base: Int

  @inline(__always)
  subscript(cell: Int) -> Int { Int(configurations[cell]) &+ base }
}

extension DensityIndex {
  /// Hands over the stretches of rows that have the same base.
  @inline(__always)
  func forEachRun(of rows: Int, _ body: (Range<Int>, CellConfigurations) -> Void) {
    guard let bases else { return body(0..<rows, CellConfigurations(configurations: configurations, base: 0)) }
    var start = 0
    while start < rows {
      var end = start &+ 1
      while end < rows, bases[end] == bases[start] { end &+= 1 }
      body(start..<end, CellConfigurations(configurations: configurations, base: Int(bases[start])))
      start = end
    }
  }
}

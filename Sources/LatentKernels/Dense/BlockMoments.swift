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
  /// The distinct moments: of form diagonal, N is there once.
  private let features: Int
  /// Features and cells rounded up to whole blocks.
  private let paddedFeatures: Int
  private let paddedCells: Int
  /// How many rows are taken at a time, so that their features stay near.
  private let rowsAtOnce: Int

  private typealias Lanes = SIMD4<Double>
  private static let lanes = 4
  /// The fewest rows for which blocks pay.
  private static let fewest = 3

  init(_ block: GaussianBlock, cells: Int) {
    self.block = block
    self.cells = cells
    features = block.form == .full ? block.momentCount : 1 + 2 * block.dimension
    paddedFeatures = Self.rounded(features)
    paddedCells = Self.rounded(cells)
    rowsAtOnce = max(8, min(64, 8192 / paddedFeatures))
  }

  private static func rounded(_ count: Int) -> Int { (count + lanes - 1) / lanes * lanes }

  var scratchCount: Int {
    block.dimension + 2 * Self.lanes + (rowsAtOnce + 1) * (paddedFeatures + paddedCells) + paddedFeatures * paddedCells
  }

  func addMoments(
    _ mass: UnsafePointer<Double>, _ configurations: CellConfigurations, _ numbers: UnsafePointer<Double>, stride: Int,
    rows: Int, origin: UnsafePointer<Double>, to moments: UnsafeMutablePointer<Double>,
    scratch: UnsafeMutablePointer<Double>
  ) {
    let (row, table) = (scratch, scratch + block.dimension + 2 * Self.lanes)
    let copies = table + (rowsAtOnce + 1) * paddedFeatures
    let sums = copies + (rowsAtOnce + 1) * paddedCells
    if rows >= Self.fewest { sums.update(repeating: 0, count: paddedFeatures * paddedCells) }
    var start = 0
    while start < rows {
      let count = min(rows &- start, rowsAtOnce)
      for position in 0..<count {
        fillFeatures(
          numbers + (start &+ position) &* stride, origin, row, to: table + position &* paddedFeatures)
      }
      if rows >= Self.fewest {
        let (part, width) = padded(mass + start &* cells, rows: count, copies)
        addProducts(part, width, UnsafePointer(table), rows: count, to: sums)
      } else {
        for position in 0..<count {
          add(mass + (start &+ position) &* cells, configurations, table + position &* paddedFeatures, to: moments)
        }
      }
      start &+= count
    }
    if rows >= Self.fewest { add(sums, configurations, to: moments) }
  }

  /// The features of a row, and zeros up to a whole block.
  @inline(__always)
  private func fillFeatures(
    _ numbers: UnsafePointer<Double>, _ origin: UnsafePointer<Double>, _ row: UnsafeMutablePointer<Double>,
    to features: UnsafeMutablePointer<Double>
  ) {
    row[0] = 1
    for j in 0..<block.dimension { row[1 &+ j] = numbers[j] - origin[j] }
    for j in 0..<Self.lanes { row[1 &+ block.dimension &+ j] = 0 }
    var out = features
    if block.form == .full {
      // What a vector writes behind the end of its products, the next one overwrites.
      for i in 0...block.dimension {
        for j in Swift.stride(from: 0, through: i, by: Self.lanes) {
          (Lanes(at: row + j) * row[i]).store(at: out + j)
        }
        out += i &+ 1
      }
    } else {
      out.pointee = 1
      for j in 1..<1 &+ block.dimension {
        out[2 &* j &- 1] = row[j]
        out[2 &* j] = row[j] * row[j]
      }
      out += 1 &+ 2 &* block.dimension
      Lanes(repeating: 0).store(at: out)
    }
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
    var cell = 0
    while cell < paddedCells {
      let isWide = paddedCells &- cell >= 8
      var feature = 0
      while feature < paddedFeatures {
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
    _ mass: UnsafePointer<Double>, _ massStride: Int, _ features: UnsafePointer<Double>, rows: Int,
    to out: UnsafeMutablePointer<Double>
  ) {
    var (first, second) = (SIMD8(at: out), SIMD8(at: out + paddedCells))
    var (mass, features) = (mass, features)
    for _ in 0..<rows {
      let lanes = SIMD8(at: mass)
      first += lanes * features[0]
      second += lanes * features[1]
      features += paddedFeatures
      mass += massStride
    }
    first.store(at: out)
    second.store(at: out + paddedCells)
  }

  /// Four features by four cells.
  @inline(__always)
  private func addFour(
    _ mass: UnsafePointer<Double>, _ massStride: Int, _ features: UnsafePointer<Double>, rows: Int,
    to out: UnsafeMutablePointer<Double>
  ) {
    var (first, second) = (SIMD4(at: out), SIMD4(at: out + paddedCells))
    var (third, fourth) = (SIMD4(at: out + 2 &* paddedCells), SIMD4(at: out + 3 &* paddedCells))
    var (mass, features) = (mass, features)
    for _ in 0..<rows {
      let lanes = SIMD4(at: mass)
      first += lanes * features[0]
      second += lanes * features[1]
      third += lanes * features[2]
      fourth += lanes * features[3]
      features += paddedFeatures
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
      forEachMoment { moment, feature in target[moment] += sums[feature &* paddedCells &+ cell] }
    }
  }

  /// Adds a single row.
  private func add(
    _ mass: UnsafePointer<Double>, _ configurations: CellConfigurations, _ features: UnsafePointer<Double>,
    to moments: UnsafeMutablePointer<Double>
  ) {
    for cell in 0..<cells {
      let target = moments + configurations[cell] &* block.momentCount
      let part = mass[cell]
      forEachMoment { moment, feature in target[moment] += part * features[feature] }
    }
  }

  /// Hands over each moment with its feature.
  @inline(__always)
  private func forEachMoment(_ body: (Int, Int) -> Void) {
    if block.form == .full {
      for feature in 0..<features { body(feature, feature) }
    } else {
      for j in 0..<block.dimension {
        body(3 &* j, 0)
        body(3 &* j &+ 1, 2 &* j &+ 1)
        body(3 &* j &+ 2, 2 &* j &+ 2)
      }
    }
  }
}

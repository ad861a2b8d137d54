/// What rows add to the moments of each configuration, but for the mass: the products of their coordinates.
///
/// Of form full these are the moments of a single row; of form diagonal 1, x₁, x₁², x₂, x₂², ….
struct BlockFeatures {
  private let block: GaussianBlock
  /// The number of features.
  let count: Int
  /// The distance of rows in the table: the number of features, rounded up.
  let stride: Int
  /// The most rows that are taken at a time, so that their features stay near.
  let rows: Int

  private typealias Lanes = SIMD4<Double>
  private static let lanes = 4

  /// - group: the features of a row are rounded up to a multiple of it.
  init(_ block: GaussianBlock, group: Int) {
    self.block = block
    count = block.form == .full ? block.momentCount : 1 + 2 * block.dimension
    stride = (count + group - 1) / group * group
    rows = max(8, min(64, 8192 / stride))
  }

  /// The doubles of the table; what vectors write behind the last row included.
  var tableCount: Int { rows * stride + Self.lanes }
  /// The doubles of the rows less their origin: 1, the coordinates, and a vector of zeros.
  var centeredCount: Int { rows * centeredStride }
  private var centeredStride: Int { 1 + block.dimension + Self.lanes }

  /// Fills what is the same for all rows. The features with which rows are filled up need numbers, too.
  func prepare(_ table: UnsafeMutablePointer<Double>, _ centered: UnsafeMutablePointer<Double>, rows: Int) {
    for row in 0..<rows {
      (table + (row &* stride &+ count)).update(repeating: 0, count: stride &- count)
      let start = centered + row &* centeredStride
      start[0] = 1
      Lanes(repeating: 0).store(at: start + 1 + block.dimension)
    }
  }

  /// The features of some rows.
  func fill(
    _ table: UnsafeMutablePointer<Double>, _ centered: UnsafeMutablePointer<Double>, _ numbers: UnsafePointer<Double>,
    stride numberStride: Int, rows: Int, origin: UnsafePointer<Double>
  ) {
    for row in 0..<rows {
      let (from, to) = (numbers + row &* numberStride, centered + (row &* centeredStride &+ 1))
      for j in 0..<block.dimension { to[j] = from[j] - origin[j] }
    }
    for row in 0..<rows {
      let (from, to) = (centered + row &* centeredStride, table + row &* stride)
      if block.form == .full { fillProducts(from, to) } else { fillSquares(from, to) }
    }
  }

  /// What a vector writes behind the end of its products, the next one overwrites.
  @inline(__always)
  private func fillProducts(_ row: UnsafePointer<Double>, _ products: UnsafeMutablePointer<Double>) {
    var out = products
    var i = 0
    while i <= block.dimension {
      let factor = Lanes(repeating: row[i])
      var j = 0
      while j <= i {
        (Lanes(at: row + j) * factor).store(at: out + j)
        j &+= Self.lanes
      }
      i &+= 1
      out += i
    }
  }

  @inline(__always)
  private func fillSquares(_ row: UnsafePointer<Double>, _ squares: UnsafeMutablePointer<Double>) {
    squares[0] = 1
    var j = 1
    while j <= block.dimension {
      squares[2 &* j &- 1] = row[j]
      squares[2 &* j] = row[j] * row[j]
      j &+= 1
    }
  }

  /// Hands over each moment with its feature.
  @inline(__always)
  func forEachMoment(_ body: (Int, Int) -> Void) {
    if block.form == .full {
      for feature in 0..<count { body(feature, feature) }
    } else {
      for j in 0..<block.dimension {
        body(3 &* j, 0)
        body(3 &* j &+ 1, 2 &* j &+ 1)
        body(3 &* j &+ 2, 2 &* j &+ 2)
      }
    }
  }
}

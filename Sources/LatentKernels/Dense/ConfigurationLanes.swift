/// The same element of the matrices of eight configurations. A matrix in lanes is such elements end to end.
typealias ConfigurationLanes = SIMD8<Double>

/// An element of a matrix in lanes.
@inline(__always)
func at(_ matrix: UnsafePointer<Double>, _ index: Int) -> ConfigurationLanes {
  ConfigurationLanes(at: matrix + index &* ConfigurationLanes.scalarCount)
}

/// Replaces an element of a matrix in lanes.
@inline(__always)
func store(_ values: ConfigurationLanes, _ matrix: UnsafeMutablePointer<Double>, _ index: Int) {
  values.store(at: matrix + index &* ConfigurationLanes.scalarCount)
}

/// Copies numbers of up to eight configurations into lanes; lanes without one repeat the last.
///
/// - numbers: those of configuration k at k · stride.
/// - count: how many numbers each configuration has.
func gather(
  _ numbers: UnsafePointer<Double>, stride: Int, _ configurations: Range<Int>, count: Int,
  to lanes: UnsafeMutablePointer<Double>
) {
  for lane in 0..<ConfigurationLanes.scalarCount {
    let from = numbers + min(configurations.lowerBound + lane, configurations.upperBound - 1) * stride
    var out = lanes + lane
    for index in 0..<count {
      out.pointee = from[index]
      out += ConfigurationLanes.scalarCount
    }
  }
}

/// Copies some rows and columns, ascending, of packed symmetric matrices into lanes, packed.
func gatherSymmetric(
  _ matrices: UnsafePointer<Double>, stride: Int, _ configurations: Range<Int>, rows: UnsafeBufferPointer<Int32>,
  to lanes: UnsafeMutablePointer<Double>
) {
  for lane in 0..<ConfigurationLanes.scalarCount {
    let matrix = matrices + min(configurations.lowerBound + lane, configurations.upperBound - 1) * stride
    var out = lanes + lane
    for position in 0..<rows.count {
      let row = matrix + packedCount(Int(rows[position]))
      for j in 0...position {
        out.pointee = row[Int(rows[j])]
        out += ConfigurationLanes.scalarCount
      }
    }
  }
}

/// Copies some rows, and other columns, of packed symmetric matrices into lanes, row after row.
func gatherRectangle(
  _ matrices: UnsafePointer<Double>, stride: Int, _ configurations: Range<Int>, rows: UnsafeBufferPointer<Int32>,
  columns: UnsafeBufferPointer<Int32>, to lanes: UnsafeMutablePointer<Double>
) {
  for lane in 0..<ConfigurationLanes.scalarCount {
    let matrix = matrices + min(configurations.lowerBound + lane, configurations.upperBound - 1) * stride
    var out = lanes + lane
    for i in rows {
      for j in columns {
        out.pointee = matrix[packedIndex(Int(i), Int(j))]
        out += ConfigurationLanes.scalarCount
      }
    }
  }
}

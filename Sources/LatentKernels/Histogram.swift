/// The summed weights of the items in each of some cells; an item in a negative cell is left out. All cells are below
/// `cellCount`.
///
/// Items that follow one another are often in the same cell, and each addition would wait for the one before: two tables
/// take turns.
public func histogram(of cells: [Int32], weights: [Double], cellCount: Int) -> [Double] {
  precondition(cells.count == weights.count)
  var even = [Double](repeating: 0, count: cellCount + 1)
  var odd = even
  even.withUnsafeMutableBufferPointer { even in
    odd.withUnsafeMutableBufferPointer { odd in
      cells.withUnsafeBufferPointer { cells in
        weights.withUnsafeBufferPointer { weights in
          var item = 0
          while item &+ 1 < cells.count {
            let (a, b) = (Int(cells[item]), Int(cells[item &+ 1]))
            even[a < 0 ? cellCount : a] += weights[item]
            odd[b < 0 ? cellCount : b] += weights[item &+ 1]
            item &+= 2
          }
          if item < cells.count { even[cells[item] < 0 ? cellCount : Int(cells[item])] += weights[item] }
        }
      }
      for cell in 0..<cellCount { even[cell] += odd[cell] }
    }
  }
  even.removeLast()
  return even
}

/// The number of items in each of some cells; an item in a negative cell is left out. All cells are below `cellCount`.
///
/// What `histogram(of:weights:cellCount:)` gives for weights of 1, to the last bit: sums of ones are exact. Four tables
/// take turns.
public func histogram(of cells: [Int32], cellCount: Int) -> [Double] {
  precondition(cells.count <= Int32.max)
  let width = cellCount + 1
  var counts = [Int32](repeating: 0, count: 4 * width)
  counts.withUnsafeMutableBufferPointer { counts in
    cells.withUnsafeBufferPointer { cells in
      var item = 0
      while item &+ 3 < cells.count {
        let (a, b) = (Int(cells[item]), Int(cells[item &+ 1]))
        let (c, d) = (Int(cells[item &+ 2]), Int(cells[item &+ 3]))
        counts[a < 0 ? cellCount : a] &+= 1
        counts[width &+ (b < 0 ? cellCount : b)] &+= 1
        counts[2 &* width &+ (c < 0 ? cellCount : c)] &+= 1
        counts[3 &* width &+ (d < 0 ? cellCount : d)] &+= 1
        item &+= 4
      }
      while item < cells.count {
        counts[cells[item] < 0 ? cellCount : Int(cells[item])] &+= 1
        item &+= 1
      }
    }
  }
  return (0..<cellCount).map { cell in
    Double(counts[cell] &+ counts[width + cell] &+ counts[2 * width + cell] &+ counts[3 * width + cell])
  }
}

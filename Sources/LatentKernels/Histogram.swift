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

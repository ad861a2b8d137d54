/// Copies the values at some positions, one after the other.
public func copy(
  _ values: UnsafePointer<Double>, at positions: UnsafeBufferPointer<Int32>, to copies: UnsafeMutablePointer<Double>
) {
  var copy = copies
  for position in positions {
    copy.pointee = values[Int(position)]
    copy += 1
  }
}

/// Adds each copy to the value at its position.
public func addCopies(
  _ copies: UnsafePointer<Double>, of positions: UnsafeBufferPointer<Int32>, to values: UnsafeMutablePointer<Double>
) {
  var copy = copies
  for position in positions {
    values[Int(position)] += copy.pointee
    copy += 1
  }
}

/// target[j] += source[Σ_a strides[a] · j_a] for every joint state j of axes with these cardinalities, the last axis
/// fastest.
///
/// - strides: how far a step along each axis moves in `source`; 0 along axes that it does not have.
/// - target: Π cardinalities numbers.
public func addBroadcast(
  _ source: UnsafeBufferPointer<Double>, strides: [Int], cardinalities: [Int],
  to target: UnsafeMutableBufferPointer<Double>
) {
  guard let innerStride = strides.last, let innerCount = cardinalities.last else {
    target[0] += source[0]
    return
  }
  let outer = cardinalities.count - 1
  var states = [Int](repeating: 0, count: outer)
  var offset = 0
  var start = 0
  while start < target.count {
    var position = offset
    for index in start..<start + innerCount {
      target[index] += source[position]
      position += innerStride
    }
    start += innerCount
    var axis = outer - 1
    while axis >= 0 {
      states[axis] += 1
      offset += strides[axis]
      if states[axis] < cardinalities[axis] { break }
      offset -= strides[axis] * cardinalities[axis]
      states[axis] = 0
      axis -= 1
    }
  }
}

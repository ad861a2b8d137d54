/// Replaces each row of `width` cells of `probabilities` by the same row of `counts` divided by its sum. A row whose sum
/// is 0 is left as it was.
public func normalizeRows(
  _ counts: UnsafeBufferPointer<Double>, into probabilities: UnsafeMutableBufferPointer<Double>, width: Int
) {
  precondition(counts.count == probabilities.count)
  guard let from = counts.baseAddress, let to = probabilities.baseAddress else { return }
  let range = 0..<counts.count
  switch width {
  case 2: normalize(from, to, range, TwoStates.self)
  case 3: normalize(from, to, range, ThreeStates.self)
  case 4: normalize(from, to, range, FourStates.self)
  case 5: normalize(from, to, range, FiveStates.self)
  case 6: normalize(from, to, range, SixStates.self)
  default: normalize(from, to, range, width: width)
  }
}

/// The same for the rows within a range of longer vectors.
public func normalizeRows(
  _ counts: [Double], into probabilities: inout [Double], range: Range<Int>, width: Int
) {
  precondition(range.upperBound <= counts.count && range.upperBound <= probabilities.count)
  counts.withUnsafeBufferPointer { counts in
    probabilities.withUnsafeMutableBufferPointer { probabilities in
      normalizeRows(
        UnsafeBufferPointer(rebasing: counts[range]),
        into: UnsafeMutableBufferPointer(rebasing: probabilities[range]), width: width)
    }
  }
}

/// Writes weights divided by their sum to the cells of `probabilities` from `start` on; nothing where the sum is 0.
public func normalizeRow(_ weights: [Double], into probabilities: inout [Double], at start: Int) {
  weights.withUnsafeBufferPointer { weights in
    probabilities.withUnsafeMutableBufferPointer { probabilities in
      let cells = UnsafeMutableBufferPointer(rebasing: probabilities[start..<start + weights.count])
      normalizeRows(weights, into: cells, width: weights.count)
    }
  }
}

private func normalize<States: StateVector>(
  _ counts: UnsafePointer<Double>, _ probabilities: UnsafeMutablePointer<Double>, _ range: Range<Int>, _: States.Type
) {
  for start in stride(from: range.lowerBound, to: range.upperBound, by: States.count) {
    let row = States(at: counts + start)
    let total = row.sum
    if total > 0 { (row / States(repeating: total)).store(at: probabilities + start) }
  }
}

private func normalize(
  _ counts: UnsafePointer<Double>, _ probabilities: UnsafeMutablePointer<Double>, _ range: Range<Int>, width: Int
) {
  for start in stride(from: range.lowerBound, to: range.upperBound, by: width) {
    var total = 0.0
    for index in start..<start + width { total += counts[index] }
    guard total > 0 else { continue }
    for index in start..<start + width { probabilities[index] = counts[index] / total }
  }
}

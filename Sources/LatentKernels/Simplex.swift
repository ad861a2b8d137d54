/// Replaces each row of `width` cells within `range` of `probabilities` by the same row of `counts` divided by its
/// sum. A row whose sum is 0 is left as it was.
public func normalizeRows(
  _ counts: [Double], into probabilities: inout [Double], range: Range<Int>, width: Int
) {
  counts.withUnsafeBufferPointer { counts in
    probabilities.withUnsafeMutableBufferPointer { probabilities in
      var start = range.lowerBound
      while start < range.upperBound {
        var total = 0.0
        for index in start..<start + width { total += counts[index] }
        if total > 0 {
          for index in start..<start + width { probabilities[index] = counts[index] / total }
        }
        start += width
      }
    }
  }
}

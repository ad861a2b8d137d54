/// How a column of numbers is to be cut into intervals.
public enum Binning: Hashable, Sendable {
  /// Into so many intervals with equally many numbers, as far as equal numbers allow.
  case quantiles(Int)
  /// Into so many intervals of equal width.
  case widths(Int)
  /// At these numbers.
  case at(Cuts)

  /// The cuts for these numbers, NaN where one is missing; nil where all are equal or none is there.
  ///
  /// Quantiles are interpolated as in numpy and R (type 7 of Hyndman and Fan 1996). An interval that would hold none of
  /// the numbers is merged with the one above, so that there may be fewer than asked for. O(n log n).
  package func cuts(of values: [Double]) -> Cuts? {
    let sorted = values.filter { !$0.isNaN }.sorted()
    guard let least = sorted.first, let greatest = sorted.last, least < greatest else { return nil }
    let points: [Double]
    switch self {
    case .at(let cuts): return cuts
    case .quantiles(let count): points = (1..<count).map { Self.quantile($0, of: count, sorted) }
    case .widths(let count):
      points = (1..<count).map { Self.rounded(least + (greatest - least) * (Double($0) / Double(count))) }
    }
    var kept: [Double] = []
    var below = 0
    for point in points {
      let upTo = sorted.partitioningIndex { $0 > point }
      if upTo > below, upTo < sorted.count { kept.append(point) }
      below = max(below, upTo)
    }
    // Most numbers are equal to the greatest: all others are cut off.
    if kept.isEmpty, let point = sorted.last(where: { $0 < greatest }) { kept.append(point) }
    return try? Cuts(kept)
  }

  /// The number below which `part` of `count` equal parts of sorted numbers lie.
  private static func quantile(_ part: Int, of count: Int, _ sorted: [Double]) -> Double {
    let (index, rest) = ((sorted.count - 1) * part).quotientAndRemainder(dividingBy: count)
    let low = sorted[index]
    guard rest > 0, sorted[index + 1] > low else { return low }
    let value = rounded(low + (sorted[index + 1] - low) * (Double(rest) / Double(count)))
    return value > low && value < sorted[index + 1] ? value : low
  }

  /// A number with six digits: a cut that people read need not be more exact.
  private static func rounded(_ value: Double) -> Double {
    guard value != 0, value.isFinite else { return value }
    var scale = 1.0
    while value.magnitude * scale < 1e5, scale < 1e22 { scale *= 10 }
    return (value * scale).rounded() / scale
  }
}

extension Array {
  /// The first index whose element belongs to the second part of an array in which all such elements come last.
  fileprivate func partitioningIndex(where belongsToSecond: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if belongsToSecond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

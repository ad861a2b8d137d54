internal import LatentData
internal import LatentKernels

/// Clusters of rows by k-means: k-means++ chooses the first centers (Arthur and Vassilvitskii 2007), and a few steps of
/// Lloyd's improve them. A start needs no more: EM goes on from there.
struct KMeans {
  /// Where the rows are.
  let space: ClusterSpace
  /// How many clusters there are.
  let count: Int
  /// Per row, the cluster that it is known to be in, −1 where that is not known. It stays there.
  let known: [Int]
  /// How many steps improve the centers.
  static let steps = 3

  /// The cluster of each row, −1 where it observes nothing to tell by.
  func clusters(using random: inout some RandomNumberGenerator) -> [Int] {
    var centers = firstCenters(using: &random)
    var clusters = nearest(to: centers)
    for _ in 0..<Self.steps {
      space.move(&centers, to: clusters)
      let next = nearest(to: centers)
      if next == clusters { break }
      clusters = next
    }
    return clusters
  }

  /// The means of the rows that are known, for clusters that have some; for the others, one after another, rows drawn
  /// with probabilities in proportion to their squared distance to the nearest center so far.
  private func firstCenters(using random: inout some RandomNumberGenerator) -> [[Double]] {
    var centers = [[Double]](repeating: [Double](repeating: 0, count: space.dimension), count: count)
    space.move(&centers, to: known)
    let isKnown = (0..<count).map { known.contains($0) }
    var distances = space.scales.map { $0 > 0 ? Double.infinity : 0 }
    func approach(_ center: [Double]) {
      for (row, distance) in space.squaredDistances(to: [center]).enumerated() {
        distances[row] = min(distances[row], distance)
      }
    }
    for number in 0..<count where isKnown[number] { approach(centers[number]) }
    for number in 0..<count where !isKnown[number] {
      var chances = zip(space.weights, distances).map { weight, distance in
        distance == .infinity ? weight : weight * distance
      }
      // Where every row is a center already, and where no row is one but some observe nothing.
      if !chances.contains(where: { $0 > 0 }) { chances = space.weights }
      let row = chances.withUnsafeBufferPointer {
        sampleIndex($0, at: Double.random(in: 0..<1, using: &random))
      }
      centers[number] = space.point(ofRow: row)
      approach(centers[number])
    }
    return centers
  }

  /// The nearest center of each row; of equally near ones the first.
  private func nearest(to centers: [[Double]]) -> [Int] {
    let distances = space.squaredDistances(to: centers)
    return (0..<space.rowCount).map { row in
      if known[row] >= 0 { return known[row] }
      guard space.scales[row] > 0 else { return -1 }
      var best = row * count
      for position in row * count..<(row + 1) * count where distances[position] < distances[best] { best = position }
      return best - row * count
    }
  }
}

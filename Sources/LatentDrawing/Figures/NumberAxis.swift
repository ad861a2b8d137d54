internal import LatentInference

/// An axis on which numbers lie, and the places at which their densities are drawn.
struct NumberAxis {
  let low: Double
  let high: Double
  /// Whether it has one place per count, in the middle of its column.
  let isOfCounts: Bool

  /// How many points a curve has.
  private static let points = 121
  /// The most columns of counts; more of them are drawn as a curve.
  private static let mostColumns = 40

  /// The axis of some distributions, which leaves out a thousandth on each side.
  init(_ distributions: [NumberDistribution]) {
    let ends = distributions.flatMap { [$0.quantile(0.001), $0.quantile(0.999)] }
    let (least, most) = (ends.min() ?? 0, ends.max() ?? 1)
    let areCounts = distributions.contains(where: \.isCount)
    low = areCounts ? 0 : least < most ? least : least - 1
    high = areCounts ? max(most, 1) : least < most ? most : most + 1
    isOfCounts = areCounts && high < Double(Self.mostColumns)
  }

  var form: Series.Form { isOfCounts ? .columns : .curve }

  /// Where densities are computed.
  var places: [Double] {
    if isOfCounts { return Array(stride(from: low, through: high, by: 1)) }
    return (0..<Self.points).map { low + (high - low) * Double($0) / Double(Self.points - 1) }
  }

  /// How far from the left end a number lies, as a part of the axis.
  func fraction(_ value: Double) -> Double {
    isOfCounts ? (value - low + 0.5) / (high - low + 1) : (value - low) / (high - low)
  }

  /// The density at each place; of a number that was observed, a peak at the place nearest to it.
  func heights(of distribution: NumberDistribution) -> [Double] {
    guard distribution.variance > 0 || distribution.isCount else {
      let places = places
      let nearest = places.indices.min { abs(places[$0] - distribution.mean) < abs(places[$1] - distribution.mean) }
      return places.indices.map { $0 == nearest ? 1 : 0 }
    }
    if distribution.isCount, !isOfCounts { return places.map { distribution.density(at: $0.rounded()) } }
    return places.map { distribution.density(at: $0) }
  }
}

internal import LatentModels

extension BayesianNetwork {
  /// Whether rounding may lower the likelihood by more than sums of it explain: a learned variance is so small a share of
  /// its column's that the rounding of sums of squares shows, or a deviation so small beside its mean that the mean cannot
  /// be written down exactly enough.
  ///
  /// - frame: where the numbers of the columns lie, with any floors.
  func losesDigits(in frame: Frame) -> Bool {
    if !numbersAtFloor(frame.flooring(variancesAt: Frame.varianceFloorShare)).isEmpty { return true }
    return structure.numericFamilies.contains { family in
      guard let law = family.numericBehavior, !fixed.contains(family.child) else { return false }
      return (0..<family.configurations).contains { configuration in
        family.children.indices.contains { number in
          let (mean, variance) = law.moments(of: number, parameters[family.parameters(in: configuration)])
          return mean.ulp > Self.leastExactness * variance.squareRoot()
        }
      }
    }
  }

  /// How far a mean may be from where it should be, in deviations: a row's log-density is then wrong by 1e-10 at most.
  private static let leastExactness = 1e-5
}

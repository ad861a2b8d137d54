internal import LatentData
public import LatentModels

extension Model {
  /// The number of parameters that learning may choose: per row of a table that is not fixed, its cells that are not
  /// structural zeros, less one; per row of numbers, mean and variance.
  public func freeParameterCount(zeros: ZeroPolicy) -> Int {
    var count = 0
    for family in structure.families where !fixed.contains(family.child) {
      count += family.behavior.freeParameters(
        rows: family.configurations, fixedMeans.contains(family.child) ? .spread : .everything
      ) { isStructuralZero(family.child, $0, zeros) }
    }
    return count
  }
}

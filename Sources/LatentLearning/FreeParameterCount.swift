internal import LatentData
public import LatentModels

extension Model {
  /// The number of parameters that learning may choose: per row of a table that is not fixed, its cells that are not
  /// structural zeros, less one; per row of numbers, mean and variance.
  public func freeParameterCount(zeros: ZeroPolicy) -> Int {
    var count = 0
    for family in structure.families where !fixed.contains(family.child) {
      let isInitialLearned = family.lags.isEmpty || structure.dynamics.initial(of: family.child) == .free
      let known = isInitialLearned ? 0 : family.initialConfigurations
      count += family.behavior.freeParameters(
        rows: family.configurations - known, fixedMeans.contains(family.child) ? .spread : .everything
      ) { isStructuralZero(family.child, known * family.width + $0, zeros) }
    }
    return count
  }
}

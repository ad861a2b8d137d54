internal import LatentData
public import LatentModels

extension Model {
  /// The pseudo-counts of a symmetric Dirichlet prior: `pseudoCount` in every cell of a table that learning may change,
  /// none for the parameters of numbers.
  ///
  /// The objective gains Σ pseudoCount · log θ, the log-density of Dirichlet(1 + pseudoCount) up to a constant.
  public func dirichletPrior(pseudoCount: Double, zeros: ZeroPolicy) -> Statistics {
    var prior = Statistics(values: [Double](repeating: 0, count: structure.statisticsCount))
    for family in structure.families where !fixed.contains(family.child) && family.isTable {
      for (index, cell) in family.statistics.enumerated() where !isStructuralZero(family.child, index, zeros) {
        prior.values[cell] = pseudoCount
      }
    }
    return prior
  }
}

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
      let known = structure.dynamics.initial(of: family.child) == .free ? 0 : family.initialParameters.count
      for (index, cell) in family.statistics.enumerated().dropFirst(known)
      where !isStructuralZero(family.child, index, zeros) {
        prior.values[cell] = pseudoCount
      }
    }
    return prior
  }
}

extension Model {
  /// The pseudo-statistics of a conjugate prior: for tables those of `dirichletPrior`, for numbers, in each configuration
  /// of their parents, `pseudoCount` rows with the means m and the variances S of the columns.
  ///
  /// The objective gains the log-density, up to a constant, of μ | Σ ~ N(m, Σ/α) and Σ ~ inverse-Wishart(α − d − 2, α S)
  /// with α pseudo-rows of d columns, which is proper for α > 2d + 1, and of λ ~ gamma(α m + 1, rate α) for counts.
  func conjugatePrior(pseudoCount: Double, zeros: ZeroPolicy, frame: Frame) -> Statistics {
    var prior = dirichletPrior(pseudoCount: pseudoCount, zeros: zeros)
    prior.adopt(frame)
    for family in structure.numericFamilies where !fixed.contains(family.child) {
      guard let law = family.numericBehavior else { continue }
      let row = law.pseudoStatistics(weight: pseudoCount, frame.axes(of: family))
      for configuration in 0..<family.configurations {
        prior.values.replaceSubrange(family.statistics(in: configuration), with: row)
      }
    }
    return prior
  }
}

public import LatentData
internal import LatentModels

/// Something about a fit that its reader should know.
public enum FitFinding: Hashable, Sendable {
  /// A latent variable of the model that so many rows observe.
  case partlyLabelled(VariableID, rows: Int)
  /// No row observes anything: every model fits equally well, and ℓ = 0.
  case allCellsMissing
  /// The data, or the start, say nothing about a variable.
  case uninformed(UninformedVariable)
  /// Variances at their floor, which is this share of the column's variance.
  case variancesAtFloor([DegenerateComponent], share: Double)
  /// States of latent variables in which no row is expected.
  case emptyClasses([DegenerateComponent])
  /// So many starts reached more than the best one, but ended degenerate; and the best of them.
  case degenerateStarts(Int, highest: StartReport)
  /// The best start reached the limit of its iterations.
  case notConverged(iterations: Int)
  /// The best start ended after so many iterations, where rounding would have lowered the objective.
  case roundingLimit(iterations: Int)
  /// Only one of so many starts reached the best log-likelihood.
  case bestFoundOnce(starts: Int)
  /// An automatic number of starts came to its limit; so many reached the best log-likelihood, and another one may find a
  /// new mode with this chance.
  case budgetEnded(starts: Int, atBest: Int, chance: Double)

  /// The finding in one sentence.
  public func description(in schema: Schema) -> String {
    switch self {
    case .partlyLabelled(let id, let rows):
      "\(schema[id].name) is latent but \(rows == 1 ? "1 row observes" : "\(rows) rows observe") it"
    case .allCellsMissing: "every cell is missing, so every model fits equally well and the log-likelihood is 0"
    case .uninformed(let uninformed):
      switch uninformed.cause {
      case .noObservedDescendant:
        "\(schema[uninformed.variable].name) has no observed descendant, so that the data say nothing about its "
          + (schema[uninformed.variable].isCategorical ? "table" : "mean and variance")
      case .symmetricStart:
        "the start is symmetric in \(schema[uninformed.variable].name): its posterior is the same in every row, and EM "
          + "cannot leave such a start; start at random or give the model unequal parameters"
      }
    case .variancesAtFloor(let components, let share):
      Self.sentence(of: components, share: share) {
        $0 == 1 ? "row" : "rows"
      } number: {
        $0 + 1
      }
    case .emptyClasses(let classes):
      "no row is expected in \(classes.map(\.name).joined(separator: ", ")): the fit has fewer classes than the model"
    case .degenerateStarts(let count, let highest):
      "\(count == 1 ? "1 start" : "\(count) starts") with a variance at its floor or an empty class reached up to "
        + "\(highest.objective) and \(count == 1 ? "is" : "are") ranked behind the others"
    case .notConverged(let iterations):
      "not converged: the best start reached the limit of \(iterations) iterations; raise it"
    case .roundingLimit(let iterations):
      "not converged: after \(iterations == 1 ? "1 iteration" : "\(iterations) iterations") rounding would lower the "
        + "log-likelihood, since numbers differ by too little beside their size or their column's variance; raise the "
        + "variance floor, or subtract a constant from the column"
    case .bestFoundOnce(let starts):
      "best found once: only one of \(starts) starts reached the best log-likelihood, and there may be a better one; make "
        + "more starts"
    case .budgetEnded(let starts, let atBest, let chance):
      "after \(starts == 1 ? "1 start" : "\(starts) starts"), the most that were allowed, "
        + "\(atBest == 1 ? "only 1" : "\(atBest)") reached the best log-likelihood, and the next one ends at a new mode with "
        + "a chance of about \(Int((100 * chance).rounded())) %; allow more"
    }
  }

  /// What there is to say of variances at their floor.
  ///
  /// - noun: what rows are called, and number: how a row is numbered for the reader.
  package static func sentence(
    of components: [DegenerateComponent], share: Double, noun: (_ count: Int) -> String, number: (_ row: Int) -> Int
  ) -> String {
    let listed = components.prefix(3).map { component in
      guard !component.rows.isEmpty else { return component.name }
      let numbers = component.rows.map { "\(number($0))" }.joined(separator: ", ")
      return "\(component.name) (\(noun(component.rowCount)) \(numbers)"
        + (component.rowCount > component.rows.count ? ", … \(component.rowCount) in all)" : ")")
    }
    let names = listed.joined(separator: "; ") + (components.count > 3 ? "; and \(components.count - 3) more" : "")
    let isSeveral = components.contains { $0.columns.count > 1 }
    let remedy = isSeveral ? "leave one of the columns out" : "use fewer states"
    if share < Frame.leastFloorShare {
      return "the variance of \(names) runs to zero and the likelihood beyond all bounds: it stands at "
        + "\(Frame.leastFloorShare) of the column's, the least that can be computed with, and is no maximum; set a "
        + "variance floor, or \(remedy)"
    }
    let reason = isSeveral ? ", or numbers of which one follows from the others" : ""
    return "the variance of \(names) stands at its floor, \(share) of the column's: the rows there have nearly equal "
      + "numbers\(reason), and the log-likelihood says more about the floor than about the data; \(remedy)"
  }
}

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
  /// Variances that learning would have taken further down than they may go, such as `x given class=2`.
  case variancesAtFloor([String])
  /// The best start reached the limit of its iterations.
  case notConverged(iterations: Int)

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
    case .variancesAtFloor(let rows):
      "the variance of \(rows.prefix(3).joined(separator: "; "))"
        + (rows.count > 3 ? "; and \(rows.count - 3) more" : "")
        + " stands at its floor, \(Frame.varianceFloorShare) of the column's: the rows there have nearly equal numbers, and "
        + "the log-likelihood says more about the floor than about the data"
    case .notConverged(let iterations):
      "not converged: the best start reached the limit of \(iterations) iterations; raise it"
    }
  }
}

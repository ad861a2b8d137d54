public import LatentData

/// Whether the log-likelihood of data and indicators is the sum of two terms that share no parameter, so that the data can
/// be learned as if nobody knew why cells are missing.
public enum Separation: Hashable, Sendable {
  /// ℓ = `data` + `missingness`.
  case separate(data: Double, missingness: Double)
  /// One total, and the first thing that ties the two together.
  case joint(SeparationObstacle)
}

/// What an indicator depends on that some row does not observe.
public struct SeparationObstacle: Hashable, Sendable {
  /// The name of the indicator.
  public let indicator: String
  /// The name of what it depends on.
  public let parent: String
  /// How that is not seen.
  public let cause: Cause

  /// Why it is not seen in every row.
  public enum Cause: Hashable, Sendable {
    /// The indicator tells of this very variable, whose cells are missing in so many rows.
    case itself(rows: Int)
    /// The model says that it is latent, or no row observes it.
    case latent
    /// So many rows do not observe it.
    case unobserved(rows: Int)
  }

  /// The obstacle as a clause.
  public var description: String {
    func rows(_ count: Int) -> String { count == 1 ? "1 row does" : "\(count) rows do" }
    return switch cause {
    case .itself(let count): "\(indicator) depends on \(parent) itself, which \(rows(count)) not observe"
    case .latent: "\(indicator) depends on \(parent), which is latent"
    case .unobserved(let count): "\(indicator) depends on \(parent), which \(rows(count)) not observe"
    }
  }
}

extension Model {
  /// What keeps the log-likelihood of rows like these from falling into two terms; nil where nothing does.
  public func separationObstacle(in summary: TableSummary) -> SeparationObstacle? {
    for indicator in indicators {
      for parent in structure.family(of: indicator.id).parents {
        let unobserved = summary.rowCount - summary.observedCells[parent.index]
        guard unobserved > 0 else { continue }
        let cause: SeparationObstacle.Cause =
          latent.contains(parent) || unobserved == summary.rowCount
          ? .latent : parent == indicator.variable ? .itself(rows: unobserved) : .unobserved(rows: unobserved)
        return SeparationObstacle(
          indicator: schema[indicator.id].name, parent: schema[parent].name, cause: cause)
      }
    }
    return nil
  }

  /// How the log-likelihood of rows divides; nil for a model without indicators, and where the rows are impossible.
  ///
  /// - Parameters:
  ///   - network: the parameters.
  ///   - logLikelihood: ℓ of the rows.
  ///   - statistics: counts of which those of the indicators' tables are looked at.
  ///   - summary: what the rows hold.
  package func separation(
    of network: BayesianNetwork, logLikelihood: Double, statistics: Statistics, in summary: TableSummary
  ) -> Separation? {
    let indicators = indicators
    guard !indicators.isEmpty, logLikelihood > -.infinity else { return nil }
    if let obstacle = separationObstacle(in: summary) { return .joint(obstacle) }
    var missingness = 0.0
    for indicator in indicators {
      let family = structure.family(of: indicator.id)
      missingness += network.parameters.withUnsafeBufferPointer { parameters in
        statistics.values.withUnsafeBufferPointer { values in
          family.behavior.score(
            UnsafeBufferPointer(rebasing: parameters[family.parameters]),
            UnsafeBufferPointer(rebasing: values[family.statistics]), [])
        }
      }
    }
    return .separate(data: logLikelihood - missingness, missingness: missingness)
  }

  /// How the log-likelihood of a table divides, as above. Linear in the cells of the indicators.
  package func separation(of network: BayesianNetwork, logLikelihood: Double, in table: Table) -> Separation? {
    let summary = TableSummary(table)
    var statistics = network.emptyStatistics
    if separationObstacle(in: summary) == nil {
      for indicator in indicators { count(structure.family(of: indicator.id), in: table, into: &statistics) }
    }
    return separation(of: network, logLikelihood: logLikelihood, statistics: statistics, in: summary)
  }

  /// Adds the weights of the rows that observe a table's variables.
  private func count(_ family: Family, in table: Table, into statistics: inout Statistics) {
    for (row, weight) in table.weights.enumerated() where weight > 0 {
      let state = table.code(family.child, row: row)
      guard state >= 0 else { continue }
      var configuration = 0
      for parent in family.parents {
        configuration = configuration * schema[parent].cardinality + Int(table.code(parent, row: row))
      }
      statistics.values[family.statistics(in: configuration).lowerBound + Int(state)] += weight
    }
  }
}

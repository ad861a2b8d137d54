internal import Latent

/// What the log-likelihoods of data and of missing cells are, for reports.
struct SeparationReport {
  private let separation: Separation

  /// Nil for a model without indicators.
  init?(_ separation: Separation?) {
    guard let separation else { return nil }
    self.separation = separation
  }

  /// The log-likelihood of the data; null where it is not a term of its own.
  var data: JSONValue {
    guard case .separate(let data, _) = separation else { return .null }
    return .number(data)
  }

  /// The log-likelihood of the missing cells; null where it is not a term of its own.
  var missingness: JSONValue {
    guard case .separate(_, let missingness) = separation else { return .null }
    return .number(missingness)
  }

  /// Why there is only a total; null where there are two terms.
  var reason: JSONValue {
    guard case .joint(let obstacle) = separation else { return .null }
    return .text(obstacle.description)
  }

  /// The lines of a report for people.
  var facts: [[String]] {
    switch separation {
    case .separate(let data, let missingness):
      [["  of the data", fixed(data, 6)], ["  of what is missing", fixed(missingness, 6)]]
    case .joint(let obstacle): [["  not divided", obstacle.description]]
    }
  }
}

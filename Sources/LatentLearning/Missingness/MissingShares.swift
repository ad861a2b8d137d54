/// The rows in which a column is missing, and those in which it is not, by the groups that another column makes.
package struct MissingShares: Hashable, Sendable {
  /// The rows of one group.
  package struct Group: Hashable, Sendable {
    /// The labels whose rows these are, by their numbers.
    package var labels: [Int]
    package var missing: Double
    package var observed: Double

    var total: Double { missing + observed }
    /// The share of rows in which the column is missing.
    package var share: Double { missing / total }
  }

  package private(set) var groups: [Group]

  /// The least count that a cell of a table is expected to have for its statistic to be near a chi-square distribution
  /// (Cochran 1954).
  static let leastExpected = 5.0

  /// The groups of labels that some row holds.
  ///
  /// - Parameters:
  ///   - missing: Σ weights of each label where the column is missing.
  ///   - totals: Σ weights of each label.
  ///   - order: the labels, by their numbers, in an order that does not depend on that of the rows: it decides which of
  ///     equally small groups go together.
  init(missing: [Double], totals: [Double], order: [Int]) {
    groups = order.filter { totals[$0] > 0 }
      .map { Group(labels: [$0], missing: missing[$0], observed: max(0, totals[$0] - missing[$0])) }
  }

  var missing: Double { groups.reduce(0) { $0 + $1.missing } }
  var observed: Double { groups.reduce(0) { $0 + $1.observed } }

  /// The least number of rows that a group is expected to have on one side, if it does not matter.
  var leastExpected: Double {
    let total = missing + observed
    let least = groups.map(\.total).min() ?? 0
    return total > 0 ? least * min(missing, observed) / total : 0
  }

  /// Puts the smallest groups together until all are large enough, or two are left.
  mutating func mergeSmallGroups() {
    while groups.count > 2, leastExpected < Self.leastExpected {
      let order = groups.indices.sorted { (groups[$0].total, $0) < (groups[$1].total, $1) }
      let (target, merged) = (min(order[0], order[1]), max(order[0], order[1]))
      groups[target].labels += groups[merged].labels
      groups[target].missing += groups[merged].missing
      groups[target].observed += groups[merged].observed
      groups.remove(at: merged)
    }
  }

  /// Pearson's Σ (found − expected)² / expected.
  var chiSquare: Double {
    let share = missing / (missing + observed)
    return groups.reduce(0) { sum, group in
      let excess = group.missing - group.total * share
      return sum + excess * excess / (group.total * share * (1 - share))
    }
  }
}

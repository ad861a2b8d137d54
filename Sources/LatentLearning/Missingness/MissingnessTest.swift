internal import LatentKernels

/// A test of whether a column is missing more often where another one holds certain values.
package struct MissingnessTest: Hashable, Sendable {
  /// The column that is missing in some rows.
  package let missing: Int
  /// The column whose values are compared.
  package let variable: Int
  package let finding: Finding
  /// The probability of so large a difference, or a larger one, if there is none.
  package let pValue: Double
  /// The p-value with which the test stands out among all tests made; set when all are.
  package var adjustedPValue = 1.0

  /// What was compared, and what came out.
  package enum Finding: Hashable, Sendable {
    /// Shares of missing cells by label: the likelihood-ratio statistic G.
    case shares(MissingShares, statistic: Double, degreesOfFreedom: Int)
    /// Shares of missing cells in two groups, exactly (Fisher).
    case exactShares(MissingShares)
    /// Means of numbers where the column is missing and where it is not: Welch's t, and the difference in standard
    /// deviations.
    case means(missing: Double, observed: Double, statistic: Double, degreesOfFreedom: Double, difference: Double)
  }

  /// How large the difference is: Cramér's V for shares, between 0 and 1; for means, their difference in standard
  /// deviations (Cohen's d).
  package var effect: Double {
    switch finding {
    case .shares(let shares, _, _), .exactShares(let shares):
      (shares.chiSquare / (shares.missing + shares.observed)).squareRoot()
    case .means(_, _, _, _, let difference): difference
    }
  }

  /// Compares shares of missing cells between labels; nil where there is nothing to compare.
  init?(missing: Int, variable: Int, _ shares: MissingShares) {
    var shares = shares
    shares.mergeSmallGroups()
    guard shares.groups.count > 1, shares.missing > 0, shares.observed > 0 else { return nil }
    self.missing = missing
    self.variable = variable
    if shares.leastExpected < MissingShares.leastExpected {
      guard let tail = FisherExact.tail(shares.groups[0], shares.groups[1]) else { return nil }
      finding = .exactShares(shares)
      pValue = tail
    } else {
      let degreesOfFreedom = shares.groups.count - 1
      let statistic = Self.likelihoodRatio(shares)
      finding = .shares(shares, statistic: statistic, degreesOfFreedom: degreesOfFreedom)
      pValue = chiSquareTail(statistic, degreesOfFreedom: Double(degreesOfFreedom))
    }
  }

  /// Compares numbers where the column is missing with those where it is not; nil where either are too few, or all are
  /// equal.
  init?(missing: Int, variable: Int, _ there: NumberTotals, _ elsewhere: NumberTotals) {
    guard there.weight >= 2, elsewhere.weight >= 2 else { return nil }
    self.missing = missing
    self.variable = variable
    let (a, b) = (there.variance / there.weight, elsewhere.variance / elsewhere.weight)
    let difference = there.mean - elsewhere.mean
    guard a + b > 0 else { return nil }
    let statistic = difference / (a + b).squareRoot()
    let degreesOfFreedom = (a + b) * (a + b) / (a * a / (there.weight - 1) + b * b / (elsewhere.weight - 1))
    let weight = there.weight + elsewhere.weight
    let spread =
      ((there.weight - 1) * there.variance + (elsewhere.weight - 1) * elsewhere.variance) / (weight - 2)
    finding = .means(
      missing: there.mean, observed: elsewhere.mean, statistic: statistic, degreesOfFreedom: degreesOfFreedom,
      difference: difference / spread.squareRoot())
    pValue = studentTail(statistic, degreesOfFreedom: degreesOfFreedom)
  }

  /// G = 2 Σ found · log (found / expected). Its tail is nearer to the chi-square distribution than that of Pearson's
  /// statistic, where single counts are far above a small expectation: there lie the p-values that many tests need.
  private static func likelihoodRatio(_ shares: MissingShares) -> Double {
    let share = shares.missing / (shares.missing + shares.observed)
    var sum = 0.0
    for group in shares.groups {
      for (found, expected) in [
        (group.missing, group.total * share), (group.observed, group.total * (1 - share)),
      ] where found > 0 { sum += found * naturalLog(found / expected) }
    }
    return max(0, 2 * sum)
  }
}

/// Fisher's exact test of two shares.
enum FisherExact {
  /// The probability of tables with the same margins that are no more probable than the one found, among all of them;
  /// nil for counts that are not whole. Linear in the smallest margin.
  static func tail(_ a: MissingShares.Group, _ b: MissingShares.Group) -> Double? {
    let missing = a.missing + b.missing
    guard [a.missing, a.observed, b.missing, b.observed].allSatisfy({ $0 == $0.rounded() }) else { return nil }
    let least = max(0, missing - b.total)
    let greatest = min(missing, a.total)
    // Probabilities of k missing rows in the first group, relative to that of the mode.
    let mode = max(least, min(greatest, ((missing + 1) * (a.total + 1) / (a.total + b.total + 2)).rounded(.down)))
    func ratio(_ k: Double) -> Double {
      (missing - k) * (a.total - k) / ((k + 1) * (b.total - missing + k + 1))
    }
    var relative: [Double] = [1]
    var k = mode
    while k < greatest {
      relative.append(relative[relative.count - 1] * ratio(k))
      k += 1
    }
    var below: [Double] = []
    k = mode
    while k > least {
      k -= 1
      below.append((below.last ?? 1) / ratio(k))
    }
    let all = below.reversed() + relative
    // Equally probable tables may differ in the last digits.
    let limit = all[Int(a.missing - least)] * (1 + 1e-7)
    return all.reduce(0) { $1 <= limit ? $0 + $1 : $0 } / all.reduce(0, +)
  }
}

/// Adjusts the p-values of several tests.
enum Multiplicity {
  /// The p-values after Holm (1979): with these below a level, the probability of even one false finding is below it.
  static func holm(_ pValues: [Double]) -> [Double] {
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    var adjusted = pValues
    var greatest = 0.0
    for (rank, index) in order.enumerated() {
      greatest = max(greatest, min(1, pValues[index] * Double(pValues.count - rank)))
      adjusted[index] = greatest
    }
    return adjusted
  }
}

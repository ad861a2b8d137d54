import Latent
import Testing

@testable import LatentLearning

/// Tests of dependence against numbers that SciPy 1.17 computes, and published ones.
@Suite struct MissingnessTestTests {
  private static func shares(_ missing: [Double], _ observed: [Double]) -> MissingShares {
    MissingShares(
      missing: missing, totals: zip(missing, observed).map { $0 + $1 }, order: Array(missing.indices))
  }

  /// `scipy.stats.chi2_contingency` with and without `lambda_="log-likelihood"`.
  @Test func likelihoodRatio() throws {
    let test = try #require(MissingnessTest(missing: 0, variable: 1, Self.shares([12, 30, 8], [40, 35, 60])))
    guard case .shares(_, let statistic, let degreesOfFreedom) = test.finding else {
      Issue.record("\(test.finding)")
      return
    }
    expectClose(statistic, 20.739160096482493, relative: 1e-12)
    #expect(degreesOfFreedom == 2)
    expectClose(test.pValue, 3.137246225014295e-05, relative: 1e-12)
    expectClose(test.effect, 0.3328805371089193, relative: 1e-12)
  }

  /// `scipy.stats.fisher_exact`; the first is Fisher's own lady tasting tea.
  @Test(
    arguments: [
      ([3, 1], [1, 3], 0.48571428571428565), ([1, 9], [11, 3], 0.0027594561852200836), ([0, 5], [4, 100], 1),
      ([2, 10], [15, 3], 0.0005367241191434357), ([4, 100], [0, 50], 0.30474360281835733),
    ] as [([Double], [Double], Double)])
  func exactShares(_ missing: [Double], _ observed: [Double], pValue: Double) throws {
    let groups = Self.shares(missing, observed).groups
    expectClose(try #require(FisherExact.tail(groups[0], groups[1])), pValue, relative: 1e-12)
    expectClose(try #require(FisherExact.tail(groups[1], groups[0])), pValue, relative: 1e-12)
  }

  @Test func smallCountsAreTestedExactlyAndSmallGroupsTogether() throws {
    let exact = try #require(MissingnessTest(missing: 0, variable: 1, Self.shares([3, 1], [1, 3])))
    #expect(exact.finding == .exactShares(Self.shares([3, 1], [1, 3])))
    expectClose(exact.pValue, 0.48571428571428565, relative: 1e-12)
    let merged = try #require(MissingnessTest(missing: 0, variable: 1, Self.shares([30, 1, 20, 2], [30, 1, 40, 3])))
    guard case .shares(let shares, _, let degreesOfFreedom) = merged.finding else {
      Issue.record("\(merged.finding)")
      return
    }
    // 2 and 5 rows, of which 41 % are expected to be missing; together with the 60 of a common label, they are enough.
    #expect(shares.groups.map(\.labels) == [[0, 1, 3], [2]] || shares.groups.map(\.labels) == [[0], [1, 3, 2]])
    #expect(degreesOfFreedom == 1)
  }

  /// `scipy.stats.ttest_ind` with `equal_var=False`.
  @Test func means() throws {
    func numbers(_ values: [Double]) -> NumberTotals {
      var totals = NumberTotals()
      for value in values { totals.add(value, weight: 1, origin: 4) }
      return totals
    }
    let test = try #require(
      MissingnessTest(
        missing: 0, variable: 1, numbers([2.1, 3.5, 1.9, 4.4, 2.8]), numbers([5.0, 4.1, 6.2, 5.5, 3.9, 7.1, 4.8])))
    guard case .means(let missing, let observed, let statistic, let degreesOfFreedom, _) = test.finding else {
      Issue.record("\(test.finding)")
      return
    }
    expectClose(
      [missing, observed, statistic, degreesOfFreedom, test.pValue, test.effect],
      [2.94, 36.6 / 7, -3.6268176049113556, 9.304571886750628, 0.005217592599468014, -2.08515283059612], relative: 1e-12
    )
    #expect(MissingnessTest(missing: 0, variable: 1, numbers([1]), numbers([1, 2])) == nil)
    #expect(MissingnessTest(missing: 0, variable: 1, numbers([3, 3]), numbers([3, 3])) == nil)
  }

  @Test func nothingToCompareIsNoTest() {
    #expect(MissingnessTest(missing: 0, variable: 1, Self.shares([3], [9])) == nil)
    #expect(MissingnessTest(missing: 0, variable: 1, Self.shares([0, 0], [5, 9])) == nil)
    #expect(MissingnessTest(missing: 0, variable: 1, Self.shares([5, 9], [0, 0])) == nil)
  }

  /// `p.adjust(c(0.01, 0.02, 0.03, 0.005, 0.5), "holm")` in R.
  @Test func holm() {
    expectClose(
      Multiplicity.holm([0.01, 0.02, 0.03, 0.005, 0.5]), [0.04, 0.06, 0.06, 0.025, 0.5], relative: 1e-12)
    #expect(Multiplicity.holm([]) == [])
    #expect(Multiplicity.holm([0.7, 0.9]) == [1, 1])
  }
}

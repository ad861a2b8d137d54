import LatentLaws
import Testing

/// What the tests call close.
@Suite struct DiscrepancyTests {
  private func discrepancy(_ actual: [Double], _ expected: [Double]) -> Discrepancy? {
    Discrepancy(actual, expected, relative: 1e-10, absolute: 1e-3)
  }

  @Test func closeNumbersAndEqualInfinitiesPass() {
    #expect(discrepancy([0, 1e12, -.infinity, 5], [1e-4, 1e12 + 50, -.infinity, 5]) == nil)
  }

  @Test func theWorstPairIsNamed() {
    #expect(discrepancy([1, 2, 3], [1.1, 2.5, 3.2]) == .number(2, expected: 2.5, index: 1))
  }

  @Test func whatIsNoNumberIsNeverClose() {
    #expect(discrepancy([1, .infinity], [1, 1]) == .number(.infinity, expected: 1, index: 1))
    #expect(discrepancy([.infinity], [-.infinity]) != nil)
    #expect(discrepancy([.nan], [1]) != nil)
    #expect(discrepancy([1], [.nan]) != nil)
  }

  @Test func lengthsMustAgree() {
    #expect(discrepancy([1], [1, 2]) == .count(1, expected: 2))
  }
}

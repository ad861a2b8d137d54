import Latent
import Testing

@Suite struct PooledEstimateTests {
  static let estimates = [10.2, 9.8, 10.5, 10.1, 9.9]
  static let variances = [1.1, 1.0, 1.2, 0.9, 1.05]

  /// The numbers that `pool.scalar` of the R package mice (version 3.15) prints.
  @Test(arguments: [
    (Double.infinity, 641.7777778, 0.08180432988), (99, 78.46633511, 0.10155922718),
  ])
  func agreesWithThePublishedArithmetic(complete: Double, degreesOfFreedom: Double, fraction: Double) throws {
    let pooled = try PooledEstimate(
      of: Self.estimates, variances: Self.variances, completeDegreesOfFreedom: complete)
    #expect(pooled.copies == 5)
    expectClose(
      [pooled.estimate, pooled.within, pooled.between, pooled.total], [10.1, 1.05, 0.075, 1.14], relative: 1e-14)
    expectClose(pooled.relativeIncrease, 0.0857142857, relative: 1e-9)
    expectClose(pooled.degreesOfFreedom, degreesOfFreedom, relative: 1e-10)
    expectClose(pooled.fractionOfMissingInformation, fraction, relative: 1e-10)
  }

  @Test func intervalsAreThoseOfStudent() throws {
    let pooled = try PooledEstimate(of: Self.estimates, variances: Self.variances, completeDegreesOfFreedom: 99)
    let interval = pooled.interval(0.95)
    // The 97.5 % point of 78.46633511 degrees of freedom, from the incomplete beta function with 60 digits.
    let reach = 1.9906607218647446 * 1.14.squareRoot()
    expectClose([interval.lowerBound, interval.upperBound], [10.1 - reach, 10.1 + reach], relative: 1e-10)
    #expect(pooled.interval(0.99).contains(interval.lowerBound))
  }

  /// Copies that agree add nothing: what is left is the analysis of one complete table.
  @Test func copiesThatAgreeAddNothing() throws {
    let pooled = try PooledEstimate(of: [2, 2, 2], variances: [0.5, 0.5, 0.5])
    #expect(pooled.total == 0.5 && pooled.between == 0 && pooled.relativeIncrease == 0)
    #expect(pooled.degreesOfFreedom == .infinity && pooled.fractionOfMissingInformation == 0)
    expectClose(pooled.interval(0.95).upperBound, 2 + 1.959963984540054 * 0.5.squareRoot(), relative: 1e-12)
    let short = try PooledEstimate(of: [2, 2, 2], variances: [0.5, 0.5, 0.5], completeDegreesOfFreedom: 10)
    expectClose(short.degreesOfFreedom, 11.0 / 13 * 10, relative: 1e-14)
  }

  /// In other units, estimates change as the quantity does, and what has no unit not at all.
  @Test func unitsDoNotMatter() throws {
    var random = SplitMix64(seed: 5)
    for _ in 0..<100 {
      let estimates = (0..<Int.random(in: 2...9, using: &random)).map { _ in Double.random(in: -5...5, using: &random) }
      let variances = estimates.map { _ in Double.random(in: 0.01...4, using: &random) }
      let complete = Double.random(in: 1...300, using: &random)
      let pooled = try PooledEstimate(of: estimates, variances: variances, completeDegreesOfFreedom: complete)
      let scaled = try PooledEstimate(
        of: estimates.map { -8 * $0 }, variances: variances.map { 64 * $0 }, completeDegreesOfFreedom: complete)
      expectClose(
        [scaled.estimate, scaled.total, scaled.degreesOfFreedom, scaled.fractionOfMissingInformation],
        [
          -8 * pooled.estimate, 64 * pooled.total, pooled.degreesOfFreedom, pooled.fractionOfMissingInformation,
        ], relative: 1e-12)
      #expect(pooled.degreesOfFreedom < complete)
      #expect((0...1).contains(pooled.fractionOfMissingInformation))
    }
  }

  @Test func whatCannotBePooledIsRefused() {
    func error(_ estimates: [Double], _ variances: [Double], _ complete: Double = .infinity) -> PoolingError? {
      do {
        _ = try PooledEstimate(of: estimates, variances: variances, completeDegreesOfFreedom: complete)
        return nil
      } catch { return error }
    }
    #expect(error([1, 2], [1]) == .counts(2, 1))
    #expect(error([1], [1]) == .tooFewCopies(1))
    #expect(error([1, 2], [1, 1], 0) == .degreesOfFreedom(0))
    #expect(error([1, .infinity], [1, 1]) == .estimate(.infinity))
    #expect(error([1, 2], [1, -1]) == .variance(-1))
    #expect(error([1, 2], [0, 0]) == .noVariance)
    #expect(error([1e200, -1e200], [1, 1]) == .tooLarge)
  }
}

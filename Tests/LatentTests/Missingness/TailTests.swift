import LatentKernels
import Testing

/// Tail probabilities against published values, closed forms, and values computed with 60 digits (mpmath).
@Suite struct TailTests {
  @Test(arguments: [
    // The 95 % point of the textbooks, and the p-value that naniar's tests assert for Little's test of airquality.
    (3.841458820694124, 1, 0.05), (35.1061288689702, 14, 0.00141778113856683),
    (1.5, 0.5, 0.10006348671550178), (0.001, 3, 0.99999159208094195), (150, 100, 0.00090393204235400909),
    (900, 1000, 0.98928276190871026), (1250, 1000, 1.0129793877298198e-7), (2_003_000, 2e6, 0.066861104235897762),
    (200, 5, 2.8406228986415317e-41), (29.5, 31, 0.54321009229642122), (0, 3, 1), (.infinity, 3, 0),
  ])
  func chiSquare(_ statistic: Double, _ degreesOfFreedom: Double, expected: Double) {
    expectClose(chiSquareTail(statistic, degreesOfFreedom: degreesOfFreedom), expected, relative: 1e-12)
  }

  /// With an even number 2k of degrees of freedom: e^(−x/2) Σ_{i<k} (x/2)^i / i! (Abramowitz and Stegun 26.4.21).
  @Test(arguments: 1...40) func evenChiSquaresAreSumsOfPoissonTerms(half: Int) {
    for x in [0.01, 0.7, 3, 11, 40, 90, 300] {
      var term = exponential(-x / 2)
      var sum = 0.0
      for i in 0..<half {
        sum += term
        term *= x / 2 / Double(i + 1)
      }
      expectClose(chiSquareTail(x, degreesOfFreedom: Double(2 * half)), sum, relative: 1e-12, "x \(x)")
    }
  }

  @Test(arguments: [
    (4.964602743730711, 1, 10, 0.05), (2.5, 3, 17.5, 0.093249926327625724), (0.3, 12, 4, 0.95303147289680673),
    (1.02, 10000, 20000, 0.1258023417503641), (30, 5, 7, 0.00013775721895499656), (1.5, 200, 3, 0.42656046271959995),
    (0, 3, 4, 1), (.infinity, 3, 4, 0),
  ])
  func fisher(_ statistic: Double, _ numerator: Double, _ denominator: Double, expected: Double) {
    expectClose(
      fisherTail(statistic, numerator: numerator, denominator: denominator), expected, relative: 1e-12)
  }

  /// With two degrees of freedom above: (1 + 2 f / d)^(−d/2).
  @Test(arguments: [1, 2, 3.5, 10, 200, 1e5]) func ratiosOfTwoAreAPower(denominator: Double) {
    for f in [0.001, 0.5, 1, 4, 20] {
      let power = exponential(-denominator / 2 * naturalLog(1 + 2 * f / denominator))
      expectClose(fisherTail(f, numerator: 2, denominator: denominator), power, relative: 1e-11, "f \(f)")
    }
  }

  @Test(arguments: [
    (2.2281388519862747, 10, 0.05), (12.706204736174705, 1, 0.05), (1.96, 1e6, 0.049996067585269787),
    (0.01, 4.5, 0.99244921739488885), (40, 78.46633511, 5.9461937106580308e-54), (3, 0.3, 0.50133768968761953),
    (-3, 0.3, 0.50133768968761953), (1.959963984540054, .infinity, 0.05),
  ])
  func student(_ statistic: Double, _ degreesOfFreedom: Double, expected: Double) {
    expectClose(studentTail(statistic, degreesOfFreedom: degreesOfFreedom), expected, relative: 1e-12)
  }

  @Test(arguments: [
    (0.05, 1, 12.706204736174705), (0.05, 10, 2.2281388519862747), (0.05, 78.46633511, 1.9906607218647446),
    (0.01, 4.5, 4.272823993011293), (0.05, 641.7777778, 1.9636672529632807), (0.05, .infinity, 1.959963984540054),
  ])
  func studentQuantiles(_ tail: Double, _ degreesOfFreedom: Double, expected: Double) {
    expectClose(
      studentQuantile(twoSided: tail, degreesOfFreedom: degreesOfFreedom), expected, relative: 1e-12)
  }

  /// I_x(a, b) + I_{1−x}(b, a) = 1, and it grows with x and b and falls with a.
  @Test func betaFunctionsAreSymmetricAndMonotone() {
    var random = SplitMix64(seed: 1)
    for _ in 0..<300 {
      let a = exponential(Double.random(in: -3...7, using: &random))
      let b = exponential(Double.random(in: -3...7, using: &random))
      let x = Double.random(in: 0.001...0.999, using: &random)
      let value = incompleteBeta(x, complement: 1 - x, a, b)
      expectClose(value + incompleteBeta(1 - x, complement: x, b, a), 1, relative: 1e-12, "\(a) \(b) \(x)")
      let least = value * (1 - 1e-12)
      #expect(incompleteBeta(x, complement: 1 - x, a, b + 1) >= least, "\(a) \(b) \(x)")
      #expect(incompleteBeta(x, complement: 1 - x, a / 2, b) >= least, "\(a) \(b) \(x)")
      #expect(incompleteBeta((1 + x) / 2, complement: (1 - x) / 2, a, b) >= least, "\(a) \(b) \(x)")
    }
  }

  @Test func logisticAndLogitAreInverse() {
    for x in [-700, -40, -1.5, 0, 0.25, 3, 30] {
      expectClose(logit(logistic(x)), x, relative: 1e-12, absolute: x > 20 ? 1e-2 : 0, "\(x)")
    }
    #expect(logistic(-.infinity) == 0)
    #expect(logistic(.infinity) == 1)
    #expect(logit(0) == -.infinity)
    #expect(logit(1) == .infinity)
  }
}

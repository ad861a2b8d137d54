import Latent
import LatentKernels
import Testing

/// How many cells a rule hides, and which.
@Suite struct HidingRuleTests {
  /// Cells with predictors and draws, as a pass over a table shows them.
  private struct Cells {
    let predictors: [Double]
    let draws: [Double]

    init(count: Int, distinct: Int, using random: inout SplitMix64) {
      let values = (0..<distinct).map { _ in Double.random(in: -6...6, using: &random) }
      predictors = (0..<count).map { _ in values[Int.random(in: 0..<distinct, using: &random)] }
      draws = (0..<count).map { _ in Double.random(in: 0..<1, using: &random) }
    }

    func hidden(_ goal: HidingRule.Goal) -> (flags: [Bool], intercept: Double?) {
      var rule = HidingRule(goal)
      for (predictor, draw) in zip(predictors, draws) { rule.consider(predictor: predictor, draw: draw) }
      rule.settle()
      return (zip(predictors, draws).map { rule.hides(predictor: $0, draw: $1) }, rule.intercept)
    }
  }

  /// The expected share is the rate asked for, and the intercept that follows from it hides the same cells when given.
  @Test func interceptsMeetTheRate() throws {
    for seed in 0..<300 {
      var random = SplitMix64(seed: UInt64(seed))
      let cells = Cells(count: Int.random(in: 1...200, using: &random), distinct: seed % 40 + 1, using: &random)
      let rate = seed % 10 == 0 ? Double(seed % 20) / 10 : Double.random(in: 0.001...0.999, using: &random)
      let (flags, found) = cells.hidden(.rate(rate))
      let intercept = try #require(found)
      let mean = cells.predictors.reduce(0) { $0 + logistic(intercept + $1) } / Double(cells.predictors.count)
      expectClose(mean, rate, relative: 1e-12, absolute: 1e-14, "seed \(seed)")
      #expect(cells.hidden(.intercept(intercept)).flags == flags, "seed \(seed)")
    }
  }

  @Test func exactRatesGiveTheNumber() {
    for seed in 0..<300 {
      var random = SplitMix64(seed: UInt64(seed))
      let cells = Cells(count: Int.random(in: 1...200, using: &random), distinct: seed % 5 + 1, using: &random)
      let rate = Double(seed % 11) / 10
      let (flags, intercept) = cells.hidden(.exactRate(rate))
      #expect(flags.count { $0 } == Int((rate * Double(flags.count)).rounded()), "seed \(seed)")
      #expect(intercept == nil)
    }
  }

  /// Equal draws are no reason to hide more.
  @Test func exactRatesHoldWithEqualDraws() {
    var rule = HidingRule(.exactRate(0.3))
    for _ in 0..<10 { rule.consider(predictor: 0, draw: 0.5) }
    rule.settle()
    let hidden = (0..<10).map { _ in rule.hides(predictor: 0, draw: 0.5) }
    #expect(hidden == [true, true, true] + Array(repeating: false, count: 7))
  }

  /// Over many draws, each cell is hidden as often as its log-odds say: within five standard errors, and a hundredth for
  /// samples of fixed size, where this holds nearly only.
  @Test(arguments: [HidingRule.Goal.rate(0.4), .exactRate(0.4)])
  func cellsAreHiddenAsOftenAsTheirLogOddsSay(_ goal: HidingRule.Goal) throws {
    var random = SplitMix64(seed: 3)
    let predictors = (0..<40).map { Double($0 % 5) - 2 }
    let draws = predictors.map { _ in 0.5 }
    var reference = HidingRule(.rate(0.4))
    for (predictor, draw) in zip(predictors, draws) { reference.consider(predictor: predictor, draw: draw) }
    reference.settle()
    let intercept = try #require(reference.intercept)
    let repetitions = 4000
    var counts = [Double](repeating: 0, count: 5)
    for _ in 0..<repetitions {
      let draws = predictors.map { _ in Double.random(in: 0..<1, using: &random) }
      var rule = HidingRule(goal)
      for (predictor, draw) in zip(predictors, draws) { rule.consider(predictor: predictor, draw: draw) }
      rule.settle()
      for (predictor, draw) in zip(predictors, draws) where rule.hides(predictor: predictor, draw: draw) {
        counts[Int(predictor) + 2] += 1
      }
    }
    let trials = Double(repetitions * 8)
    for (group, count) in counts.enumerated() {
      let probability = logistic(intercept + Double(group) - 2)
      let error = (probability * (1 - probability) / trials).squareRoot()
      expectClose(count / trials, probability, relative: 0, absolute: 5 * error + (goal == .rate(0.4) ? 0 : 0.01))
    }
  }
}

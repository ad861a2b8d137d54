import Foundation
import Latent
import LatentLaws
import Testing

/// The linkage model keeps the laws of EM, and each law finds a model or an engine that breaks it.
@Suite struct LinkageLawTests {
  @Test func theLinkageKeepsTheLaws() throws {
    // [laws]
    let laws = EMLaws(
      Linkage(t: 0.3), moves: [{ Linkage(t: $0.t + $1) }], statistics: { [$0.linked, $0.crossed] },
      makeEngine: { Animals() })
    try laws.check()
    try laws.checkAdditivity(of: [Animals(cells: [100, 18, 0, 14]), Animals(cells: [25, 0, 20, 20])])
    // [/laws]
    try laws.checkAgreement(with: Animals(cells: [125, 20, 18, 34]))
    try laws.checkSameBits(as: Animals())
  }

  /// A weight is a repetition.
  @Test func weightsAddUp() throws {
    let laws = EMLaws(
      Linkage(t: 0.7), moves: [], statistics: { [$0.linked, $0.crossed] },
      makeEngine: { Animals(cells: [375, 54, 60, 102]) })
    try laws.checkAdditivity(of: [Animals(), Animals(), Animals()])
  }

  /// The laws of an engine whose right answer is spoilt by a closure, which also gets the number of the call.
  private func laws(
    at t: Double = 0.3, _ spoil: @escaping @Sendable (Int, Linkage, Counts, Double) -> (Counts, Double)
  ) -> EMLaws<Spoiled> {
    EMLaws(
      Linkage(t: t), moves: [{ Linkage(t: $0.t + $1) }], statistics: { [$0.linked, $0.crossed] },
      makeEngine: { Spoiled(spoil: spoil) })
  }

  /// The sentence of the law that breaks.
  private func violation(_ law: () throws -> Void) -> String {
    do {
      try law()
      return "no law is broken"
    } catch {
      return "\(error)"
    }
  }

  @Test func anEngineThatKeepsSomethingIsFound() {
    let laws = laws { calls, _, n, l in (n, l + (calls == 1 ? 0 : 1e-12)) }
    #expect(
      violation(laws.checkExpectation).hasPrefix(
        "asked again about the same model, the engine gives another answer (log-likelihood): number 0 is "))
    #expect(
      violation { try laws.checkThreads() }.hasPrefix(
        "run 0 has another trace when 2 engines work side by side: number 0 is "))
  }

  @Test func anEngineThatReplacesStatisticsIsFound() {
    let laws = EMLaws(
      Linkage(t: 0.3), moves: [{ Linkage(t: $0.t + $1) }], statistics: { [$0.linked, $0.crossed] },
      makeEngine: { Replacing() })
    #expect(
      violation(laws.checkExpectation).hasPrefix(
        "expect does not add to the statistics that are there (statistics): number 0 is "))
  }

  @Test func statisticsThatLoseSomethingAreFound() {
    let laws = EMLaws(
      Lossy(t: 0.3), moves: [{ Lossy(t: $0.t + $1) }], statistics: { [$0.linked, $0.crossed] },
      makeEngine: { LossyAnimals() })
    #expect(
      violation(laws.checkExpectation).hasPrefix(
        "expect does not add to the statistics that are there (statistics): number 1 is "))
    let halves = LossyAnimals(animals: Animals(cells: [62.5, 9, 10, 17]))
    #expect(
      violation { try laws.checkAdditivity(of: [halves, halves]) }.hasPrefix(
        "the parts of the data do not add up to the whole (statistics): number 1 is "))
  }

  /// An engine that adds a constant to ℓ finds it twice in two parts.
  @Test func partsThatDoNotAddUpAreFound() {
    let laws = laws { _, _, n, l in (n, l + 3) }
    let half = Spoiled(animals: Animals(cells: [62.5, 9, 10, 17])) { _, _, n, l in (n, l + 3) }
    #expect(
      violation { try laws.checkAdditivity(of: [half, half]) }.hasPrefix(
        "the parts of the data do not add up to the whole (log-likelihood): number 0 is "))
  }

  @Test func anotherAnswerIsFound() {
    let laws = laws { _, _, n, l in (Counts(linked: n.linked + 1e-6, crossed: n.crossed), l) }
    #expect(
      violation { try laws.checkAgreement(with: Animals()) }.hasPrefix(
        "two engines on the same data differ (statistics): number 0 is "))
    #expect(
      violation { try laws.checkSameBits(as: Animals()) }.hasPrefix(
        "two engines on the same data differ (statistics): number 0 is "))
  }

  /// A share of t/2 in place of t/4.
  @Test func aWrongExpectationIsFound() {
    let laws = laws { _, model, n, l in (Counts(linked: 125 * model.t / (1 + model.t) + 34, crossed: n.crossed), l) }
    let sentence = violation(laws.check)
    #expect(sentence.hasPrefix("along move 0 the slope of the log-likelihood is 113.3954"))
    #expect(sentence.contains(", that of the score at the expected statistics 155.2014"))
    #expect(violation(laws.checkGradient) == sentence)
    #expect(violation(laws.checkBound).hasPrefix("the bound of the E-step, "))
    #expect(violation(laws.checkAscent).hasPrefix("EM step "))
  }

  /// ℓ of the parameters of the step before.
  @Test func aLogLikelihoodOfOtherParametersIsFound() {
    let laws = EMLaws(
      Linkage(t: 0.3), moves: [{ Linkage(t: $0.t + $1) }], statistics: { [$0.linked, $0.crossed] },
      makeEngine: { Late() })
    var short = laws
    short.iterations = 2
    #expect(
      violation(short.checkAscent).hasPrefix(
        "the end of a run is not what the returned model gives (log-likelihood): number 0 is "))
  }

  @Test func anMStepThatDoesNotMaximizeIsFound() {
    let shy = EMLaws(
      Shy(t: 0.3, share: 0.9), moves: [{ Shy(t: $0.t + $1, share: $0.share) }],
      statistics: { [$0.linked, $0.crossed] }, makeEngine: { ShyAnimals() })
    #expect(violation(shy.checkMaximization).hasPrefix("the M-step does not maximize the score: it reaches "))
    let contrary = EMLaws(
      Shy(t: 0.3, share: -1), moves: shy.moves, statistics: shy.statistics, makeEngine: { ShyAnimals() })
    #expect(violation(contrary.checkMaximization).hasPrefix("the M-step lowers the score of its statistics from "))
  }

  @Test func lawsThatCannotFailAreFound() {
    let still = EMLaws(
      Linkage(t: 0.3), moves: [{ model, _ in model }], statistics: { [$0.linked, $0.crossed] },
      makeEngine: { Animals() })
    #expect(
      violation(still.check)
        == "no move leads to another model with a finite score; try a different reach or other moves")
    let outside = EMLaws(
      Linkage(t: 1.2), moves: [{ Linkage(t: $0.t + $1) }], statistics: { [$0.linked, $0.crossed] },
      makeEngine: { Animals() })
    #expect(
      violation(outside.check)
        == "the engine returns no number as the log-likelihood; the laws need a model that makes the data possible")
  }
}

/// The engine of the linkage with an answer that was spoilt on the way; it counts its calls.
private struct Spoiled: ExpectationEngine {
  var animals = Animals()
  var calls = 0
  let spoil: @Sendable (Int, Linkage, Counts, Double) -> (Counts, Double)

  init(
    animals: Animals = Animals(),
    spoil: @escaping @Sendable (Int, Linkage, Counts, Double) -> (Counts, Double)
  ) {
    self.animals = animals
    self.spoil = spoil
  }

  mutating func expect(under model: Linkage, into n: inout Counts) -> Double {
    calls += 1
    var right = model.emptyStatistics
    let logLikelihood = animals.expect(under: model, into: &right)
    let (counts, spoiltLogLikelihood) = spoil(calls, model, right, logLikelihood)
    n += counts
    return spoiltLogLikelihood
  }
}

/// An engine that forgets what was there.
private struct Replacing: ExpectationEngine {
  func expect(under model: Linkage, into n: inout Counts) -> Double {
    n = model.emptyStatistics
    return Animals().expect(under: model, into: &n)
  }
}

/// An engine that returns the log-likelihood of the parameters before.
private struct Late: ExpectationEngine {
  var last: Double?

  mutating func expect(under model: Linkage, into n: inout Counts) -> Double {
    let logLikelihood = Animals().expect(under: model, into: &n)
    defer { last = logLikelihood }
    return last ?? logLikelihood
  }
}

/// A linkage whose M-step goes a share of the way only.
private struct Shy: ParametricModel {
  var t: Double
  let share: Double
  var emptyStatistics: Counts { Counts(linked: 0, crossed: 0) }

  func score(_ n: Counts) -> Double { Linkage(t: t).score(n) }
  mutating func maximize(from n: Counts) {
    var right = Linkage(t: t)
    right.maximize(from: n)
    t += share * (right.t - t)
  }
}

private struct ShyAnimals: ExpectationEngine {
  func expect(under model: Shy, into n: inout Counts) -> Double {
    Animals().expect(under: Linkage(t: model.t), into: &n)
  }
}

/// A linkage whose statistics lose animals when they are added.
private struct Lossy: ParametricModel {
  struct Animals: AdditiveStatistics {
    var linked, crossed: Double
    static func += (a: inout Animals, b: Animals) { a.linked += b.linked }
  }

  var t: Double
  let emptyStatistics = Animals(linked: 0, crossed: 0)

  func score(_ n: Animals) -> Double { Linkage(t: t).score(Counts(linked: n.linked, crossed: n.crossed)) }
  mutating func maximize(from n: Animals) { t = n.linked / (n.linked + n.crossed) }
}

private struct LossyAnimals: ExpectationEngine {
  var animals = Animals()

  func expect(under model: Lossy, into n: inout Lossy.Animals) -> Double {
    var counts = Counts(linked: n.linked, crossed: n.crossed)
    let logLikelihood = animals.expect(under: Linkage(t: model.t), into: &counts)
    n = Lossy.Animals(linked: counts.linked, crossed: counts.crossed)
    return logLikelihood
  }
}

import Foundation
import Latent
import Testing

// [linkage]
/// Animals fall into four cells with probabilities 1/2 + t/4, (1 − t)/4, (1 − t)/4 and t/4.
struct Linkage: ParametricModel {
  var t: Double
  let emptyStatistics = Counts(linked: 0, crossed: 0)

  func score(_ n: Counts) -> Double { n.linked * log(t) + n.crossed * log(1 - t) }
  mutating func maximize(from n: Counts) { t = n.linked / (n.linked + n.crossed) }
}

/// Complete data would tell which animals of the first cell came by the t/4.
struct Counts: AdditiveStatistics {
  var linked, crossed: Double
  static func += (a: inout Counts, b: Counts) {
    a.linked += b.linked
    a.crossed += b.crossed
  }
}

/// The E-step on the counts of the four cells: of the first, a share (t/4) / (1/2 + t/4) is linked.
struct Animals: ExpectationEngine {
  var cells = [125.0, 18, 20, 34]

  func expect(under model: Linkage, into n: inout Counts) -> Double {
    let (t, crossed) = (model.t, cells[1] + cells[2])
    n += Counts(linked: cells[0] * t / (2 + t) + cells[3], crossed: crossed)
    return cells[0] * log(2 + t) + crossed * log(1 - t) + cells[3] * log(t)
  }
}
// [/linkage]

/// Dempster, Laird and Rubin (1977), section 1, with the data of Rao (1965): a model of one's own under the EM loop.
@Suite struct LinkageTests {
  private func fit(_ stopping: StoppingRule, prior: Counts? = nil) throws -> Fit<Linkage> {
    var animals = Animals()
    return try ExpectationMaximization(stopping: stopping).fit(Linkage(t: 0.5), with: &animals, prior: prior)
  }

  @Test func theIteratesArePublished() throws {
    let published = [
      0.5, 0.6082474227, 0.6243210504, 0.6264888791, 0.6267773223, 0.6268156321, 0.6268207190, 0.6268213945,
      0.6268214841,
    ]
    for (iterations, t) in published.enumerated() {
      let fit = try fit(StoppingRule(maximumIterations: iterations, tolerance: 0))
      #expect(fit.iterations == iterations)
      #expect(fit.outcome == .iterationLimit)
      #expect((fit.model.t - t).magnitude < 1e-9, "iteration \(iterations)")
    }
  }

  @Test func theLimitIsTheClosedForm() throws {
    let fit = try fit(StoppingRule(tolerance: 1e-15))
    #expect(fit.outcome == .converged)
    expectClose(fit.model.t, (15 + 53_809.0.squareRoot()) / 394, relative: 1e-7)
    expectClose(fit.logLikelihood, 67.38410209, relative: 0, absolute: 5e-9)
  }

  /// Near the limit each step shrinks the distance by the fraction of missing information.
  @Test func theRateIsTheFractionOfMissingInformation() throws {
    let limit = (15 + 53_809.0.squareRoot()) / 394
    let distances = try [6, 7].map {
      try fit(StoppingRule(maximumIterations: $0, tolerance: 0)).model.t - limit
    }
    expectClose(distances[1] / distances[0], 0.1327787337, relative: 1e-5)
  }

  /// The bound lies between the log-likelihoods of both ends of every step, for any model.
  @Test func theBoundLiesBetween() throws {
    let fit = try fit(StoppingRule(maximumIterations: 6, tolerance: 0))
    #expect(fit.bounds.count == 6)
    for (step, bound) in fit.bounds.enumerated() {
      #expect(fit.logLikelihoods[step] <= bound + 1e-12)
      #expect(bound <= fit.logLikelihoods[step + 1] + 1e-12)
    }
  }

  /// Pseudo-counts enter by addition; the objective gains their score.
  @Test func aBetaPriorMovesTheLimit() throws {
    let prior = Counts(linked: 50, crossed: 50)
    let fit = try fit(StoppingRule(tolerance: 1e-15), prior: prior)
    let t = fit.model.t
    expectClose(fit.objective, fit.logLikelihood + 50 * log(t) + 50 * log(1 - t), relative: 1e-14)
    // The derivative of the objective is 0: 125/(2 + t) + 84/t = 88/(1 − t).
    expectClose(125 / (2 + t) + 84 / t, 88 / (1 - t), relative: 1e-6)
    #expect(zip(fit.objectives, fit.objectives.dropFirst()).allSatisfy { $0 <= $1 })
  }
}

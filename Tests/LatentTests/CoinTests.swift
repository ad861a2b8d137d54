import Foundation
import Latent
import Testing

// [coins]
/// Two coins with their probabilities of heads. Each set of tosses is made with one of them, either with probability ½.
struct Coins: ParametricModel {
  var heads: [Double]
  let emptyStatistics = Tosses(heads: [0, 0], tails: [0, 0])

  func score(_ n: Tosses) -> Double {
    heads.indices.reduce(0) { $0 + n.heads[$1] * log(heads[$1]) + n.tails[$1] * log(1 - heads[$1]) }
  }

  mutating func maximize(from n: Tosses) {
    for coin in heads.indices { heads[coin] = n.heads[coin] / (n.heads[coin] + n.tails[coin]) }
  }
}

/// How often each coin showed heads and tails.
struct Tosses: AdditiveStatistics {
  var heads, tails: [Double]
  static func += (a: inout Tosses, b: Tosses) {
    for coin in a.heads.indices {
      a.heads[coin] += b.heads[coin]
      a.tails[coin] += b.tails[coin]
    }
  }
}

/// The E-step on the number of heads in each set of ten: which coin it was, nobody wrote down.
struct Sets: ExpectationEngine {
  let heads: [Double]

  func expect(under model: Coins, into n: inout Tosses) -> Double {
    var logLikelihood = 0.0
    for h in heads {
      let joint = model.heads.map { 0.5 * pow($0, h) * pow(1 - $0, 10 - h) }
      let likelihood = joint[0] + joint[1]
      logLikelihood += log(likelihood)
      let coin = joint.map { $0 / likelihood }
      n += Tosses(heads: coin.map { $0 * h }, tails: coin.map { $0 * (10 - h) })
    }
    return logLikelihood
  }
}
// [/coins]

/// Do and Batzoglou (2008): which coin made each set of tosses is hidden.
@Suite struct CoinTests {
  private func fit(_ stopping: StoppingRule) throws -> Coins {
    // [tosses]
    var sets = Sets(heads: [5, 9, 8, 4, 7])
    let fit = try ExpectationMaximization(stopping: stopping)
      .fit(Coins(heads: [0.6, 0.5]), with: &sets)
    // [/tosses]
    return fit.model
  }

  @Test(arguments: [
    (1, [0.713_012_2, 0.581_339_3]), (2, [0.745_292_0, 0.569_255_8]), (10, [0.796_744_1, 0.519_658_7]),
  ])
  func theIteratesArePublished(iterations: Int, heads: [Double]) throws {
    let coins = try fit(StoppingRule(maximumIterations: iterations, tolerance: 0))
    expectClose(coins.heads, heads, absolute: 5e-8)
  }

  @Test func theLimitIsPublished() throws {
    let coins = try fit(StoppingRule(tolerance: 1e-15))
    expectClose(coins.heads, [0.796_789_1, 0.519_583_1], absolute: 1e-7)
  }
}

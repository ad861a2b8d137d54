import Foundation
import Latent
import Testing

@testable import LatentCommand

/// How many starts are done, and how long the rest takes.
@Suite struct FitForecastTests {
  /// −100 less a gap that falls by a factor in every iteration.
  private func objective(_ iteration: Int, _ factor: Double) -> Double { -100 - pow(factor, Double(iteration)) }

  /// Records a start until it is done or so many iterations have passed, and says how many those were.
  private func run(
    _ forecast: inout FitForecast, start: Int, factor: Double = 0.9, from first: Int = 0, upTo limit: Int = .max
  ) -> Int {
    let done = forecast.done
    for iteration in first... {
      let value = objective(iteration, factor)
      forecast.record(start: start, number: iteration, logLikelihood: value, objective: value)
      if forecast.done > done || iteration == limit { return iteration }
    }
    return 0
  }

  @Test func doneStartsTellHowLongTheOthersTake() throws {
    var forecast = FitForecast(starts: 4, stopping: StoppingRule())
    let iterations = run(&forecast, start: 0)
    #expect(forecast.done == 1)
    let left = try #require(forecast.secondsLeft(elapsed: 6))
    #expect((left - 18).magnitude < 1e-9)
    #expect(run(&forecast, start: 1, upTo: iterations / 2) == iterations / 2)
    let later = try #require(forecast.secondsLeft(elapsed: 9))
    let rest = Double(3 * iterations - iterations / 2) * 9 / Double(iterations + iterations / 2)
    #expect((later - rest).magnitude < 1e-9)
    #expect(run(&forecast, start: 1, from: iterations / 2 + 1) == iterations && forecast.done == 2)
  }

  /// Before any start is done, the gains tell: they shrink by a tenth in every iteration.
  @Test func shrinkingGainsTellWhenTheyAreSmallEnough() throws {
    var forecast = FitForecast(starts: 1, stopping: StoppingRule())
    var whole = forecast
    let all = run(&whole, start: 0)
    #expect(forecast.secondsLeft(elapsed: 1) == nil)
    _ = run(&forecast, start: 0, upTo: 2)
    #expect(forecast.secondsLeft(elapsed: 1) == nil)
    _ = run(&forecast, start: 0, from: 3, upTo: 40)
    let left = try #require(forecast.secondsLeft(elapsed: 4))
    #expect((left - Double(all - 40) / 10).magnitude < 0.2)
  }

  @Test func withoutAToleranceAllIterationsAreMade() throws {
    var forecast = FitForecast(starts: 2, stopping: StoppingRule(maximumIterations: 50, tolerance: 0))
    _ = run(&forecast, start: 0, upTo: 10)
    #expect(forecast.secondsLeft(elapsed: 1) == 9)
    #expect(run(&forecast, start: 0, from: 11) == 50 && forecast.done == 1)
  }

  @Test func lines() {
    var forecast = FitForecast(starts: 3, stopping: StoppingRule(maximumIterations: 100, tolerance: 0))
    _ = run(&forecast, start: 0, factor: 0.5, upTo: 100)
    _ = run(&forecast, start: 1, factor: 0.5, upTo: 10)
    func line(elapsed: Double) -> String {
      FitProgress.line(forecast, starts: 3, start: 1, iteration: 10, elapsed: elapsed)
    }
    #expect(
      line(elapsed: 11)
        == "1 of 3 starts done, best log-likelihood -100.000000, start 2 at iteration 10, about 19 seconds left")
    #expect(line(elapsed: 600).hasSuffix("about 17 minutes left"))
    #expect(line(elapsed: 11_000).hasSuffix("about 5 hours left"))
    var one = FitForecast(starts: 1, stopping: StoppingRule(maximumIterations: 4, tolerance: 0))
    _ = run(&one, start: 0, factor: 0.5, upTo: 2)
    #expect(
      FitProgress.line(one, starts: 1, start: 0, iteration: 2, elapsed: 0.1)
        == "iteration 2, log-likelihood -100.250000, gained 0.25, about 1 second left")
  }
}

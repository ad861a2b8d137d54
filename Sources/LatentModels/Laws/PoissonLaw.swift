package import LatentData
internal import LatentKernels

/// Poisson distributions, one per configuration of the parents: a row of parameters is the rate λ, a row of statistics
/// Σ w and Σ w x.
///
/// Σ w log x! depends on the data alone: it belongs to the likelihood, and not to the score.
package struct PoissonLaw: NumericLaw {
  package var parameterCount: Int { 1 }
  package var statisticsCount: Int { 2 }
  package func labels(of children: [Variable]) -> [String] { ["rate"] }

  package func flaw(in rows: [Double]) -> (row: Int, flaw: ParameterError.Flaw)? {
    rows.firstIndex { !Frame.rates.contains($0) }.map { ($0, .notARate(rows[$0])) }
  }

  package func freeParameters(rows: Int, _ learning: Learning, isStructuralZero: (Int) -> Bool) -> Int {
    learning == .everything ? rows : 0
  }

  /// Σ_j [Σwx · log λ − Σw · λ].
  package func score(
    _ parameters: UnsafeBufferPointer<Double>, _ statistics: UnsafeBufferPointer<Double>, _ axes: [Frame.Axis]
  ) -> Double {
    var sum = 0.0
    for row in parameters.indices where statistics[2 * row] > 0 {
      sum += Self.score(statistics[2 * row], statistics[2 * row + 1], rate: parameters[row])
    }
    return sum
  }

  /// λ = Σwx / Σw; 0 where nothing was counted.
  package func maximize(
    _ parameters: UnsafeMutableBufferPointer<Double>, from statistics: UnsafeBufferPointer<Double>,
    _ learning: Learning, _ axes: [Frame.Axis]
  ) {
    guard learning == .everything else { return }
    for row in parameters.indices where statistics[2 * row] > 0 {
      parameters[row] = statistics[2 * row + 1] / statistics[2 * row]
    }
  }

  package func weight(of statistics: ArraySlice<Double>) -> Double { statistics[statistics.startIndex] }

  package func momentCount(observed: Int) -> Int { 2 }

  package func marginalScore(
    _ parameters: ArraySlice<Double>, moments: ArraySlice<Double>, observed: [Int], _ axes: [Frame.Axis]
  ) -> Double {
    guard !observed.isEmpty, let rate = parameters.first else { return 0 }
    return Self.score(moments[moments.startIndex], moments[moments.startIndex + 1], rate: rate)
  }

  /// Σwx · log λ − Σw · λ, where 0 · log 0 is 0.
  private static func score(_ weight: Double, _ sum: Double, rate: Double) -> Double {
    (sum > 0 ? sum * naturalLog(rate) : 0) - weight * rate
  }

  package func complete(
    _ moments: ArraySlice<Double>, observed: [Int], _ policy: CompletionPolicy, _ parameters: ArraySlice<Double>,
    _ axes: [Frame.Axis], into statistics: UnsafeMutableBufferPointer<Double>
  ) {
    let weight = moments[moments.startIndex]
    statistics[0] += weight
    statistics[1] += observed.isEmpty ? weight * parameters[parameters.startIndex] : moments[moments.startIndex + 1]
  }

  package func conditional(_ parameters: ArraySlice<Double>, observed: [Int]) -> ConditionalNumbers {
    ConditionalNumbers(rate: parameters[parameters.startIndex], isObserved: !observed.isEmpty)
  }

  /// A rate drawn from the normal distribution with the moments of the column, but no less than half of its mean.
  package func randomRow(_ axes: [Frame.Axis], standardNormal: () -> Double) -> [Double] {
    let (mean, variance) = (axes[0].origin, axes[0].variance)
    return [max(mean + variance.squareRoot() * standardNormal(), mean / 2)]
  }

  package func pseudoStatistics(weight: Double, _ axes: [Frame.Axis]) -> [Double] {
    [weight, weight * axes[0].origin]
  }

  package func coordinates(_ parameters: ArraySlice<Double>, about reference: ArraySlice<Double>) -> [Double] {
    parameters.map { $0.squareRoot() }
  }

  package func row(at coordinates: [Double], about reference: ArraySlice<Double>) -> [Double] {
    coordinates.map { $0 * $0 }
  }

  package func shaped(_ direction: [Double], first: [Double]) -> [Double] { direction }

  package func lifted(_ parameters: [Double], _ axes: [Frame.Axis]) -> [Double] { parameters }

  package func numbersAtFloor(_ parameters: ArraySlice<Double>, _ axes: [Frame.Axis]) -> [Int] { [] }

  package func moments(of number: Int, _ parameters: ArraySlice<Double>) -> (mean: Double, variance: Double) {
    (parameters[parameters.startIndex], parameters[parameters.startIndex])
  }
}

/// A Poisson distribution.
public struct Poisson: Hashable, Sendable {
  /// λ, the mean and the variance.
  public let rate: Double

  /// A Poisson distribution with a rate of 0 or above.
  public init(rate: Double) {
    precondition(rate >= 0, "a rate is not negative")
    self.rate = rate
  }

  /// log p(x) = x log λ − λ − log x!.
  public func logProbability(_ count: Double) -> Double {
    (count > 0 ? count * naturalLog(rate) : 0) - rate - logFactorial(count)
  }
}

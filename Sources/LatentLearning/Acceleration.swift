internal import LatentData
public import LatentModels

/// How the iterations of EM are made longer.
public enum Acceleration<Model: Sendable>: Sendable {
  /// Plain EM.
  case none
  /// Squared extrapolation: after two EM steps θ_0 → θ_1 → θ_2 the function proposes a point further along, or nil. It is
  /// taken when its objective is not below that of θ_1; otherwise the run falls back to θ_2. So the objective never falls.
  case squared(@Sendable (_ start: Model, _ first: Model, _ second: Model) -> Model?)
}

extension Acceleration where Model == BayesianNetwork {
  /// SQUAREM, scheme S3 (Varadhan and Roland 2008, equation 9), on the square roots of the probabilities.
  ///
  /// With φ = √θ, r = φ_1 − φ_0 and v = φ_2 − φ_1 − r the step length is α = −‖r‖ / ‖v‖, and the proposal
  /// φ = φ_0 − 2 α r + α² v; its squares are normalised. On the roots a probability that goes to zero is a regular
  /// point, and every proposal is a distribution. A zero stays a zero.
  public static var squarem: Self {
    .squared { start, first, second in squaredExtrapolation(start, first, second) }
  }
}

private func squaredExtrapolation(
  _ start: BayesianNetwork, _ first: BayesianNetwork, _ second: BayesianNetwork
) -> BayesianNetwork? {
  var (squaredR, squaredV) = (0.0, 0.0)
  for cell in start.parameters.indices {
    let step = RootStep(start.parameters[cell], first.parameters[cell], second.parameters[cell])
    squaredR += step.r * step.r
    squaredV += step.v * step.v
  }
  guard squaredR > squaredV, squaredV > 0 else { return nil }
  let alpha = -(squaredR / squaredV).squareRoot()
  var weights = [Double](repeating: 0, count: start.parameters.count)
  let structure = start.structure
  for id in structure.schema.ids {
    let width = structure.cardinality(of: id)
    for row in Swift.stride(from: structure.offsets[id.index], to: structure.offsets[id.index + 1], by: width) {
      let cells = row..<row + width
      // A row that does not move keeps its bits: a weight of 0 leaves it as it is.
      if start.parameters[cells] == second.parameters[cells] { continue }
      for cell in cells where second.parameters[cell] > 0 {
        let step = RootStep(start.parameters[cell], first.parameters[cell], second.parameters[cell])
        let root = step.start - 2 * alpha * step.r + alpha * alpha * step.v
        // What EM would not make zero must not become zero: EM could not leave it.
        weights[cell] = max(root * root, .leastNormalMagnitude)
      }
    }
  }
  var proposal = second
  proposal.maximize(from: Statistics(values: weights))
  return proposal
}

/// The first and second differences of the square roots of one probability.
private struct RootStep {
  let start: Double
  let r: Double
  let v: Double

  init(_ start: Double, _ first: Double, _ second: Double) {
    let (root0, root1) = (start.squareRoot(), first.squareRoot())
    self.start = root0
    r = root1 - root0
    v = second.squareRoot() - root1 - r
  }
}

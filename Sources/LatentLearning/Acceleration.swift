internal import LatentData
internal import LatentKernels
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
  /// SQUAREM, scheme S3 (Varadhan and Roland 2008, equation 9), on coordinates in which every point is regular: square
  /// roots of probabilities, means in units of their standard deviation, logarithms of standard deviations.
  ///
  /// With φ the coordinates of θ, r = φ_1 − φ_0 and v = φ_2 − φ_1 − r the step length is α = −‖r‖ / ‖v‖, and the
  /// proposal φ = φ_0 − 2 α r + α² v; squares of roots are normalised. On the roots a probability that goes to zero is a
  /// regular point, and every proposal is a distribution. A zero stays a zero.
  ///
  /// - Parameter frame: that of the data, whose floors no variance passes; of no concern to a model without numbers.
  public static func squarem(frame: Frame) -> Self {
    .squared { start, first, second in squaredExtrapolation(start, first, second, frame) }
  }

  /// SQUAREM for models of variables with states.
  public static var squarem: Self { squarem(frame: .empty) }
}

private func squaredExtrapolation(
  _ start: BayesianNetwork, _ first: BayesianNetwork, _ second: BayesianNetwork, _ frame: Frame
) -> BayesianNetwork? {
  var (squaredR, squaredV) = (0.0, 0.0)
  let structure = start.structure
  for cell in 0..<structure.tableCellCount {
    let step = ChartStep(roots: start.parameters[cell], first.parameters[cell], second.parameters[cell])
    squaredR += step.r * step.r
    squaredV += step.v * step.v
  }
  let rows = structure.numericFamilies.flatMap { family in
    (0..<family.configurations).map { ChartRow(family, $0, start, first, second) }
  }
  for step in rows.lazy.flatMap(\.steps) {
    squaredR += step.r * step.r
    squaredV += step.v * step.v
  }
  guard squaredR > squaredV, squaredV > 0 else { return nil }
  let alpha = -(squaredR / squaredV).squareRoot()
  var parameters = second.parameters
  for family in structure.families where family.isTable {
    for row in stride(from: family.parameters.lowerBound, to: family.parameters.upperBound, by: family.width) {
      extrapolate(row..<row + family.width, alpha, start, first, second, into: &parameters)
    }
  }
  for row in rows where row.moves {
    guard let cells = row.extrapolated(alpha, frame) else { return nil }
    parameters.replaceSubrange(row.cells, with: cells)
  }
  return start.with(parameters: parameters)
}

/// Extrapolates one row of a table.
private func extrapolate(
  _ cells: Range<Int>, _ alpha: Double, _ start: BayesianNetwork, _ first: BayesianNetwork,
  _ second: BayesianNetwork, into parameters: inout [Double]
) {
  // A row that does not move keeps its bits.
  if start.parameters[cells] == second.parameters[cells] { return }
  var weights = [Double](repeating: 0, count: cells.count)
  for cell in cells where second.parameters[cell] > 0 {
    let root = ChartStep(roots: start.parameters[cell], first.parameters[cell], second.parameters[cell])
      .extrapolated(alpha)
    // What EM would not make zero must not become zero: EM could not leave it.
    weights[cell - cells.lowerBound] = max(root * root, .leastNormalMagnitude)
  }
  normalizeRow(weights, into: &parameters, at: cells.lowerBound)
}

/// The first and second differences of one coordinate.
private struct ChartStep {
  let start: Double
  let second: Double
  let r: Double
  let v: Double

  init(_ start: Double, _ first: Double, _ second: Double) {
    self.start = start
    self.second = second
    r = first - start
    v = second - first - r
  }

  /// The step of the square root of a probability.
  init(roots start: Double, _ first: Double, _ second: Double) {
    self.init(start.squareRoot(), first.squareRoot(), second.squareRoot())
  }

  func extrapolated(_ alpha: Double) -> Double { start - 2 * alpha * r + alpha * alpha * v }
}

/// A row of parameters of numbers, in the coordinates of its law.
private struct ChartRow {
  let family: Family
  /// Where the row stands among the parameters.
  let cells: Range<Int>
  /// Whether the row moved at all: one that did not keeps its bits.
  let moves: Bool
  let steps: [ChartStep]
  private let start: ArraySlice<Double>

  init(
    _ family: Family, _ configuration: Int, _ start: BayesianNetwork, _ first: BayesianNetwork,
    _ second: BayesianNetwork
  ) {
    guard let law = family.numericBehavior else { preconditionFailure("\(family.name) has states, not numbers") }
    self.family = family
    cells = family.parameters(in: configuration)
    self.start = start.parameters[cells]
    moves = self.start != second.parameters[cells]
    let (cells, reference) = (cells, self.start)
    func coordinates(_ network: BayesianNetwork) -> [Double] {
      law.coordinates(network.parameters[cells], about: reference)
    }
    let (from, by, to) = (coordinates(start), coordinates(first), coordinates(second))
    steps = from.indices.map { ChartStep(from[$0], by[$0], to[$0]) }
  }

  /// The row further along, lifted to the floor of the frame; nil where it would be no distribution.
  func extrapolated(_ alpha: Double, _ frame: Frame) -> [Double]? {
    guard let law = family.numericBehavior else { return nil }
    let row = law.lifted(
      law.row(at: steps.map { $0.extrapolated(alpha) }, about: start), frame.axes(of: family))
    return law.flaw(in: row) == nil ? row : nil
  }
}

public import LatentInference
public import LatentModels

/// The laws of EM that every exact model and engine keep, to test your own against.
///
/// Each law is a function that throws a `LawViolation` if the law is broken. Its description says in one sentence what is
/// wrong. Errors of an engine are passed on. `check` runs all laws that need only one data set.
///
/// The laws are tested at one model. Choose a start, not a fit: where nothing is left to learn, all slopes are near 0 and
/// tell little. Several models on small data sets find more than one model on a large data set.
public struct EMLaws<Engine: ExpectationEngine & SendableMetatype> {
  /// A path through the space of models: it takes a model and a distance, and returns the model at that distance. At 0 it
  /// returns the model itself.
  public typealias Move = (Engine.Model, Double) -> Engine.Model

  /// The model at which the laws are tested.
  public let model: Engine.Model
  /// The directions in which the model is moved, such as one per parameter.
  public let moves: [Move]
  /// The statistics as numbers, in any order.
  public let statistics: (Engine.Model.SufficientStatistics) -> [Double]
  /// Makes an engine on the data; it may be called by several threads at a time.
  public let makeEngine: @Sendable () -> Engine
  /// How far models are moved, in the units of the moves: far enough to change the score, but not out of the space of
  /// models.
  public var reach = 0.1
  /// How many EM steps the laws about runs take.
  public var iterations = 20
  /// The difference that rounding may make, relative to the numbers that are compared.
  public var tolerance = 1e-9

  /// The laws for a model and engines on one data set.
  ///
  /// - Parameters:
  ///   - model: where the laws are tested.
  ///   - moves: the directions in which the model is moved. A moved model whose score is not finite is taken to be outside
  ///     the space of models and is ignored.
  ///   - statistics: all statistics as numbers that add up as the statistics do.
  ///   - makeEngine: makes an engine on the data, as for `Restarts`.
  public init(
    _ model: Engine.Model, moves: [Move], statistics: @escaping (Engine.Model.SufficientStatistics) -> [Double],
    makeEngine: @escaping @Sendable () -> Engine
  ) {
    self.model = model
    self.moves = moves
    self.statistics = statistics
    self.makeEngine = makeEngine
  }

  /// All laws that need no second data set: the E-step, the M-step, the gradient, the bound, the run, and engines side by
  /// side.
  public func check() throws {
    try checkExpectation()
    try checkMaximization()
    try checkGradient()
    try checkBound()
    try checkAscent()
    try checkThreads()
  }

  /// What an E-step answers.
  struct Answer {
    let logLikelihood: Double
    let statistics: Engine.Model.SufficientStatistics
  }

  /// The E-step of an engine at a model.
  func ask<Other: ExpectationEngine<Engine.Model>>(_ engine: inout Other, _ model: Engine.Model) throws -> Answer {
    var statistics = model.emptyStatistics
    let logLikelihood = try engine.expect(under: model, into: &statistics)
    guard logLikelihood.isFinite else { throw LawViolation.notFinite(logLikelihood) }
    return Answer(logLikelihood: logLikelihood, statistics: statistics)
  }

  /// Throws unless an answer is the expected one, up to a relative difference.
  func compare(
    _ answer: Answer, with expected: Answer, within relative: Double, _ comparison: LawViolation.Comparison
  ) throws {
    try compare(
      answer, with: (expected.logLikelihood, statistics(expected.statistics)), within: relative, comparison)
  }

  /// Throws unless an answer is the expected one, its statistics given as numbers.
  func compare(
    _ answer: Answer, with expected: (logLikelihood: Double, statistics: [Double]), within relative: Double,
    _ comparison: LawViolation.Comparison
  ) throws {
    if let difference = Discrepancy(
      [answer.logLikelihood], [expected.logLikelihood], relative: relative, absolute: relative)
    {
      throw LawViolation.disagreement(comparison, .logLikelihood, difference)
    }
    // A statistic near 0 may be what is left of larger ones, and rounds as they do.
    let scale = expected.statistics.reduce(1) { max($0, $1.magnitude) }
    if let difference = Discrepancy(
      statistics(answer.statistics), expected.statistics, relative: relative, absolute: relative * scale)
    {
      throw LawViolation.disagreement(comparison, .statistics, difference)
    }
  }
}

internal import LatentInference
internal import LatentModels

extension EMLaws {
  /// The M-step finds the maximum of the score: no move from it, and not the model that it began with, has a higher one.
  public func checkMaximization() throws {
    var engine = makeEngine()
    let statistics = try ask(&engine, model).statistics
    var maximal = model
    maximal.maximize(from: statistics)
    let score = maximal.score(statistics)
    let allowed = tolerance * (1 + score.magnitude)
    let before = model.score(statistics)
    guard score >= before - allowed else {
      throw LawViolation.notMaximal(score: score, higher: before, move: nil, by: 0)
    }
    for moved in try movedModels(of: maximal, judgedBy: statistics) where moved.score > score + allowed {
      throw LawViolation.notMaximal(score: score, higher: moved.score, move: moved.move, by: moved.distance)
    }
  }

  /// The bound F(q, θ') = ℓ(θ) + score_θ'(N) − score_θ(N), with the expected statistics N under θ, is nowhere above ℓ(θ'):
  /// not where EM goes, and not at the moved models.
  public func checkBound() throws {
    var engine = makeEngine()
    var point = model
    for _ in 0..<iterations {
      let answer = try ask(&engine, point)
      let start = point.score(answer.statistics)
      func check(_ other: Engine.Model, _ score: Double) throws {
        let bound = answer.logLikelihood - start + score
        let logLikelihood = try ask(&engine, other).logLikelihood
        guard bound <= logLikelihood + tolerance * (1 + logLikelihood.magnitude) else {
          throw LawViolation.boundAboveLogLikelihood(bound: bound, logLikelihood: logLikelihood)
        }
      }
      for moved in try movedModels(of: point, judgedBy: answer.statistics) { try check(moved.model, moved.score) }
      point.maximize(from: answer.statistics)
      try check(point, point.score(answer.statistics))
    }
  }

  /// The slope of the log-likelihood along each move is that of the score, at the expected statistics of the model
  /// (Fisher's identity). Both are taken from differences.
  public func checkGradient() throws {
    var engine = makeEngine()
    let answer = try ask(&engine, model)
    _ = try movedModels(of: model, judgedBy: answer.statistics)
    // Errors: the fourth power of the step, and about 1e-16 / step of ℓ.
    let step = reach / 1000
    for (index, move) in moves.enumerated() {
      let offsets = [-step, -step / 2, step / 2, step]
      let models = offsets.map { move(model, $0) }
      let scores = models.map { $0.score(answer.statistics) }
      guard scores.allSatisfy(\.isFinite) else { continue }
      let logLikelihoods = try models.map { try ask(&engine, $0).logLikelihood }
      let (slope, expected) = (Self.slope(logLikelihoods, step), Self.slope(scores, step))
      let rounding = 1e-7 * (1 + answer.logLikelihood.magnitude)
      guard (slope - expected).magnitude <= rounding + 1e-6 * max(slope.magnitude, expected.magnitude) else {
        throw LawViolation.slopes(move: index, ofLogLikelihood: slope, ofScore: expected)
      }
    }
  }

  /// The derivative at 0 from the values at −h, −h/2, h/2 and h: central differences, extrapolated once (Richardson 1911).
  private static func slope(_ values: [Double], _ step: Double) -> Double {
    (4 * (values[2] - values[1]) / step - (values[3] - values[0]) / (2 * step)) / 3
  }

  /// A model that a move leads to.
  struct Moved {
    let model: Engine.Model
    let score: Double
    let move: Int
    let distance: Double
  }

  /// The models that the moves lead to, as far as their score is finite, at several distances to both sides.
  ///
  /// - Throws: `LawViolation.nothingMoves` when no such model has another score than the given one.
  func movedModels(
    of model: Engine.Model, judgedBy statistics: Engine.Model.SufficientStatistics
  ) throws -> [Moved] {
    var moved: [Moved] = []
    for (index, move) in moves.enumerated() {
      for distance in [reach, -reach, reach / 10, -reach / 10, reach / 100, -reach / 100] {
        let other = move(model, distance)
        let score = other.score(statistics)
        if score.isFinite { moved.append(Moved(model: other, score: score, move: index, distance: distance)) }
      }
    }
    let score = model.score(statistics)
    guard moved.contains(where: { $0.score != score }) else { throw LawViolation.nothingMoves }
    return moved
  }
}

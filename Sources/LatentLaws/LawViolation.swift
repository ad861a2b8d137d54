/// A law that a model or an engine breaks.
public enum LawViolation: Error, Hashable, Sendable {
  /// Which two answers of the E-step should be equal.
  public enum Comparison: Hashable, Sendable {
    /// The same engine, asked about a model, then about others, then about the first again.
    case askedAgain
    /// The same engine, adding to the statistics of its first answer; they should then be doubled.
    case addedToStatistics
    /// Another engine on the same data.
    case otherEngine
    /// The sum over engines on the parts of the data, and the engine on all of it.
    case parts
    /// The end of a run, and a new engine's answer at the model that the run returned.
    case endOfRun
  }

  /// The part of an answer that differs.
  public enum Quantity: Hashable, Sendable {
    /// ℓ, what `expect` returns.
    case logLikelihood
    /// The expected statistics; the difference names the number among them.
    case statistics
  }

  /// A log-likelihood is infinite or not a number.
  case notFinite(Double)
  /// Two answers of the E-step differ.
  case disagreement(Comparison, Quantity, Discrepancy)
  /// An EM step lowered the log-likelihood.
  case logLikelihoodFell(iteration: Int, from: Double, to: Double)
  /// F(q, θ') is above ℓ(θ'). Here q is the E-step's at θ, and θ' is a moved model or the one that the M-step made of θ.
  case boundAboveLogLikelihood(bound: Double, logLikelihood: Double)
  /// A model has a higher score than the one that `maximize` chose: that model moved `by` a distance, or, where `move` is
  /// nil, the model that the M-step began with.
  case notMaximal(score: Double, higher: Double, move: Int?, by: Double)
  /// The slope of ℓ along a move is not that of `score` at the expected statistics, as Fisher's identity demands.
  case slopes(move: Int, ofLogLikelihood: Double, ofScore: Double)
  /// A run has another trace when several engines work side by side; the difference names the entry.
  case threads(Int, run: Int, Discrepancy)
  /// No move leads to another model with a finite score, so there is nothing to compare with.
  case nothingMoves
}

extension LawViolation: CustomStringConvertible {
  /// What is wrong, in one sentence.
  public var description: String {
    switch self {
    case .notFinite(let value):
      "the engine returns \(value.isNaN ? "no number" : "\(value)") as the log-likelihood; the laws need a model that "
        + "makes the data possible"
    case .disagreement(let comparison, let quantity, let discrepancy):
      "\(comparison.sentence(quantity)): \(discrepancy)"
    case .logLikelihoodFell(let iteration, let from, let to):
      "EM step \(iteration) lowers the log-likelihood from \(from) to \(to): the E-step or the M-step is not exact"
    case .boundAboveLogLikelihood(let bound, let logLikelihood):
      "the bound of the E-step, \(bound), is above the log-likelihood, \(logLikelihood): the expected statistics, the "
        + "score or the log-likelihood is wrong"
    case .notMaximal(let score, let higher, nil, _):
      "the M-step lowers the score of its statistics from \(higher) to \(score)"
    case .notMaximal(let score, let higher, let move?, let distance):
      "the M-step does not maximize the score: it reaches \(score), and move \(move) by \(distance) reaches \(higher)"
    case .slopes(let move, let logLikelihood, let score):
      "along move \(move) the slope of the log-likelihood is \(logLikelihood), that of the score at the expected "
        + "statistics \(score): they are the same for an exact E-step"
    case .threads(let threads, let run, let discrepancy):
      "run \(run) has another trace when \(threads) engines work side by side: \(discrepancy); engines must not share "
        + "what they change, nor keep anything from one E-step to the next"
    case .nothingMoves:
      "no move leads to another model with a finite score; try a different reach or other moves"
    }
  }
}

extension LawViolation.Comparison {
  /// What is wrong when two answers differ.
  fileprivate func sentence(_ quantity: LawViolation.Quantity) -> String {
    let what =
      switch quantity {
      case .logLikelihood: "log-likelihood"
      case .statistics: "statistics"
      }
    return switch self {
    case .askedAgain: "asked again about the same model, the engine gives another answer (\(what))"
    case .addedToStatistics: "expect does not add to the statistics that are there (\(what))"
    case .otherEngine: "two engines on the same data differ (\(what))"
    case .parts: "the parts of the data do not add up to the whole (\(what))"
    case .endOfRun: "the end of a run is not what the returned model gives (\(what))"
    }
  }
}

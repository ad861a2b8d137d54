public import LatentInference
internal import LatentModels

extension EMLaws {
  /// `expect` gives the same bits whenever it is asked about the same model, by any engine on the data, and adds to the
  /// statistics that are there.
  public func checkExpectation() throws {
    var engine = makeEngine()
    let first = try ask(&engine, model)
    for moved in try movedModels(of: model, judgedBy: first.statistics) { _ = try ask(&engine, moved.model) }
    try compare(try ask(&engine, model), with: first, within: 0, .askedAgain)
    var another = makeEngine()
    try compare(try ask(&another, model), with: first, within: 0, .otherEngine)

    var twice = first.statistics
    let logLikelihood = try engine.expect(under: model, into: &twice)
    let answer = Answer(logLikelihood: logLikelihood, statistics: twice)
    var sum = first.statistics
    sum += first.statistics
    // Both ways to double: a `+=` that loses something would agree with itself.
    for doubled in [statistics(sum), statistics(first.statistics).map { 2 * $0 }] {
      try compare(answer, with: (first.logLikelihood, doubled), within: tolerance, .addedToStatistics)
    }
  }

  /// Statistics and log-likelihoods add up: the sum over the parts of the data is what the engine on all of it finds.
  ///
  /// This also tests that a weight is a repetition, with an engine on data of weight 3 as the whole, and three engines on
  /// the same data of weight 1 as the parts.
  ///
  /// - Parameter parts: one engine on each part; together the parts are all of the data.
  public func checkAdditivity(of parts: [Engine]) throws {
    var engine = makeEngine()
    let whole = try ask(&engine, model)
    var (sum, inTurn) = (model.emptyStatistics, model.emptyStatistics)
    var logLikelihood = 0.0
    for var part in parts {
      let answer = try ask(&part, model)
      logLikelihood += answer.logLikelihood
      sum += answer.statistics
      _ = try part.expect(under: model, into: &inTurn)
    }
    try compare(Answer(logLikelihood: logLikelihood, statistics: sum), with: whole, within: tolerance, .parts)
    try compare(Answer(logLikelihood: logLikelihood, statistics: inTurn), with: whole, within: tolerance, .parts)
  }

  /// Another engine finds the same, up to rounding. It may be a slow engine that is known to be right, or an engine on data
  /// that mean the same: rows in another order, or a row of weight 2 in place of two rows.
  public func checkAgreement(with other: some ExpectationEngine<Engine.Model>) throws {
    var (engine, other) = (makeEngine(), other)
    let expected = try ask(&other, model)
    try compare(try ask(&engine, model), with: expected, within: tolerance, .otherEngine)
  }

  /// Another engine on the same data finds the same to the last bit, such as one that works with more threads.
  public func checkSameBits(as other: some ExpectationEngine<Engine.Model>) throws {
    var (engine, other) = (makeEngine(), other)
    let expected = try ask(&engine, model)
    try compare(try ask(&other, model), with: expected, within: 0, .otherEngine)
  }
}

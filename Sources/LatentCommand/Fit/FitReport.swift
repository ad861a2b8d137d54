internal import Latent

/// The JSON report of `fit`; other programs rely on the names of its keys.
struct FitReport: Encodable {
  struct StartEntry: Encodable {
    let seed: UInt64?
    let logLikelihood: Double
    let iterations: Int
    let converged: Bool

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(seed, forKey: .seed)
      try container.encode(logLikelihood, forKey: .logLikelihood)
      try container.encode(iterations, forKey: .iterations)
      try container.encode(converged, forKey: .converged)
    }

    enum CodingKeys: CodingKey {
      case seed, logLikelihood, iterations, converged
    }
  }

  let logLikelihood: Double
  let logLikelihoodTrace: [Double]
  let objectiveTrace: [Double?]?
  let iterations: Int
  let converged: Bool
  let stopReason: String
  let rows: Int
  let completeRows: Int
  let incompleteRows: Int
  let missingCells: Int
  let totalWeight: Double
  let latentVariables: [String]
  /// With an acceleration: how many E-steps the best start took, and how many proposals it gave up.
  let eSteps: Int?
  let fallbacks: Int?
  let freeParameters: Int
  let aic: Double
  let bic: Double
  let seed: UInt64
  let starts: [StartEntry]
  let seconds: Double
  let unseenParentConfigurations: [String]
  let warnings: [String]

  init(_ job: FitJob, _ outcome: FitOutcomeReport) {
    let best = outcome.best
    let summary = job.data.summary
    logLikelihood = best.logLikelihood
    logLikelihoodTrace = best.logLikelihoods
    objectiveTrace = job.prior == nil ? nil : best.objectives.map(\.finite)
    iterations = best.iterations
    converged = best.outcome == .converged
    stopReason = outcome.stopReason
    rows = summary.rowCount
    completeRows = summary.completeRows
    incompleteRows = summary.incompleteRows
    missingCells = summary.missingCells
    totalWeight = outcome.circuit.size.weight
    latentVariables = job.latent.map { job.schema[$0].name }
    eSteps = job.options.acceleration == .none ? nil : best.expectationSteps
    fallbacks = job.options.acceleration == .none ? nil : best.fallbacks
    freeParameters = outcome.freeParameters
    aic = outcome.criteria.aic
    bic = outcome.criteria.bic
    seed = job.options.seed
    starts = outcome.result.reports.map {
      StartEntry(
        seed: job.starts[$0.number].seed, logLikelihood: $0.logLikelihood, iterations: $0.iterations,
        converged: $0.outcome == .converged)
    }
    seconds = outcome.seconds
    unseenParentConfigurations = outcome.unseen
    let ofFiles = job.loaded.file.warnings + job.data.loaded.csv.warnings
    warnings = ofFiles.map(\.sentence) + job.warnings + outcome.warnings
  }
}

extension FitOutcomeReport {
  var stopReason: String {
    if wasInterrupted { return "interrupted" }
    return best.outcome == .converged ? "tolerance" : "max-iterations"
  }
}

extension Start {
  /// The seed of a random start, nil for the parameters of a file.
  var seed: UInt64? {
    switch origin {
    case .file: nil
    case .random(let seed): seed
    }
  }
}

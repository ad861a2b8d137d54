internal import Latent

/// The JSON report of `fit`; other programs rely on the names of its keys.
struct FitReport: Encodable {
  struct StartEntry: Encodable {
    let seed: UInt64?
    let log_likelihood: Double
    let iterations: Int
    let converged: Bool

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(seed, forKey: .seed)
      try container.encode(log_likelihood, forKey: .log_likelihood)
      try container.encode(iterations, forKey: .iterations)
      try container.encode(converged, forKey: .converged)
    }

    enum CodingKeys: CodingKey {
      case seed, log_likelihood, iterations, converged
    }
  }

  let log_likelihood: Double
  let log_likelihood_trace: [Double]
  let objective_trace: [Double?]?
  let iterations: Int
  let converged: Bool
  let stop_reason: String
  let rows: Int
  let complete_rows: Int
  let incomplete_rows: Int
  let missing_cells: Int
  let total_weight: Double
  let latent_variables: [String]
  let free_parameters: Int
  let aic: Double
  let bic: Double
  let seed: UInt64
  let starts: [StartEntry]
  let seconds: Double
  let unseen_parent_configurations: [String]
  let warnings: [String]

  init(_ job: FitJob, _ outcome: FitOutcomeReport) {
    let best = outcome.best
    let holes = HoleCount(job.table)
    log_likelihood = best.logLikelihood
    log_likelihood_trace = best.logLikelihoods
    objective_trace = job.prior == nil ? nil : best.objectives.map(\.finite)
    iterations = best.iterations
    converged = best.outcome == .converged
    stop_reason = outcome.stopReason
    rows = holes.rows
    complete_rows = holes.rows - holes.incompleteRows
    incomplete_rows = holes.incompleteRows
    missing_cells = holes.cells
    total_weight = outcome.circuit.size.weight
    latent_variables = job.latent.map { job.schema[$0].name }
    free_parameters = outcome.freeParameters
    aic = outcome.criteria.aic
    bic = outcome.criteria.bic
    seed = job.options.seed
    starts = outcome.result.reports.map {
      StartEntry(
        seed: job.starts[$0.number].seed, log_likelihood: $0.logLikelihood, iterations: $0.iterations,
        converged: $0.outcome == .converged)
    }
    seconds = outcome.seconds
    unseen_parent_configurations = outcome.unseen
    warnings = job.loaded.file.warnings + job.data.csv.warnings + job.warnings + outcome.warnings
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

/// The holes of a table: missing cells in columns that have at least one observed cell, over rows of positive weight.
struct HoleCount {
  private(set) var rows = 0
  private(set) var incompleteRows = 0
  private(set) var cells = 0

  init(_ table: Table) {
    let columns = table.schema.ids.compactMap { id -> [StateCode]? in
      guard case .codes(let codes) = table.columns[id.index], !table.isUnobserved(id) else { return nil }
      return codes
    }
    for row in 0..<table.rowCount where table.weights[row] > 0 {
      rows += 1
      let missing = columns.count { $0[row] < 0 }
      cells += missing
      if missing > 0 { incompleteRows += 1 }
    }
  }
}

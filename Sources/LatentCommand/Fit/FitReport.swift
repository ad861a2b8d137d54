internal import Latent

/// The JSON report of `fit`; other programs rely on the names of its keys.
struct FitReport {
  let json: JSONValue

  init(_ job: FitJob, _ outcome: FitOutcomeReport) {
    let best = outcome.best
    let summary = job.data.summary
    let isAccelerated = job.options.acceleration != .none
    json = [
      "log_likelihood": .number(best.logLikelihood), "log_likelihood_trace": .numbers(best.logLikelihoods),
      "objective_trace": job.prior == nil ? nil : .numbers(best.objectives), "iterations": .integer(best.iterations),
      "converged": .flag(best.outcome == .converged), "stop_reason": .text(outcome.stopReason),
      "rows": .integer(summary.rowCount), "complete_rows": .integer(summary.completeRows),
      "incomplete_rows": .integer(summary.incompleteRows), "missing_cells": .integer(summary.missingCells),
      "total_weight": .number(outcome.circuit.size.weight),
      "latent_variables": .texts(job.latent.map { job.schema[$0].name }),
      // With an acceleration: how many E-steps the best start took, and how many proposals it gave up.
      "e_steps": isAccelerated ? .integer(best.expectationSteps) : nil,
      "fallbacks": isAccelerated ? .integer(best.fallbacks) : nil,
      "free_parameters": .integer(outcome.freeParameters), "aic": .number(outcome.criteria.aic),
      "bic": .number(outcome.criteria.bic), "seed": .seed(job.options.seed),
      "starts": .list(outcome.result.reports.map { Self.entry($0, seed: job.starts[$0.number].seed) }),
      "seconds": .number(outcome.seconds), "unseen_parent_configurations": .texts(outcome.unseen),
      "warnings": .texts(
        (job.loaded.file.warnings + job.data.loaded.csv.warnings).map(\.sentence) + job.warnings + outcome.warnings),
    ]
  }

  private static func entry(_ report: StartReport, seed: UInt64?) -> JSONValue {
    [
      "seed": seed.map { .seed($0) } ?? .null, "log_likelihood": .number(report.logLikelihood),
      "iterations": .integer(report.iterations), "converged": .flag(report.outcome == .converged),
    ]
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

internal import Latent

/// The JSON report of `fit`; other programs rely on the names of its keys.
struct FitReport {
  let json: JSONValue

  init(_ job: FitJob, _ outcome: FitOutcomeReport) {
    let (fit, best) = (outcome.fit, outcome.best)
    let summary = fit.summary
    let isAccelerated = job.arguments.acceleration != .none
    let terms = SeparationReport(fit.separation)
    json = [
      "log_likelihood": .number(best.logLikelihood), "log_likelihood_trace": .numbers(best.logLikelihoods),
      "log_likelihood_data": terms?.data, "log_likelihood_missingness": terms?.missingness,
      "separation_reason": terms?.reason,
      "objective_trace": job.prepared.prior == nil ? nil : .numbers(best.objectives),
      "iterations": .integer(best.iterations),
      "converged": .flag(best.outcome == .converged), "stop_reason": .text(outcome.stopReason),
      "rows": .integer(summary.rowCount), "complete_rows": .integer(summary.completeRows),
      "incomplete_rows": .integer(summary.incompleteRows), "missing_cells": .integer(summary.missingCells),
      "total_weight": .number(fit.size.weight),
      "latent_variables": .texts(fit.latent.map { job.schema[$0].name }),
      // With an acceleration: how many E-steps the best start took, and how many proposals it gave up.
      "e_steps": isAccelerated ? .integer(best.expectationSteps) : nil,
      "fallbacks": isAccelerated ? .integer(best.fallbacks) : nil,
      "free_parameters": .integer(fit.freeParameters), "aic": .number(fit.criteria.aic),
      "bic": .number(fit.criteria.bic), "of_a_density": fit.unit.json, "seed": .seed(job.arguments.seed),
      "starts": .list(fit.starts.map { Self.entry($0, hasPrior: job.prepared.prior != nil) }),
      "starts_at_best": .integer(fit.startsAtBest), "modes": .list(fit.modes.map { Self.mode($0, fit) }),
      "chance_of_unseen_mode": fit.chanceOfUnseenMode.map { .number($0) } ?? .null,
      "degenerate": .list(fit.degenerate.map { Self.entry($0, job) }), "seconds": .number(outcome.seconds),
      "unseen_parent_configurations": .texts(outcome.unseen),
      "warnings": .texts(
        (job.loaded.file.warnings + job.data.csv.warnings).map(\.sentence) + job.warnings + outcome.warnings),
    ]
  }

  private static func entry(_ report: StartReport, hasPrior: Bool) -> JSONValue {
    [
      "seed": report.seed.map { .seed($0) } ?? .null, "log_likelihood": .number(report.logLikelihood),
      "objective": hasPrior ? .number(report.objective) : nil, "iterations": .integer(report.iterations),
      "converged": .flag(report.outcome == .converged), "start": .text(report.choice.rawValue),
      "mode": .integer(report.mode + 1), "degenerate": .flag(report.isDegenerate),
    ]
  }

  /// A mode by the best of its starts; modes and starts are numbered from 1.
  private static func mode(_ mode: FitMode, _ fit: ModelFit) -> JSONValue {
    let reports = mode.starts.map { fit.starts[$0] }
    let best = reports.dropFirst().reduce(reports[0]) { $1.isBetter(than: $0) ? $1 : $0 }
    return [
      "log_likelihood": .number(best.logLikelihood), "hits": .integer(reports.count),
      "distance": .number(mode.distance), "starts": .list(mode.starts.map { .integer($0 + 1) }),
    ]
  }

  private static func entry(_ component: DegenerateComponent, _ job: FitJob) -> JSONValue {
    let structure = job.model.structure
    let isEmpty = component.cause == .emptyClass
    return [
      "cause": .text(isEmpty ? "empty-class" : "variance-floor"), "name": .text(component.name),
      "variable": .text(isEmpty ? job.schema[component.variable].name : structure.family(of: component.variable).name),
      "columns": .texts(component.columns.map { job.schema[$0].name }),
      "lines": isEmpty ? nil : .list(component.rows.map { .integer(job.data.csv.line(ofRow: $0)) }),
      "rows": isEmpty ? nil : .integer(component.rowCount),
    ]
  }
}

extension ModelFit {
  /// What its likelihood is.
  var unit: LikelihoodUnit { LikelihoodUnit(network.schema) { latent.contains($0) } }
}

extension FitOutcomeReport {
  var stopReason: String {
    switch fit.outcome {
    case .converged: "tolerance"
    case .iterationLimit: "max-iterations"
    case .interrupted: "interrupted"
    case .roundingLimit: "rounding"
    }
  }
}

extension StartReport {
  /// Where it began, as `--start` names it.
  var choice: StartChoice {
    switch origin {
    case .file: .model
    case .random: .random
    case .kMeans: .kmeans
    }
  }

  /// The seed of a start that was drawn, nil for the parameters of a file.
  var seed: UInt64? {
    switch origin {
    case .file: nil
    case .random(let seed), .kMeans(let seed): seed
    }
  }
}

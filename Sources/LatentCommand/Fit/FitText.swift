internal import Latent

/// The report of `fit` for people.
struct FitText {
  let text: String

  /// How many starts the table lists before it is cut.
  private static let listedStarts = 20

  init(_ job: FitJob, _ outcome: FitOutcomeReport, output: String?) {
    let (fit, best) = (outcome.fit, outcome.best)
    let summary = fit.summary
    var facts = TextTable([("", .left), ("", .left)])
    facts.append(["rows", "\(summary.rowCount), \(summary.completeRows) of them complete"])
    if fit.size.weight != Double(summary.rowCount) {
      facts.append(["weight", "\(fit.size.weight)"])
    }
    facts.append(["missing cells", "\(summary.missingCells)"])
    if !fit.latent.isEmpty {
      facts.append(["latent variables", fit.latent.map { job.schema[$0].name }.joined(separator: ", ")])
    }
    facts.append(["log-likelihood", fixed(best.logLikelihood, 6)])
    for fact in SeparationReport(fit.separation)?.facts ?? [] { facts.append(fact) }
    if job.prepared.prior != nil { facts.append(["with log-prior", fixed(best.objective, 6)]) }
    facts.append(["free parameters", "\(fit.freeParameters)"])
    facts.append(["AIC, BIC", "\(fixed(fit.criteria.aic, 3)), \(fixed(fit.criteria.bic, 3))\(fit.unit.suffix)"])
    facts.append(["iterations", "\(best.iterations), \(Self.ending(fit.outcome))"])
    if job.arguments.acceleration == .squarem {
      facts.append(["E-steps", "\(best.expectationSteps), \(counted(best.fallbacks, "fallback")) to plain EM"])
    }
    facts.append(["seconds", fixed(outcome.seconds, 3)])
    if let output { facts.append(["written to", output]) }
    var text = facts.text
    if fit.starts.count > 1 { text += "\n" + Self.starts(fit, hasPrior: job.prepared.prior != nil) }
    self.text = text
  }

  private static func ending(_ outcome: FitOutcome) -> String {
    switch outcome {
    case .converged: "converged"
    case .interrupted: "interrupted"
    case .iterationLimit: "stopped at the limit"
    case .roundingLimit: "stopped by rounding"
    }
  }

  /// The starts from best to worst by their objective, which a prior adds to, degenerate ones last; how many of them found
  /// the best mode, and how many modes there may be.
  private static func starts(_ fit: ModelFit, hasPrior: Bool) -> String {
    let reports = fit.starts.sorted { $0.isBetter(than: $1) }
    var table = TextTable(
      [("start", .right), ("seed", .right), ("log-likelihood", .right)]
        + (hasPrior ? [("with log-prior", .right)] : []) + [("iterations", .right), ("mode", .right), ("", .left)])
    for report in reports.prefix(listedStarts) {
      let seed = report.seed.map { "\($0)" } ?? "file"
      let ending =
        switch report.outcome {
        case .converged: report.isDegenerate ? "degenerate" : ""
        case .iterationLimit, .roundingLimit: "not converged"
        case .interrupted: "interrupted"
        }
      table.append(
        ["\(report.number + 1)", seed, fixed(report.logLikelihood, 6)]
          + (hasPrior ? [fixed(report.objective, 6)] : []) + ["\(report.iterations)", "\(report.mode + 1)", ending])
    }
    var text = table.text
    if reports.count > listedStarts { text += "… and \(reports.count - listedStarts) starts below these\n" }
    text += "\(fit.startsAtBest) of \(counted(reports.count, "start")) reached the best log-likelihood"
    text += hasPrior ? " with log-prior, by which they are sorted\n" : "\n"
    text += counted(fit.modes.count, "mode")
    if let chance = fit.chanceOfUnseenMode {
      // No start alone does not mean that there is nothing more to find.
      let percent = chance > 0 ? fixed(100 * chance, 0) : "less than \((100 + reports.count - 1) / reports.count)"
      text += "; chance that another start finds a new one: \(percent) %"
    }
    return text + "\n"
  }
}

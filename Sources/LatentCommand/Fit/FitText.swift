internal import Latent

/// The report of `fit` for people.
struct FitText {
  let text: String

  /// How many starts the table lists before it is cut.
  private static let listedStarts = 20

  init(_ job: FitJob, _ outcome: FitOutcomeReport, output: String?) {
    let holes = HoleCount(job.table)
    let best = outcome.best
    var facts = TextTable([("", .left), ("", .left)])
    facts.append(["rows", "\(holes.rows), \(holes.rows - holes.incompleteRows) of them complete"])
    if outcome.circuit.size.weight != Double(holes.rows) {
      facts.append(["weight", "\(outcome.circuit.size.weight)"])
    }
    facts.append(["missing cells", "\(holes.cells)"])
    if !job.latent.isEmpty {
      facts.append(["latent variables", job.latent.map { job.schema[$0].name }.joined(separator: ", ")])
    }
    facts.append(["log-likelihood", fixed(best.logLikelihood, 6)])
    if job.prior != nil { facts.append(["with log-prior", fixed(best.objective, 6)]) }
    facts.append(["free parameters", "\(outcome.freeParameters)"])
    facts.append(["AIC, BIC", "\(fixed(outcome.criteria.aic, 3)), \(fixed(outcome.criteria.bic, 3))"])
    facts.append(["iterations", "\(best.iterations), \(Self.ending(outcome))"])
    if job.options.acceleration == .squarem {
      facts.append(["E-steps", "\(best.expectationSteps), \(counted(best.fallbacks, "fallback")) to plain EM"])
    }
    facts.append(["seconds", fixed(outcome.seconds, 3)])
    if let output { facts.append(["written to", output]) }
    var text = facts.text
    if outcome.result.reports.count > 1 {
      text += "\n" + Self.starts(job, outcome)
    }
    self.text = text
  }

  private static func ending(_ outcome: FitOutcomeReport) -> String {
    switch outcome.stopReason {
    case "tolerance": "converged"
    case "interrupted": "interrupted"
    default: "stopped at the limit"
    }
  }

  /// The starts from best to worst, and how many of them found the best mode.
  private static func starts(_ job: FitJob, _ outcome: FitOutcomeReport) -> String {
    let reports = outcome.result.reports.sorted { ($1.objective, $0.number) < ($0.objective, $1.number) }
    var table = TextTable([
      ("start", .right), ("seed", .right), ("log-likelihood", .right), ("iterations", .right), ("", .left),
    ])
    for report in reports.prefix(listedStarts) {
      let seed = job.starts[report.number].seed.map { "\($0)" } ?? "file"
      let ending =
        switch report.outcome {
        case .converged: ""
        case .iterationLimit: "not converged"
        case .interrupted: "interrupted"
        }
      table.append([
        "\(report.number + 1)", seed, fixed(report.logLikelihood, 6), "\(report.iterations)", ending,
      ])
    }
    var text = table.text
    if reports.count > listedStarts { text += "… and \(reports.count - listedStarts) starts below these\n" }
    if reports.count > 1 {
      let top = outcome.best.objective
      let hits = reports.count { top - $0.objective <= 1e-6 * (1 + top.magnitude) }
      text += "\(hits) of \(counted(reports.count, "start")) reached the best log-likelihood\n"
    }
    return text
  }
}

internal import Latent

/// What a fit found, in the words of the tool.
struct FitOutcomeReport {
  let fit: ModelFit
  let seconds: Double
  let warnings: [String]
  let unseen: [String]
  private let job: FitJob
  private let times: [Double]

  var best: Fit<BayesianNetwork> { fit.best }

  /// The fitted model as a file of this name is to hold it.
  func fitted(for path: String) -> Model {
    job.description(of: fit.network, for: path, unseen: fit.model.unseen)
  }

  var wasInterrupted: Bool { fit.outcome == .interrupted }

  /// - times: when each point of the best start was seen, in seconds from the beginning.
  init(_ job: FitJob, _ fit: ModelFit, times: [Double], seconds: Double) {
    self.job = job
    self.fit = fit
    self.times = times
    self.seconds = seconds
    unseen = fit.unseen.map { $0.description(in: fit.network.structure) }
    var warnings = fit.findings.dropFirst(job.prepared.findings.count).map {
      FitJob.sentence($0, job.prepared, job.data)
    }
    if !unseen.isEmpty { warnings.append(Self.noData(fit, unseen, job)) }
    self.warnings = warnings
  }

  /// Which parent configurations no row informs, and what became of them.
  private static func noData(_ fit: ModelFit, _ unseen: [String], _ job: FitJob) -> String {
    let isFile = fit.starts[fit.bestStart].origin == .file
    let source = isFile ? "\(displayName(job.loaded.path)) says" : "the start says"
    let kept = "\(unseen.count == 1 ? "keeps" : "keep") what \(source)"
    let tables = fit.neutral.contains { job.schema[$0.variable].isCategorical }
    let numbers = fit.neutral.contains { !job.schema[$0.variable].isCategorical }
    let neutral = [tables ? "uniform" : nil, numbers ? "with the column's mean and variance" : nil]
      .compactMap(\.self).joined(separator: " or ")
    let fate =
      switch fit.neutral.count {
      case unseen.count: "now \(neutral)"
      case 0: "which \(kept)"
      default: "\(fit.neutral.count) of them now \(neutral), while the others \(kept)"
      }
    let shown = unseen.prefix(3).joined(separator: "; ")
    let rest = unseen.count > 3 ? "; and \(unseen.count - 3) more, all with --json" : ""
    return "no data for \(counted(unseen.count, "parent configuration")), \(fate): \(shown)\(rest)"
  }

  /// Writes the trace of the best start: iteration, log_likelihood, bound, gap, seconds.
  func writeTrace(to path: String) throws {
    let file = try OutputFile(path)
    try file.write("iteration,log_likelihood,bound,gap,seconds\n")
    for (iteration, logLikelihood) in fit.trace.enumerated() {
      let bound = iteration == 0 || best.bounds.isEmpty ? nil : best.bounds[iteration - 1]
      let gap = bound.map { logLikelihood - $0 }
      try file.write(
        "\(iteration),\(logLikelihood),\(bound.map { "\($0)" } ?? ""),\(gap.map { "\($0)" } ?? ""),"
          + "\(fixed(times[iteration], 6))\n")
    }
    try file.commit()
  }
}

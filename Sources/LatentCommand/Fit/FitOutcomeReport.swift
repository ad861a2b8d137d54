internal import Latent

/// What a fit found, with everything that its reports need.
struct FitOutcomeReport {
  let result: Restarts.Result<BayesianNetwork>
  let circuit: Circuit
  private let job: FitJob
  let seconds: Double
  let warnings: [String]
  let unseen: [String]
  let freeParameters: Int
  private let times: [Double]

  var best: Fit<BayesianNetwork> { result.best }

  /// The fitted model as a file of this name is to hold it.
  func fitted(for path: String) -> Model { job.description(of: best.model, for: path) }

  var criteria: InformationCriteria {
    InformationCriteria(
      logLikelihood: best.logLikelihood, freeParameters: freeParameters, weight: circuit.size.weight)
  }
  var wasInterrupted: Bool { result.reports.contains { $0.outcome == .interrupted } }

  init(
    _ job: FitJob, _ result: Restarts.Result<BayesianNetwork>, circuit: Circuit, symmetryWarnings: [String],
    times: [Double], seconds: Double
  ) throws {
    self.result = result
    self.circuit = circuit
    self.times = times
    self.seconds = seconds
    self.job = job
    freeParameters = job.model.freeParameterCount(zeros: job.options.zeros)
    unseen = Self.unseen(job, result.best)
    var warnings = symmetryWarnings
    if result.best.outcome == .iterationLimit, job.options.tolerance > 0 {
      warnings.append(
        "not converged: the best start reached the limit of \(counted(result.best.iterations, "iteration")); "
          + "raise --max-iterations")
    }
    if !unseen.isEmpty {
      let shown = unseen.prefix(3).joined(separator: "; ")
      warnings.append(
        "\(counted(unseen.count, "parent configuration")) had no expected count and kept "
          + "\(unseen.count == 1 ? "its" : "their") distribution: "
          + (unseen.count > 3 ? "\(shown); and \(unseen.count - 3) more, all with --json" : shown))
    }
    self.warnings = warnings + Self.floorWarnings(result.best.model, circuit.frame)
  }

  /// Where learning would have taken a variance further down than it may go.
  private static func floorWarnings(_ model: BayesianNetwork, _ frame: Frame) -> [String] {
    let rows = model.variancesAtFloor(frame).map { id, configuration in
      let parents = model.structure.describe(configuration: configuration, of: id)
      return "\(model.schema[id].name)\(parents.isEmpty ? "" : " given \(parents)")"
    }
    guard !rows.isEmpty else { return [] }
    let list =
      rows.count > 3
      ? "\(rows.prefix(3).joined(separator: "; ")); and \(rows.count - 3) more" : rows.joined(separator: "; ")
    return [
      "the variance of \(list) stands at its floor, \(Frame.varianceFloorShare) of the column's: the rows there have "
        + "nearly equal numbers, and the log-likelihood says more about the floor than about the data"
    ]
  }

  /// The parent configurations that the data never reach, such as `dysp | either=yes, bronc=no`.
  private static func unseen(_ job: FitJob, _ best: Fit<BayesianNetwork>) -> [String] {
    var statistics = best.statistics
    if let prior = job.prior { statistics += prior }
    let structure = best.model.structure
    return best.model.unseenConfigurations(in: statistics).map { id, configuration in
      let parents = structure.describe(configuration: configuration, of: id)
      return parents.isEmpty ? job.schema[id].name : "\(job.schema[id].name) | \(parents)"
    }
  }

  /// Writes the trace of the best start: iteration, log_likelihood, bound, gap, seconds.
  func writeTrace(to path: String) throws {
    let file = try OutputFile(path)
    try file.write("iteration,log_likelihood,bound,gap,seconds\n")
    for (iteration, logLikelihood) in best.logLikelihoods.enumerated() {
      let bound = iteration == 0 || best.bounds.isEmpty ? nil : best.bounds[iteration - 1]
      let gap = bound.map { logLikelihood - $0 }
      try file.write(
        "\(iteration),\(logLikelihood),\(bound.map { "\($0)" } ?? ""),\(gap.map { "\($0)" } ?? ""),"
          + "\(fixed(times[iteration], 6))\n")
    }
    try file.commit()
  }
}

internal import ArgumentParser
internal import Latent

/// A fitted model, and all figures that a comparison has of it.
struct ComparedModel {
  let candidate: Candidate
  let job: FitJob
  let outcome: FitOutcomeReport
  /// The latent variables with states, in schema order.
  let latent: [VariableID]
  let classes: ClassPosteriors
  /// Nil when a column has numbers or a missing cell.
  let likelihoodRatio: LikelihoodRatio?
  /// Nil without folds.
  let crossValidated: Double?
  let warnings: [String]

  var name: String { candidate.name }
  var fit: ModelFit { outcome.fit }
  var icl: Double? { classes.entropy.map { fit.criteria.icl(entropy: $0) } }

  /// Fits a model; Ctrl-C ends the command.
  init(_ candidate: Candidate, _ source: FitSource, path: String, _ options: ComparisonOptions, _ console: Console)
    throws
  {
    self.candidate = candidate
    var arguments = options.arguments
    // What a variation keeps is fixed, and no point to start from.
    if candidate.isVaried, arguments.start == nil, candidate.loaded.model.parameters.contains(where: { $0 != nil }) {
      arguments.start = .random
    }
    let fitOptions = arguments.fitOptions(memory: options.memory, bounds: .none)
    let job = try FitJob(candidate.loaded, source, path: path, arguments, fitOptions)
    let progress = FitProgress(starts: job.prepared.starts.count, stopping: fitOptions.stopping, console: console)
    defer { progress.finish() }
    let outcome = try job.run(progress)
    let fit = outcome.fit
    if fit.outcome == .interrupted { throw ExitCode(128 + Interruption.signalNumber) }
    crossValidated = try options.folds.map { try job.crossValidated(folds: $0) }
    latent = fit.latent.filter { fit.network.schema[$0].isCategorical }
    classes = try ClassPosteriors(of: latent, under: fit.network, in: job.data.table, limit: options.memory)
    likelihoodRatio = LikelihoodRatio(
      job.data.table, logLikelihood: fit.logLikelihood, freeParameters: fit.freeParameters)
    (self.job, self.outcome) = (job, outcome)
    var warnings = job.warnings + outcome.warnings
    if crossValidated == -.infinity {
      warnings.append(
        "the cross-validated log-likelihood is -inf: rows of a fold are impossible given the others; use --prior 1")
    }
    self.warnings = warnings
  }
}

extension Candidate {
  /// Whether the model differs from that of its file.
  fileprivate var isVaried: Bool { name != displayName(loaded.path) }
}

extension FitJob {
  /// The cross-validated log-likelihood; Ctrl-C ends the command.
  fileprivate func crossValidated(folds: Int) throws -> Double {
    guard folds <= data.table.rowCount else {
      throw CommandError(
        .usage,
        "--folds \(folds): \(displayName(data.path)) has \(counted(data.table.rowCount, "row")); use fewer folds")
    }
    do {
      let sum = try model.crossValidatedLogLikelihood(
        of: data.table, folds: folds, starts: arguments.policy, seed: arguments.seed, options: prepared.options
      ) { _, _ in Interruption.isRequested ? .stop : .proceed }
      guard let sum else { throw ExitCode(128 + Interruption.signalNumber) }
      return sum
    } catch let error as FitError {
      let sentence = Self.sentence(error, model: displayName(loaded.path), data: displayName(data.path))
      throw CommandError(.data, "--folds \(folds): without one of the folds, \(sentence)")
    }
  }
}

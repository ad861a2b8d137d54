public import LatentData
public import LatentInference
public import LatentModels

/// A fitted model, and everything that a report about it needs.
public struct ModelFit: Sendable {
  /// The model with its fitted parameters; what no row observed is latent in it. To be written with `write(to:)`.
  public let model: Model
  /// The best start's run of EM: its traces, statistics and outcome.
  public let best: Fit<BayesianNetwork>
  /// The position of the best start among all; of equally good ones, the first.
  public let bestStart: Int
  /// How every start that ran ended, in order, with its seed.
  public let starts: [StartReport]
  /// What the rows hold.
  public let summary: TableSummary
  /// The variables that the model declares latent or no row observes, in schema order.
  public let latent: [VariableID]
  /// The number of parameters that learning chose.
  public let freeParameters: Int
  /// AIC and BIC at the fitted parameters.
  public let criteria: InformationCriteria
  /// What the reader of the result should know.
  public let findings: [FitFinding]
  /// The parent configurations that kept their distribution since no row reached them.
  public let unseen: [UnseenConfiguration]
  /// How large the compiled E-step was.
  public let size: CircuitSize

  /// The fitted network, for questions: posteriors, completions, samples.
  public var network: BayesianNetwork { best.model }
  /// ℓ of the fitted network, natural logarithm.
  public var logLikelihood: Double { best.logLikelihood }
  /// ℓ(θ_0), ℓ(θ_1), …, ℓ(θ_T) of the best start; the last entry belongs to the fitted network.
  public var trace: [Double] { best.logLikelihoods }
  /// Why the fit ended: interrupted if any start was, otherwise as the best start.
  public var outcome: FitOutcome { starts.contains { $0.outcome == .interrupted } ? .interrupted : best.outcome }

  init(_ prepared: PreparedFit, _ result: Restarts.Result<BayesianNetwork>, _ circuit: Circuit, _ stuck: [FitFinding]) {
    best = result.best
    bestStart = result.bestStart
    starts = result.reports
    summary = prepared.summary
    latent = prepared.latent
    size = circuit.size
    model = Model(best.model, name: prepared.model.name, latent: prepared.model.latent.union(latent))
    freeParameters = prepared.model.freeParameterCount(zeros: prepared.options.zeros)
    criteria = InformationCriteria(
      logLikelihood: best.logLikelihood, freeParameters: freeParameters, weight: circuit.size.weight)
    var findings = prepared.findings + stuck
    if best.outcome == .iterationLimit, prepared.options.stopping.tolerance > 0 {
      findings.append(.notConverged(iterations: best.iterations))
    }
    let network = result.best.model
    let floored = network.variancesAtFloor(circuit.frame).map { id, configuration in
      let parents = network.structure.describe(configuration: configuration, of: id)
      return "\(network.schema[id].name)\(parents.isEmpty ? "" : " given \(parents)")"
    }
    if !floored.isEmpty { findings.append(.variancesAtFloor(floored)) }
    self.findings = findings
    var statistics = best.statistics
    if let prior = prepared.prior { statistics += prior }
    unseen = best.model.unseenConfigurations(in: statistics).map {
      UnseenConfiguration(variable: $0.variable, configuration: $0.configuration)
    }
  }
}

public import LatentData
public import LatentInference
public import LatentModels

/// A fitted model, and everything that a report about it needs.
public struct ModelFit: Sendable {
  /// The model with its fitted parameters; what no row observed is latent in it. To be written with `write(to:)`.
  public let model: Model
  /// The best start's run of EM: its traces, statistics and outcome.
  public let best: Fit<BayesianNetwork>
  /// The position of the best start among all; of equally good ones, the first. A start that ended degenerate is not
  /// among them, unless all did.
  public let bestStart: Int
  /// How every start that ran ended, in order, with its seed.
  public let starts: [StartReport]
  /// The modes at which starts ended, the best first. Fits that differ in nothing but the order of the states of latent
  /// variables are the same mode.
  public let modes: [FitMode]
  /// How many starts reached the highest objective: that of the best one, within 1e-6 of its size.
  public var startsAtBest: Int { starts.countAtBest }
  /// How likely the next start that is drawn ends at a height of the objective that none has reached: the share of starts
  /// that are alone at theirs (Good 1953). Starts that end degenerate count as one height. Nil unless two were drawn.
  public var chanceOfUnseenMode: Double? { starts.chanceOfUnseenHeight }
  /// What the rows hold.
  public let summary: TableSummary
  /// The variables that the model declares latent or no row observes, in schema order.
  public let latent: [VariableID]
  /// The number of parameters that learning chose.
  public let freeParameters: Int
  /// AIC and BIC at the fitted parameters.
  public let criteria: InformationCriteria
  /// The log-likelihood of the data and that of their missing cells, or why the two cannot be told apart; nil for a model
  /// without indicators.
  public let separation: Separation?
  /// What the reader of the result should know.
  public var findings: [FitFinding] { learned + degenerateFindings }
  /// Classes without rows, and variances at their floor, in the best fit.
  public internal(set) var degenerate: [DegenerateComponent]
  /// The least variance, as a share of the column's.
  private let varianceFloor: Double
  private let learned: [FitFinding]
  /// The parent configurations of learned variables for which there are no data, in order; `model` marks them, too.
  public let unseen: [UnseenConfiguration]
  /// Those of `unseen` whose parameters the start drew at random. They are now such as to say nothing: a table's row is
  /// uniform over what is not structurally zero, a number has the mean and the variance of its column. The others keep
  /// what the model had.
  public let neutral: [UnseenConfiguration]
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

  init(
    _ prepared: PreparedFit, _ result: Restarts.Result<BayesianNetwork>, _ circuit: Circuit, _ stuck: [FitFinding],
    _ rows: RowsWithoutData
  ) {
    let network = rows.network
    var best = result.best
    best.model = network
    self.best = best
    bestStart = result.bestStart
    starts = result.reports
    modes = result.modes
    summary = prepared.summary
    latent = prepared.latent
    size = circuit.size
    unseen = rows.unseen
    neutral = rows.neutral
    // What is fixed was not learned from these rows: its marks stay.
    let known = prepared.model.unseen.filter { prepared.model.fixed.contains($0.variable) }
    model = Model(
      network, name: prepared.model.name, latent: prepared.model.latent.union(latent), unseen: known.union(unseen),
      codebook: prepared.model.codebook)
    freeParameters = prepared.model.freeParameterCount(zeros: prepared.options.zeros)
    criteria = InformationCriteria(
      logLikelihood: best.logLikelihood, freeParameters: freeParameters, weight: circuit.size.weight)
    separation = prepared.model.separation(
      of: network, logLikelihood: best.logLikelihood, statistics: best.statistics, in: prepared.summary)
    var findings = prepared.findings + stuck
    if best.outcome == .iterationLimit, prepared.options.stopping.tolerance > 0 {
      findings.append(.notConverged(iterations: best.iterations))
    }
    if best.outcome == .roundingLimit { findings.append(.roundingLimit(iterations: best.iterations)) }
    let wasInterrupted = starts.contains { $0.outcome == .interrupted }
    if let most = prepared.mostStarts, !starts.areEnough, !wasInterrupted {
      findings.append(.budgetEnded(starts: most, atBest: starts.countAtBest, chance: starts.chanceOfUnseenHeight ?? 1))
    } else if starts.count > 1, starts.countAtBest == 1, best.outcome == .converged, !wasInterrupted {
      findings.append(.bestFoundOnce(starts: starts.count))
    }
    learned = findings
    varianceFloor = prepared.options.varianceFloor
    degenerate = prepared.degenerateComponents(best)
  }

  private var degenerateFindings: [FitFinding] {
    var findings: [FitFinding] = []
    let empty = degenerate.filter { $0.cause == .emptyClass }
    if !empty.isEmpty { findings.append(.emptyClasses(empty)) }
    let floored = degenerate.filter { $0.cause == .varianceAtFloor }
    if !floored.isEmpty { findings.append(.variancesAtFloor(floored, share: varianceFloor)) }
    let behind = starts.filter { $0.isDegenerate && $0.objective > best.objective && !starts[bestStart].isDegenerate }
    if let highest = behind.max(by: { $1.isBetter(than: $0) }) {
      findings.append(.degenerateStarts(behind.count, highest: highest))
    }
    return findings
  }
}

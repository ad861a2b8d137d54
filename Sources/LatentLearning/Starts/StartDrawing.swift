internal import LatentData
internal import LatentInference
internal import LatentKernels
internal import LatentModels

/// Makes the starts of a fit.
struct StartDrawing {
  /// The model that is learned.
  let model: Model
  /// How it is learned.
  let options: FitOptions
  /// Where the numbers of the columns lie.
  let frame: Frame
  /// The variables that the model declares latent or no row observes.
  let latent: [VariableID]
  /// What the rows hold.
  let summary: TableSummary

  /// The starts of a policy, in the order in which they run. Those that are drawn have the seeds `seed`, `seed + 1`, and
  /// so on.
  ///
  /// - sample: some of the rows, or all.
  func starts(_ policy: StartPolicy, seed: UInt64, sample: Table) throws -> [Start<BayesianNetwork>] {
    let counts = try policy.counts(of: model, hasLatent: !latent.isEmpty)
    var starts: [Start<BayesianNetwork>] = []
    if counts.fromModel > 0 {
      var random = SplitMix64(seed: seed)
      starts.append(Start(origin: .file, model: model.start(frame: frame, using: &random)))
    }
    guard counts.drawn > 0 else { return starts }
    let sampled = try SampledStarts(
      model, rows: sample, latent: latent, observed: model.schema.ids.map { !summary.isUnobserved($0) },
      options: options, frame: frame)
    if policy.first == .kMeans, sampled == nil { throw FitError.nothingToCluster }
    for number in 0..<counts.drawn {
      starts.append(try start(policy.first, from: sampled, seed: seed &+ UInt64(number)))
    }
    return starts
  }

  /// A start that is drawn: made from rows where they can be used and are possible, and otherwise of random parameters.
  private func start(
    _ first: StartPolicy.First, from sampled: SampledStarts?, seed: UInt64
  ) throws(InferenceError) -> Start<BayesianNetwork> {
    var random = SplitMix64(seed: seed)
    if first == .random, let model = try sampled?.start(.random, using: &random) {
      return Start(origin: .random(seed: seed), model: model)
    }
    if first != .random, let model = try sampled?.start(.kMeans, using: &random) {
      return Start(origin: .kMeans(seed: seed), model: model)
    }
    let model = model.randomStart(zeros: options.zeros, frame: frame, using: &random)
    return Start(origin: .random(seed: seed), model: model)
  }
}

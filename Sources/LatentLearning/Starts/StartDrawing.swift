internal import LatentData
internal import LatentInference
internal import LatentKernels
internal import LatentModels

/// Makes the starts of a fit: the one at the parameters of the model, if there is one, is the first. Those that are drawn
/// have the seeds `seed`, `seed + 1`, and so on.
struct StartDrawing {
  /// From where, and how often, the fit starts.
  let policy: StartPolicy
  private let model: Model
  private let options: FitOptions
  private let frame: Frame
  private let seed: UInt64
  private let counts: (fromModel: Int, drawn: Int)
  private let sampled: SampledStarts?

  /// - frame: where the numbers of the columns lie.
  /// - latent: the variables that the model declares latent or no row observes.
  /// - sample: some of the rows, or all.
  init(
    _ policy: StartPolicy, seed: UInt64, of model: Model, options: FitOptions, frame: Frame, latent: [VariableID],
    _ summary: TableSummary, sample: Table
  ) throws {
    (self.policy, self.seed, self.model, self.options, self.frame) = (policy, seed, model, options, frame)
    counts = try policy.counts(of: model, hasLatent: !latent.isEmpty)
    sampled =
      counts.drawn == 0
      ? nil
      : try SampledStarts(
        model, rows: sample, latent: latent, observed: model.schema.ids.map { !summary.isUnobserved($0) },
        options: options, frame: frame)
    if policy.first == .kMeans, sampled == nil { throw FitError.nothingToCluster }
  }

  /// The starts that a fit begins with, in the order in which they run.
  func first() throws(InferenceError) -> [Start<BayesianNetwork>] {
    try starts(0..<counts.fromModel + counts.drawn)
  }

  /// The starts at these positions.
  func starts(_ numbers: Range<Int>) throws(InferenceError) -> [Start<BayesianNetwork>] {
    var starts: [Start<BayesianNetwork>] = []
    for number in numbers { starts.append(try start(number)) }
    return starts
  }

  /// The start at a position.
  func start(_ number: Int) throws(InferenceError) -> Start<BayesianNetwork> {
    guard number < counts.fromModel else { return try drawn(seed: seed &+ UInt64(number - counts.fromModel)) }
    var random = SplitMix64(seed: seed)
    return Start(origin: .file, model: model.start(frame: frame, using: &random))
  }

  /// A start that is drawn: made from rows where they can be used and are possible, and otherwise of random parameters.
  private func drawn(seed: UInt64) throws(InferenceError) -> Start<BayesianNetwork> {
    var random = SplitMix64(seed: seed)
    if policy.first == .random, let model = try sampled?.start(.random, using: &random) {
      return Start(origin: .random(seed: seed), model: model)
    }
    if policy.first != .random, let model = try sampled?.start(.kMeans, using: &random) {
      return Start(origin: .kMeans(seed: seed), model: model)
    }
    let model = model.randomStart(zeros: options.zeros, frame: frame, using: &random)
    return Start(origin: .random(seed: seed), model: model)
  }
}

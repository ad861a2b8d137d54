internal import Foundation
internal import Latent
internal import Synchronization

/// A fit ready to run: model, data, starts and what is to be said about them beforehand.
struct FitJob {
  let loaded: LoadedModel
  let data: FitData
  let options: FitOptions
  let memory: MemoryLimit
  let starts: [Start<BayesianNetwork>]
  let latent: [VariableID]
  let warnings: [String]
  let prior: Statistics?

  var model: Model { loaded.model }
  var schema: Schema { loaded.model.schema }

  init(_ loaded: LoadedModel, _ data: FitData, _ options: FitOptions, memory: MemoryLimit) throws {
    self.loaded = loaded
    self.data = data
    self.options = options
    self.memory = memory
    let model = loaded.model
    try requireVariances(model, data.compiler.frame, data.summary, file: data.loaded.path)
    let latent = model.schema.ids.filter {
      data.summary.isUnobserved($0) && model.schema[$0].isCategorical || model.latent.contains($0)
    }
    self.latent = latent
    starts = try Self.starts(loaded, options, hasLatent: !latent.isEmpty, frame: data.compiler.frame)
    prior = options.pseudoCount.map { model.dirichletPrior(pseudoCount: $0, zeros: options.zeros) }
    warnings = Self.dataWarnings(loaded, data) + Self.priorWarnings(model, options)
  }

  /// A network of this fit as a file of this name is to hold it: a format that can say which variables are latent also
  /// says it of those that no row observed.
  func description(of network: BayesianNetwork, for path: String) -> Model {
    let saysLatent = (ModelFormat(path: path) ?? .yaml).declaresLatentVariables
    return Model(
      network, name: model.name, latent: saysLatent ? model.latent.union(latent) : model.latent)
  }

  /// The model before it is fitted, as a file of this name would hold it.
  func unfitted(for path: String) -> Model { description(of: starts[0].model, for: path) }

  private static func starts(
    _ loaded: LoadedModel, _ options: FitOptions, hasLatent: Bool, frame: Frame
  ) throws -> [Start<BayesianNetwork>] {
    let model = loaded.model
    let hasParameters = model.parameters.contains { $0 != nil }
    let unparameterized = model.unparameterized.map { model.schema[$0].name }
    if options.start == .model, !unparameterized.isEmpty {
      throw CommandError(
        .data,
        "\(displayName(loaded.path)): --start model needs the parameters of every variable, but "
          + "\(unparameterized.joined(separator: ", ")) \(unparameterized.count == 1 ? "has" : "have") none; "
          + "give them or use --start random")
    }
    let fixed = model.unparameterized.filter { model.fixed.contains($0) }.map { model.schema[$0].name }
    guard fixed.isEmpty else {
      throw CommandError(
        .data,
        "\(displayName(loaded.path)): \(fixed.joined(separator: ", ")) \(fixed.count == 1 ? "is" : "are") fixed but "
          + "\(fixed.count == 1 ? "has" : "have") no parameters; give them, or leave 'fixed: true' out")
    }
    let fromFile = options.start == .model || (options.start == nil && hasParameters)
    let count = options.starts ?? (fromFile ? 1 : hasLatent ? 10 : 1)
    return (0..<count).map { number in
      let seed = options.seed &+ UInt64(fromFile ? max(0, number - 1) : number)
      var random = SplitMix64(seed: seed)
      if fromFile, number == 0 { return Start(origin: .file, model: model.start(frame: frame, using: &random)) }
      return Start(
        origin: .random(seed: seed),
        model: model.randomStart(zeros: options.zeros, frame: frame, using: &random))
    }
  }

  private static func dataWarnings(_ loaded: LoadedModel, _ data: FitData) -> [String] {
    let (model, summary) = (loaded.model, data.summary)
    var warnings: [String] = []
    for id in model.latent.sorted() where !summary.isUnobserved(id) {
      let known = counted(summary.observedCells[id.index], "row")
      warnings.append("\(model.schema[id].name) is latent but partly labelled: \(known) of \(summary.rowCount)")
    }
    if model.schema.ids.allSatisfy({ summary.isUnobserved($0) }) {
      warnings.append(
        "\(displayName(data.loaded.path)): every cell is missing, so every model fits equally well and the "
          + "log-likelihood is 0")
    }
    return warnings
  }

  /// What a prior leaves alone.
  private static func priorWarnings(_ model: Model, _ options: FitOptions) -> [String] {
    let learned = model.schema.ids.filter { !model.schema[$0].isCategorical && !model.fixed.contains($0) }
    guard options.pseudoCount != nil, !learned.isEmpty else { return [] }
    let names = listed(learned.map { model.schema[$0].name })
    return ["--prior: pseudo-counts are for tables; the means and variances of \(names) are learned without a prior"]
  }

  /// Compiles the data and runs EM from every start.
  ///
  /// - bounds: recorded for the trace only, since they cost time.
  func run(_ progress: FitProgress, bounds: BoundRecording) throws -> FitOutcomeReport {
    let clock = ContinuousClock()
    let begin = clock.now
    let stuck = try stuckWarnings()
    let circuit = try data.compiler.compile(threads: options.threads)
    let driver = ExpectationMaximization(stopping: options.stopping, bounds: bounds)
    let restarts = Restarts(driver, threads: options.threads)
    let times = Mutex<[Int: [Double]]>([:])
    let result: Restarts.Result<BayesianNetwork>
    do {
      result = try restarts.fit(
        starts, of: circuit, prior: prior, acceleration: options.acceleration(in: circuit.frame)
      ) {
        number, iteration in
        let elapsed = (clock.now - begin) / .seconds(1)
        times.withLock { $0[number, default: []].append(elapsed) }
        progress.update(start: number, iteration)
        return Interruption.isRequested ? .stop : .proceed
      }
    } catch let error as StartError {
      throw explained(error)
    }
    return try FitOutcomeReport(
      self, result, circuit: circuit, symmetryWarnings: stuck, times: times.withLock { $0[result.bestStart] ?? [] },
      seconds: (clock.now - begin) / .seconds(1))
  }

  /// The first iterations from the first start, as one would write them on the board.
  func walkthrough(iterations: Int) throws -> Walkthrough {
    do {
      return try Walkthrough(
        start: starts[0].model, table: data.loaded.table, iterations: iterations, completion: options.completion,
        prior: prior)
    } catch {
      if case .impossibleRow = error {
        throw try ImpossibleRowsMessage(
          starts[0].model, data.loaded, model: loaded.path, memory: memory
        ).error
      }
      throw CommandError(.data, "--explain: \(error)")
    }
  }

  /// What EM cannot learn from these data, or from the start in the file; a random start is never symmetric.
  private func stuckWarnings() throws -> [String] {
    if schema.ids.allSatisfy({ data.summary.isUnobserved($0) }) { return [] }
    let uninformed = try uninformedVariables(start: starts[0].model, table: data.loaded.table, memory: memory)
      .filter { data.summary.isUnobserved($0.variable) }
      .filter { $0.cause == .noObservedDescendant || starts[0].origin == .file }
    return uninformed.map { variable in
      let name = schema[variable.variable].name
      return switch variable.cause {
      case .noObservedDescendant:
        "\(name) has no observed descendant: the data say nothing about its "
          + (schema[variable.variable].isCategorical ? "table, which stays" : "mean and variance, which stay")
          + " what the start made of \(schema[variable.variable].isCategorical ? "it" : "them")"
      case .symmetricStart:
        "the start is symmetric in \(name): its posterior is the same in every row, and EM cannot leave such a start; "
          + "use --start random or give the model file unequal parameters"
      }
    }
  }

  /// An error of a start in the user's terms: impossible rows by line, with the reason.
  private func explained(_ error: StartError) -> any Error {
    guard case InferenceError.impossibleData = error.underlying else { return error.underlying }
    do {
      return try ImpossibleRowsMessage(
        starts[error.number].model, data.complete(for: loaded), model: loaded.path, memory: memory
      ).error
    } catch {
      return error
    }
  }
}

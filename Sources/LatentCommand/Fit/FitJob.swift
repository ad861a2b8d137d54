internal import Latent
internal import Synchronization

/// A fit ready to run: model, data, starts and what is to be said about them beforehand.
struct FitJob {
  let loaded: LoadedModel
  let data: LoadedTable
  let arguments: FitArguments
  let prepared: PreparedFit
  let warnings: [String]
  private let source: FitSource

  var model: Model { loaded.model }
  var schema: Schema { loaded.model.schema }

  /// Reads the table and draws the starts.
  init(_ loaded: LoadedModel, _ source: FitSource, path: String, _ arguments: FitArguments, _ options: FitOptions)
    throws
  {
    self.loaded = loaded
    self.source = source
    self.arguments = arguments
    do {
      prepared = try PreparedFit(
        loaded.model, to: source, starts: arguments.policy, seed: arguments.seed, options: options)
    } catch let error as FitError {
      throw CommandError(.data, Self.sentence(error, model: displayName(loaded.path), data: displayName(path)))
    }
    data = try source.loaded ?? source.complete()
    warnings = prepared.findings.map { [prepared, data] in Self.sentence($0, prepared, data) }
  }

  /// A network of this fit as a file of this name is to hold it: a format that can say which variables are latent also
  /// says it of those that no row observed.
  func description(
    of network: BayesianNetwork, for path: String, unseen: Set<UnseenConfiguration> = []
  ) -> Model {
    let saysLatent = (ModelFormat(path: path) ?? .yaml).declaresLatentVariables
    return Model(
      network, name: model.name, latent: saysLatent ? model.latent.union(prepared.latent) : model.latent,
      unseen: unseen, codebook: model.codebook)
  }

  /// The model before it is fitted, as a file of this name would hold it.
  func unfitted(for path: String) -> Model { description(of: prepared.starts[0].model, for: path) }

  /// Runs EM from every start.
  func run(_ progress: FitProgress) throws -> FitOutcomeReport {
    let clock = ContinuousClock()
    let begin = clock.now
    let times = Mutex<[Int: [Double]]>([:])
    var fit: ModelFit
    do {
      fit = try prepared.run { number, iteration in
        let elapsed = (clock.now - begin) / .seconds(1)
        times.withLock { $0[number, default: []].append(elapsed) }
        progress.update(start: number, iteration)
        return Interruption.isRequested ? .stop : .proceed
      }
    } catch let error as StartError {
      throw explained(error)
    }
    // A file that has gone since leaves the finding without its lines.
    if fit.outcome != .interrupted {
      try? fit.locateDegenerateRows(in: source.again, memory: prepared.options.memory)
    }
    return FitOutcomeReport(
      self, fit, times: times.withLock { $0[fit.bestStart] ?? [] }, seconds: (clock.now - begin) / .seconds(1))
  }

  /// The first iterations from the first start, as one would write them on the board.
  func walkthrough(iterations: Int) throws -> Walkthrough {
    let (start, options) = (prepared.starts[0].model, prepared.options)
    do {
      return try Walkthrough(
        start: start, table: data.table, iterations: iterations, completion: options.completion, prior: prepared.prior)
    } catch {
      if case .impossibleRow = error {
        throw try ImpossibleRowsMessage(start, data, model: loaded.path, memory: options.memory).error
      }
      throw CommandError(.data, "--explain: \(error)")
    }
  }

  /// An error of a start in the user's terms: impossible rows by line, with the reason.
  private func explained(_ error: StartError) -> any Error {
    guard case InferenceError.impossibleData = error.underlying else { return error.underlying }
    do {
      return try ImpossibleRowsMessage(
        prepared.start(error.number).model, source.complete(), model: loaded.path, memory: prepared.options.memory
      ).error
    } catch {
      return error
    }
  }
}

/// What the library finds and refuses, in the words of the tool.
extension FitJob {
  static func sentence(_ finding: FitFinding, _ prepared: PreparedFit, _ data: LoadedTable) -> String {
    let schema = prepared.model.schema
    switch finding {
    case .partlyLabelled(let id, let rows):
      return "\(schema[id].name) is latent but partly labelled: \(counted(rows, "row")) of \(prepared.summary.rowCount)"
    case .allCellsMissing:
      return
        "\(displayName(data.path)): every cell is missing, so every model fits equally well and the log-likelihood is 0"
    case .uninformed(let uninformed):
      let name = schema[uninformed.variable].name
      return switch uninformed.cause {
      case .noObservedDescendant: finding.description(in: schema)
      case .symmetricStart:
        "the start is symmetric in \(name): its posterior is the same in every row, and EM cannot leave such a start; "
          + "use --start random or give the model file unequal parameters"
      }
    case .emptyClasses: return finding.description(in: schema) + "; use fewer states"
    case .variancesAtFloor(let components, let share):
      return FitFinding.sentence(
        of: components, share: share, noun: { $0 == 1 ? "line" : "lines" }, number: data.csv.line
      ).replacing("set a variance floor", with: "set --variance-floor")
    case .degenerateStarts: return finding.description(in: schema)
    case .notConverged(let iterations):
      return "not converged: the best start reached the limit of \(counted(iterations, "iteration")); "
        + "raise --max-iterations"
    case .roundingLimit:
      return finding.description(in: schema).replacing("the variance floor", with: "--variance-floor")
    case .bestFoundOnce: return finding.description(in: schema).replacing("make more starts", with: "raise --starts")
    case .budgetEnded(let starts, _, _):
      return finding.description(in: schema).replacing(
        "allow more", with: "allow more, as --starts auto:\(10 * starts)")
    }
  }

  static func sentence(_ error: FitError, model: String, data: String) -> String {
    switch error {
    case .noRows: "\(data): every row has weight 0, so there is nothing to learn from"
    case .infiniteWeight: "\(data): \(error)"
    case .noParameters(let names):
      "\(model): --start model needs the parameters of every variable, but \(names.joined(separator: ", ")) "
        + "\(names.count == 1 ? "has" : "have") none; give them or use --start random"
    case .fixedWithoutParameters(let names):
      "\(model): \(names.joined(separator: ", ")) \(names.count == 1 ? "is" : "are") fixed but "
        + "\(names.count == 1 ? "has" : "have") no parameters; give them, or leave 'fixed: true' out"
    case .constantColumn, .variance: "\(data): \(error)"
    case .nothingToCluster:
      "\(model): --start kmeans needs a variable of numbers below a latent one, and nothing that is fixed below that; use "
        + "--start random"
    case .startCount, .pseudoCount, .varianceFloor: error.description
    }
  }
}

internal import Dispatch
public import LatentInference
public import LatentModels
internal import Synchronization

/// Where a start comes from.
public enum StartOrigin: Hashable, Sendable {
  /// The parameters of a model file, or of whatever else gave the model.
  case file
  /// Drawn at random with this seed.
  case random(seed: UInt64)
  /// Made from clusters of rows, found with this seed.
  case kMeans(seed: UInt64)
}

/// One point from which EM starts.
public struct Start<Model: Sendable>: Sendable {
  /// Where it comes from.
  public let origin: StartOrigin
  /// θ_0.
  public let model: Model

  /// A start at this model.
  public init(origin: StartOrigin, model: Model) {
    self.origin = origin
    self.model = model
  }
}

/// How one start ended.
public struct StartReport: Hashable, Sendable {
  /// The position among the starts.
  public let number: Int
  /// Where it came from: a seed, or the parameters of a file.
  public let origin: StartOrigin
  /// ℓ of its last point.
  public let logLikelihood: Double
  /// ℓ plus the log-prior of its last point.
  public let objective: Double
  /// The number of its M-steps.
  public let iterations: Int
  /// Why it ended.
  public let outcome: FitOutcome
}

/// The error of one start.
public struct StartError: Error {
  /// The position among the starts.
  public let number: Int
  /// What the engine or the driver threw.
  public let underlying: any Error
}

/// EM from several starts: the likelihood has local maxima and saddle points, and one run finds one of them.
public struct Restarts: Hashable, Sendable {
  /// The loop that every start runs.
  public let expectationMaximization: ExpectationMaximization
  /// How many starts run at a time; the result is the same, to the last bit, for any number.
  public let threads: Int

  /// Restarts of this loop on at least one thread.
  public init(_ expectationMaximization: ExpectationMaximization, threads: Int = 1) {
    precondition(threads > 0, "at least one thread")
    self.expectationMaximization = expectationMaximization
    self.threads = threads
  }

  /// The best fit and how every start ended.
  public struct Result<Model: ParametricModel>: Sendable {
    /// The fit with the highest objective.
    public let best: Fit<Model>
    /// The position of the best start; of equal ones, the first.
    public let bestStart: Int
    /// One report per start that ran, in order.
    public let reports: [StartReport]
  }

  private struct Shared<Model: ParametricModel> {
    var next = 0
    var best: (number: Int, fit: Fit<Model>)?
    var reports: [StartReport] = []
    var failure: StartError?
    var stopped = false
  }

  /// Runs EM from every start.
  ///
  /// - Parameters:
  ///   - starts: at least one.
  ///   - makeEngine: an engine for one thread.
  ///   - onIteration: called, from several threads, with the position of a start and each of its points; when it asks
  ///     to stop, all starts end at their next point and those that have not begun are left out.
  /// - Throws: `StartError`, with what the engine or the driver threw.
  public func fit<Engine: ExpectationEngine & SendableMetatype>(
    _ starts: [Start<Engine.Model>], prior: Engine.Model.SufficientStatistics? = nil,
    acceleration: Acceleration<Engine.Model> = .none, makeEngine: @Sendable () -> Engine,
    onIteration: @Sendable (Int, Iteration) -> Continuation = { _, _ in .proceed }
  ) throws -> Result<Engine.Model> {
    precondition(!starts.isEmpty, "at least one start")
    let shared = Mutex(Shared<Engine.Model>())
    let driver = expectationMaximization
    DispatchQueue.concurrentPerform(iterations: min(threads, starts.count)) { _ in
      var engine = makeEngine()
      while let number = Self.nextStart(shared, count: starts.count) {
        do {
          let fit = try driver.fit(starts[number].model, with: &engine, prior: prior, acceleration: acceleration) {
            iteration in
            let wish = onIteration(number, iteration)
            return shared.withLock {
              if wish == .stop { $0.stopped = true }
              return $0.stopped ? .stop : .proceed
            }
          }
          shared.withLock { Self.record(fit, number: number, origin: starts[number].origin, in: &$0) }
        } catch {
          shared.withLock {
            if $0.failure.map({ number < $0.number }) ?? true {
              $0.failure = StartError(number: number, underlying: error)
            }
          }
        }
      }
    }
    let (failure, best, reports) = shared.withLock { ($0.failure, $0.best, $0.reports) }
    if let failure { throw failure }
    guard let best else { preconditionFailure("every start ends with a fit or an error") }
    return Result(
      best: best.fit, bestStart: best.number, reports: reports.sorted { $0.number < $1.number })
  }

  private static func nextStart<Model>(_ shared: borrowing Mutex<Shared<Model>>, count: Int) -> Int? {
    shared.withLock {
      guard $0.next < count, !$0.stopped || $0.next == 0, $0.failure == nil else { return nil }
      $0.next += 1
      return $0.next - 1
    }
  }

  private static func record<Model>(
    _ fit: Fit<Model>, number: Int, origin: StartOrigin, in shared: inout Shared<Model>
  ) {
    shared.reports.append(
      StartReport(
        number: number, origin: origin, logLikelihood: fit.logLikelihood, objective: fit.objective,
        iterations: fit.iterations,
        outcome: fit.outcome))
    if let best = shared.best {
      guard fit.objective > best.fit.objective || (fit.objective == best.fit.objective && number < best.number)
      else { return }
    }
    shared.best = (number, fit)
  }
}

extension Restarts {
  /// Runs EM for a discrete network from every start, on rows that were compiled once for all of them.
  public func fit(
    _ starts: [Start<BayesianNetwork>], of circuit: Circuit, prior: Statistics? = nil,
    acceleration: Acceleration<BayesianNetwork> = .none,
    onIteration: @Sendable (Int, Iteration) -> Continuation = { _, _ in .proceed }
  ) throws -> Result<BayesianNetwork> {
    let threadsPerStart = max(1, threads / starts.count)
    return try fit(
      starts, prior: prior, acceleration: acceleration,
      makeEngine: { ComponentEngine(circuit, threads: threadsPerStart) },
      onIteration: onIteration)
  }
}

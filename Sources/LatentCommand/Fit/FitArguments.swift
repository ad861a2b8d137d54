public import ArgumentParser
internal import Foundation
public import Latent

extension CompletionPolicy: ExpressibleByArgument {}
extension AccelerationMethod: ExpressibleByArgument {}

enum StartChoice: String, ExpressibleByArgument, CaseIterable {
  case model
  case random
  case kmeans
}

/// How EM starts, steps and stops.
struct FitArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Where EM starts: at the parameters of the model file, exactly; at random; or from clusters of rows, where there are numbers below a latent variable. Default: model when the file has parameters, otherwise kmeans where it can be, and random elsewhere."
    ))
  var start: StartChoice?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How many starts; the best fit is kept. With auto, from 20 to 200: until two reached the best and another one finds a new mode with a chance below 5 %; auto:n for n at most. Default: 1 from the model file, otherwise 10 with a latent variable and 1 without.",
      valueName: "n|auto"))
  var starts: StartCount?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The seed of the first start that is drawn; the next ones count on from it.", valueName: "s"))
  var seed: UInt64 = 1

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The most M-steps of a start.", valueName: "n"))
  var maxIterations = 10_000

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Stop when the objective o gains no more than x·(1+|o|) in a step; 0 makes exactly --max-iterations steps.",
      valueName: "x"))
  var tolerance = 1e-9

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Pseudo-count per cell, pseudo-rows for numbers; or none for maximum likelihood.", valueName: "none|alpha"))
  var prior = "none"

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The least variance of numbers, as a share of the column's; with 0 only rounding sets a limit.",
      valueName: "x"))
  var varianceFloor = Frame.varianceFloorShare

  @Option(
    help: "Complete every unobserved cell of a row (full), or only those with an observed descendant (minimal).")
  var completion = CompletionPolicy.minimal

  @Flag(help: "Keep the zeros of the model file under a prior and in random starts; they are not free parameters.")
  var keepZeros = false

  @Option(
    help: "Plain EM, or squared extrapolation: fewer E-steps to the same maximum; the log-likelihood never falls.")
  var acceleration = AccelerationMethod.none

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How many threads work: on several starts, or on parts of large data. The result is the same for any number.",
      valueName: "n"))
  var threads = ProcessInfo.processInfo.activeProcessorCount

  func validate() throws {
    func require(_ condition: Bool, _ sentence: String) throws {
      if !condition { throw ValidationError(sentence) }
    }
    if let starts { try require(starts.isPossible, "--starts \(starts): expected 1 to 10000, auto, or auto:1000") }
    try require(maxIterations >= 0, "--max-iterations \(maxIterations): expected 0 or more")
    try require(
      tolerance >= 0 && tolerance.isFinite, "--tolerance \(tolerance): expected a number that is 0 or more")
    try require((1...1024).contains(threads), "--threads \(threads): expected 1 to 1024")
    try require(
      (0..<1).contains(varianceFloor),
      "--variance-floor \(varianceFloor): expected a share of the column's variance, 0 or more and less than 1")
    try require(
      prior == "none" || pseudoCount != nil,
      "--prior \(prior): expected none, or a pseudo-count above 0 and up to 1e9, such as 1")
  }

  /// The pseudo-count of the prior; nil for maximum likelihood.
  private var pseudoCount: Double? {
    guard let value = Double(prior), value > 0, value <= 1e9 else { return nil }
    return value
  }

  /// From where, and how often, EM starts.
  var policy: StartPolicy {
    let first: StartPolicy.First =
      switch start {
      case .model: .parameters
      case .random: .random
      case .kmeans: .kMeans
      case nil: .parametersIfAny
      }
    return StartPolicy(first, count: starts?.policy ?? .standard)
  }

  /// The options of the library.
  func fitOptions(memory: MemoryLimit, bounds: BoundRecording) -> FitOptions {
    var options = FitOptions()
    options.stopping = StoppingRule(maximumIterations: maxIterations, tolerance: tolerance)
    options.prior = pseudoCount.map { .dirichlet(pseudoCount: $0) } ?? .none
    options.zeros = keepZeros ? .structural : .parameters
    options.completion = completion
    options.varianceFloor = varianceFloor
    options.acceleration = acceleration
    options.bounds = bounds
    options.threads = threads
    options.memory = memory
    return options
  }
}

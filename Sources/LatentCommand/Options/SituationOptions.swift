internal import ArgumentParser
internal import Latent

/// What is known in one situation.
struct SituationOptions: ParsableArguments {
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "What was observed: NAME=STATE or NAME=NUMBER, with commas between; NAME=STATE|STATE for one of several states; repeatable.",
      valueName: "name=state"))
  var given: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Uncertain evidence: the probability of what was seen under each state of NAME, in their order, up to a factor; repeatable.",
      valueName: "name=p,p"))
  var likely: [String] = []

  @Option(
    name: .customLong("do"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Set a variable from outside, so that its parents learn nothing from it: NAME=STATE, with commas between; repeatable.",
      valueName: "name=state"))
  var interventions: [String] = []

  /// Whether any option was given.
  var isEmpty: Bool { given.isEmpty && likely.isEmpty && interventions.isEmpty }

  /// The situation that the options describe.
  func situation(_ network: BayesianNetwork, _ codebook: Codebook, _ limit: MemoryLimit) throws -> Situation {
    let schema = network.schema
    var evidence = EvidenceOption(schema, codebook, name: "--given")
    for value in given { try evidence.observe(value) }
    evidence.name = "--likely"
    for value in likely { try evidence.weigh(value) }
    evidence.name = "--do"
    for value in interventions { try evidence.set(value) }
    return Situation(network, try evidence.evidence(), interventions: evidence.interventions, limit: limit)
  }
}

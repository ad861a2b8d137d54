internal import ArgumentParser
internal import Latent

struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Ask a model about one situation: probabilities given what was observed.",
    discussion: """
      Without --of, the distribution of each variable that was not observed; with it, the joint distribution of those \
      named. The answer is exact. A name or state with a comma in it gets an option of its own: --given 'age=[10,20)'.

      Example: latent query asia.bif --of lung,bronc --given xray=yes,smoke=no
      """)

  @Argument(help: "The model, with all its parameters. - is standard input.")
  var model: String

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("The variables asked for, with commas between; repeatable.", valueName: "names"))
  var of: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("What was observed: NAME=STATE, with commas between; repeatable.", valueName: "name=state"))
  var given: [String] = []

  @Flag(help: "The jointly most probable states of everything that was not observed.")
  var mpe = false

  @Flag(help: "Print the answer as one JSON document.")
  var json = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if mpe, !of.isEmpty {
      throw ValidationError("--mpe explains everything that was not observed; leave out --of")
    }
  }

  func run() throws {
    let loaded = try LoadedModel(model, common.console)
    let schema = loaded.model.schema
    let asked = try schema.variables(of, option: "--of")
    if let id = asked.first(where: { !schema[$0].isCategorical }) {
      throw CommandError(
        .usage,
        "--of: \(schema[id].name) has numbers, and query tells probabilities of states; latent posterior has its mean")
    }
    let evidence = try schema.evidence(given, option: "--given")
    let situation = Situation(network: try loaded.network(), evidence: evidence, limit: common.memory)
    if mpe {
      try show(situation.explanation())
    } else if asked.isEmpty {
      try show(situation.marginals())
    } else {
      try show(situation.joint(of: asked))
    }
  }

  private func show(_ answer: some QueryAnswer) throws {
    if json { try writeJSON(answer.json) } else { try writeText(answer.text) }
  }
}

internal import ArgumentParser
internal import Latent

struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Ask a model about one situation: probabilities given what was observed.",
    discussion: """
      Without --of, the distribution of each variable that was not observed; with it, the joint distribution of those \
      named. Of a variable of numbers, mean, standard deviation and quantiles. The answer is exact. A name or state with \
      a comma in it gets an option of its own: --given 'age=[10,20)'.

      Example: latent query asia.bif --of lung,bronc --given xray=yes,smoke=no
      """)

  @Argument(help: "The model, with all its parameters. - is standard input.", completion: .modelFile)
  var model: String

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("The variables asked for, with commas between; repeatable.", valueName: "names"))
  var of: [String] = []

  @OptionGroup(title: "Situation") var situation: SituationOptions

  @Flag(help: "The jointly most probable states of everything that was not observed.")
  var mpe = false

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "The jointly most probable states of these variables, with all others summed out; with commas between; repeatable.",
      valueName: "names"))
  var explain: [String] = []

  @Option(
    help: ArgumentHelp("How many of a group of N are expected in each state.", valueName: "n"))
  var group: Double?

  @Flag(help: "Print the answer as one JSON document.")
  var json = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if mpe, !of.isEmpty {
      throw ValidationError("--mpe explains everything that was not observed; leave out --of")
    }
    if mpe, !explain.isEmpty {
      throw ValidationError("--mpe explains everything, --explain some variables; ask for one of them")
    }
    if !explain.isEmpty, !of.isEmpty {
      throw ValidationError("--explain asks for states, --of for probabilities; ask for one of them")
    }
    if let group {
      guard group > 0, group.isFinite else { throw ValidationError("--group \(group): expected a number above 0") }
      if mpe || !explain.isEmpty {
        throw ValidationError("--group tells expected counts, which an explanation has none of; leave it out")
      }
    }
  }

  func run() throws {
    let loaded = try LoadedModel(model, common.console)
    try loaded.refuseSequences("a question about one situation")
    let schema = loaded.model.schema
    let asked = try schema.variables(of, option: "--of")
    let explained = try schema.variables(explain, option: "--explain")
    let situation = try situation.situation(try loaded.network(), loaded.model.codebook, common.memory)
    try check(explained, situation)
    if mpe {
      try show(situation.explanation())
    } else if !explained.isEmpty {
      try show(situation.explanation(of: explained))
    } else if asked.isEmpty {
      var answer = try situation.marginals()
      answer.group = group
      try show(answer)
    } else {
      var answer = try situation.distributions(of: asked)
      answer.group = group
      try show(answer)
    }
    let named = asked + explained
    try NoDataWarning(loaded, situation, asked: Set(named.isEmpty ? schema.ids : named)).note(common.console)
  }

  /// Refuses what has no most probable state to be found.
  private func check(_ explained: [VariableID], _ situation: Situation) throws {
    for id in explained {
      let variable = situation.schema[id]
      if !variable.isCategorical {
        throw CommandError(.usage, "--explain: \(variable.name) has numbers, not states; ask with --of")
      }
      if situation.evidence[id] != nil {
        throw CommandError(.usage, "--explain: \(variable.name) was observed; name variables that were not")
      }
    }
  }

  private func show(_ answer: some QueryAnswer) throws {
    if json { try writeJSON(answer.json) } else { try writeText(answer.text) }
  }
}

internal import ArgumentParser
internal import Latent

struct DecodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decode",
    abstract: "The most probable explanation of each row.",
    discussion: """
      With one latent variable that has no parents: its most probable class, other \
      missing cells summed out. With any other model: the jointly most probable \
      assignment of everything unobserved. Of equally probable states, the one \
      listed first is taken.

      One row per row of DATA: first the columns that the model does not know \
      (--ignore-columns), then the decoded variables; observed cells stay.

      Example: latent decode fitted.yaml survey.csv -o classes.csv
      """)

  @Argument(help: "The model with its parameters. - is standard input.")
  var fitted: String

  @Argument(help: "The table. - is standard input.")
  var data: String

  @Option(name: .shortAndLong, help: ArgumentHelp("Write to FILE; default: standard output.", valueName: "file"))
  var output: String?

  @Flag(
    help: ArgumentHelp(
      "Write one JSON object: the rows, and log_probability, the sum over rows, by weight, of log p(assignment, observed)."
    ))
  var json = false

  @OptionGroup(title: "Data") var dataOptions: DataOptions
  @OptionGroup var common: CommonOptions

  func validate() throws { try requireOneStandardInput(fitted, data) }

  func run() throws {
    let console = common.console
    let loaded = try LoadedModel(fitted, console)
    let table = try LoadedTable(data, for: loaded, dataOptions, console, otherText: .kept)
    let latent = latentVariables(loaded, table)
    let incomplete = incompleteVariables(table.table)
    guard !latent.isEmpty || incomplete.contains(where: { table.table.schema[$0].isCategorical }) else {
      let missing = incomplete.isEmpty ? "no cell is missing" : "only numbers are missing"
      throw CommandError(
        .data, "\(displayName(data)): \(missing) and no variable is latent, so that there is nothing to decode")
    }
    let decoded = try DecodedRows(
      answer(loaded, table, memory: common.memory) {
        try $0.decode(table.table, latent: Set(latent), limit: common.memory)
      }, of: table)
    if json {
      try writeJSON(decoded.json, to: output)
    } else {
      try decoded.result.write(to: output)
    }
    console.note(decoded.note)
  }
}

internal import ArgumentParser
internal import Latent

struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "The log-likelihood of the observed cells under a model, AIC and BIC.",
    discussion: """
      The log-likelihood sums log p(observed cells) over the rows, by weight; missing \
      cells and latent variables are summed out. A row of probability 0 makes it -inf.

      Example: latent score fitted.yaml survey.csv --rows -o rows.csv
      """)

  @Argument(help: "The model with its parameters. - is standard input.", completion: .modelFile)
  var fitted: String

  @Argument(help: "The table. - is standard input.", completion: .tableFile)
  var data: String

  @Flag(
    help: ArgumentHelp(
      "Write one row per row of DATA: the columns that the model does not know, and log_likelihood of the row taken once."
    ))
  var rows = false

  @Flag(help: "Count the zeros of the model as structure, not as free parameters.")
  var keepZeros = false

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write to FILE; default: standard output.", valueName: "file"),
    completion: .tableFile)
  var output: String?

  @Flag(help: "Write one JSON object.")
  var json = false

  @OptionGroup(title: "Data") var rowOptions: RowOptions
  @OptionGroup var common: CommonOptions

  func validate() throws { try requireOneStandardInput(fitted, data) }

  func run() throws {
    let console = common.console
    let loaded = try LoadedModel(fitted, console)
    let table = try LoadedTable(data, for: loaded, rowOptions, console, otherText: rows ? .kept : .dropped)
    let score = try Score(
      loaded, table, zeros: keepZeros ? .structural : .parameters, memory: common.memory)
    if let message = score.impossible {
      console.note(message)
    } else if table.sequenced == nil {
      try NoDataWarning(loaded, table.table, .likelihood, memory: common.memory).note(console)
    }
    let perRow = try rows ? RowScores(loaded, table, memory: common.memory) : nil
    if json {
      try writeJSON(score.json(perRow), to: output)
    } else if let perRow {
      try perRow.result.write(to: output)
      console.note("log-likelihood \(score.logLikelihood)")
    } else {
      let file = try OutputFile(output ?? "-")
      try file.write(score.text)
      try file.commit()
    }
  }
}

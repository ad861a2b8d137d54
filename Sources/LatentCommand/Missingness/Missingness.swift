internal import ArgumentParser
internal import Latent

struct MissingnessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "missingness",
    abstract: "Look at the missing cells of a table: rates, patterns, and what they go with.",
    discussion: """
      Shares of missing cells are compared between the labels of every other column (G test; \
      Fisher's exact test where counts are small), and means of numbers between \
      rows where a column is missing and where it is not (Welch's t test). \
      p-values are adjusted for the number of tests (Holm). Effects are Cramér's V, and \
      differences in standard deviations. Little's test compares the means of all \
      numeric columns between patterns.

      With --model, the graph of a model with 'missingness' is asked instead: of which \
      class the mechanism is, which distributions can be recovered and how, and what \
      the graph implies that rows can refute; with DATA, that is tested.

      Example: latent missingness survey.csv
      """)

  @Argument(help: "The table; with --model it may be left out. - is standard input.", completion: .tableFile)
  var data: String?

  @Option(
    help: ArgumentHelp("Ask the graph of this model, with 'missingness', about its missing cells.", valueName: "file"),
    completion: .modelFile)
  var model: String?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "With --model: can the distribution of these variables be recovered? With commas between; repeatable.",
      valueName: "names"))
  var of: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("With --of: the distribution given these variables.", valueName: "names"))
  var given: [String] = []

  @Flag(help: "Write one JSON object.")
  var json = false

  @Flag(help: "Draw the patterns and what they go with as an SVG picture.")
  var svg = false

  @OptionGroup(title: "Data") var tableOptions: TableOptions
  @OptionGroup var consoleOptions: ConsoleOptions

  func validate() throws {
    if json, svg { throw ValidationError("--json and --svg are different documents; ask for one of them") }
    if data == nil, model == nil { throw ValidationError("name a table, or a model with --model") }
    if let model, let data { try requireOneStandardInput(model, data) }
    if model != nil, svg { throw ValidationError("--svg draws a table; leave out --model") }
    if model == nil, !of.isEmpty { throw ValidationError("--of is about a model; name it with --model") }
    if of.isEmpty, !given.isEmpty { throw ValidationError("--given belongs to --of; name what is asked for") }
  }

  func run() throws {
    if let model {
      try reason(about: model)
    } else if let data {
      try look(at: data)
    }
  }

  private func reason(about path: String) throws {
    let console = consoleOptions.console
    let loaded = try LoadedModel(path, console)
    try loaded.refuseSequences("--model")
    let options = CSVOptions(
      missing: tableOptions.missingTokens, codebook: loaded.model.codebook, weightsColumn: tableOptions.weights,
      unknownColumns: .ignore)
    let table = try data.map { try CSV.readTable($0, schema: loaded.model.schema, options: options).table }
    let reasoning = try MissingnessReasoning(loaded.model, table: table, of: of, given: given)
    if json { try writeJSON(reasoning.json) } else { try writeText(reasoning.text) }
  }

  private func look(at data: String) throws {
    let console = consoleOptions.console
    let look = try MissingnessLook(data, tableOptions)
    for warning in look.scan.warnings { console.note("\(displayName(data)): \(warning.sentence)") }
    if json {
      try writeJSON(look.json)
    } else if svg {
      try writeText(MissingnessDrawing(look.report, title: displayName(data)).svg)
    } else {
      try writeText(MissingnessText(look).text)
    }
  }
}

internal import ArgumentParser
internal import Latent

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print a model as tables that a person can read.",
    discussion: """
      Probabilities have four decimals; 0 and 1 without decimals are exact. --json prints every table in full.

      Example: latent show asia.bif --variable dysp
      """)

  @Argument(help: "The model. - is standard input.")
  var model: String

  @Option(
    name: .customLong("variable"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Show only these variables, with commas between; repeatable.", valueName: "names"))
  var names: [String] = []

  @Flag(help: "Show all rows of long tables.")
  var all = false

  @Flag(help: "Print the model as one JSON document.")
  var json = false

  @OptionGroup var consoleOptions: ConsoleOptions

  /// How many rows of a table are shown before it is cut.
  private static let shortRows = 12

  func run() throws {
    let loaded = try LoadedModel(model, consoleOptions.console)
    let named = try loaded.model.schema.variables(names, option: "--variable")
    let shown = named.isEmpty ? loaded.model.schema.ids : named
    if json {
      try writeJSON(ModelReport(loaded.model, shown))
      return
    }
    var blocks = shown.map { FamilyText(loaded.model, $0, rows: all ? .max : Self.shortRows).text }
    if named.isEmpty { blocks.insert(ModelSummary(loaded.model).text, at: 0) }
    print(blocks.joined(separator: "\n"), terminator: "")
  }
}

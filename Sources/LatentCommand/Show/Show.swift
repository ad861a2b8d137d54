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
    try writeText(blocks(loaded.model, shown, withSummary: named.isEmpty).joined(separator: "\n"))
  }

  private func blocks(_ model: ModelDescription, _ shown: [VariableID], withSummary: Bool) -> [String] {
    var blocks = withSummary ? [ModelSummary(model).text] : []
    let unparameterized = shown.filter { model.tables[$0.index] == nil }
    if !unparameterized.isEmpty { blocks.append(UnparameterizedText(model, unparameterized).text) }
    for id in shown {
      guard let cells = model.tables[id.index] else { continue }
      blocks.append(FamilyText(model, id, cells: cells, rows: all ? .max : Self.shortRows).text)
    }
    return blocks
  }
}

internal import ArgumentParser
internal import Latent

/// Edges that come with a model by its name.
enum Template: String, ExpressibleByArgument, CaseIterable {
  case independent
  case naiveBayes = "naive-bayes"
  case latentClass = "latent-class"
  case hmm

  /// What help lists: not what is only there to be refused with a reason.
  static let allValueStrings = allCases.filter { $0 != .hmm }.map(\.rawValue)
}

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Read a table and write a model file to edit.",
    discussion: """
      Variables and states are those found in the table. Columns that look like names or measurements are left out; \
      how each column was read is said on standard error.

      Example: latent init votes.csv --latent bloc=3 --edges 'bloc -> *' -o votes.yaml
      """)

  @Argument(help: "The table, with a header. - is standard input.")
  var data: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the model to FILE, .yaml or .json; - is standard output.", valueName: "file"))
  var output = "-"

  @OptionGroup(title: "Structure") var structure: StructureOptions
  @OptionGroup(title: "Data") var tableOptions: TableOptions

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Keep a column that looks like names or measurements; repeatable.", valueName: "column"))
  var keep: [String] = []

  @OptionGroup var consoleOptions: ConsoleOptions

  func validate() throws {
    try requireModelExtension(output)
    if let format = ModelFormat(path: output), format.needsParameters {
      throw ValidationError("\(output): this format needs parameters, which init does not know; write .yaml or .json")
    }
  }

  func run() throws {
    let console = consoleOptions.console
    let options = CSVOptions(
      missing: tableOptions.missingTokens, weightsColumn: tableOptions.weights, categoricalColumns: Set(keep))
    let inferred = try CSV.inferTable(data, options: options)
    let columns = try ColumnChoice(inferred, keep: keep)
    let draft = try ModelDraft(columns, structure, file: data)
    for warning in inferred.csv.warnings { console.note("\(displayName(data)): \(warning.sentence)") }
    console.note(columns.text)
    let fit = FitLine(model: output, data: data, tableOptions, columns)
    let text = try draft.text(as: ModelFormat(path: output) ?? .yaml, file: output, comments: comments(columns, fit))
    let file = try OutputFile(output)
    try file.write(text)
    try file.commit()
    if output != "-" { console.note("next: \(fit.text)") }
  }

  /// What the model file says of itself, where its format has comments.
  private func comments(_ columns: ColumnChoice, _ fit: FitLine) -> [String] {
    var lines = ["Made from \(displayName(data)); edit it, then learn the parameters with", "  \(fit.text)"]
    if !columns.leftOut.isEmpty { lines.append("Columns left out: \(columns.leftOut.joined(separator: ", "))") }
    return lines
  }
}

internal import ArgumentParser
internal import Foundation
internal import Latent

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Read a table and write a model file to edit.",
    discussion: """
      Variables and states are those found in the table. Columns that look like names are left out; how each column \
      was read is said on standard error, and the options under COLUMNS change it.

      Example: latent init votes.csv --latent bloc=3 --edges 'bloc -> *' -o votes.yaml
      """)

  @Argument(help: "The table, with a header. - is standard input.", completion: .tableFile)
  var data: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the model to FILE, .yaml or .json; - is standard output.", valueName: "file"),
    completion: .modelFile)
  var output = "-"

  @OptionGroup(title: "Structure") var structure: StructureOptions
  @OptionGroup(title: "Columns") var columnOptions: ColumnOptions
  @OptionGroup(title: "Data") var tableOptions: TableOptions

  @Flag(help: "Replace the model file if there is one already.")
  var force = false

  @OptionGroup var consoleOptions: ConsoleOptions

  mutating func validate() throws {
    takeChainStates()
    try requireModelExtension(output)
    if let format = ModelFormat(path: output), format.needsParameters {
      throw ValidationError("\(output): this format needs parameters, which init does not know; write .yaml or .json")
    }
  }

  /// With the template hmm, a number given by `--states` is that of the states of its latent variable, not the name of a
  /// column.
  private mutating func takeChainStates() {
    guard structure.template == .hmm,
      let position = columnOptions.states.firstIndex(where: { Int($0).map(LatentVariable.sizes.contains) == true })
    else { return }
    structure.chainStates = Int(columnOptions.states.remove(at: position))
  }

  func run() throws {
    let console = consoleOptions.console
    if !force { try requireNew(output) }
    let options = CSVOptions(
      missing: tableOptions.missingTokens, weightsColumn: tableOptions.weights, columnTypes: columnOptions.types)
    let inferred = try CSV.inferTable(data, options: options)
    let columns = try ColumnChoice(
      inferred, columnOptions, structure.template.intake, apart: structure.sequence?.names ?? [])
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

/// Refuses to replace a file that is there: somebody may have edited it.
private func requireNew(_ path: String) throws(CommandError) {
  var isDirectory: ObjCBool = false
  guard path != "-", !path.hasPrefix("/dev/"), FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory),
    !isDirectory.boolValue
  else { return }
  throw CommandError(.cannotCreate, "\(path): the file is there already; name another, or replace it with --force")
}

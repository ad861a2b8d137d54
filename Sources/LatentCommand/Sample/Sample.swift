internal import ArgumentParser
internal import Latent

struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Draw rows from a model.",
    discussion: """
      Each row is drawn from the joint distribution, independently of the others. More rows from the same seed begin \
      with the same rows.

      Example: latent sample fitted.yaml -n 1000 -o drawn.csv
      """)

  @Argument(help: "The model, with all its parameters. - is standard input.", completion: .modelFile)
  var model: String

  @Option(
    name: [.customShort("n"), .long], parsing: .unconditional,
    help: ArgumentHelp("How many rows to draw.", valueName: "n"))
  var rows: Int

  @Option(
    help: ArgumentHelp(
      "With a model of sequences: draw K sequences of n rows each. Default: 1.", valueName: "k"))
  var sequences: Int?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the table to FILE; - is standard output.", valueName: "file"), completion: .tableFile)
  var output = "-"

  @Option(help: ArgumentHelp("The seed of the random numbers.", valueName: "s"))
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "Leave variables out of the table: latent for those that the model file marks so, or names with commas between; repeatable. A name with a comma in it is given alone.",
      valueName: "latent|names"))
  var hide: [String] = []

  @Flag(help: "Write the indicators of missing cells, too; no cell is left out for them.")
  var indicators = false

  @OptionGroup var consoleOptions: ConsoleOptions

  private static let mostRows = 1_000_000_000_000
  /// How many rows are drawn at a time.
  private static let blockRows = 1 << 16

  func validate() throws {
    guard (1...Self.mostRows).contains(rows) else {
      throw ValidationError("-n \(rows): expected 1 to \(Self.mostRows) rows")
    }
    if let sequences, sequences < 1 { throw ValidationError("--sequences \(sequences): expected 1 or more") }
  }

  func run() throws {
    let console = consoleOptions.console
    let loaded = try LoadedModel(model, console)
    let shown = try shownVariables(loaded)
    if loaded.model.structure.chainVariable != nil { return try writeSequences(loaded, shown, console) }
    if sequences != nil {
      throw CommandError(
        .usage, "--sequences: no variable of \(displayName(loaded.path)) depends on its previous step; leave it out")
    }
    var random = SplitMix64(seed: seed)
    let network = try loaded.network()
    let file = try OutputFile(output)
    let writer = try CSVWriter(file, header: shown.map { network.schema[$0].name })
    var left = rows
    var withoutData: [UnseenConfiguration: Double] = [:]
    while left > 0 {
      let table = network.sample(rows: min(left, Self.blockRows), using: &random)
      try writer.write(
        columns: shown.map { CSVColumn(table.columns[$0.index], of: network.schema[$0], rowCount: table.rowCount) })
      if !loaded.model.unseen.isEmpty {
        for found in try network.reliance(on: loaded.model.unseen, of: .likelihood, in: table) {
          withoutData[found.configuration, default: 0] += found.weight
        }
      }
      left -= table.rowCount
    }
    try file.commit()
    console.note("drew \(counted(rows, "row")) with seed \(seed)")
    NoDataWarning(loaded, withoutData, rows: rows).note(console)
  }

  /// Draws sequences; the columns that tell them apart and order their steps come first, if the model names any.
  private func writeSequences(_ loaded: LoadedModel, _ shown: [VariableID], _ console: Console) throws {
    var random = SplitMix64(seed: seed)
    let network = try loaded.network()
    let count = sequences ?? 1
    let columns = loaded.model.structure.dynamics.sequence ?? .none
    if count > 1, columns.by == nil {
      throw CommandError(
        .data,
        "\(displayName(loaded.path)): several sequences need a column that tells them apart; add 'sequence: {by: NAME}' to "
          + "the model, or draw one")
    }
    let file = try OutputFile(output)
    let writer = try CSVWriter(file, header: columns.names + shown.map { network.schema[$0].name })
    for sequence in 1...count {
      let table = network.sample(sequences: 1, steps: rows, using: &random)
      let name = columns.by.map { _ in CSVColumn.texts([String?](repeating: "\(sequence)", count: rows)) }
      let order = columns.order.map { _ in CSVColumn.texts((1...rows).map { "\($0)" }) }
      try writer.write(
        columns: [name, order].compactMap(\.self)
          + shown.map { CSVColumn(table.columns[$0.index], of: network.schema[$0], rowCount: table.rowCount) })
    }
    try file.commit()
    console.note("drew \(counted(count, "sequence")) of \(counted(rows, "step")) with seed \(seed)")
  }

  /// The variables that become columns.
  private func shownVariables(_ loaded: LoadedModel) throws -> [VariableID] {
    let (schema, latent) = (loaded.model.schema, loaded.model.latent)
    var hidden = Set(indicators ? [] : loaded.model.indicators.map(\.id))
    for name in hide.flatMap(schema.names) {
      if name == Self.latent, schema[name] == nil {
        guard !latent.isEmpty else { throw noLatentVariables(loaded) }
        hidden.formUnion(latent)
      } else {
        hidden.insert(try schema.variable(name, option: "--hide"))
      }
    }
    let shown = schema.ids.filter { !hidden.contains($0) }
    guard !schema.variables.isEmpty else {
      throw CommandError(.data, "\(displayName(loaded.path)): the model has no variables; add some to draw them")
    }
    guard !shown.isEmpty else { throw CommandError(.usage, "--hide: no variable is left to write; hide fewer") }
    return shown
  }

  /// The word for the variables that a model file marks as latent, unless a variable has this name.
  private static let latent = "latent"

  private func noLatentVariables(_ loaded: LoadedModel) -> CommandError {
    let reason =
      loaded.file.declaresLatentVariables
      ? "marks no variable as latent" : "is in a format that cannot mark variables as latent"
    return CommandError(.usage, "--hide latent: \(displayName(loaded.path)) \(reason); name the variables to hide")
  }
}

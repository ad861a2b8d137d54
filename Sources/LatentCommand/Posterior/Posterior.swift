internal import ArgumentParser
internal import Latent

struct PosteriorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "posterior",
    abstract: "Per row: the probability of each unobserved state given what was observed.",
    discussion: """
      One row per row of DATA: first the columns that the model does not know \
      (--ignore-columns), then a column 'variable=state' for each state of each \
      variable asked for. An observed cell has probability 1. A variable of \
      numbers has two columns, 'variable=mean' and 'variable=sd': the mean and the \
      standard deviation of its posterior.

      Example: latent posterior fitted.yaml survey.csv --of bloc -o bloc.csv
      """)

  @Argument(help: "The model with its parameters. - is standard input.", completion: .modelFile)
  var fitted: String

  @Argument(help: "The table. - is standard input.", completion: .tableFile)
  var data: String

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "The variables, with commas between; repeatable. Default: the latent ones; when there are none, those with missing cells.",
      valueName: "names"))
  var of: [String] = []

  @Flag(help: "In sequences: given the rows up to each row only, not those behind it.")
  var filter = false

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write to FILE; default: standard output.", valueName: "file"),
    completion: .tableFile)
  var output: String?

  @Flag(help: "Write a JSON list with one object per row instead of a table.")
  var json = false

  @OptionGroup(title: "Data") var rowOptions: RowOptions
  @OptionGroup var common: CommonOptions

  func validate() throws { try requireOneStandardInput(fitted, data) }

  func run() throws {
    let console = common.console
    let loaded = try LoadedModel(fitted, console)
    let named = try loaded.model.schema.variables(of, option: "--of")
    let table = try LoadedTable(data, for: loaded, rowOptions, console, otherText: .kept)
    let asked = try named.isEmpty ? Self.unobserved(loaded, table) : named
    if let sequenced = table.sequenced {
      return try writeSequences(asked, LoadedChain(loaded, table, sequenced, memory: common.memory), table)
    }
    if filter {
      throw CommandError(
        .usage, "--filter: no variable of \(displayName(fitted)) depends on its previous step; leave --filter out")
    }
    let rows = try LoadedRows(loaded, table, memory: common.memory)
    try rows.requirePossible()
    let posteriors = RowPosteriors(rows.inference, of: asked)
    if json {
      try writeJSON(Self.columns(of: asked, posteriors, rows).objects, to: output)
    } else {
      var result = ResultTable(identifying: rows.data)
      for id in asked { for name in Self.columnNames(of: id, rows.schema) { try result.append(name: name) } }
      var cells = PosteriorCells(posteriors, of: asked, rows.data.table, result.encoder)
      try result.write(to: output) { cells.append(row: $0, to: &$1) }
    }
    try NoDataWarning(loaded, table.table, .posterior(of: Set(asked)), memory: common.memory).note(console)
    for comparison in Self.comparisons(of: asked, posteriors, rows) { console.note(comparison.sentence) }
  }

  /// The same for rows that are steps of sequences.
  private func writeSequences(_ asked: [VariableID], _ chain: LoadedChain, _ data: LoadedTable) throws {
    let posteriors = try SequencePosteriors(of: asked, chain, data, filter ? .past : .sequence)
    var result = ResultTable(identifying: data)
    for id in asked {
      for (name, numbers) in zip(Self.columnNames(of: id, data.table.schema), posteriors.columns[id] ?? []) {
        try result.append(name, .numbers(numbers))
      }
    }
    if json {
      try writeJSON(result.objects, to: output)
    } else {
      try result.write(to: output)
    }
  }

  /// How the most probable states, and the means of numbers, compare with the hidden cells of the file.
  private static func comparisons(
    of asked: [VariableID], _ posteriors: RowPosteriors, _ rows: LoadedRows
  ) -> [HiddenCells.Comparison] {
    guard !rows.data.hidden.isEmpty else { return [] }
    let modes = posteriors.modes()
    return HiddenCells(rows.data).comparisons { id in
      guard asked.contains(id) else { return nil }
      guard !rows.schema[id].isCategorical else { return .codes(modes[id.index]) }
      var means = [Double](repeating: .nan, count: rows.inference.rowCount)
      for row in means.indices { posteriors.forEachNumber(row: row) { if $0 == id { means[row] = $1.mean } } }
      return .reals(means)
    }
  }

  private static func unobserved(_ loaded: LoadedModel, _ data: LoadedTable) throws -> [VariableID] {
    let latent = latentVariables(loaded, data)
    if !latent.isEmpty { return latent }
    let incomplete = incompleteVariables(data.table)
    guard !incomplete.isEmpty else {
      throw CommandError(
        .data,
        "\(displayName(data.path)): no cell is missing and no variable is latent, so that all probabilities would be "
          + "0 or 1; name the variables with --of if you want these")
    }
    return incomplete
  }

  /// The names of the columns for a variable: one per state, or mean and standard deviation.
  private static func columnNames(of id: VariableID, _ schema: Schema) -> [String] {
    let labels =
      switch schema[id].domain {
      case .states(let states): states
      case .real, .count: ["mean", "sd"]
      }
    return labels.map { "\(schema[id].name)=\($0)" }
  }

  /// One column of probabilities per state of the variables, and mean and standard deviation of numbers.
  private static func columns(
    of asked: [VariableID], _ posteriors: RowPosteriors, _ rows: LoadedRows
  ) throws -> ResultTable {
    let table = rows.data.table
    var columns: [VariableID: [[Double]]] = [:]
    for id in asked {
      switch rows.schema[id].domain {
      case .states(let states):
        columns[id] = states.indices.map { state in
          (0..<table.rowCount).map { Int(table.code(id, row: $0)) == state ? 1 : 0 }
        }
      case .real, .count:
        columns[id] = [
          (0..<table.rowCount).map { table.value(id, row: $0) }, [Double](repeating: 0, count: table.rowCount),
        ]
      }
    }
    for row in 0..<table.rowCount {
      posteriors.forEach(row: row) { id, posterior in
        for (state, probability) in posterior.enumerated() { columns[id]?[state][row] = probability }
      }
      posteriors.forEachNumber(row: row) { id, moments in
        columns[id]?[0][row] = moments.mean
        columns[id]?[1][row] = moments.standardDeviation
      }
    }
    var result = ResultTable(identifying: rows.data)
    for id in asked {
      for (name, numbers) in zip(columnNames(of: id, rows.schema), columns[id] ?? []) {
        try result.append(name, .numbers(numbers))
      }
    }
    return result
  }
}

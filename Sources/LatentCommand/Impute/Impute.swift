internal import ArgumentParser
internal import Latent

struct ImputeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "impute",
    abstract: "Fill in the missing cells of a table.",
    discussion: """
      FILLED has the columns of DATA in their order. Only missing cells change, and \
      every row is there, those of weight 0 included. A latent variable is filled in \
      where DATA has a column for it. Unknown columns pass through with \
      --ignore-columns.

      map            the jointly most probable completion of the row, latent
                     variables included
      mode           each cell in the state that is most probable by itself, real
                     numbers at their posterior mean, counts at the most probable one
      mean           each number at its posterior mean, counts too
      draw           completions drawn from their posterior under the model:
                     copies 1 to m below each other, numbered in a first column
                     'copy'
      column-mode    each cell in the most frequent state of its column, by weight,
                     numbers at its mean
      column-mean    each number at the mean of its column, by weight
      complete-rows  no cell is filled in: rows with a missing cell are left out

      mean and column-mean are for columns of numbers: a missing cell of a column \
      with states is an error, and columns with states and no missing cell stay.

      A variable whose numbers are cut into intervals is written as intervals, \
      unless --numbers asks for numbers.

      Of equally probable or frequent states, the one listed first is taken.

      Example: latent impute fitted.yaml survey.csv -o filled.csv
      """)

  @Argument(
    help: "The model with its parameters; the last three methods need none. - is standard input.",
    completion: .modelFile)
  var fitted: String

  @Argument(help: "The table with missing cells. - is standard input.", completion: .tableFile)
  var data: String

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write to FILE; default: standard output.", valueName: "file"),
    completion: .tableFile)
  var output: String?

  @Option(
    help: ArgumentHelp(
      "How missing cells are filled in: map (default), mode, mean, draw, column-mode, column-mean or complete-rows.",
      valueName: "method"),
    transform: ImputeMethod.init(text:))
  var method = ImputeMethod.map

  @Option(help: ArgumentHelp("With draw: how many completed copies. Default: 5.", valueName: "m"))
  var copies: Int?

  @Option(help: ArgumentHelp("With draw: the seed of the random numbers. Default: 1.", valueName: "s"))
  var seed: UInt64?

  @Flag(help: "Write numbers where they were cut into intervals: those of DATA, and where one is missing, the middle.")
  var numbers = false

  @Option(
    help: ArgumentHelp(
      "List the filled cells in FILE: row, column, value, and for map and mode the probability of the state.",
      valueName: "file"), completion: .tableFile)
  var mask: String?

  @Flag(help: "Write the model's indicators, too: which cells are missing in DATA.")
  var indicators = false

  @OptionGroup(title: "Data") var rowOptions: RowOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    try requireOneStandardInput(fitted, data)
    if method != .draw, copies != nil { throw ValidationError("--copies is for --method draw") }
    if method != .draw, seed != nil { throw ValidationError("--seed is for --method draw") }
    if method == .completeRows, mask != nil {
      throw ValidationError("--mask: complete-rows fills no cell; leave it out")
    }
    if let mask, mask == output || mask == "-" {
      throw ValidationError("--mask \(mask): the list and the table would mix; name another file")
    }
    if let copies, copies < 1 { throw ValidationError("--copies \(copies): expected at least 1") }
  }

  func run() throws {
    let console = common.console
    let loaded = try LoadedModel(fitted, console)
    let table = try LoadedTable(data, for: loaded, rowOptions, console, otherText: .kept)
    var imputation = try Imputation(
      loaded, table, method, copies: copies ?? 5, seed: seed ?? 1, memory: common.memory)
    if indicators { imputation.indicators = loaded.model.indicators.map(\.id) }
    if numbers { imputation.cutNumbers = try CutNumbers(table, loaded) }
    if let mask {
      let posteriors =
        method.choosesByPosterior
        ? RowPosteriors(try LoadedRows(loaded, table, memory: common.memory).inference) : nil
      try FilledCells(imputation, method, posteriors: posteriors).write(to: mask)
    }
    try imputation.write(to: output)
    imputation.noteIntervals()
    for note in imputation.notes { console.note(note) }
    guard let asked = method.asked(of: table.table), table.sequenced == nil else { return }
    try NoDataWarning(loaded, table.table, .posterior(of: asked), memory: common.memory).note(console)
  }
}

enum ImputeMethod: String, CaseIterable {
  case map
  case mode
  case mean
  case draw
  case columnMode = "column-mode"
  case columnMean = "column-mean"
  case completeRows = "complete-rows"

  /// The variables on whose distribution the filled cells rest; nil where none does.
  func asked(of table: Table) -> Set<VariableID>? {
    switch self {
    case .map: Set(table.schema.ids)
    case .mode, .mean, .draw: Set(table.schema.ids.filter { table.columns[$0.index] != .absent })
    case .columnMode, .columnMean, .completeRows: nil
    }
  }

  /// Reads the name of a method.
  init(text: String) throws {
    guard let method = Self(rawValue: text) else {
      let known = Self.allCases.map(\.rawValue)
      throw ValidationError("expected \(known.dropLast().joined(separator: ", ")) or \(known[known.count - 1])")
    }
    self = method
  }
}

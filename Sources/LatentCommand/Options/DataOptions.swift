internal import ArgumentParser
internal import Latent

/// Which cells of a table are missing, and which column is not one of data.
struct TableOptions: ParsableArguments {
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Read TOKEN as a missing cell, besides the empty cell, NA, N/A, NaN, null, ? and those of the model file; repeatable, or several with commas. COLUMN=TOKEN for one column.",
      valueName: "token"))
  var missing: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Read TOKEN as a missing cell, and no other token; repeatable.", valueName: "token"))
  var onlyMissing: [String] = []

  @Option(help: ArgumentHelp("The column that holds the weight of each row.", valueName: "column"))
  var weights: String?

  var missingTokens: MissingTokens {
    onlyMissing.isEmpty ? MissingTokens(adding: missing) : MissingTokens(only: onlyMissing + missing)
  }
}

/// How a command reads its table for a model.
struct DataOptions: ParsableArguments {
  @OptionGroup var tableOptions: TableOptions

  @Flag(help: "Pass over columns that the model does not know.")
  var ignoreColumns = false

  /// The options with what the model says of the cells and of sequences.
  func csvOptions(_ model: Model, otherText: CSVOptions.OtherText = .dropped) -> CSVOptions {
    CSVOptions(
      missing: tableOptions.missingTokens, codebook: model.codebook, weightsColumn: tableOptions.weights,
      unknownColumns: ignoreColumns ? .ignore : .refuse, otherText: otherText,
      sequence: model.structure.dynamics.sequence)
  }
}

/// How a command reads the rows that it is asked about.
struct RowOptions: ParsableArguments {
  @OptionGroup var dataOptions: DataOptions

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Answer as if COLUMN had not been seen; repeatable. Answers about it are compared with its cells.",
      valueName: "column"))
  var hide: [String] = []
}

/// Options that every command has.
struct ConsoleOptions: ParsableArguments {
  @Flag(help: "Print results and errors only.")
  var quiet = false

  var console: Console { Console(isQuiet: quiet) }
}

/// Options of every command that does exact inference.
struct CommonOptions: ParsableArguments {
  @OptionGroup var consoleOptions: ConsoleOptions

  @Option(
    help: ArgumentHelp(
      "Refuse exact inference whose tables need more memory than this, in MiB.", valueName: "MiB"))
  var memoryLimit = MemoryLimit.standard.bytes >> 20

  var console: Console { consoleOptions.console }
  var memory: MemoryLimit { MemoryLimit(bytes: memoryLimit << 20) }

  func validate() throws {
    guard memoryLimit > 0, memoryLimit <= 1 << 24 else {
      throw ValidationError("--memory-limit \(memoryLimit): expected a number of MiB from 1 to \(1 << 24)")
    }
  }
}

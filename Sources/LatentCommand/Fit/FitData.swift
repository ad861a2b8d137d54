internal import Latent

/// The rows of a fit, read in one pass: they go to the compiler block by block, and only the first ones are kept.
struct FitData {
  /// The file, with its first rows.
  let loaded: LoadedTable
  let summary: TableSummary
  let compiler: CircuitCompiler
  private let options: DataOptions

  /// How many rows are kept for a look at the start.
  private static let keptRows = 10_000

  /// Reads and compiles a table.
  ///
  /// - keepsAll: whether a later step goes through all rows; standard input cannot be read twice and is kept in any case.
  init(
    _ path: String, for model: LoadedModel, _ options: DataOptions, completion: CompletionPolicy, memory: MemoryLimit,
    _ console: Console, keepsAll: Bool
  ) throws {
    var summary = TableSummary(schema: model.model.schema)
    var compiler = CircuitCompiler(model.model.structure, completion: completion, limit: memory)
    loaded = try LoadedTable(
      path, for: model, options, console, keeping: keepsAll || path == "-" ? .max : Self.keptRows
    ) { block in
      summary.add(block)
      compiler.add(block)
    }
    guard summary.weight > 0 else {
      throw CommandError(.data, "\(displayName(path)): every row has weight 0, so there is nothing to learn from")
    }
    guard summary.weight.isFinite else {
      throw CommandError(
        .data, "\(displayName(path)): the weights sum to more than \(Double.greatestFiniteMagnitude); scale them down")
    }
    self.summary = summary
    self.compiler = compiler
    self.options = options
  }

  /// The file with all its rows, read again unless they were kept.
  func complete(for model: LoadedModel) throws -> LoadedTable {
    guard loaded.path != "-" else { return loaded }
    return try LoadedTable(loaded.path, for: model, options, Console(isQuiet: true))
  }
}

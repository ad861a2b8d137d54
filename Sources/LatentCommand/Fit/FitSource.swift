internal import Latent

/// The rows of a fit as the tool reads them: block by block from the file, with what its user is to be told about it.
final class FitSource: RowSource {
  private let path: String
  private let model: LoadedModel
  private let options: DataOptions
  private let console: Console
  private let limit: Int
  /// The file as it was read; nil before.
  private(set) var loaded: LoadedTable?

  var schema: Schema { model.model.schema }

  /// - keepsAll: whether a later step goes through all rows; standard input cannot be read twice and is kept in any
  ///   case.
  init(_ path: String, for model: LoadedModel, _ options: DataOptions, _ console: Console, keepsAll: Bool) {
    self.path = path
    self.model = model
    self.options = options
    self.console = console
    limit = keepsAll || path == "-" ? .max : 0
  }

  func forEachBlock(_ body: (Table) throws -> Void) throws {
    loaded = try LoadedTable(path, for: model, options, console, keeping: limit, forEachBlock: body)
  }

  /// The file with all its rows, read again unless they were kept.
  func complete() throws -> LoadedTable {
    if path == "-", let loaded { return loaded }
    return try LoadedTable(path, for: model, options, Console(isQuiet: true))
  }

  /// The rows once more, without a word to the user.
  var again: RowsAgain { RowsAgain(source: self) }

  struct RowsAgain: RowSource {
    fileprivate let source: FitSource

    var schema: Schema { source.schema }

    func forEachBlock(_ body: (Table) throws -> Void) throws {
      if source.path == "-", let loaded = source.loaded { return try body(loaded.table) }
      _ = try LoadedTable(
        source.path, for: source.model, source.options, Console(isQuiet: true), keeping: 0, forEachBlock: body)
    }
  }
}

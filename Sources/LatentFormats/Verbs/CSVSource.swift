public import LatentData
public import LatentModels

/// The rows of a table of text, read block by block: for files that are larger than memory, and for what needs one look
/// at each row.
///
/// ```swift
/// let fit = try model.fit(to: CSVSource("votes.csv.gz", for: model))
/// ```
///
/// The file is opened when its rows are asked for, each time anew; standard input can be read once.
public struct CSVSource: RowSource, Hashable, Sendable {
  /// The file; `-` is standard input, a name that ends in `.gz` is unpacked.
  public let path: String
  /// The variables of the model.
  public let schema: Schema
  /// How the file is read.
  public let options: CSVOptions

  /// The rows of a file, read for a model.
  public init(_ path: String, for model: Model, options: CSVOptions = CSVOptions()) {
    var options = options
    options.codebook = model.codebook
    self.init(path, schema: model.schema, options: options)
  }

  /// The rows of a file, read as cells of these variables.
  public init(_ path: String, schema: Schema, options: CSVOptions = CSVOptions()) {
    self.path = path
    self.schema = schema
    self.options = options
  }

  /// Reads the file and calls `body` with its blocks of rows; memory does not grow with the file.
  ///
  /// - Throws: `FileError`, as `CSV.readTable(_:schema:options:)`, and at once what `body` throws.
  public func forEachBlock(_ body: (Table) throws -> Void) throws {
    _ = try CSV.readTable(path, schema: schema, options: options, keeping: 0, forEachBlock: body)
  }
}

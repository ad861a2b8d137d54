public import LatentData
public import LatentModels

extension Table {
  /// Reads a table of text for a model.
  ///
  /// ```swift
  /// let votes = try Table(contentsOf: "votes.csv", for: model)
  /// ```
  ///
  /// A variable without a column in the file is unobserved in every row. What else the file holds, and what was odd
  /// about it, `CSV.readTable(_:schema:options:)` tells; a table too large for memory is a `CSVSource`.
  ///
  /// - Parameters:
  ///   - path: the file; `-` is standard input, a name that ends in `.gz` is unpacked.
  ///   - model: says which columns there are, and which states.
  ///   - options: which cells are missing, which column holds weights, what becomes of unknown columns.
  /// - Throws: when the file cannot be read, or for the first thing in it that is neither a state, nor missing, nor
  ///   allowed by the options, with file and line. Linear in the size of the file.
  public init(contentsOf path: String, for model: Model, options: CSVOptions = CSVOptions()) throws(FileError) {
    var options = options
    options.codebook = model.codebook
    self = try CSV.readTable(path, schema: model.schema, options: options).table
  }

  /// Writes the columns that the table has as text, whole or not at all; missing cells are empty.
  ///
  /// What is written reads back as the same table; weights are left out.
  ///
  /// ```swift
  /// try network.impute(votes).write(to: "filled.csv")
  /// ```
  ///
  /// - Parameters:
  ///   - path: the file; `-` is standard output, a name that ends in `.gz` is packed.
  ///   - delimiter: what stands between the cells.
  /// - Throws: `.unwritable` when the file cannot be written, `.invalid` when the table has no column. Linear in the
  ///   cells.
  public func write(to path: String, delimiter: CSVDelimiter = .comma) throws(FileError) {
    let written = schema.ids.filter { columns[$0.index] != .absent }
    guard !written.isEmpty else {
      throw FileError(.invalid, file: path, "the table has no column to write; give it one")
    }
    let file = try OutputFile(path)
    try CSV.write(
      header: written.map { schema[$0].name },
      columns: written.map { CSVColumn(columns[$0.index], of: schema[$0], rowCount: rowCount) }, to: file,
      delimiter: delimiter)
    try file.commit()
  }
}

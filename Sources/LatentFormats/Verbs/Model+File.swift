public import LatentModels

extension Model {
  /// Reads a model file, in any of the formats that `ModelFormat` lists.
  ///
  /// ```swift
  /// let model = try Model(contentsOf: "blocs.yaml")
  /// ```
  ///
  /// `ModelFormat.read(_:parentOrder:)` also tells what stands beside the model, and warnings.
  ///
  /// - Parameter path: the file; `-` is standard input, a name that ends in `.gz` is unpacked.
  /// - Throws: when the file cannot be read, its extension is unknown, or its content is not a model, with file, line
  ///   and column.
  public init(contentsOf path: String) throws(FileError) {
    self = try ModelFormat.read(path).model
  }

  /// Writes a model file, whole or not at all, in the format that its extension stands for.
  ///
  /// ```swift
  /// try fit.model.write(to: "fitted.yaml")
  /// ```
  ///
  /// Numbers survive to the last bit. A format with a side file, such as `.uai`, gets it.
  ///
  /// - Parameters:
  ///   - path: the file; `-` is standard output, in YAML. A name that ends in `.gz` is packed.
  ///   - annotations: what the file that the model was read from says beside it; repeated when the format is the same.
  /// - Returns: what the model says and the format cannot, one sentence each.
  /// - Throws: when the extension is unknown, the format has no way to spell the model, or the file cannot be written.
  @discardableResult
  public func write(to path: String, carrying annotations: Annotations? = nil) throws(FileError) -> [String] {
    guard let format = path == "-" ? .yaml : ModelFormat(path: path) else {
      throw FileError(
        .unwritable, file: path,
        "the extension does not say which format to write; use one of \(ModelFormat.listOfExtensions)")
    }
    let text = try format.text(of: self, carrying: annotations, file: path == "-" ? "standard output" : path)
    try text.write(to: path)
    return text.notes
  }
}

extension ModelText {
  /// Writes the side file, if there is one and a place for it, and then the file itself, each whole or not at all.
  ///
  /// - Throws: `.unwritable` when a file cannot be written.
  public func write(to path: String) throws(FileError) {
    if let companion, let side = ModelFormat.companionPath(of: path) { try Self.write(companion, to: side) }
    try Self.write(text, to: path)
  }

  private static func write(_ content: String, to path: String) throws(FileError) {
    let file = try OutputFile(path)
    try file.write(content)
    try file.commit()
  }
}

public import LatentModels

/// A model as it was read from a file.
public struct ModelFile: Sendable {
  /// The model: structure, roles of variables, and parameters where there are any.
  public let model: ModelDescription
  /// The format in which it was found.
  public let format: ModelFormat
  /// What was changed or left out while reading, one sentence each, without the name of the file.
  public let warnings: [String]

  /// Puts together what a reader found.
  public init(model: ModelDescription, format: ModelFormat, warnings: [String]) {
    self.model = model
    self.format = format
    self.warnings = warnings
  }
}

/// A model spelt in a format.
public struct ModelText: Hashable, Sendable {
  /// The whole content of the file.
  public let text: String
  /// What the model says and the format cannot, one sentence each.
  public let notes: [String]
}

/// What a reader hands back: the model and its warnings.
struct ParsedModel {
  let model: ModelDescription
  let warnings: [String]
}

/// A way to spell models: a reader and a writer.
protocol ModelSyntax {
  /// The file name endings, without the dot, in small letters.
  static var endings: [String] { get }

  /// Reads a model; the error names the place.
  static func parse(_ source: SourceText) throws(FileError) -> ParsedModel

  /// Spells a model; `file` is named in the error when the format cannot.
  static func text(of model: ModelDescription, file: String) throws(FileError) -> ModelText
}

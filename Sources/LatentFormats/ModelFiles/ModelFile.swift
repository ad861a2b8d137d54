public import LatentModels

/// A model as it was read from a file.
public struct ModelFile: Sendable {
  /// The model: structure, roles of variables, and parameters where there are any.
  public let model: Model
  /// What the file says beside the model; to be handed to the writer of the same format.
  public let annotations: Annotations
  /// Whether the file says which variables are latent; otherwise those without a column are.
  public let declaresLatentVariables: Bool
  /// What was changed or left out while reading, one sentence each, without the name of the file.
  public let warnings: [String]

  /// The format in which it was found.
  public var format: ModelFormat { annotations.format }
}

/// A model spelt in a format.
public struct ModelText: Hashable, Sendable {
  /// The whole content of the file.
  public let text: String
  /// The whole content of the side file that the format needs; nil for formats of one file.
  public let companion: String?
  /// What the model says and the format cannot, one sentence each.
  public let notes: [String]

  init(text: String, companion: String? = nil, notes: [String]) {
    self.text = text
    self.companion = companion
    self.notes = notes
  }
}

/// Which parent varies fastest in the tables of a format that leaves it to the program that writes.
public enum ParentOrder: String, CaseIterable, Sendable {
  /// The last, as in GeNIe, SMILE and pgmpy.
  case last
  /// The first, as in aGrUM.
  case first
}

/// What a reader is given.
struct ModelSource {
  let text: SourceText
  /// The side file, where the format has one and it is there.
  let companion: SourceText?
  /// What the user said about the tables; nil leaves it to the file.
  let parentOrder: ParentOrder?
}

/// What a reader hands back: the model, what stands beside it, and warnings.
struct ParsedModel {
  let model: Model
  let annotations: Annotations
  let warnings: [String]
}

/// What a writer is given beside the model.
struct ModelSpelling {
  /// What a file of the same format said beside the model.
  let annotations: Annotations?
  let parentOrder: ParentOrder
  /// The name that errors carry.
  let file: String
}

/// A way to spell models: a reader and a writer.
protocol ModelSyntax {
  /// The file name endings, without the dot, in small letters.
  static var endings: [String] { get }

  /// What is put behind the name of a file to name its side file; nil for formats of one file.
  static var companionEnding: String? { get }

  /// Reads a model; the error names the place.
  static func parse(_ source: ModelSource) throws(FileError) -> ParsedModel

  /// Spells a model; the error says what the format cannot.
  static func text(of model: Model, _ spelling: ModelSpelling) throws(FileError) -> ModelText
}

extension ModelSyntax {
  static var companionEnding: String? { nil }
}

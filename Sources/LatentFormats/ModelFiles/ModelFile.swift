public import LatentModels

/// A model as it was read from a file.
public struct ModelFile: Sendable {
  /// The model: structure, roles of variables, and parameters where there are any.
  public let model: Model
  /// What the file says beside the model; to be handed to the writer of the same format.
  public let annotations: Annotations
  /// Whether the file says which variables are latent; otherwise those without a column are.
  public let declaresLatentVariables: Bool
  /// What was changed or left out while reading.
  public let warnings: [FileWarning]

  /// The format in which it was found.
  public var format: ModelFormat { annotations.format }

  /// The file as if this variation of its model stood in it; what the file says beside its model may not fit any more and
  /// is left out.
  package func varied(_ model: Model) -> ModelFile {
    ModelFile(
      model: model, annotations: Annotations(format), declaresLatentVariables: declaresLatentVariables,
      warnings: warnings)
  }
}

/// A model spelt in a format.
public struct ModelText: Hashable, Sendable {
  /// The whole content of the file.
  public let text: String
  /// The whole content of the side file that the format needs; nil for formats of one file.
  public let companion: String?
  /// What the model says and the format cannot, one sentence each.
  public let notes: [String]

  init(text: String, companion: String? = nil, notes: [String] = []) {
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

internal import LatentModels

/// A way to spell models: its traits, a reader and a writer. Whatever differs between formats is said here, so that
/// nothing else asks which format it is.
protocol ModelSyntax {
  /// The name of the format in sentences.
  static var name: String { get }

  /// The extensions of its files, without the dot, in lowercase.
  static var extensions: [String] { get }

  /// What is put behind the name of a file to name its side file; nil for formats of one file.
  static var companionSuffix: String? { get }

  /// Whether a file, with its side file if the format has one, says which variables are latent, and which parameters
  /// are fixed.
  static var declaresLatentVariables: Bool { get }

  /// Whether a file holds the table of every variable; the writer is then given models with all their tables only.
  static var needsParameters: Bool { get }

  /// Whether a file can hold variables of numbers; the writer is otherwise given models of variables with states only.
  static var holdsNumbers: Bool { get }

  /// Whether a file can mark the rows of tables for which there are no data.
  static var marksUnseenRows: Bool { get }

  /// Whether a file can say that variables are indicators of missing cells.
  static var knowsIndicators: Bool { get }

  /// Whether a file has a place for the name of the network.
  static var namesNetworks: Bool { get }

  /// How names of variables are spelled where the format cannot hold them; nil where it holds any.
  static var nameEscape: NameEscape? { get }

  /// How labels of states are spelled where the format cannot hold them; nil where it holds any.
  static var labelEscape: NameEscape? { get }

  /// Whether a file without an extension begins like one of this format; no two formats claim the same beginning.
  static func recognizes(_ beginning: FileBeginning) -> Bool

  /// Reads a model; the error names the place.
  static func parse(_ source: ModelSource) throws(FileError) -> ParsedModel

  /// Spells a model; the error says what the format cannot. What is lost without an error is not the writer's business.
  static func text(of model: Model, _ spelling: ModelSpelling) throws(FileError) -> ModelText
}

/// The traits of most formats.
extension ModelSyntax {
  static var companionSuffix: String? { nil }
  static var declaresLatentVariables: Bool { false }
  static var needsParameters: Bool { true }
  static var holdsNumbers: Bool { false }
  static var marksUnseenRows: Bool { false }
  static var knowsIndicators: Bool { false }
  static var namesNetworks: Bool { true }
  static var nameEscape: NameEscape? { nil }
  static var labelEscape: NameEscape? { nil }
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
  let warnings: [FileWarning]
}

/// What a writer is given beside the model.
struct ModelSpelling {
  /// What a file of the same format said beside the model.
  let annotations: Annotations?
  let parentOrder: ParentOrder
  /// The name that errors carry.
  let file: String
}

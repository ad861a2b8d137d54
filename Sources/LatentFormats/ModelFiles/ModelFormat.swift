internal import LatentData
public import LatentModels

/// The formats of model files. A new one is a folder with a `ModelSyntax`, a case here and its line in `syntax`.
public enum ModelFormat: String, CaseIterable, Sendable {
  /// The Bayesian Interchange Format of public network repositories.
  case bif
  /// The XML-based interchange format for Bayesian networks, version 0.3.
  case xmlbif
  /// The NET language of Hugin.
  case net
  /// The format of GeNIe and SMILE.
  case xdsl
  /// The format of the UAI inference competitions, with names in a side file.
  case uai
  /// The native document, spelt in YAML.
  case yaml
  /// The native document, spelt in JSON.
  case json

  /// All extensions with their dots, for sentences: `.bif, .yaml, .yml or .json`.
  package static var listOfExtensions: String {
    let extensions = allCases.flatMap { $0.syntax.extensions }.map { ".\($0)" }
    return extensions.dropLast().joined(separator: ", ") + " or " + (extensions.last ?? "")
  }

  var syntax: any ModelSyntax.Type {
    switch self {
    case .bif: BIF.self
    case .xmlbif: XMLBIF.self
    case .net: NET.self
    case .xdsl: XDSL.self
    case .uai: UAI.self
    case .yaml: NativeYAML.self
    case .json: NativeJSON.self
    }
  }

  /// The extensions of files in this format, without the dot; the first is the usual one.
  public var extensions: [String] { syntax.extensions }

  /// Whether a model file in this format, with its side file if it has one, says which variables are latent.
  public var declaresLatentVariables: Bool { syntax.declaresLatentVariables }

  /// Whether a model file in this format holds the parameters of every variable, so that no other model can be written.
  public var needsParameters: Bool { syntax.needsParameters }

  /// The format that the extension of a file name stands for, in any case, before a final `.gz`; nil for any other
  /// extension.
  public init?(path: String) {
    guard let name = Self.fileExtension(of: path) else { return nil }
    guard let format = Self.allCases.first(where: { $0.syntax.extensions.contains(name) }) else { return nil }
    self = format
  }

  /// The format that claims a beginning; YAML where none does.
  private init(beginning: FileBeginning) {
    self = Self.allCases.first { $0.syntax.recognizes(beginning) } ?? .yaml
  }

  /// Reads a file; `-` and names without an extension are recognised by their content.
  ///
  /// - Parameter parentOrder: which parent varies fastest, for the formats that leave it open; nil lets the file say.
  /// - Throws: when the file cannot be read, its extension is unknown, or its content is not a model.
  public static func read(_ path: String, parentOrder: ParentOrder? = nil) throws(FileError) -> ModelFile {
    let named = ModelFormat(path: path)
    if named == nil, path != "-", let fileExtension = fileExtension(of: path) {
      throw FileError(
        .invalid, file: path, "'.\(fileExtension)' is not the extension of a model file; expected \(listOfExtensions)")
    }
    let bytes = try InputFile.readWhole(path)
    let format = named ?? ModelFormat(beginning: FileBeginning(bytes))
    var companion: SourceText?
    if let name = companionPath(of: path), InputFile.exists(name) {
      companion = SourceText(bytes: try InputFile.readWhole(name), file: name)
    }
    return try format.parse(SourceText(bytes: bytes, file: path), companion, parentOrder)
  }

  /// Reads the content of a file.
  ///
  /// - Parameters:
  ///   - file: the name that errors carry.
  ///   - companion: the content of the side file, for the formats that have one.
  ///   - parentOrder: which parent varies fastest, for the formats that leave it open; nil lets the file say.
  public func parse(
    _ bytes: [UInt8], file: String, companion: [UInt8]? = nil, parentOrder: ParentOrder? = nil
  ) throws(FileError) -> ModelFile {
    let side = companion.map { SourceText(bytes: $0, file: Self.companionPath(of: file) ?? "the side file of \(file)") }
    return try parse(SourceText(bytes: bytes, file: file), side, parentOrder)
  }

  private func parse(
    _ text: SourceText, _ companion: SourceText?, _ parentOrder: ParentOrder?
  ) throws(FileError) -> ModelFile {
    try text.requireText()
    try companion?.requireText()
    let parsed = try syntax.parse(ModelSource(text: text, companion: companion, parentOrder: parentOrder))
    return ModelFile(
      model: parsed.model, annotations: parsed.annotations,
      declaresLatentVariables: declaresLatentVariables && (syntax.companionSuffix == nil || companion != nil),
      warnings: parsed.warnings)
  }

  /// Spells a model so that reading it gives the same model to the last bit, but for what the notes list.
  ///
  /// - Parameters:
  ///   - annotations: what the file that the model was read from says beside it; repeated when the format is the same.
  ///   - parentOrder: which parent varies fastest, for the formats that leave it open.
  ///   - file: the name that errors carry.
  /// - Throws: when the format has no way to spell the model.
  public func text(
    of model: Model, carrying annotations: Annotations? = nil, parentOrder: ParentOrder = .last,
    file: String = "standard output"
  ) throws(FileError) -> ModelText {
    if !syntax.holdsNumbers, let variable = model.schema.variables.first(where: { !$0.isCategorical }) {
      throw FileError(
        .invalid, file: file,
        "variable \(variable.name) has numbers, which \(syntax.name) cannot hold; write the model as .yaml or .json")
    }
    if !syntax.holdsNumbers, let chain = model.structure.chainVariable {
      throw FileError(
        .invalid, file: file,
        "\(model.schema[chain].name) depends on its previous step, which \(syntax.name) cannot say; write the model as .yaml "
          + "or .json")
    }
    if syntax.needsParameters, let id = model.unparameterized.first {
      throw FileError(
        .invalid, file: file,
        "variable \(model.schema[id].name) has no parameters, which \(syntax.name) cannot leave out; fit the model first, "
          + "or write it as .yaml or .json")
    }
    let kept = annotations?.format == self ? annotations : nil
    let spelling = ModelSpelling(annotations: kept, parentOrder: parentOrder, file: file)
    let text = try syntax.text(of: model, spelling)
    let losses = ModelLosses(model, kept == nil ? annotations : nil, in: syntax)
    return ModelText(text: text.text, companion: text.companion, notes: losses.notes)
  }

  /// The side file that belongs to a model file; nil for formats of one file and for standard streams.
  public static func companionPath(of path: String) -> String? {
    guard path != "-", let suffix = ModelFormat(path: path)?.syntax.companionSuffix else { return nil }
    return (path.hasSuffix(".gz") ? String(path.dropLast(3)) : path) + suffix
  }

  /// The letters after the last dot of the file name, in lowercase, `.gz` aside.
  private static func fileExtension(of path: String) -> String? {
    var name = path.split(separator: "/").last?.lowercased() ?? ""
    if name.hasSuffix(".gz") { name.removeLast(3) }
    return name.lastIndex(of: ".").map { String(name[name.index(after: $0)...]) }
  }
}

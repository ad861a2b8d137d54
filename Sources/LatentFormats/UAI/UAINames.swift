internal import LatentData
internal import LatentModels

/// The names of the variables and states of a UAI file: from its side file, from comments, or made up.
struct UAINames {
  let schema: Schema
  private(set) var latent: Set<VariableID> = []
  private(set) var fixed: Set<VariableID> = []
  private(set) var codebook = Codebook()
  /// What was made up, in one sentence.
  private(set) var warning: FileWarning?

  init(_ preamble: UAIPreamble, _ file: ModelSource) throws(FileError) {
    if let companion = file.companion {
      let names = try Self.model(in: companion)
      try Self.compare(names.schema, preamble, file, companion)
      (schema, latent, fixed, codebook) = (names.schema, names.latent, names.fixed, names.codebook)
      return
    }
    var variables: [Variable] = []
    for (index, cardinality) in preamble.cardinalities.enumerated() {
      let name = preamble.names.isEmpty ? "v\(index)" : preamble.names[index]
      do { variables.append(try Variable(name: name, states: (0..<cardinality).map(String.init))) } catch {
        throw FileError(.invalid, file: file.text.file, error.description)
      }
    }
    do { schema = try Schema(variables) } catch {
      throw FileError(.invalid, file: file.text.file, error.description)
    }
    let made =
      preamble.names.isEmpty
      ? "variables and states: variables are called v0, v1, ... and states 0, 1, ..."
      : "states: states are called 0, 1, ..."
    let side = ModelFormat.companionPath(of: file.text.file) ?? "a side file, NAME.uai.names.yaml beside NAME.uai,"
    warning = "the file has no names of \(made); \(side) can name them"
  }

  /// The text of the side file that gives a model's names back.
  static func text(of model: Model, _ spelling: ModelSpelling) throws(FileError) -> String {
    let none = [[VariableID]](repeating: [], count: model.schema.count)
    do {
      var bare = try Model(
        name: "", structure: NetworkStructure(schema: model.schema, parents: none), latent: model.latent,
        fixed: model.fixed, parameters: [[Double]?](repeating: nil, count: model.schema.count))
      bare.codebook = model.codebook
      return try NativeYAML.text(of: bare, spelling).text
    } catch let error as FileError { throw error } catch {
      throw FileError(.invalid, file: spelling.file, "\(error)")
    }
  }

  private static func model(in companion: SourceText) throws(FileError) -> Model {
    let model = try NativeYAML.parse(ModelSource(text: companion, companion: nil, parentOrder: nil)).model
    let isBare = model.structure.families.allSatisfy { $0.parents.isEmpty } && model.parameters.allSatisfy { $0 == nil }
    guard isBare else {
      throw FileError(
        .invalid, file: companion.file, "a file of names has 'variables' only; remove its edges and parameters")
    }
    return model
  }

  private static func compare(
    _ schema: Schema, _ preamble: UAIPreamble, _ file: ModelSource, _ companion: SourceText
  ) throws(FileError) {
    let (count, name) = (preamble.cardinalities.count, file.text.file)
    guard schema.count == count else {
      throw FileError(
        .invalid, file: companion.file,
        "it names \(schema.count) variables, and \(name) has \(count); list all of them in order")
    }
    for (index, (variable, cardinality)) in zip(schema.variables, preamble.cardinalities).enumerated() {
      guard variable.cardinality == cardinality else {
        throw FileError(
          .invalid, file: companion.file,
          "variable \(variable.name) has \(variable.cardinality) states, and variable \(index) of \(name) has "
            + "\(cardinality); make the two agree")
      }
    }
  }
}

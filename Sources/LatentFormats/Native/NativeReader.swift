internal import LatentData
internal import LatentModels

/// Makes a model of a document, whichever way it was spelt.
struct NativeReader {
  /// What sentences call the document in both of its spellings.
  static let formatName = "the native form"

  let source: SourceText
  private var variables: [Variable] = []
  private var latent: Set<VariableID> = []
  private var fixed: Set<VariableID> = []

  private init(_ source: SourceText) { self.source = source }

  /// The model that a document describes; linear in its size.
  static func read(
    _ root: DocumentNode, _ source: SourceText, _ format: ModelFormat
  ) throws(FileError) -> ParsedModel {
    var reader = NativeReader(source)
    let keys = ["latent", "variables", "edges", "sequence", "missingness", "parameters"]
    let fields = try NativeFields(root, known: keys, of: "a model", source)
    try reader.checkVersion(fields)
    try reader.refuseUnsupported(fields)
    try reader.readVariables(fields)
    let structure = try reader.structure(fields)
    var parameters = NativeParameters(structure: structure, source: source)
    if let node = fields["parameters"] { try parameters.read(node) }
    return try parameters.assembly.parsed(latent: reader.latent, fixed: reader.fixed, Annotations(format))
  }

  private func checkVersion(_ fields: NativeFields) throws(FileError) {
    guard let version = fields["latent"] else {
      throw source.error(
        at: fields.place, "the key 'latent' is missing; add 'latent: 1', the version of the format, at the top")
    }
    guard case .scalar(let scalar) = version.content, scalar.text == "1" else {
      throw source.error(
        at: version.place, "the version of the format is \(version.kind); this program reads version 1")
    }
  }

  private func refuseUnsupported(_ fields: NativeFields) throws(FileError) {
    if fields["sequence"] != nil {
      throw source.error(
        at: fields.keyPlace("sequence"), "models of sequences cannot be learned by this version; remove 'sequence'")
    }
    if let node = fields["missingness"] {
      if case .map(let entries) = node.content, entries.isEmpty { return }
      throw source.error(
        at: fields.keyPlace("missingness"),
        "models of missingness cannot be learned by this version; remove 'missingness'")
    }
  }

  private mutating func readVariables(_ fields: NativeFields) throws(FileError) {
    guard let node = fields["variables"] else {
      throw source.error(
        at: fields.keyPlace("variables"), "the variables are missing; list them under 'variables' with their states")
    }
    guard case .map(let entries) = node.content else {
      throw source.error(
        at: node.place, "found \(node.kind), expected a map of variables such as 'rain: {states: [no, yes]}'")
    }
    for entry in entries {
      let known = ["states", "latent", "fixed", "type", "columns", "covariance"]
      let fields = try NativeFields(entry.value, known: known, of: "variable \(entry.key)", source)
      try refuseUnsupported(fields, of: entry.key)
      let states = try states(fields, of: entry.key)
      let id = VariableID(variables.count)
      if try fields.flag("latent") { latent.insert(id) }
      if try fields.flag("fixed") { fixed.insert(id) }
      do { variables.append(try Variable(name: entry.key, states: states)) } catch {
        throw source.error(at: entry.place, error.description)
      }
    }
  }

  private func refuseUnsupported(_ fields: NativeFields, of variable: String) throws(FileError) {
    guard let key = ["type", "columns", "covariance"].first(where: { fields[$0] != nil }), let node = fields[key] else {
      return
    }
    var type = "numeric"
    if key == "type", case .scalar(let scalar) = node.content {
      guard ["gaussian", "poisson"].contains(scalar.text) else {
        throw source.error(
          at: node.place,
          "variable \(variable) is of type \(node.kind); expected gaussian or poisson, or 'states' instead of a type")
      }
      type = scalar.text
    }
    throw source.error(
      at: fields.keyPlace(key),
      "variable \(variable) is \(type), and only variables with states can be learned by this version; "
        + "give it 'states' or remove it")
  }

  private func states(_ fields: NativeFields, of variable: String) throws(FileError) -> [String] {
    guard let node = fields["states"] else {
      throw source.error(at: fields.place, "variable \(variable) has no states; add 'states: [a, b]'")
    }
    guard case .list(let nodes) = node.content else {
      throw source.error(at: node.place, "found \(node.kind), expected the list of states of \(variable)")
    }
    var states: [String] = []
    for node in nodes {
      guard case .scalar(let scalar) = node.content, scalar.isQuoted || !scalar.text.isEmpty else {
        throw source.error(at: node.place, "found \(node.kind), expected a state of \(variable); quote it if need be")
      }
      states.append(scalar.text)
    }
    return states
  }

  private func structure(_ fields: NativeFields) throws(FileError) -> NetworkStructure {
    let schema: Schema
    do { schema = try Schema(variables) } catch {
      throw source.error(at: fields.keyPlace("variables"), error.description)
    }
    var edges = NativeEdges(schema: schema, latent: latent, source: source)
    if let node = fields["edges"] { try edges.read(node) }
    do { _ = try DirectedGraph(parents: edges.parents) } catch {
      throw source.error(at: fields.keyPlace("edges"), error.description(in: schema))
    }
    do { return try NetworkStructure(schema: schema, parents: edges.parents) } catch {
      throw source.error(at: fields.keyPlace("edges"), error.description)
    }
  }
}

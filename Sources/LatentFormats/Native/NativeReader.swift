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
    let keys = ["latent", "variables", "edges", "sequence", "missingness", "parameters", "unseen"]
    let fields = try NativeFields(root, known: keys, of: "a model", source)
    try reader.checkVersion(fields)
    try reader.refuseUnsupported(fields)
    try reader.readVariables(fields)
    let structure = try reader.structure(fields)
    var parameters = NativeParameters(structure: structure, source: source)
    if let node = fields["parameters"] { try parameters.read(node) }
    var unseen: Set<UnseenConfiguration> = []
    if let node = fields["unseen"] {
      let reader = NativeUnseen(structure: structure, source: source)
      unseen = try reader.read(node) { parameters.assembly.hasTable(of: $0) }
    }
    return try parameters.assembly.parsed(
      latent: reader.latent, fixed: reader.fixed, unseen: unseen, Annotations(format))
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
      let domain = try domain(fields, of: entry.key)
      let id = VariableID(variables.count)
      if try fields.flag("latent") { latent.insert(id) }
      if try fields.flag("fixed") { fixed.insert(id) }
      if latent.contains(id), domain == .real {
        throw source.error(
          at: fields.keyPlace("latent"),
          "variable \(entry.key) has numbers and cannot be latent; give it states, or remove it")
      }
      do { variables.append(try Variable(name: entry.key, domain: domain)) } catch {
        throw source.error(at: entry.place, error.description)
      }
    }
  }

  /// What the cells of a variable hold: states, or numbers by its type.
  private func domain(_ fields: NativeFields, of variable: String) throws(FileError) -> Domain {
    if let key = ["columns", "covariance"].first(where: { fields[$0] != nil }) {
      throw source.error(
        at: fields.keyPlace(key),
        "variable \(variable) is a block of columns, which cannot be learned by this version; make a variable of each "
          + "column")
    }
    guard let node = fields["type"] else { return .states(try states(fields, of: variable)) }
    guard fields["states"] == nil else {
      throw source.error(
        at: fields.keyPlace("type"), "variable \(variable) has states and a type; remove one of the two")
    }
    switch node.content {
    case .scalar(let scalar) where scalar.text == "gaussian": return .real
    case .scalar(let scalar) where scalar.text == "poisson":
      throw source.error(
        at: node.place, "variable \(variable) counts, which cannot be learned by this version; give it states")
    case .scalar, .list, .map:
      throw source.error(
        at: node.place, "variable \(variable) is of type \(node.kind); expected gaussian, or 'states' instead of a type"
      )
    }
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

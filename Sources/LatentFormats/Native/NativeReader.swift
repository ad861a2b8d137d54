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
  private var fixedMeans: Set<VariableID> = []
  private var blocks: [Block] = []
  private var blockPlaces: [SourceText.Place] = []
  private var codebook: NativeCodebook
  private var dynamics: NativeDynamics

  private init(_ source: SourceText) {
    self.source = source
    codebook = NativeCodebook(source)
    dynamics = NativeDynamics(source)
  }

  /// The model that a document describes; linear in its size.
  static func read(
    _ root: DocumentNode, _ source: SourceText, _ format: ModelFormat
  ) throws(FileError) -> ParsedModel {
    var reader = NativeReader(source)
    let fields = try NativeFields(
      root,
      known: ["latent", "missing", "variables", "edges", "sequence", "missingness", "parameters", "unseen"],
      of: "a model", source)
    try reader.checkVersion(fields)
    try reader.codebook.readMissing(fields)
    try reader.readVariables(fields)
    let missingness = try NativeMissingness(fields, source)
    let (plain, edges) = try reader.structure(fields)
    let structure = try missingness.extending(plain, latent: reader.latent)
    reader.fixed.formUnion(missingness.fixed.compactMap { structure.schema[$0] })
    var parameters = NativeParameters(structure: structure, edges: edges, source: source)
    if let node = fields["parameters"] { try parameters.read(node) }
    var unseen: Set<UnseenConfiguration> = []
    if let node = fields["unseen"] {
      let reader = NativeUnseen(structure: structure, source: source)
      unseen = try reader.read(node) { parameters.assembly.hasTable(of: $0) }
    }
    return try parameters.assembly.parsed(
      latent: reader.latent, fixed: reader.fixed, fixedMeans: reader.fixedMeans, unseen: unseen,
      codebook: reader.codebook.codebook.withIndicators(of: missingness.mechanisms.map(\.variable)),
      Annotations(format))
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
      let fields = try NativeFields(
        entry.value,
        known: ["states", "cuts", "missing", "latent", "initial", "fixed", "type", "columns", "covariance"],
        of: "variable \(entry.key)", source)
      if fields["columns"] != nil {
        try readBlock(fields, of: entry)
      } else {
        try codebook.read(fields, of: entry.key)
        try append(entry.key, try domain(fields, of: entry.key), fields, at: entry.place)
      }
    }
  }

  /// Adds a variable.
  private mutating func append(
    _ name: String, _ domain: Domain, _ fields: NativeFields, at place: SourceText.Place
  ) throws(FileError) {
    let id = VariableID(variables.count)
    if try fields.flag("latent") { latent.insert(id) }
    try dynamics.readInitial(fields, of: id, name)
    switch try fixing(fields, of: name, domain) {
    case .everything: fixed.insert(id)
    case .means: fixedMeans.insert(id)
    case nil: break
    }
    if latent.contains(id), domain == .real || domain == .count {
      throw source.error(
        at: fields.keyPlace("latent"),
        "variable \(name) has numbers and cannot be latent; give it states, or remove it")
    }
    do { variables.append(try Variable(name: name, domain: domain)) } catch {
      throw source.error(at: place, error.description)
    }
  }

  /// Which parameters are not learned.
  private enum Fixing {
    case everything
    case means
  }

  private func fixing(_ fields: NativeFields, of variable: String, _ domain: Domain) throws(FileError) -> Fixing? {
    guard let node = fields["fixed"], case .scalar(let scalar) = node.content, scalar.text == "mean" else {
      return try fields.flag("fixed") ? .everything : nil
    }
    guard domain == .real else {
      throw source.error(
        at: node.place, "variable \(variable) has no mean apart from its spread; write 'fixed: true', or leave it out")
    }
    return .means
  }

  /// Adds the columns of a block, each a variable of its own.
  private mutating func readBlock(_ fields: NativeFields, of entry: DocumentNode.Entry) throws(FileError) {
    for key in ["states", "cuts", "latent"] where fields[key] != nil {
      throw source.error(at: fields.keyPlace(key), "\(entry.key) is a block of columns of numbers; remove '\(key)'")
    }
    guard try domain(fields, of: entry.key) == .real else {
      throw source.error(
        at: fields.keyPlace("type"),
        "a block of columns is of type gaussian; make a variable of each column that counts")
    }
    let names = try list(fields, "columns", "a column", of: entry.key)
    try codebook.read(fields, of: entry.key, columns: names.map(\.text))
    let first = variables.count
    for name in names { try append(name.text, .real, fields, at: name.place) }
    blocks.append(
      Block(
        name: entry.key, columns: (first..<variables.count).map { VariableID($0) },
        covariance: try covariance(fields, of: entry.key)))
    blockPlaces.append(entry.place)
  }

  private func covariance(_ fields: NativeFields, of block: String) throws(FileError) -> Covariance {
    guard let node = fields["covariance"] else { return .full }
    if case .scalar(let scalar) = node.content, let covariance = Covariance(rawValue: scalar.text) { return covariance }
    let names = Covariance.allCases.map(\.rawValue).joined(separator: ", ")
    throw source.error(at: node.place, "the covariance of \(block) is \(node.kind); expected one of \(names)")
  }

  /// What the cells of a variable hold: states, or numbers by its type.
  private func domain(_ fields: NativeFields, of variable: String) throws(FileError) -> Domain {
    if fields["covariance"] != nil, fields["columns"] == nil {
      throw source.error(
        at: fields.keyPlace("covariance"),
        "variable \(variable) has a covariance and no columns; list them under 'columns', or remove 'covariance'")
    }
    guard let node = fields["type"] else {
      guard fields["columns"] == nil else {
        throw source.error(at: fields.place, "the block \(variable) has no type; add 'type: gaussian'")
      }
      return .states(try states(fields, of: variable))
    }
    guard fields["states"] == nil else {
      throw source.error(
        at: fields.keyPlace("type"), "variable \(variable) has states and a type; remove one of the two")
    }
    guard fields["cuts"] == nil else {
      throw source.error(
        at: fields.keyPlace("cuts"), "variable \(variable) has cuts and a type; remove 'type', as cuts make states")
    }
    switch node.content {
    case .scalar(let scalar) where scalar.text == "gaussian": return .real
    case .scalar(let scalar) where scalar.text == "poisson": return .count
    case .scalar, .list, .map:
      throw source.error(
        at: node.place,
        "variable \(variable) is of type \(node.kind); expected gaussian or poisson, or 'states' instead of a type")
    }
  }

  /// The states as they are listed, or as cuts name them.
  private func states(_ fields: NativeFields, of variable: String) throws(FileError) -> [String] {
    if fields["states"] == nil, let cuts = codebook.codebook.cuts[variable] { return cuts.labels }
    let states = try list(fields, "states", "a state", of: variable).map(\.text)
    try codebook.check(states, of: variable, fields)
    return states
  }

  /// A list of labels: the states of a variable, or the columns of a block.
  private func list(
    _ fields: NativeFields, _ key: String, _ thing: String, of variable: String
  ) throws(FileError) -> [(text: String, place: SourceText.Place)] {
    guard let node = fields[key] else {
      throw source.error(at: fields.place, "variable \(variable) has no \(key); add '\(key): [a, b]'")
    }
    guard case .list(let nodes) = node.content else {
      throw source.error(at: node.place, "found \(node.kind), expected the list of \(key) of \(variable)")
    }
    var labels: [(String, SourceText.Place)] = []
    for node in nodes {
      guard case .scalar(let scalar) = node.content, scalar.isQuoted || !scalar.text.isEmpty else {
        throw source.error(
          at: node.place, "found \(node.kind), expected \(thing) of \(variable); quote it if need be")
      }
      labels.append((scalar.text, node.place))
    }
    return labels
  }

  private mutating func structure(_ fields: NativeFields) throws(FileError) -> (NetworkStructure, NativeEdges) {
    let schema: Schema
    do { schema = try Schema(variables) } catch {
      throw source.error(at: fields.keyPlace("variables"), error.description)
    }
    var edges = NativeEdges(schema: schema, blocks: blocks, latent: latent, source: source)
    if let node = fields["edges"] { try edges.read(node) }
    do { _ = try DirectedGraph(parents: edges.parents) } catch {
      throw source.error(at: fields.keyPlace("edges"), error.description(in: schema))
    }
    try dynamics.readSequence(fields, schema)
    do {
      let structure = try NetworkStructure(
        schema: schema, parents: edges.parents, blocks: blocks, dynamics: dynamics.dynamics(edges.lags))
      return (structure, edges)
    } catch {
      var place = fields.keyPlace("edges")
      switch error {
      case .emptyBlock(let name), .blockName(let name), .columnOfBlock(_, let name), .columnInTwoBlocks(_, let name):
        place = zip(blocks, blockPlaces).filter { $0.0.name == name }.last?.1 ?? place
      case .initialWithoutChain(let name), .stationaryWithParents(let name): place = dynamics.place(of: name) ?? place
      case .duplicateParent, .parentOfNumbers, .cycle, .tableTooLarge, .lagOfNumbers, .lagOfOther, .severalChains: break
      }
      throw source.error(at: place, error.description)
    }
  }
}

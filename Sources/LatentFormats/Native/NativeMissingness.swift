internal import LatentData
internal import LatentModels

/// Why cells are missing, as a document says it: a map from variables to what their indicators depend on.
struct NativeMissingness {
  /// What decides whether the cells of each variable are missing, in the order of the document.
  private(set) var mechanisms: [MissingnessMechanism] = []
  /// The indicators whose parameters are not learned, by their names.
  private(set) var fixed: [String] = []
  private let source: SourceText
  private let place: SourceText.Place
  /// Where the mechanism of each variable stands.
  private var places: [String: SourceText.Place] = [:]
  /// Where the names stand on which each depends.
  private var parentPlaces: [String: [String: SourceText.Place]] = [:]

  init(_ fields: NativeFields, _ source: SourceText) throws(FileError) {
    self.source = source
    place = fields.keyPlace("missingness")
    guard let node = fields["missingness"] else { return }
    guard case .map(let entries) = node.content else {
      throw source.error(
        at: node.place,
        "found \(node.kind), expected a map from variables to what their missing cells depend on, such as "
          + "'income: {depends_on: [age]}'")
    }
    for entry in entries { try read(entry) }
  }

  private mutating func read(_ entry: DocumentNode.Entry) throws(FileError) {
    let fields = try NativeFields(
      entry.value, known: ["depends_on", "fixed"], of: "the mechanism of \(entry.key)", source)
    guard let node = fields["depends_on"] else {
      throw source.error(
        at: entry.place,
        "the mechanism of \(entry.key) does not say what its missing cells depend on; write 'depends_on: []' for "
          + "nothing at all")
    }
    guard case .list(let nodes) = node.content else {
      throw source.error(
        at: node.place,
        "found \(node.kind), expected the list of variables that the missing cells of \(entry.key) depend on")
    }
    var names: [String] = []
    for node in nodes {
      guard case .scalar(let scalar) = node.content else {
        throw source.error(at: node.place, "found \(node.kind), expected the name of a variable")
      }
      names.append(scalar.text)
      parentPlaces[entry.key, default: [:]][scalar.text] = node.place
    }
    mechanisms.append(MissingnessMechanism(entry.key, dependsOn: names))
    places[entry.key] = entry.place
    if try fields.flag("fixed") { fixed.append(Codebook.indicatorName(of: entry.key)) }
  }

  /// A structure with the indicators behind its variables.
  func extending(_ structure: NetworkStructure, latent: Set<VariableID>) throws(FileError) -> NetworkStructure {
    guard !mechanisms.isEmpty else { return structure }
    do { return try structure.appendingIndicators(mechanisms, latent: latent) } catch {
      throw source.error(at: place(of: error), sentence(error, structure))
    }
  }

  private func sentence(_ error: MissingnessError, _ structure: NetworkStructure) -> String {
    let names = structure.schema.variables.map(\.name)
    switch error {
    case .unknownVariable(let name):
      let remedy = NearestName.remedy(for: name, among: names.lazy.map { $0 }, otherwise: "add it under 'variables'")
      return "'\(name)' is not a variable\(remedy)"
    case .unknownParent(let name, let variable):
      let known = names + mechanisms.map { Codebook.indicatorName(of: $0.variable) }
      let remedy = NearestName.remedy(for: name, among: known.lazy.map { $0 }, otherwise: "add it under 'variables'")
      return "'\(name)', on which the missing cells of \(variable) depend, is not a variable\(remedy)"
    case .block, .latent, .duplicate, .nameTaken, .parentOfNumbers, .structure: return error.description
    }
  }

  private func place(of error: MissingnessError) -> SourceText.Place {
    switch error {
    case .unknownVariable(let name), .block(let name, _), .latent(let name), .duplicate(let name),
      .nameTaken(_, let name):
      places[name] ?? place
    case .unknownParent(let name, let variable), .parentOfNumbers(let name, let variable):
      parentPlaces[variable]?[name] ?? place
    case .structure: place
    }
  }
}

/// What the native document says of an indicator.
struct MissingnessText {
  /// The variable whose cells may be missing.
  let variable: String
  /// What they depend on.
  let parents: [String]
  /// Whether the parameters are not learned.
  let isFixed: Bool

  /// The mechanisms of a model, in order.
  static func all(of model: Model) -> [MissingnessText] {
    zip(model.indicators, model.mechanisms).map { indicator, mechanism in
      MissingnessText(
        variable: mechanism.variable, parents: mechanism.dependsOn, isFixed: model.fixed.contains(indicator.id))
    }
  }

  /// What stands behind the name of the variable; names as `label` spells them, and keys as `key` does.
  func text(_ label: (String) -> String, key: (String) -> String) -> String {
    let list = "[\(parents.map(label).joined(separator: ", "))]"
    return "{\(key("depends_on")): \(list)\(isFixed ? ", \(key("fixed")): true" : "")}"
  }
}

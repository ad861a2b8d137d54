public import LatentData
public import LatentModels

/// Names and labels of a model that a program cannot read as they are, and others for them: letters, digits and
/// underscores, with a letter first.
public struct SafeNames: Sendable {
  /// One name that is changed.
  public struct Renaming: Hashable, Sendable {
    /// The variable.
    public let variable: VariableID
    /// The state; nil where the name of the variable itself is changed.
    public let state: StateCode?
    /// What stands in the file instead.
    public let written: String
  }

  /// What the program cannot read at all, by variable in the order of the model.
  public let refused: [Renaming]
  /// What it shows with character codes.
  public let coded: [Renaming]
  private let networkName: String
  private let names: [String]
  private let states: [[String]]

  /// Everything that is changed, by variable in the order of the model.
  public var all: [Renaming] {
    (refused + coded).sorted { ($0.variable, $0.state ?? -1) < ($1.variable, $1.state ?? -1) }
  }

  /// Names for a program that reads a format.
  public init(_ model: Model, for program: TargetProgram, in format: ModelFormat) {
    let schema = model.schema
    var changes: [NameReading: [Renaming]] = [:]
    /// The texts with those that the program cannot read replaced, all different.
    func safe(_ texts: [String], _ role: NameRole, _ renaming: (Int, String) -> Renaming) -> [String] {
      let readings = texts.map { program.reading($0, role, in: format) }
      var taken = Set(texts)
      return texts.indices.map { index in
        guard readings[index] != .asItIs else { return texts[index] }
        let written = Self.identifier(for: texts[index], role, taken: &taken) {
          program.reading($0, role, in: format) == .asItIs
        }
        changes[readings[index], default: []].append(renaming(index, written))
        return written
      }
    }
    names = safe(schema.variables.map(\.name), .variable) {
      Renaming(variable: VariableID($0), state: nil, written: $1)
    }
    states = schema.ids.map { id in
      safe(schema[id].states, .state) { Renaming(variable: id, state: StateCode($0), written: $1) }
    }
    var taken: Set<String> = []
    func isReadable(_ name: String) -> Bool { program.reading(name, .variable, in: format) == .asItIs }
    networkName =
      model.name.isEmpty || isReadable(model.name)
      ? model.name : Self.identifier(for: model.name, .variable, taken: &taken, isReadable)
    (refused, coded) = (changes[.refused] ?? [], changes[.coded] ?? [])
  }

  /// The model with the names that the program reads.
  public func renamed(_ model: Model) -> Model {
    do {
      let variables = try zip(model.schema.variables, zip(names, states)).map { variable, spelled in
        try Variable(name: spelled.0, domain: variable.isCategorical ? .states(spelled.1) : variable.domain)
      }
      let structure = try NetworkStructure(
        schema: Schema(variables), parents: model.structure.graph.parents, blocks: model.structure.blocks)
      return try Model(
        name: networkName, structure: structure, latent: model.latent, fixed: model.fixed, fixedMeans: model.fixedMeans,
        parameters: model.parameters, unseen: model.unseen)
    } catch {
      preconditionFailure("the same model with other names, all different: \(error)")
    }
  }

  /// An identifier that reminds of a text and differs from those taken, and that the program reads; it is taken afterwards.
  private static func identifier(
    for text: String, _ role: NameRole, taken: inout Set<String>, _ isReadable: (String) -> Bool
  ) -> String {
    var word = ""
    for (index, character) in text.enumerated() {
      switch character {
      case "a"..."z", "A"..."Z", "0"..."9": word.append(character)
      case "<": word += "lt_"
      case ">": word += "gt_"
      case "=": word += "eq_"
      case "+": word += "_plus"
      case "%": word += "_percent"
      case "-" where index == 0: word += "minus_"
      default: word += word.hasSuffix("_") ? "" : "_"
      }
    }
    if !(word.first?.isLetter ?? false) {
      word = (role == .variable ? "v" : "s") + (word.hasPrefix("_") ? "" : "_") + word
    }
    while word.hasSuffix("_"), word.count > 2 { word.removeLast() }
    var candidate = word
    var number = 2
    while !isReadable(candidate) || !taken.insert(candidate).inserted {
      candidate = "\(word)_\(number)"
      number += 1
    }
    return candidate
  }
}

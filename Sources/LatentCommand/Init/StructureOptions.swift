internal import ArgumentParser
internal import Latent

/// Which latent variables and edges a new model has.
struct StructureOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Begin with the edges of independent variables, of naive-bayes (from --class to all others) or of latent-class (from a latent variable to all others).",
      valueName: "template"))
  var template = Template.independent

  @Option(
    name: .customLong("class"), help: ArgumentHelp("The column that is the class of naive-bayes.", valueName: "column"))
  var classColumn: String?

  @Option(
    help: ArgumentHelp("The number of states of the latent variable of latent-class. Default: 2.", valueName: "k"))
  var classes: Int?

  @Option(
    help: ArgumentHelp(
      "Add a latent variable with the states 1 to k; repeatable. With latent-class it is the class.",
      valueName: "name=k"), transform: LatentVariable.init(option:))
  var latent: [LatentVariable] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Add edges: 'a -> b', 'a -> [b, c]', or 'a -> *' for all others that are not latent; repeatable.",
      valueName: "edges"))
  var edges: [String] = []

  func validate() throws {
    if template == .hmm {
      throw ValidationError(
        "--template hmm: hidden Markov models cannot be learned by this version; "
          + "latent-class takes rows as independent")
    }
    if template == .naiveBayes, classColumn == nil {
      throw ValidationError("--template naive-bayes needs --class COLUMN, the column that the others depend on")
    }
    if template != .naiveBayes, classColumn != nil {
      throw ValidationError("--class is for --template naive-bayes; add it, or write --edges 'COLUMN -> *'")
    }
    try validateClasses()
    for (index, variable) in latent.enumerated() where latent[..<index].contains(where: { $0.name == variable.name }) {
      throw ValidationError("--latent \(variable.name) is there twice; give each latent variable its own name")
    }
  }

  private func validateClasses() throws {
    if template != .latentClass, classes != nil {
      throw ValidationError("--classes is for --template latent-class; add it, or use --latent NAME=K")
    }
    if template == .latentClass, latent.count > 1 {
      throw ValidationError(
        "--template latent-class has one latent variable, found \(latent.count); write the edges with --edges")
    }
    if classes != nil, !latent.isEmpty {
      throw ValidationError("--latent NAME=K says the number of states already; leave out --classes")
    }
    if let classes, !LatentVariable.sizes.contains(classes) {
      throw ValidationError("--classes \(classes): expected a number of states from 2 to \(Variable.maximumStates)")
    }
  }

  /// The latent variables, that of the template included.
  var latentVariables: [LatentVariable] {
    guard template == .latentClass, latent.isEmpty else { return latent }
    return [LatentVariable(name: "class", size: classes ?? 2)]
  }

  /// The edges of the template.
  var templateEdges: [String] {
    switch template {
    case .independent, .hmm: []
    case .naiveBayes: classColumn.map { ["\(EdgeList.spelling(of: $0)) -> *"] } ?? []
    case .latentClass: latentVariables.map { "\(EdgeList.spelling(of: $0.name)) -> *" }
    }
  }
}

/// A latent variable as an option gives it: `bloc=3`.
struct LatentVariable {
  let name: String
  let size: Int

  /// How many states a latent variable may have; with one it would say nothing.
  static let sizes = 2...Variable.maximumStates

  init(name: String, size: Int) {
    self.name = name
    self.size = size
  }

  init(option: String) throws {
    guard let equalsSign = option.lastIndex(of: "="), equalsSign != option.startIndex,
      let size = Int(option[option.index(after: equalsSign)...]), Self.sizes.contains(size)
    else {
      throw ValidationError("expected a name and a number of states from 2, such as bloc=3")
    }
    self.init(name: String(option[..<equalsSign]), size: size)
  }

  func variable() throws(SchemaError) -> Variable {
    try Variable(name: name, states: (1...size).map { "\($0)" })
  }
}

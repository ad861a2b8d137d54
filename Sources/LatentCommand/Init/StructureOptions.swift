internal import ArgumentParser
internal import Latent

/// Which latent variables and edges a new model has.
struct StructureOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Begin with independent variables, naive-bayes (edges from --class to all others), latent-class (from a latent variable to all others), hmm (a latent variable that depends on its previous step, and from it to all others), normal (one block of all real numbers) or mixture (a latent variable above such a block).",
      valueName: "template"))
  var template = Template.independent

  @Option(
    name: .customLong("class"), help: ArgumentHelp("The column that is the class of naive-bayes.", valueName: "column"))
  var classColumn: String?

  @Option(
    help: ArgumentHelp("The number of states of the latent variable of latent-class. Default: 2.", valueName: "k"))
  var classes: Int?

  @Option(
    help: ArgumentHelp("The number of components of mixture. Default: 2.", valueName: "k"))
  var components: Int?

  @Option(
    help: ArgumentHelp(
      "With hmm: the column whose value the rows of a sequence have in common.", valueName: "column"))
  var by: String?

  @Option(help: ArgumentHelp("With hmm: the column that rises from step to step.", valueName: "column"))
  var order: String?

  /// The number of states of the latent variable of hmm, as `--states` gives it.
  var chainStates: Int?

  /// The columns that make sequences; nil for templates without them.
  var sequence: SequenceColumns? {
    by == nil && order == nil ? nil : SequenceColumns(by: by, order: order)
  }

  private enum CodingKeys: String, CodingKey {
    case template, classColumn, classes, components, by, order, covariance, latent, edges
  }

  @Option(help: ArgumentHelp("How the numbers of mixture spread. Default: full.", valueName: "covariance"))
  var covariance: Covariance?

  @Option(
    help: ArgumentHelp(
      "Add a latent variable with the states 1 to k; repeatable. With latent-class or mixture it is the class.",
      valueName: "name=k"), transform: LatentVariable.init(option:))
  var latent: [LatentVariable] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Add edges: 'a -> b', 'a -> [b, c]', or 'a -> *' for all others that are not latent; repeatable.",
      valueName: "edges"))
  var edges: [String] = []

  func validate() throws {
    if template != .hmm, by != nil || order != nil {
      throw ValidationError("--by and --order are for --template hmm; add it, or write 'sequence' into the model")
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
    if template != .mixture, let option = components != nil ? "--components" : covariance.map({ _ in "--covariance" }) {
      throw ValidationError("\(option) is for --template mixture; add it, or leave \(option) out")
    }
    guard template.hasLatentRoot else { return }
    if latent.count > 1 {
      throw ValidationError(
        "--template \(template.rawValue) has one latent variable, found \(latent.count); write the edges with --edges")
    }
    guard let size = classes ?? components else { return }
    let option = classes == nil ? "--components" : "--classes"
    if !latent.isEmpty {
      throw ValidationError("--latent NAME=K says the number of states already; leave out \(option)")
    }
    if !LatentVariable.sizes.contains(size) {
      throw ValidationError("\(option) \(size): expected a number of states from 2 to \(Variable.maximumStates)")
    }
  }

  /// The latent variables, that of the template included, which gets a name that no column has.
  func latentVariables(beside columns: [String]) -> [LatentVariable] {
    guard template.hasLatentRoot, latent.isEmpty else { return latent }
    let name = Self.unused(template == .hmm ? "state" : "class", columns)
    return [LatentVariable(name: name, size: classes ?? components ?? chainStates ?? 2)]
  }

  /// The block of the real numbers among some variables, if the template has one, under a name that nothing else has.
  func blocks(_ schema: Schema, beside columns: [String]) -> [Block] {
    guard template.intake == .realNumbers else { return [] }
    let name = Self.unused("measurements", columns + schema.variables.map(\.name))
    let numbers = schema.ids.filter { schema[$0].domain == .real }
    return [Block(name: name, columns: numbers, covariance: covariance ?? .full)]
  }

  /// The edges of the template, whose latent variables are these.
  func templateEdges(_ latent: [LatentVariable]) -> [String] {
    switch template {
    case .independent, .normal: []
    case .hmm:
      latent.flatMap { variable in
        let name = EdgeList.spelling(of: variable.name)
        return ["\(name)[t-1] -> \(name)", "\(name) -> *"]
      }
    case .naiveBayes: classColumn.map { ["\(EdgeList.spelling(of: $0)) -> *"] } ?? []
    case .latentClass, .mixture: latent.map { "\(EdgeList.spelling(of: $0.name)) -> *" }
    }
  }

  /// A name, with a number behind it where others have it already.
  private static func unused(_ name: String, _ others: [String]) -> String {
    let names = [name] + (2...others.count + 2).map { "\(name)\($0)" }
    return names.first { !others.contains($0) } ?? name
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

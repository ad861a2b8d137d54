public import LatentData
public import LatentModels

/// What a variable is, in a model that is written down in code.
///
/// An array literal stands for the states in order: `["democrat", "republican"]`.
public struct VariableDeclaration: Hashable, Sendable, ExpressibleByArrayLiteral {
  /// Whether some row may observe the variable.
  enum Role: Hashable, Sendable {
    case observed
    case latent
  }

  let domain: Domain
  let role: Role

  private init(_ domain: Domain, _ role: Role) {
    self.domain = domain
    self.role = role
  }

  /// A variable with these states, in order.
  public init(arrayLiteral states: String...) { self.init(.states(states), .observed) }

  /// A variable with these states, in order.
  public static func states(_ states: [String]) -> VariableDeclaration {
    VariableDeclaration(.states(states), .observed)
  }

  /// A variable of numbers.
  public static let real = VariableDeclaration(.real, .observed)

  /// A variable that counts: whole numbers, 0 or greater.
  public static let count = VariableDeclaration(.count, .observed)

  /// A latent variable with so many states, which are called 1, 2, and so on.
  public static func latent(_ count: Int) -> VariableDeclaration {
    .latent(states: (0..<max(0, count)).map { "\($0 + 1)" })
  }

  /// A latent variable with these states, in order.
  public static func latent(states: [String]) -> VariableDeclaration {
    VariableDeclaration(.states(states), .latent)
  }
}

/// What makes a model that is written down in code unusable.
public enum ModelDeclarationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The variables are no schema.
  case variables(SchemaError)
  /// A text is not an edge, names something unknown, or repeats an edge; and the reason in words.
  case edge(String, reason: String)
  /// The variables and edges are no network.
  case structure(StructureError)
  /// Parameters for a name that no variable has.
  case noSuchVariable(String)
  /// So many parameters for a variable that has another number of them.
  case parameterCount(Int, variable: String, expected: Int)
  /// Parameters that are no distribution.
  case parameters(ParameterError)

  /// The error in one sentence.
  public var description: String {
    switch self {
    case .variables(let error): error.description
    case .edge(let text, let reason): "edge '\(text)': \(reason)"
    case .structure(let error): error.description
    case .noSuchVariable(let name): "there are parameters for \(name), which is not a variable; correct the name"
    case .parameterCount(let found, let variable, let expected):
      "found \(found) parameters of \(variable), expected \(expected): one row per configuration of the parents"
    case .parameters(let error): error.description
    }
  }
}

extension Model {
  /// Writes a model down in code.
  ///
  /// ```swift
  /// let model = try Model(
  ///   variables: ["bloc": .latent(3), "party": ["democrat", "republican"], "age": .real], edges: ["bloc -> *"])
  /// ```
  ///
  /// - Parameters:
  ///   - variables: the variables in order: their states, `.real`, or `.latent(_:)`.
  ///   - edges: as in a model file: `a -> b`, `a -> [b, c]`, or `a -> *` for all other variables that are not latent.
  ///   - parameters: what is known, by the name of the variable: a row per configuration of the parents, the first
  ///     parent varying slowest; in a row the probabilities of the states, or mean and variance.
  /// - Throws: for the first thing that is wrong, in one sentence. Linear in the number of parameters.
  public init(
    variables: KeyValuePairs<String, VariableDeclaration>, edges: [String] = [], parameters: [String: [Double]] = [:]
  ) throws(ModelDeclarationError) {
    try self.init(
      variables: variables.map { (name: $0.key, declaration: $0.value) }, edges: edges, parameters: parameters)
  }

  /// Makes a model of variables that a program has found; as the one from a literal.
  public init(
    variables: [(name: String, declaration: VariableDeclaration)], edges: [String] = [],
    parameters: [String: [Double]] = [:]
  ) throws(ModelDeclarationError) {
    let structure: NetworkStructure
    let schema: Schema
    do {
      var declared: [Variable] = []
      for (name, declaration) in variables {
        declared.append(try Variable(name: name, domain: declaration.domain))
      }
      schema = try Schema(declared)
    } catch { throw .variables(error) }
    let latent = Set(schema.ids.filter { variables[$0.index].declaration.role == .latent })
    let names = schema.variables.map(\.name)
    var list = EdgeList(
      schema: schema, latent: latent, remedy: "the variables are \(names.joined(separator: ", "))")
    for text in edges {
      do { try list.add(text) } catch { throw .edge(text, reason: error.description) }
    }
    do { structure = try NetworkStructure(schema: schema, parents: list.parents) } catch { throw .structure(error) }
    if let name = parameters.keys.sorted().first(where: { schema[$0] == nil }) { throw .noSuchVariable(name) }
    for id in schema.ids {
      guard let values = parameters[schema[id].name], values.count != structure.family(of: id).parameters.count else {
        continue
      }
      throw .parameterCount(
        values.count, variable: schema[id].name, expected: structure.family(of: id).parameters.count)
    }
    do {
      try self.init(
        name: "", structure: structure, latent: latent, parameters: schema.variables.map { parameters[$0.name] })
    } catch { throw .parameters(error) }
  }
}

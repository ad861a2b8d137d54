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

  /// A block of columns of numbers.
  struct Columns: Hashable, Sendable {
    let names: [String]
    let covariance: Covariance
  }

  let domain: Domain
  let role: Role
  /// The columns, where a block is declared and not a variable.
  let block: Columns?

  private init(_ domain: Domain, _ role: Role, block: Columns? = nil) {
    self.domain = domain
    self.role = role
    self.block = block
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

  /// Columns of numbers that together have one normal distribution per configuration of their parents. The name is that of
  /// the block, by which edges call it; the columns are variables of their own, any cell of which may be missing.
  public static func block(_ columns: [String], covariance: Covariance = .full) -> VariableDeclaration {
    VariableDeclaration(.real, .observed, block: Columns(names: columns, covariance: covariance))
  }

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
  ///   variables: [
  ///     "bloc": .latent(3), "party": ["democrat", "republican"], "age": .real,
  ///     "weather": .block(["rain", "wind"], covariance: .diagonal),
  ///   ], edges: ["bloc -> *"])
  /// ```
  ///
  /// - Parameters:
  ///   - variables: the variables and blocks in order: their states, `.real`, `.count`, `.block(_:covariance:)` or `.latent(_:)`.
  ///   - edges: as in a model file: `a -> b`, `a -> [b, c]`, or `a -> *` for all other variables that are not latent.
  ///   - parameters: what is known, by the name of the variable or block: a row per configuration of the parents, the first
  ///     parent varying slowest; in a row the probabilities of the states, mean and variance, the rate, or the means of a
  ///     block and the lower triangle of its covariance, row by row.
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
    let declared = try Self.declared(variables)
    do { schema = try Schema(declared.variables) } catch { throw .variables(error) }
    let blocks = variables.compactMap { name, declaration in
      declaration.block.map { block in
        Block(name: name, columns: block.names.compactMap { schema[$0] }, covariance: block.covariance)
      }
    }
    let latent = Set(declared.latent.compactMap { schema[$0] })
    var list = EdgeList(
      schema: schema, blocks: blocks, latent: latent,
      remedy: "the variables are \(variables.map(\.name).joined(separator: ", "))")
    for text in edges {
      do { try list.add(text) } catch { throw .edge(text, reason: error.description) }
    }
    do {
      structure = try NetworkStructure(schema: schema, parents: list.parents, blocks: blocks)
    } catch { throw .structure(error) }
    let families = Dictionary(uniqueKeysWithValues: structure.families.map { ($0.name, $0) })
    for name in parameters.keys.sorted() {
      guard let family = families[name] else { throw .noSuchVariable(name) }
      let (found, expected) = (parameters[name]?.count ?? 0, family.parameters.count)
      if found != expected { throw .parameterCount(found, variable: name, expected: expected) }
    }
    do {
      try self.init(
        name: "", structure: structure, latent: latent, parameters: structure.families.map { parameters[$0.name] })
    } catch { throw .parameters(error) }
  }

  /// The variables that declarations stand for, the columns of blocks in their places, and the names of the latent ones.
  private static func declared(
    _ declarations: [(name: String, declaration: VariableDeclaration)]
  ) throws(ModelDeclarationError) -> (variables: [Variable], latent: [String]) {
    var variables: [Variable] = []
    for (name, declaration) in declarations {
      for name in declaration.block?.names ?? [name] {
        do { variables.append(try Variable(name: name, domain: declaration.domain)) } catch { throw .variables(error) }
      }
    }
    return (variables, declarations.filter { $0.declaration.role == .latent }.map(\.name))
  }
}

/// A distribution in terms of what rows observe: a product of conditional probabilities, each among the rows in which some
/// variables are observed, over another such product.
public struct Estimand: Hashable, Sendable {
  /// p(`children` | `given`, `observed` = observed), where children that are indicators are observed, too.
  public struct Factor: Hashable, Sendable {
    /// Variables, and indicators that are observed.
    public let children: [Int]
    /// Variables.
    public let given: [Int]
    /// Indicators that are observed.
    public let observed: [Int]
  }

  /// The variables over whose values it is summed.
  public let summed: [Int]
  /// What is multiplied.
  public let numerator: [Factor]
  /// What it is divided by.
  public let denominator: [Factor]

  init(_ numerator: [Factor], over denominator: [Factor] = [], summed: [Int] = []) {
    self.summed = summed
    self.numerator = numerator
    self.denominator = denominator
  }

  /// The expression, such as `p(x | y, m_x=observed) p(y)`.
  public func text(in graph: MissingnessGraph) -> String {
    let sum = summed.isEmpty ? "" : "Σ_{\(summed.map { graph.names[$0] }.joined(separator: ", "))} "
    let above = sum + Self.text(numerator, graph)
    guard !denominator.isEmpty else { return above }
    let below = Self.text(denominator, graph)
    return "\(above) / \(denominator.count > 1 ? "[\(below)]" : below)"
  }

  private static func text(_ factors: [Factor], _ graph: MissingnessGraph) -> String {
    factors.map { factor in
      let children = factor.children.map { node -> String in
        if case .indicator = graph.roles[node] { return "\(graph.names[node])=observed" }
        return graph.names[node]
      }
      let given = factor.given.map { graph.names[$0] } + factor.observed.map { "\(graph.names[$0])=observed" }
      return "p(\(children.joined(separator: ", "))\(given.isEmpty ? "" : " | \(given.joined(separator: ", "))"))"
    }.joined(separator: " ")
  }
}

/// Whether a distribution can be computed from the rows that there are, however many.
public enum Recoverability: Hashable, Sendable {
  /// It equals this.
  case recoverable(Estimand)
  /// It is a ratio of sums of the joint distribution, which equals this.
  case byTheJoint(Estimand)
  /// Two models with this graph give equal rows and differ in it.
  case notRecoverable(RecoveryObstacle)
  /// Neither was shown by the criteria that are implemented.
  case undecided
}

/// What keeps a distribution from being recovered.
public enum RecoveryObstacle: Hashable, Sendable {
  /// A variable and its own indicator are joined by an edge.
  case edge(variable: Int)
  /// Something latent influences a variable and its own indicator.
  case commonCause(variable: Int)
  /// A path whose inner nodes are all colliders leads from a variable to its own indicator: these are its inner nodes.
  case colliderPath(variable: Int, through: [Int])

  /// The obstacle as a clause.
  public func text(in graph: MissingnessGraph) -> String {
    func indicator(_ variable: Int) -> String { graph.indicator(of: variable).map { graph.names[$0] } ?? "" }
    switch self {
    case .edge(let variable):
      return "\(graph.names[variable]) itself decides whether it is missing"
    case .commonCause(let variable):
      return "something latent influences \(graph.names[variable]) and \(indicator(variable))"
    case .colliderPath(let variable, let nodes):
      return "a path of colliders leads from \(graph.names[variable]) to \(indicator(variable)): "
        + nodes.map { graph.names[$0] }.joined(separator: ", ")
    }
  }
}

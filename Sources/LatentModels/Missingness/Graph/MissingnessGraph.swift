internal import LatentData

/// A missingness graph (Mohan, Pearl and Tian 2013): what influences which variables, and what decides which of their cells
/// are missing. It is the graph of a model with indicators, and knows no numbers.
public struct MissingnessGraph: Hashable, Sendable {
  /// What is known of a node.
  public enum Role: Hashable, Sendable {
    /// A variable without an indicator: taken to be observed, or missing for reasons that can be ignored.
    case observed
    /// A variable whose indicator is this node.
    case partial(indicator: Int)
    /// A variable that nobody observes.
    case latent
    /// The indicator of this variable.
    case indicator(of: Int)
    /// What the columns of a block have in common, beside their parents; no variable of the model.
    case common
  }

  /// The names of the nodes: those of the schema in its order, and behind them what blocks have in common.
  public let names: [String]
  /// What is known of each node.
  public let roles: [Role]
  /// The parents of each node.
  public let parents: [[Int]]
  let children: [[Int]]

  /// The graph of a model.
  public init(_ model: Model) {
    var names = model.schema.variables.map(\.name)
    var parents = model.structure.graph.parents.map { $0.map(\.index) }
    var roles = model.schema.ids.map { model.latent.contains($0) ? Role.latent : .observed }
    for indicator in model.indicators {
      roles[indicator.variable.index] = .partial(indicator: indicator.id.index)
      roles[indicator.id.index] = .indicator(of: indicator.variable.index)
    }
    for family in model.structure.families where family.children.count > 1 {
      switch family.law {
      case .gaussian(.full), .gaussian(.tied):
        for child in family.children { parents[child.index].append(names.count) }
        names.append(family.name)
        parents.append([])
        roles.append(.common)
      case .gaussian(.diagonal), .gaussian(.spherical), .table, .poisson: break
      }
    }
    self.names = names
    self.roles = roles
    self.parents = parents
    var children = [[Int]](repeating: [], count: names.count)
    for (child, own) in parents.enumerated() {
      for parent in own { children[parent].append(child) }
    }
    self.children = children
  }

  /// The variables that some row may observe, in order.
  public var variables: [Int] {
    roles.indices.filter {
      switch roles[$0] {
      case .observed, .partial: true
      case .latent, .indicator, .common: false
      }
    }
  }

  /// The variables whose cells may be missing.
  public var partial: [Int] { roles.indices.filter { indicator(of: $0) != nil } }

  /// The indicators.
  public var indicators: [Int] { partial.compactMap { indicator(of: $0) } }

  /// The latent variables of the model.
  public var latent: [Int] { roles.indices.filter { roles[$0] == .latent } }

  /// The indicator of a variable; nil where it has none.
  public func indicator(of node: Int) -> Int? {
    if case .partial(let indicator) = roles[node] { return indicator }
    return nil
  }

  /// The indicators of those among some nodes that have one.
  func indicators(of nodes: some Sequence<Int>) -> Set<Int> { Set(nodes.compactMap { indicator(of: $0) }) }

  /// Whether two sets of nodes are d-separated by a third (Pearl 1988), nodes of the third in either left aside. Linear in
  /// the edges (Koller and Friedman 2009, algorithm 3.1).
  public func isSeparated(_ a: Set<Int>, from b: Set<Int>, given: Set<Int>) -> Bool {
    let (start, end) = (a.subtracting(given), b.subtracting(given))
    let opened = ancestors(of: given)
    var seen = Set<Step>()
    var waiting = start.map { Step(node: $0, isUpward: true) }
    while let step = waiting.popLast() {
      guard seen.insert(step).inserted else { continue }
      let node = step.node
      if end.contains(node) { return false }
      let isGiven = given.contains(node)
      if step.isUpward {
        guard !isGiven else { continue }
        waiting += parents[node].map { Step(node: $0, isUpward: true) }
        waiting += children[node].map { Step(node: $0, isUpward: false) }
      } else {
        if !isGiven { waiting += children[node].map { Step(node: $0, isUpward: false) } }
        if opened.contains(node) { waiting += parents[node].map { Step(node: $0, isUpward: true) } }
      }
    }
    return true
  }

  /// A node as a trail comes to it: from a child of it, or from a parent.
  private struct Step: Hashable {
    let node: Int
    let isUpward: Bool
  }

  /// Some nodes, and all from which a directed path leads to them.
  private func ancestors(of nodes: Set<Int>) -> Set<Int> {
    var found = Set<Int>()
    var waiting = Array(nodes)
    while let node = waiting.popLast() {
      if found.insert(node).inserted { waiting += parents[node] }
    }
    return found
  }
}

extension MissingnessGraph {
  /// What decides which cells are missing, as far as the data are concerned (Rubin 1976, in terms of variables as in Mohan
  /// and Pearl 2021).
  public enum MechanismClass: String, Hashable, Sendable {
    /// Missing completely at random: independent of all variables.
    case completelyAtRandom = "MCAR"
    /// Missing at random: independent of all that may be missing, given what is always observed.
    case atRandom = "MAR"
    /// Missing not at random: neither.
    case notAtRandom = "MNAR"
  }

  /// The class of all indicators together.
  public var mechanismClass: MechanismClass { mechanismClass(of: Set(indicators)) }

  /// The class of one indicator by itself.
  public func mechanismClass(of indicator: Int) -> MechanismClass { mechanismClass(of: [indicator]) }

  private func mechanismClass(of indicators: Set<Int>) -> MechanismClass {
    let hidden = Set(partial + latent)
    let seen = Set(variables).subtracting(hidden)
    if isSeparated(indicators, from: hidden.union(seen), given: []) { return .completelyAtRandom }
    return isSeparated(indicators, from: hidden, given: seen) ? .atRandom : .notAtRandom
  }
}

extension MissingnessGraph {
  /// The most variables, or indicators, of which all orders are tried.
  private static let mostOrdered = 6
  /// The most variables that a conditional distribution is summed over.
  private static let mostSummed = 3

  /// Whether the joint distribution of all variables that some row may observe can be recovered.
  public var jointRecoverability: Recoverability {
    for variable in partial {
      if let obstacle = obstacle(to: variable) { return .notRecoverable(obstacle) }
    }
    if let estimand = dividedByIndicators ?? orderedFactorization { return .recoverable(estimand) }
    return .undecided
  }

  /// Whether p(asked | given) can be recovered; asked and given are variables that some row may observe.
  ///
  /// The conditional distribution may be recoverable where the joint is not: p(y | x) = p(y | x, observed) if y is
  /// independent of the indicators given x.
  public func recoverability(of asked: [Int], given: [Int]) -> Recoverability {
    let others = variables.filter { !asked.contains($0) && !given.contains($0) }
    for size in 0...min(Self.mostSummed, others.count) {
      for summed in combinations(of: others, size: size) {
        if let estimand = estimand(of: asked, given: given, summing: summed) { return .recoverable(estimand) }
      }
    }
    for variable in asked {
      // A path of colliders bars the joint, but not every conditional.
      switch obstacle(to: variable) {
      case .edge, .commonCause: return obstacle(to: variable).map { .notRecoverable($0) } ?? .undecided
      case .colliderPath, nil: continue
      }
    }
    if case .recoverable(let estimand) = jointRecoverability { return .byTheJoint(estimand) }
    return .undecided
  }

  /// Σ_z p(y | x, z, observed) p(z | x, observed), where both factors are those of rows that are observed; nil where they are
  /// not.
  private func estimand(of asked: [Int], given: [Int], summing summed: [Int]) -> Estimand? {
    let needed = indicators(of: asked + given + summed)
    let condition = Set(given + summed)
    guard isSeparated(Set(asked), from: needed, given: condition) else { return nil }
    let first = Estimand.Factor(children: asked, given: (given + summed).sorted(), observed: needed.sorted())
    guard !summed.isEmpty else { return Estimand([first]) }
    let outer = indicators(of: given + summed)
    guard isSeparated(Set(summed), from: outer, given: Set(given)) else { return nil }
    let second = Estimand.Factor(children: summed, given: given, observed: outer.sorted())
    return Estimand([first, second], summed: summed)
  }

  /// p(v, all observed) / Π p(m_i observed | what it depends on), in an order of the indicators in which every factor can
  /// be computed from rows.
  private var dividedByIndicators: Estimand? {
    let all = indicators
    let joint = Estimand.Factor(children: variables + all, given: [], observed: [])
    guard !all.isEmpty else { return Estimand([joint]) }
    return firstOrder(of: all) { order -> Estimand? in
      var earlier = Set<Int>()
      var factors: [Estimand.Factor] = []
      for indicator in order {
        guard let factor = self.factor(of: indicator, after: earlier) else { return nil }
        factors.append(factor)
        earlier.insert(indicator)
      }
      return Estimand([joint], over: factors)
    }
  }

  /// p(m observed | z, others observed), where m depends on no variable beside z when the earlier indicators are known, and
  /// on no indicator of z; nil where that is not so.
  private func factor(of indicator: Int, after earlier: Set<Int>) -> Estimand.Factor? {
    let causes = boundary(of: indicator, among: Set(variables), given: earlier)
    let needed = indicators(of: causes)
    let others = needed.subtracting(earlier)
    guard !needed.contains(indicator), isSeparated([indicator], from: others, given: causes.union(earlier)) else {
      return nil
    }
    return Estimand.Factor(children: [indicator], given: causes.sorted(), observed: earlier.union(needed).sorted())
  }

  /// Π p(v_i | x_i, observed) in an order of the variables in which each is independent of its indicator and those of x_i
  /// given x_i (Mohan, Pearl and Tian 2013, theorem 1).
  private var orderedFactorization: Estimand? {
    firstOrder(of: variables) { order -> Estimand? in
      var factors: [Estimand.Factor] = []
      for (position, variable) in order.enumerated() {
        let causes = boundary(of: variable, among: Set(order[..<position]), given: [])
        let needed = indicators(of: causes.union([variable]))
        guard isSeparated([variable], from: needed, given: causes) else { return nil }
        factors.append(Estimand.Factor(children: [variable], given: causes.sorted(), observed: needed.sorted()))
      }
      return Estimand(factors.reversed())
    }
  }

  /// The least part of some nodes that separates a node from the rest of them, beside what is given.
  private func boundary(of node: Int, among nodes: Set<Int>, given: Set<Int>) -> Set<Int> {
    var kept = nodes
    for other in nodes.sorted() where isSeparated([node], from: [other], given: kept.subtracting([other]).union(given))
    {
      kept.remove(other)
    }
    return kept
  }

  /// What the first order gives that gives anything: parents before children, and of few nodes all other orders.
  private func firstOrder(of nodes: [Int], _ body: ([Int]) -> Estimand?) -> Estimand? {
    let sorted = topological(nodes)
    if let found = body(sorted) { return found }
    guard nodes.count <= Self.mostOrdered else { return nil }
    var rest = sorted
    return firstPermutation(of: &rest, fixed: 0, body)
  }

  private func firstPermutation(of nodes: inout [Int], fixed: Int, _ body: ([Int]) -> Estimand?) -> Estimand? {
    guard fixed < nodes.count else { return body(nodes) }
    for index in fixed..<nodes.count {
      nodes.swapAt(fixed, index)
      if let found = firstPermutation(of: &nodes, fixed: fixed + 1, body) { return found }
      nodes.swapAt(fixed, index)
    }
    return nil
  }

  /// Nodes with parents before children.
  private func topological(_ nodes: [Int]) -> [Int] {
    var placed = Set<Int>()
    var order: [Int] = []
    func place(_ node: Int) {
      guard placed.insert(node).inserted else { return }
      for parent in parents[node] { place(parent) }
      order.append(node)
    }
    for node in nodes { place(node) }
    let wanted = Set(nodes)
    return order.filter { wanted.contains($0) }
  }
}

extension MissingnessGraph {
  /// What joins a variable to its own indicator in such a way that the joint distribution cannot be recovered (Mohan and
  /// Pearl 2014; 2021, theorem 3): an edge, something latent, or a path of colliders that are variables.
  func obstacle(to variable: Int) -> RecoveryObstacle? {
    guard let indicator = indicator(of: variable) else { return nil }
    if influences(variable, indicator) { return .edge(variable: variable) }
    if haveCommonCause(variable, indicator) { return .commonCause(variable: variable) }
    // The first node may be a child of the variable; all others are joined by something latent.
    var paths = variables.filter { $0 != variable }
      .filter { influences(variable, $0) || haveCommonCause(variable, $0) }.map { [$0] }
    var seen = Set(paths.map { $0[0] }).union([variable])
    while !paths.isEmpty {
      let path = paths.removeFirst()
      if haveCommonCause(path[path.count - 1], indicator) { return .colliderPath(variable: variable, through: path) }
      for next in variables where !seen.contains(next) && haveCommonCause(path[path.count - 1], next) {
        seen.insert(next)
        paths.append(path + [next])
      }
    }
    return nil
  }

  /// Whether nobody sees a node.
  private func isHidden(_ node: Int) -> Bool { roles[node] == .latent || roles[node] == .common }

  /// Whether a directed path through hidden nodes alone leads from one node to another.
  private func influences(_ start: Int, _ end: Int) -> Bool {
    var waiting = children[start]
    var seen = Set<Int>()
    while let node = waiting.popLast() {
      if node == end { return true }
      if isHidden(node), seen.insert(node).inserted { waiting += children[node] }
    }
    return false
  }

  /// Whether a hidden node influences both, through hidden nodes alone.
  private func haveCommonCause(_ a: Int, _ b: Int) -> Bool {
    roles.indices.contains {
      isHidden($0) && influences($0, a) && influences($0, b)
    }
  }
}

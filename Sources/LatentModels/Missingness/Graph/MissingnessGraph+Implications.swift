extension MissingnessGraph {
  /// A conditional independence that rows can refute: `first` and `second` are independent given `given`, among the rows in
  /// which `observed` are observed.
  public struct Implication: Hashable, Sendable {
    /// A variable, or an indicator.
    public let first: Int
    /// A variable, or an indicator.
    public let second: Int
    /// Variables and indicators.
    public let given: [Int]
    /// The indicators of all variables among them.
    public let observed: [Int]

    /// The implication in words.
    public func text(in graph: MissingnessGraph) -> String {
      func list(_ nodes: [Int]) -> String { nodes.map { graph.names[$0] }.joined(separator: ", ") }
      return "\(graph.names[first]) and \(graph.names[second]) are independent"
        + (given.isEmpty ? "" : " given \(list(given))")
        + (observed.isEmpty
          ? ""
          : ", where \(list(observed.compactMap { graph.variable(of: $0) })) "
            + "\(observed.count == 1 ? "is" : "are") observed")
    }
  }

  /// The most variables that an implication is given.
  private static let mostGiven = 3

  /// The variable that an indicator tells of.
  func variable(of indicator: Int) -> Int? {
    if case .indicator(let variable) = roles[indicator] { return variable }
    return nil
  }

  /// For each pair of variables and indicators the independence with the fewest conditions that can be tested on rows with
  /// missing cells (Mohan and Pearl 2014): all of its variables are observed in the rows concerned, and neither of the two is
  /// an indicator of these.
  public var testableImplications: [Implication] {
    let nodes = variables + indicators
    var found: [Implication] = []
    for (position, first) in nodes.enumerated() {
      for second in nodes[(position + 1)...] {
        let others = nodes.filter { $0 != first && $0 != second }
        if let implication = implication(first, second, among: others) { found.append(implication) }
      }
    }
    return found
  }

  private func implication(_ first: Int, _ second: Int, among others: [Int]) -> Implication? {
    for size in 0...min(Self.mostGiven, others.count) {
      for given in combinations(of: others, size: size) {
        let observed = indicators(of: [first, second] + given)
        guard !observed.contains(first), !observed.contains(second), observed.isDisjoint(with: given),
          isSeparated([first], from: [second], given: Set(given).union(observed))
        else { continue }
        return Implication(first: first, second: second, given: given, observed: observed.sorted())
      }
    }
    return nil
  }

  /// All choices of so many of some nodes, in order.
  func combinations(of nodes: [Int], size: Int) -> [[Int]] {
    guard size > 0 else { return [[]] }
    return nodes.indices.flatMap { index in
      combinations(of: Array(nodes[(index + 1)...]), size: size - 1).map { [nodes[index]] + $0 }
    }
  }
}

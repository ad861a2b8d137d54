internal import LatentData
internal import LatentKernels
internal import LatentModels

/// The product of the families of some variables given evidence, and an order in which to eliminate what is hidden.
///
/// Bucket elimination (Dechter 1999): each factor waits in the bucket of that of its variables which comes first in the
/// order; a bucket's product, without its variable, goes to a later bucket.
struct VariableElimination {
  private let schema: Schema
  /// The hidden variables that are eliminated, in this order: first those that are summed out.
  private let order: [VariableID]
  /// How many variables of the order are summed out; the rest are maximised.
  private let summedCount: Int
  /// The position of each variable in the order.
  private let positions: [VariableID: Int]
  /// The factors that wait for each variable of the order, and last those that have none of them.
  private var buckets: [[Factor]]
  /// The variables of the table built at each step: the eliminated one last.
  private let cliques: [[VariableID]]

  /// Reduces families by the evidence and plans the elimination of all their hidden variables except `kept`: those that
  /// are maximised come last, since a sum over a maximum is not the maximum of a sum.
  ///
  /// - Throws: when the table of a step would be larger than the limit, before any of them is computed.
  init(
    _ network: BayesianNetwork, families: [Family], evidence: Evidence, keeping kept: [VariableID] = [],
    maximizing maximized: [VariableID] = [], limit: MemoryLimit
  ) throws(InferenceError) {
    precondition(evidence.belongs(to: network.schema), "the evidence is about variables of the network")
    if let chain = network.structure.chainVariable { throw .sequences(network.schema[chain].name) }
    schema = network.schema
    // A number that was not observed integrates to 1 together with its family.
    let families = families.filter { $0.isTable || !evidence.observed(of: $0).isEmpty }
    let members = Set(families.flatMap { ($0.isTable ? [$0.child] : []) + $0.parents } + kept)
    let hidden = members.filter { evidence[$0] == nil }.sorted()
    let local = Dictionary(uniqueKeysWithValues: zip(hidden, hidden.indices))
    var scopes = families.map { family in
      ((family.isTable ? [family.child] : []) + family.parents).compactMap { local[$0] }
    }
    scopes.append(kept.compactMap { local[$0] })
    let cardinalities = hidden.map { network.schema[$0].cardinality }
    let last = maximized.compactMap { local[$0] }
    let chosen: [Int]
    (chosen, summedCount) = Self.order(cardinalities, scopes, keeping: kept.compactMap { local[$0] }, maximizing: last)
    order = chosen.map { hidden[$0] }
    positions = Dictionary(uniqueKeysWithValues: zip(order, order.indices))
    cliques = eliminationCliques(variableCount: hidden.count, scopes: scopes, order: chosen)
      .map { clique in clique.dropFirst().map { hidden[$0] } + [hidden[clique[0]]] }
    try limit.check(cliques, in: network.schema)

    buckets = [[Factor]](repeating: [], count: order.count + 1)
    for family in families { place(network.factor(of: family, given: evidence)) }
    for (id, likelihood) in evidence.likelihoods.sorted(by: { $0.key < $1.key }) {
      let factor = Factor(scope: [id], cardinalities: [likelihood.count], logValues: likelihood.map { naturalLog($0) })
      place(evidence[id].map { factor.reduced(id, to: $0) } ?? factor)
    }
  }

  /// An order in which first the sums are taken and then the maxima, and how many of it are sums.
  private static func order(
    _ cardinalities: [Int], _ scopes: [[Int]], keeping kept: [Int], maximizing: [Int]
  ) -> (order: [Int], summedCount: Int) {
    let staying = Set(kept + maximizing)
    let summed = minFillOrder(
      cardinalities: cardinalities, scopes: scopes, eliminating: cardinalities.indices.filter { !staying.contains($0) })
    guard !maximizing.isEmpty else { return (summed, summed.count) }
    // Each sum leaves a table over the neighbours of its variable.
    let sums = eliminationCliques(variableCount: cardinalities.count, scopes: scopes, order: summed)
    let left = (scopes + sums).map { scope in scope.filter { staying.contains($0) } }
    let last = minFillOrder(cardinalities: cardinalities, scopes: left, eliminating: maximizing)
    return (summed + last, summed.count)
  }

  /// Puts a factor into the bucket of its first variable in the order.
  private mutating func place(_ factor: Factor) {
    var bucket = order.count
    for id in factor.scope { bucket = min(bucket, positions[id] ?? bucket) }
    buckets[bucket].append(factor)
  }

  /// The product of everything summed over the eliminated variables, as a table over the kept ones.
  mutating func sum(over kept: [VariableID]) -> Factor {
    for (step, id) in order.enumerated() { place(product(of: step).summingOut(id)) }
    return rest(over: kept)
  }

  /// The most probable states of the variables that are maximised; nil when all have probability 0.
  mutating func maximum() -> [VariableID: StateCode]? {
    for step in 0..<summedCount { place(product(of: step).summingOut(order[step])) }
    var choices: [[StateCode]] = []
    for (step, id) in order.enumerated().dropFirst(summedCount) {
      let (maxima, states) = product(of: step).maximizingOut(id)
      place(maxima)
      choices.append(states)
    }
    guard rest(over: []).logValues[0] > -.infinity else { return nil }
    var states: [VariableID: StateCode] = [:]
    for step in (summedCount..<order.count).reversed() {
      var position = 0
      for id in cliques[step].dropLast() { position = position * schema[id].cardinality + Int(states[id] ?? 0) }
      states[order[step]] = choices[step - summedCount][position]
    }
    return states
  }

  private mutating func product(of step: Int) -> Factor {
    let factors = buckets[step]
    buckets[step] = []
    let clique = cliques[step]
    return .product(factors, over: clique, cardinalities: clique.map { schema[$0].cardinality })
  }

  private func rest(over kept: [VariableID]) -> Factor {
    .product(buckets[order.count], over: kept, cardinalities: kept.map { schema[$0].cardinality })
  }
}

extension BayesianNetwork {
  /// The logarithms of a family's table, or the log-densities of its observed numbers, reduced by the evidence.
  fileprivate func factor(of family: Family, given evidence: Evidence) -> Factor {
    let scope: [VariableID]
    let logValues: [Double]
    if !family.isTable {
      scope = family.parents
      logValues = (0..<family.configurations).map { logDensity(of: family, evidence, configuration: $0) }
    } else {
      scope = family.parents + [family.child]
      logValues = parameters(of: family.child).map { naturalLog($0) }
    }
    var factor = Factor(
      scope: scope, cardinalities: scope.map { structure.schema[$0].cardinality }, logValues: logValues)
    for id in scope {
      if let state = evidence[id] { factor = factor.reduced(id, to: state) }
    }
    return factor
  }
}

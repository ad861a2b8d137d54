internal import LatentData
internal import LatentModels

/// Latent variables whose states are found together, by the variables in which the rows are compared for it.
struct LatentGroup {
  /// The latent variables; their joint states are the clusters.
  let variables: [VariableID]
  /// Children of theirs that are observed, or are filled before.
  let features: [VariableID]
}

/// How the latent variables of a network divide their children among them for clustering.
///
/// Every latent variable is clustered by its children, from the leaves up: a latent child is filled before its parents.
/// A child of several latent parents goes to one of them, in random order to the one that has fewest so far: if all were
/// clustered by the same children they would all come out alike. One that is left without a child of its own is clustered
/// together with the one that took its child: by joint states, which are assigned to the clusters at random.
struct LatentGroups {
  /// The groups, those below before those above.
  let groups: [LatentGroup]
  /// Latent variables with too many joint states for clustering.
  let rest: [VariableID]

  /// The most clusters of a group.
  static let maximumClusters = 64

  /// - Parameters:
  ///   - fillable: the latent variables that are to be filled, all with a child that is observed or filled.
  ///   - observed: whether some row observes a variable.
  init(
    _ structure: NetworkStructure, fillable: Set<VariableID>, observed: [Bool],
    using random: inout some RandomNumberGenerator
  ) {
    let order = structure.graph.topologicalOrder.reversed().filter { fillable.contains($0) }
    func parents(_ child: VariableID) -> [VariableID] {
      structure.family(of: child).parents.filter { fillable.contains($0) }.sorted()
    }
    let children = structure.schema.ids.filter {
      (observed[$0.index] || fillable.contains($0)) && !parents($0).isEmpty
    }
    var owned: [VariableID: [VariableID]] = [:]
    var owner: [VariableID: VariableID] = [:]
    func give(_ child: VariableID, to parent: VariableID) {
      owned[parent, default: []].append(child)
      owner[child] = parent
    }
    for child in children where parents(child).count == 1 { give(child, to: parents(child)[0]) }
    for child in children.filter({ parents($0).count > 1 }).shuffled(using: &random) {
      let fewest = parents(child).min { (owned[$0]?.count ?? 0, $0) < (owned[$1]?.count ?? 0, $1) }
      if let fewest { give(child, to: fewest) }
    }
    var members: [VariableID: [VariableID]] = [:]
    var rest: [VariableID] = []
    for id in order where owned[id] != nil { members[id] = [id] }
    for id in order where owned[id] == nil {
      let shared = structure.graph.children[id.index].compactMap { owner[$0] }.min()
      let states = ((shared.flatMap { members[$0] } ?? []) + [id]).map { structure.schema[$0].cardinality }
      if let shared, states.reduce(1, { min($0 * $1, Self.maximumClusters + 1) }) <= Self.maximumClusters {
        members[shared]?.append(id)
      } else {
        rest.append(id)
      }
    }
    groups = order.compactMap { id in
      members[id].map { all in
        LatentGroup(variables: all, features: (owned[id] ?? []).filter { !all.contains($0) }.sorted())
      }
    }
    self.rest = rest
  }
}

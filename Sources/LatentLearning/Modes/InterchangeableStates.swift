internal import LatentData
internal import LatentModels

extension Model {
  /// Whether learning alone says what the states of a variable mean below it: no child is fixed, and no zero of its table
  /// and those of its children is structural.
  func isFree(belowStatesOf id: VariableID, _ zeros: ZeroPolicy) -> Bool {
    let children = structure.graph.children[id.index]
    let known = fixed.union(fixedMeans)
    return !children.contains { known.contains($0) } && !([id] + children).contains { hasStructuralZeros($0, zeros) }
  }

  /// Whether the states of a variable that no row observes could change places without a difference.
  func hasInterchangeableStates(_ id: VariableID, _ zeros: ZeroPolicy) -> Bool {
    schema[id].isCategorical && !fixed.contains(id) && structure.dynamics.initial(of: id) != .fixed
      && isFree(belowStatesOf: id, zeros)
  }

  private func hasStructuralZeros(_ id: VariableID, _ zeros: ZeroPolicy) -> Bool {
    (0..<structure.family(of: id).parameters.count).contains { isStructuralZero(id, $0, zeros) }
  }
}

extension PreparedFit {
  /// The latent variables whose states have no order of their own: all starts that differ in nothing else are the same.
  var interchangeable: [VariableID] {
    latent.filter { summary.isUnobserved($0) && model.hasInterchangeableStates($0, options.zeros) }
  }

  /// The fit with the states of latent variables in decreasing order of their expected share, ties by the first mean.
  ///
  /// In networks of categories alone every variable keeps its order, and in others those do that have parameters in the
  /// file of a start, or children that have.
  func ordered(_ fit: Fit<BayesianNetwork>) -> Fit<BayesianNetwork> {
    guard !model.structure.isCategorical || !model.structure.dynamics.isEmpty else { return fit }
    let hasFile = starts.contains { $0.origin == .file }
    let variables = interchangeable.filter { id in
      !hasFile || ([id] + model.structure.graph.children[id.index]).allSatisfy { model.table(of: $0) == nil }
    }
    return fit.relabelled(StateRelabelling(Dictionary(uniqueKeysWithValues: variables.map { ($0, fit.order(of: $0)) })))
  }
}

extension Fit where Model == BayesianNetwork {
  /// The states of a variable by decreasing expected weight. Weights that differ by less than 1e-9 of all are a tie: the
  /// smaller first mean comes first.
  fileprivate func order(of id: VariableID) -> [Int] {
    let weights = statistics.stateWeights(of: id, in: model.structure)
    let total = weights.reduce(0, +)
    let sorted = weights.indices.sorted { (weights[$1], $0) < (weights[$0], $1) }
    let means = firstMeans(of: id)
    var order: [Int] = []
    var tied: [Int] = []
    for state in sorted {
      if let last = tied.last, weights[last] - weights[state] > 1e-9 * total {
        order += tied.sorted { (means[$0], $0) < (means[$1], $1) }
        tied = []
      }
      tied.append(state)
    }
    return order + tied.sorted { (means[$0], $0) < (means[$1], $1) }
  }

  /// Per state, the mean of the first number below a variable, its other parents in their first states; 0 without one.
  private func firstMeans(of id: VariableID) -> [Double] {
    let structure = model.structure
    let states = 0..<structure.schema[id].cardinality
    guard let family = structure.numericFamilies.first(where: { $0.parents.contains(id) }),
      let axis = family.parents.firstIndex(of: id), let law = family.numericBehavior
    else { return states.map { _ in 0 } }
    let stride = MixedRadix(family.parents.map { structure.schema[$0].cardinality }).strides[axis]
    return states.map { law.moments(of: 0, model.parameters[family.parameters(in: stride * $0)]).mean }
  }
}

internal import LatentData

extension BayesianNetwork {
  /// The network of the first step of a sequence.
  package var firstStep: BayesianNetwork {
    guard structure.chainVariable != nil else { return self }
    let first: NetworkStructure
    do {
      first = try NetworkStructure(schema: schema, parents: structure.graph.parents, blocks: structure.blocks)
    } catch {
      preconditionFailure("fewer edges than a network that there is: \(error)")
    }
    var values = [Double](repeating: 0, count: first.parameterCount)
    for (family, other) in zip(structure.families, first.families) {
      values.replaceSubrange(other.parameters, with: parameters[family.parameters].prefix(other.parameters.count))
    }
    return BayesianNetwork(checked: first, parameters: values, fixed: [])
  }

  /// The network of one step of a sequence: the variable of the chain stands by itself, each state as probable as any other.
  ///
  /// Where the states of the chain are known, steps are independent, and what else a step holds follows from this network.
  package var slice: BayesianNetwork {
    guard let chain = structure.chainVariable else { return self }
    let parents = schema.ids.map { $0 == chain ? [] : structure.graph.parents[$0.index] }
    let slice: NetworkStructure
    do { slice = try NetworkStructure(schema: schema, parents: parents, blocks: structure.blocks) } catch {
      preconditionFailure("fewer edges than a network that there is: \(error)")
    }
    var values = [Double](repeating: 0, count: slice.parameterCount)
    for (family, sliced) in zip(structure.families, slice.families) {
      if family.child == chain {
        for cell in sliced.parameters { values[cell] = 1 / Double(family.width) }
      } else {
        values.replaceSubrange(sliced.parameters, with: parameters[family.parameters])
      }
    }
    return BayesianNetwork(checked: slice, parameters: values, fixed: [])
  }
}

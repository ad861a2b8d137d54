package import LatentData
public import LatentModels

extension BayesianNetwork {
  /// The network in which variables are set from outside, instead of being observed: do(X = x).
  ///
  /// ```swift
  /// let lung = try network.intervening(["smoke": "no"]).posterior(of: "lung")
  /// ```
  ///
  /// What is set no longer depends on its parents, which therefore learn nothing from it: the truncated factorisation
  /// p(v | do(x)) = Π p(v | parents) over the other variables, at x (Pearl 2009, section 1.3). It is the effect of
  /// setting X if the edges of the network are causes.
  ///
  /// - Throws: `EvidenceError` for names and states that the network does not have, and for variables of numbers, on
  ///   which nothing depends.
  public func intervening(_ settings: [String: String]) throws(EvidenceError) -> BayesianNetwork {
    var states: [VariableID: StateCode] = [:]
    for (name, label) in settings.sorted(by: { $0.key < $1.key }) {
      guard let id = schema[name] else { throw .noSuchVariable(name) }
      guard schema[id].isCategorical else { throw .settingANumber(name) }
      guard let code = schema[id].code(of: label) else {
        throw .noSuchState("'\(label)'", variable: name, states: schema[id].states)
      }
      states[id] = code
    }
    return intervening(states)
  }

  /// The network in which variables with states are set from outside.
  package func intervening(_ states: [VariableID: StateCode]) -> BayesianNetwork {
    guard !states.isEmpty else { return self }
    let parents = zip(schema.ids, structure.graph.parents).map { states[$0] == nil ? $1 : [] }
    let cut: NetworkStructure
    do { cut = try NetworkStructure(schema: schema, parents: parents, blocks: structure.blocks) } catch {
      preconditionFailure("a network with fewer edges is one, too: \(error)")
    }
    var values = [Double](repeating: 0, count: cut.parameterCount)
    for family in cut.families {
      if let state = states[family.child] {
        values[family.parameters.lowerBound + Int(state)] = 1
      } else {
        values.replaceSubrange(family.parameters, with: parameters(of: family.child))
      }
    }
    return BayesianNetwork(checked: cut, parameters: values, fixed: fixed, fixedMeans: fixedMeans)
  }
}

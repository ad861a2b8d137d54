internal import LatentData
internal import LatentKernels
internal import LatentModels

extension BayesianNetwork {
  /// The same question without uncertain evidence: each likelihood λ becomes an observed child of its variable (Pearl
  /// 1988), of which p(seen | s) = λ(s) / max λ. The variables of this network keep their identifiers.
  ///
  /// - Returns: the network with these children, evidence of certain observations only, and Σ log max λ, which is to be
  ///   added to the logarithm of its probability.
  func absorbingLikelihoods(of evidence: Evidence) -> (network: BayesianNetwork, evidence: Evidence, logScale: Double) {
    guard !evidence.likelihoods.isEmpty else { return (self, evidence, 0) }
    var variables = schema.variables
    var parents = structure.graph.parents
    var tables: [Double] = []
    var states = evidence.states
    var logScale = 0.0
    for (id, likelihood) in evidence.likelihoods.sorted(by: { $0.key < $1.key }) {
      var scale = 0.0
      for value in likelihood { scale = max(scale, value) }
      // Likelihoods that contradict each other leave nothing to scale, and nothing that could have been seen.
      if scale == 0 { scale = 1 }
      logScale += naturalLog(scale)
      states[VariableID(variables.count)] = 0
      variables.append(seen(id))
      parents.append([id])
      for value in likelihood { tables += [value / scale, 1 - value / scale] }
    }
    let network = extended(by: tables, variables, parents)
    return (network, Evidence(checked: states, numbers: evidence.numbers), logScale)
  }

  /// A variable of two states, the first of which is what was seen, with a name that no other variable has.
  private func seen(_ id: VariableID) -> Variable {
    let taken = structure.families.map(\.name) + schema.variables.map(\.name)
    var name = "likelihood of \(schema[id].name)"
    while taken.contains(name) { name += "'" }
    do { return try Variable(name: name, states: ["seen", "not seen"]) } catch {
      preconditionFailure("a variable with a name and two states: \(error)")
    }
  }

  /// The network with variables appended, whose tables stand behind those of the network.
  private func extended(by tables: [Double], _ variables: [Variable], _ parents: [[VariableID]]) -> BayesianNetwork {
    let cells = structure.tableCellCount
    do {
      let extended = try NetworkStructure(schema: Schema(variables), parents: parents, blocks: structure.blocks)
      return BayesianNetwork(
        checked: extended, parameters: parameters[..<cells] + tables + parameters[cells...], fixed: fixed,
        fixedMeans: fixedMeans)
    } catch {
      preconditionFailure("children without children of their own make no cycle: \(error)")
    }
  }
}

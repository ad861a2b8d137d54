internal import LatentData
internal import LatentKernels
public import LatentModels

extension BayesianNetwork {
  /// The exact answer to a query about one situation, by variable elimination.
  ///
  /// A variable asked for that was observed has probability 1 at its state. Of most probable explanations within a
  /// relative 1e-12 of each other the one is taken whose variables, as they are decided one after another, have the
  /// state listed first.
  ///
  /// - Throws: when the evidence has probability 0, or the table of a clique would be larger than the limit; the latter
  ///   before anything is computed.
  /// - Complexity: exponential in the number of variables of the largest clique, linear in the number of cliques.
  public func answer(
    _ query: Query, given evidence: Evidence = .none, limit: MemoryLimit = .standard
  ) throws(InferenceError) -> Posterior {
    switch query {
    case .marginal(let id): try posterior(of: [id], given: evidence, limit: limit)
    case .joint(let ids): try posterior(of: ids, given: evidence, limit: limit)
    case .mostProbableExplanation: .assignment(try explanation(given: evidence, limit: limit))
    case .mostProbable(let ids): .assignment(try explanation(of: ids, given: evidence, limit: limit))
    }
  }

  private func posterior(
    of ids: [VariableID], given evidence: Evidence, limit: MemoryLimit
  ) throws(InferenceError) -> Posterior {
    let (probabilities, logEvidence) = try table(over: ids, given: evidence, limit: limit)
    return .table(probabilities, over: ids, logEvidence: logEvidence)
  }

  /// log p(evidence); −∞ when it is impossible, 0 when nothing was observed.
  public func logProbability(
    of evidence: Evidence, limit: MemoryLimit = .standard
  ) throws(InferenceError) -> Double {
    var elimination = try VariableElimination(
      self, families: ancestralFamilies(of: evidence.variables), evidence: evidence, limit: limit)
    return elimination.sum(over: []).logValues[0]
  }

  /// p(variables | evidence), the last variable fastest, and log p(evidence).
  func table(
    over ids: [VariableID], given evidence: Evidence, limit: MemoryLimit
  ) throws(InferenceError) -> (probabilities: [Double], logEvidence: Double) {
    precondition(Set(ids).count == ids.count, "each variable is asked for once")
    precondition(ids.allSatisfy { schema[$0].isCategorical }, "a table is over variables with states")
    try limit.check([ids], in: schema)
    let hidden = ids.filter { evidence[$0] == nil }
    var elimination = try VariableElimination(
      self, families: ancestralFamilies(of: evidence.variables.union(hidden)), evidence: evidence,
      keeping: hidden, limit: limit)
    let joint = elimination.sum(over: hidden)
    let logEvidence = logSumOfExponentials(joint.logValues)
    guard logEvidence > -.infinity else { throw .impossibleEvidence(evidence.description(in: schema)) }
    // Observed variables join as tables that are 1 at their state and 0 elsewhere.
    let observed = ids.compactMap { id in evidence[id].map { indicator(of: id, state: $0) } }
    let table = Factor.product([joint] + observed, over: ids, cardinalities: ids.map { schema[$0].cardinality })
    return (table.logValues.map { exponential($0 - logEvidence) }, logEvidence)
  }

  /// The most probable states of everything that was not observed, and log p(states, evidence).
  func explanation(
    given evidence: Evidence, limit: MemoryLimit
  ) throws(InferenceError) -> (states: [VariableID: StateCode], logProbability: Double) {
    let hidden = schema.ids.filter { schema[$0].isCategorical && evidence[$0] == nil }
    var elimination = try VariableElimination(
      self, families: structure.families, evidence: evidence, maximizing: hidden, limit: limit)
    guard let assignment = elimination.maximum() else {
      throw .impossibleEvidence(evidence.description(in: schema))
    }
    let states = evidence.states.merging(assignment) { observed, _ in observed }
    var logProbability = evidence.logLikelihood { states[$0] ?? 0 }
    for family in structure.families {
      let parentStates = family.parents.map { states[$0] ?? 0 }
      if let state = states[family.child] {
        logProbability += naturalLog(distribution(of: family.child, given: parentStates)[Int(state)])
      } else if !family.isTable {
        logProbability += logDensity(
          of: family, evidence, configuration: structure.configuration(of: family.child, parentStates: parentStates))
      }
    }
    return (assignment, logProbability)
  }

  /// The jointly most probable states of some variables that were not observed, with all others summed out, and
  /// log p(states, evidence).
  func explanation(
    of ids: [VariableID], given evidence: Evidence, limit: MemoryLimit
  ) throws(InferenceError) -> (states: [VariableID: StateCode], logProbability: Double) {
    precondition(Set(ids).count == ids.count, "each variable is asked for once")
    precondition(ids.allSatisfy { schema[$0].isCategorical && evidence[$0] == nil }, "states that were not observed")
    var elimination = try VariableElimination(
      self, families: ancestralFamilies(of: evidence.variables.union(ids)), evidence: evidence, maximizing: ids,
      limit: limit)
    guard let states = elimination.maximum() else {
      throw .impossibleEvidence(evidence.description(in: schema))
    }
    return (states, try logProbability(of: evidence.adding(states), limit: limit))
  }

  /// The log-density of the observed numbers of a family; 0 where none is.
  func logDensity(of family: Family, _ evidence: Evidence, configuration: Int) -> Double {
    let observed = evidence.observed(of: family)
    guard !observed.isEmpty else { return 0 }
    return conditional(of: family, configuration: configuration, observed: observed)
      .logDensity(observed.compactMap { evidence.numbers[family.children[$0]] }[...])
  }

  /// The families of these variables and all their ancestors, in schema order. The others are barren: they sum to 1.
  private func ancestralFamilies(of ids: Set<VariableID>) -> [Family] {
    let needed = structure.ancestors(of: ids)
    return structure.families.filter { !needed.isDisjoint(with: $0.children) }
  }

  private func indicator(of id: VariableID, state: StateCode) -> Factor {
    let cardinality = schema[id].cardinality
    return Factor(
      scope: [id], cardinalities: [cardinality],
      logValues: (0..<cardinality).map { $0 == Int(state) ? 0 : -.infinity })
  }
}

extension NetworkStructure {
  /// These variables and all their ancestors.
  func ancestors(of ids: Set<VariableID>) -> Set<VariableID> {
    var above = ids
    for id in graph.topologicalOrder.reversed() where above.contains(id) { above.formUnion(family(of: id).parents) }
    return above
  }
}

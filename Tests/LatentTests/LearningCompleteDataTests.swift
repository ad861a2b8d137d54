import LatentData
import LatentInference
import LatentKernels
import LatentLearning
import LatentModels
import LatentTestSupport
import Testing

/// Without missing cells EM is counting; fixed tables, priors, zeros and unseen configurations.
@Suite struct LearningCompleteDataTests {
  private static func problem(_ seed: Int) -> (start: BayesianNetwork, table: Table) {
    var random = SplitMix64(seed: 300 + UInt64(seed))
    let truth = Arbitrary.network(variables: 5, using: &random)
    let table = Arbitrary.table(for: truth, rows: 60, missing: 0, weights: .random, using: &random)
    return (Arbitrary.network(truth.structure, using: &random), table)
  }

  /// Weighted counts by walking through rows and families.
  private func counts(_ structure: NetworkStructure, _ table: Table) -> [Double] {
    var counts = [Double](repeating: 0, count: structure.parameterCount)
    for row in 0..<table.rowCount {
      let codes = table.codes(row: row)
      for family in structure.families {
        let configuration = structure.configuration(
          of: family.child, parentStates: family.parents.map { codes[$0.index] })
        let cells = family.statistics(in: configuration)
        counts[cells.lowerBound + Int(codes[family.child.index])] += table.weights[row]
      }
    }
    return counts
  }

  /// (N + α) / Σ (N + α) per row of each table; a row without any count keeps what it was.
  private func frequencies(
    _ start: BayesianNetwork, _ counts: [Double], keeping fixed: Set<VariableID> = []
  ) -> [Double] {
    var result = start.parameters
    for id in start.schema.ids where !fixed.contains(id) {
      let width = start.structure.schema[id].cardinality
      let range = start.structure.family(of: id).parameters
      for row in stride(from: range.lowerBound, to: range.upperBound, by: width) {
        let total = counts[row..<row + width].reduce(0, +)
        if total > 0 { for cell in row..<row + width { result[cell] = counts[cell] / total } }
      }
    }
    return result
  }

  @Test(arguments: 0..<40) func completeDataIsCounting(seed: Int) throws {
    let (start, table) = Self.problem(seed)
    var engine = try engine(start, table)
    let fit = try ExpectationMaximization().fit(start, with: &engine)
    let counts = counts(start.structure, table)
    expectClose(fit.model.parameters, frequencies(start, counts), relative: 1e-13)
    // One M-step reaches the maximum, the second finds nothing to gain.
    #expect(fit.iterations == 2)
    #expect(fit.outcome == .converged)
    expectClose(fit.logLikelihoods[1], fit.logLikelihoods[2], relative: 1e-14)
    expectClose(fit.bounds[0], fit.logLikelihoods[1], relative: 1e-12)

    // Unseen configurations are listed and keep their distribution.
    let expected = start.structure.families.flatMap { family in
      (0..<family.configurations).filter { counts[family.statistics(in: $0)].allSatisfy { $0 == 0 } }
        .map { [family.child.index, $0] }
    }
    let unseen = start.unseenConfigurations(in: Statistics(values: counts))
    #expect(unseen.map { [$0.variable.index, $0.configuration] } == expected)
    for (id, configuration) in unseen {
      let states = start.structure.parentStates(of: id, configuration: configuration)
      #expect(fit.model.distribution(of: id, given: states) == start.distribution(of: id, given: states))
    }
  }

  @Test(arguments: 0..<20) func aDirichletPriorAddsPseudoCounts(seed: Int) throws {
    let (start, table) = Self.problem(seed)
    var engine = try engine(start, table)
    let prior = Model(start, name: "").dirichletPrior(pseudoCount: 0.5, zeros: .parameters)
    #expect(prior.values.allSatisfy { $0 == 0.5 })
    let fit = try ExpectationMaximization().fit(start, with: &engine, prior: prior)
    let counts = counts(start.structure, table).map { $0 + 0.5 }
    expectClose(fit.model.parameters, frequencies(start, counts), relative: 1e-13)
    expectClose(
      fit.objective, try logLikelihood(fit.model, table) + fit.model.parameters.reduce(0) { $0 + 0.5 * naturalLog($1) },
      relative: 1e-12)
  }

  /// With missing cells the objective ℓ + Σ α log θ climbs at every step, though ℓ alone may fall.
  @Test(arguments: 0..<60) func underAPriorTheObjectiveClimbs(seed: Int) throws {
    let (start, table) = LearningTests.problem(seed)
    var engine = try engine(start, table)
    let prior = Model(start, name: "").dirichletPrior(pseudoCount: 2, zeros: .parameters)
    let stopping = StoppingRule(maximumIterations: 20, tolerance: 0)
    let fit = try ExpectationMaximization(stopping: stopping).fit(start, with: &engine, prior: prior)
    for (before, after) in zip(fit.objectives, fit.objectives.dropFirst()) {
      #expect(after >= before - 1e-11 * (1 + before.magnitude))
    }
    expectClose(fit.objective, fit.logLikelihood + fit.model.score(prior), relative: 1e-13)
    for (step, bound) in fit.bounds.enumerated() {
      #expect(bound <= fit.logLikelihoods[step + 1] + 1e-11 * (1 + bound.magnitude))
    }
  }

  @Test(arguments: 0..<20) func fixedTablesKeepEveryBit(seed: Int) throws {
    let (start, table) = LearningTests.problem(seed)
    let fixed: Set<VariableID> = [VariableID(seed % 5), VariableID((seed + 2) % 5)]
    let known = try BayesianNetwork(structure: start.structure, parameters: start.parameters, fixed: fixed)
    var engine = try engine(known, table)
    let description = Model(known, name: "")
    for prior in [nil, description.dirichletPrior(pseudoCount: 1, zeros: .parameters)] {
      let stopping = StoppingRule(maximumIterations: 15, tolerance: 0)
      let fit = try ExpectationMaximization(stopping: stopping).fit(known, with: &engine, prior: prior)
      for id in known.schema.ids {
        let isSingle = known.structure.schema[id].cardinality == 1
        if fixed.contains(id) { #expect(fit.model.parameters(of: id) == start.parameters(of: id)) }
        if !fixed.contains(id), prior != nil, !isSingle {
          #expect(fit.model.parameters(of: id) != start.parameters(of: id))
        }
      }
      #expect(zip(fit.objectives, fit.objectives.dropFirst()).allSatisfy { $1 >= $0 - 1e-11 * (1 + $0.magnitude) })
    }
    var random = SplitMix64(seed: UInt64(seed))
    let drawn = description.randomStart(zeros: .parameters, using: &random)
    for id in fixed { #expect(drawn.parameters(of: id) == start.parameters(of: id)) }
    let free = known.schema.ids.filter { !fixed.contains($0) }
      .map { known.structure.family(of: $0).configurations * (known.structure.schema[$0].cardinality - 1) }
    #expect(description.freeParameterCount(zeros: .parameters) == free.reduce(0, +))
    #expect(known.unseenConfigurations(in: known.emptyStatistics).allSatisfy { !fixed.contains($0.variable) })
  }
}

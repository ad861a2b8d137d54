import LatentData
import LatentInference
import LatentKernels
import LatentLearning
import LatentModels
import LatentTestSupport
import Testing

/// What becomes of cells that start at 0.
@Suite struct LearningZeroTests {
  private static func problem(_ seed: Int) -> (start: BayesianNetwork, table: Table) {
    var random = SplitMix64(seed: 900 + UInt64(seed))
    let network = Arbitrary.network(variables: 5, zeros: 0.3, using: &random)
    let table = Arbitrary.table(for: network, rows: 30, missing: 0.4, hidden: [VariableID(seed % 5)], using: &random)
    return (network, table)
  }

  private func zeros(_ network: BayesianNetwork) -> [Int] {
    network.parameters.indices.filter { network.parameters[$0] == 0 }
  }

  @Test(arguments: 0..<40) func emKeepsZeros(seed: Int) throws {
    let (start, table) = Self.problem(seed)
    var engine = try engine(start, table)
    let stopping = StoppingRule(maximumIterations: 20, tolerance: 0)
    let fit = try ExpectationMaximization(stopping: stopping).fit(start, with: &engine)
    for cell in zeros(start) { #expect(fit.model.parameters[cell] == 0) }
  }

  @Test(arguments: 0..<40) func aPriorLiftsZerosUnlessTheyAreStructural(seed: Int) throws {
    let (start, table) = Self.problem(seed)
    let description = Model(start, name: "")
    var engine = try engine(start, table)
    let stopping = StoppingRule(maximumIterations: 10, tolerance: 0)
    let driver = ExpectationMaximization(stopping: stopping)

    let free = description.dirichletPrior(pseudoCount: 0.1, zeros: .parameters)
    let lifted = try driver.fit(start, with: &engine, prior: free)
    #expect(zeros(lifted.model).isEmpty)
    #expect(lifted.objectives[0] == (zeros(start).isEmpty ? start.score(free) + lifted.logLikelihoods[0] : -.infinity))
    #expect(lifted.objective.isFinite)

    let structural = description.dirichletPrior(pseudoCount: 0.1, zeros: .structural)
    let kept = try driver.fit(start, with: &engine, prior: structural)
    #expect(zeros(kept.model) == zeros(start))
    #expect(kept.objectives.allSatisfy { $0.isFinite })
    #expect(zip(kept.objectives, kept.objectives.dropFirst()).allSatisfy { $1 >= $0 - 1e-11 * (1 + $0.magnitude) })
  }

  @Test(arguments: 0..<40) func randomStartsHaveNoZerosButTheStructuralOnes(seed: Int) throws {
    let (network, table) = Self.problem(seed)
    let description = Model(network, name: "")
    var (a, b, c) = (SplitMix64(seed: 1), SplitMix64(seed: 1), SplitMix64(seed: 2))
    let free = description.randomStart(zeros: .parameters, using: &a)
    #expect(zeros(free).isEmpty)
    #expect(description.randomStart(zeros: .parameters, using: &b) == free)
    let other = description.randomStart(zeros: .structural, using: &c)
    #expect(zeros(other) == zeros(network))
    for start in [free, other] {
      // Rows sum to 1: the checked initializer takes them.
      _ = try BayesianNetwork(structure: start.structure, parameters: start.parameters)
    }
    var engine = try engine(other, table)
    let fit = try ExpectationMaximization(stopping: StoppingRule(maximumIterations: 5)).fit(other, with: &engine)
    for cell in zeros(network) { #expect(fit.model.parameters[cell] == 0) }
  }

  @Test func theFileStartIsTheFile() throws {
    let (network, _) = Self.problem(1)
    var random = SplitMix64(seed: 1)
    #expect(Model(network, name: "").start(using: &random).parameters == network.parameters)
    // Tables that are not there are drawn; those that are stay.
    var partial = Model(network, name: "")
    partial.parameters[2] = nil
    let start = partial.start(using: &random)
    for id in network.schema.ids where id.index != 2 { #expect(start.parameters(of: id) == network.parameters(of: id)) }
    #expect(start.parameters(of: VariableID(2)).allSatisfy { $0 > 0 })
  }

  /// a has 2 states; b 3 below a; c 2 below a and b. Structural zeros: one in b, two in c, one of which ends a row.
  @Test func freeParametersAreCounted() throws {
    let start = try network(
      ["a", "b", "c"], states: [2, 3, 2], parents: ["b": ["a"], "c": ["a", "b"]],
      tables: [
        [0.5, 0.5], [0, 0.5, 0.5, 0.2, 0.3, 0.5],
        [0, 1, 1, 0, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
      ])
    let description = Model(start, name: "")
    #expect(description.freeParameterCount(zeros: .parameters) == 1 + 4 + 6)
    #expect(description.freeParameterCount(zeros: .structural) == 1 + 3 + 4)
    let fixed = try BayesianNetwork(structure: start.structure, parameters: start.parameters, fixed: [VariableID(1)])
    #expect(Model(fixed, name: "").freeParameterCount(zeros: .structural) == 1 + 4)
    let prior = Model(fixed, name: "").dirichletPrior(pseudoCount: 3, zeros: .structural)
    #expect(prior.values == [3, 3, 0, 0, 0, 0, 0, 0, 0, 3, 3, 0, 3, 3, 3, 3, 3, 3, 3, 3])
    let single = try network(["a"], states: [1], tables: [[1]])
    #expect(Model(single, name: "").freeParameterCount(zeros: .parameters) == 0)
  }
}

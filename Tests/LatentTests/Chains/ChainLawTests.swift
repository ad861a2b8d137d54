import LatentData
import LatentInference
import LatentKernels
import LatentLearning
import LatentModels
import LatentTestSupport
import Testing

/// Chains against the network that has all their steps, gone through by enumeration.
@Suite struct ChainLawTests {
  static func problem(_ seed: Int) -> (network: BayesianNetwork, table: Table) {
    var random = SplitMix64(seed: UInt64(seed))
    return Arbitrary.chainProblem(using: &random)
  }

  static func expect(
    _ network: BayesianNetwork, _ table: Table, _ completion: CompletionPolicy
  ) throws -> (logLikelihood: Double, statistics: [Double]) {
    var compiler = CircuitCompiler(network.structure, completion: completion)
    compiler.add(table)
    let engine = ComponentEngine(try compiler.compile())
    var statistics = network.emptyStatistics
    let logLikelihood = try engine.expect(under: network, into: &statistics)
    return (logLikelihood, statistics.values)
  }

  @Test(arguments: 0..<500) func engineAgreesWithEnumeration(seed: Int) throws {
    let (network, table) = Self.problem(seed)
    guard table.weights.contains(where: { $0 > 0 }) else { return }
    var oracle = EnumerationEngine(table)
    var expected = network.emptyStatistics
    let logLikelihood = try oracle.expect(under: network, into: &expected)
    let full = try Self.expect(network, table, .full)
    expectClose(full.logLikelihood, logLikelihood, relative: 1e-10, absolute: 1e-10)
    expectClose(full.statistics, expected.values, relative: 1e-10, absolute: 1e-10)
    let minimal = try Self.expect(network, table, .minimal)
    expectClose(minimal.logLikelihood, logLikelihood, relative: 1e-10, absolute: 1e-10)
  }

  /// The order of the sequences is of no concern, and a weight is as good as so many equal sequences.
  @Test(arguments: 0..<100) func repeatedSequencesAreWeights(seed: Int) throws {
    let (network, table) = Self.problem(seed)
    let sequences = table.sequences.filter { table.weights[$0.lowerBound] > 0 }
    guard !sequences.isEmpty else { return }
    let once = try Self.weighted(table, sequences.reversed().map { ($0, 2) })
    let twice = try Self.weighted(table, sequences.map { ($0, 1) } + sequences.map { ($0, 1) })
    let (a, b) = (try Self.expect(network, once, .minimal), try Self.expect(network, twice, .minimal))
    expectClose(a.logLikelihood, b.logLikelihood, relative: 1e-12, absolute: 1e-12)
    expectClose(a.statistics, b.statistics, relative: 1e-10, absolute: 1e-12)
  }

  private static func weighted(_ table: Table, _ sequences: [(rows: Range<Int>, weight: Double)]) throws -> Table {
    var starts: [Int] = []
    var weights: [Double] = []
    for (rows, weight) in sequences {
      starts.append(weights.count)
      weights += repeatElement(weight, count: rows.count)
    }
    let rows = table.selecting(sequences.flatMap { Array($0.rows) })
    return try Table(schema: table.schema, columns: rows.columns, weights: weights).withSequences(startingAt: starts)
  }

  /// Sequences of one step are rows of the network whose chain variable begins anew in each.
  @Test(arguments: 0..<200) func chainsOfOneStepAreAMixture(seed: Int) throws {
    let (network, sequences) = Self.problem(seed)
    let table = Table(schema: sequences.schema, rows: sequences)
    guard table.weights.contains(where: { $0 > 0 }) else { return }
    let structure = network.structure
    let mixture = try NetworkStructure(
      schema: structure.schema, parents: structure.graph.parents, blocks: structure.blocks)
    var parameters = [Double](repeating: 0, count: mixture.parameterCount)
    for (family, other) in zip(structure.families, mixture.families) {
      parameters.replaceSubrange(
        other.parameters, with: network.parameters[family.parameters.prefix(other.parameters.count)])
    }
    let rows = try BayesianNetwork(structure: mixture, parameters: parameters)
    guard let expected = try? Self.expect(rows, table, .full) else { return }
    let found = try Self.expect(network, table, .full)
    expectClose(found.logLikelihood, expected.logLikelihood, relative: 1e-12, absolute: 1e-12)
  }

  @Test(arguments: 0..<100, [InitialDistribution.free, .fixed, .stationary])
  func likelihoodNeverFalls(seed: Int, initial: InitialDistribution) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let (drawn, table) = Arbitrary.chainProblem(
      sequences: 6, mostSteps: 20, mostCompletions: .max / 100, using: &random)
    let chain = try #require(drawn.structure.chainVariable)
    var parents = drawn.structure.graph.parents
    parents[chain.index] = initial == .stationary ? [] : parents[chain.index]
    let structure = try NetworkStructure(
      schema: drawn.schema, parents: parents,
      dynamics: Dynamics(lags: [chain: [chain]], initial: [chain: initial]))
    let model = try Model(
      name: "", structure: structure, parameters: structure.families.map { _ in nil as [Double]? })
    guard table.weights.contains(where: { $0 > 0 }) else { return }
    for acceleration in [AccelerationMethod.none, .squarem] {
      var options = FitOptions()
      options.acceleration = acceleration
      options.stopping = StoppingRule(maximumIterations: 25)
      let fit = try model.fit(to: table, starts: 1, options: options)
      for (before, after) in zip(fit.best.logLikelihoods, fit.best.logLikelihoods.dropFirst()) {
        #expect(after >= before - 1e-9 * (1 + before.magnitude))
      }
      expectClose(
        try fit.network.logLikelihood(of: table), fit.logLikelihood, relative: 1e-9, absolute: 1e-9)
    }
  }
}

extension Table {
  /// The rows of a table, each by itself.
  fileprivate init(schema: Schema, rows: Table) {
    self = rows.selecting(Array(0..<rows.rowCount))
  }
}

import LatentData
import LatentInference
import LatentKernels
import LatentLearning
import LatentModels
import LatentTestSupport
import Testing

/// Blocks of columns of all shapes, counts and scalars below variables with states, any cell missing; enumeration with
/// plain matrices is the oracle.
@Suite struct BlockProblemTests {
  static func problem(_ seed: Int, rows: Int = 30) -> (network: BayesianNetwork, table: Table) {
    var random = SplitMix64(seed: UInt64(seed))
    return Arbitrary.numericProblem(
      variables: 3, families: 1 + seed % 3, rows: rows, missing: 0.3, hiddenCount: seed % 3, using: &random)
  }

  @Test(arguments: 0..<500) func engineAgreesWithEnumeration(seed: Int) throws {
    let (network, table) = Self.problem(seed)
    var oracle = EnumerationEngine(table)
    var expected = network.emptyStatistics
    let logLikelihood = try oracle.expect(under: network, into: &expected)
    let full = try EngineLawTests.expect(network, table)
    expectClose(full.logLikelihood, logLikelihood, relative: 1e-10, absolute: 1e-10)
    expectClose(full.counts, expected.values, relative: 1e-10, absolute: 1e-10)
    let minimal = try EngineLawTests.expect(network, table, .minimal)
    expectClose(minimal.logLikelihood, logLikelihood, relative: 1e-10, absolute: 1e-10)
  }

  /// Many rows of few patterns fill several tiles; chunks of few components share nothing.
  @Test(arguments: 0..<20, [1 << 16, 5]) func tilesAndChunksAgreeWithEnumeration(seed: Int, chunkSize: Int) throws {
    let (network, table) = Self.problem(seed, rows: 600)
    var oracle = EnumerationEngine(table)
    var expected = network.emptyStatistics
    let logLikelihood = try oracle.expect(under: network, into: &expected)
    var results: [[Double]] = []
    for threads in [1, 2, 7] {
      var compiler = CircuitCompiler(network.structure, completion: .full, limit: .standard, chunkSize: chunkSize)
      compiler.add(table)
      let engine = ComponentEngine(try compiler.compile(threads: threads), threads: threads)
      var statistics = network.emptyStatistics
      let found = try engine.expect(under: network, into: &statistics)
      expectClose(found, logLikelihood, relative: 1e-10)
      expectClose(statistics.values, expected.values, relative: 1e-9, absolute: 1e-9)
      results.append([found] + statistics.values)
    }
    #expect(results[0] == results[1] && results[0] == results[2], "the same bits for any number of threads")
  }

  @Test(arguments: 0..<100) func rowsAgreeWithEnumeration(seed: Int) throws {
    let (network, table) = Self.problem(seed)
    try expectRowsAgreeWithEnumeration(network, table.withEqualWeights(), logLikelihood: 1e-10, posterior: 1e-10)
  }

  @Test(arguments: 0..<150) func likelihoodNeverFalls(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let (network, table) = Arbitrary.numericProblem(
      variables: 2, families: 2, rows: 60, missing: 0.2, hiddenCount: 1, using: &random)
    let model = Model(network, name: "")
    for completion in [CompletionPolicy.minimal, .full] {
      var compiler = CircuitCompiler(network.structure, completion: completion)
      compiler.add(table)
      let circuit = try compiler.compile()
      for acceleration in [Acceleration.none, .squarem(frame: circuit.frame)] {
        var engine = ComponentEngine(circuit)
        let start = model.randomStart(zeros: .parameters, frame: circuit.frame, using: &random)
        let driver = ExpectationMaximization(stopping: StoppingRule(maximumIterations: 30))
        let fit = try driver.fit(start, with: &engine, acceleration: acceleration)
        for (before, after) in zip(fit.logLikelihoods, fit.logLikelihoods.dropFirst()) {
          #expect(after >= before - 1e-9 * (1 + before.magnitude))
        }
        for family in fit.model.structure.families { #expect(fit.model.table(of: family.child).flaw == nil) }
        var statistics = network.emptyStatistics
        expectClose(try engine.expect(under: fit.model, into: &statistics), fit.logLikelihood, relative: 1e-12)
      }
    }
  }
}

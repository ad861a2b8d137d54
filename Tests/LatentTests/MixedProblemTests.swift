import LatentData
import LatentInference
import LatentKernels
import LatentLearning
import LatentModels
import LatentTestSupport
import Testing

/// Variables of numbers below variables with states, some of which nobody observed; enumeration with the formulas of
/// textbooks is the oracle.
@Suite struct MixedProblemTests {
  static func problem(_ seed: Int) -> (network: BayesianNetwork, table: Table) {
    var random = SplitMix64(seed: UInt64(seed))
    return Arbitrary.mixedProblem(
      variables: 4, numbers: 1 + seed % 3, missing: 0.3, hiddenCount: seed % 3, using: &random)
  }

  @Test(arguments: 0..<200) func engineAgreesWithEnumeration(seed: Int) throws {
    let (network, table) = Self.problem(seed)
    var oracle = EnumerationEngine(table)
    var expected = network.emptyStatistics
    let logLikelihood = try oracle.expect(under: network, into: &expected)
    let full = try EngineLawTests.expect(network, table)
    expectClose(full.logLikelihood, logLikelihood, relative: 1e-10, absolute: 1e-10)
    expectClose(full.counts, expected.values, relative: 1e-10, absolute: 1e-10)
  }

  /// Many rows of few shapes fill several tiles; chunks of few components share nothing.
  @Test(arguments: 0..<20, [1 << 16, 5]) func tilesAndChunksAgreeWithEnumeration(seed: Int, chunkSize: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let (network, table) = Arbitrary.mixedProblem(
      variables: 3, numbers: 2, rows: 700, missing: 0.1, hiddenCount: 1 + seed % 2, using: &random)
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

  @Test(arguments: 0..<100) func completionsAgreeOnTheLogLikelihood(seed: Int) throws {
    let (network, table) = Self.problem(seed)
    let full = try EngineLawTests.expect(network, table)
    let minimal = try EngineLawTests.expect(network, table, .minimal)
    expectClose(minimal.logLikelihood, full.logLikelihood, relative: 1e-12, absolute: 1e-12)
  }

  @Test(arguments: 0..<100) func rowsAgreeWithEnumeration(seed: Int) throws {
    let (network, table) = Self.problem(seed)
    try expectRowsAgreeWithEnumeration(network, table.withEqualWeights(), logLikelihood: 1e-10, posterior: 1e-10)
  }

  @Test(arguments: 0..<100) func likelihoodNeverFallsAndTheLastEntryIsThatOfTheModel(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let (network, table) = Arbitrary.mixedProblem(
      variables: 3, numbers: 2, rows: 60, missing: 0.2, hiddenCount: 1, using: &random)
    let model = Model(network, name: "")
    var compiler = CircuitCompiler(network.structure)
    compiler.add(table)
    let circuit = try compiler.compile()
    for acceleration in [Acceleration.none, .squarem(frame: circuit.frame)] {
      var engine = ComponentEngine(circuit)
      let start = model.randomStart(zeros: .parameters, frame: circuit.frame, using: &random)
      let driver = ExpectationMaximization(stopping: StoppingRule(maximumIterations: 40))
      let fit = try driver.fit(start, with: &engine, acceleration: acceleration)
      for (before, after) in zip(fit.logLikelihoods, fit.logLikelihoods.dropFirst()) {
        #expect(after >= before - 1e-9 * (1 + before.magnitude))
      }
      // A score divides by the variance what was rounded in proportion to the column's: where a variance sits on its
      // floor, a 1e-6 of the column's, the bound is known to seven digits.
      let isOnFloor = fit.model.structure.numericFamilies.contains { family in
        fit.model.table(of: family.child).rows.contains { $0.last == circuit.frame[family.child].varianceFloor }
      }
      for (bound, logLikelihood) in zip(fit.bounds, fit.logLikelihoods.dropFirst()) {
        #expect(bound <= logLikelihood + (isOnFloor ? 1e-7 : 1e-9) * (1 + logLikelihood.magnitude))
      }
      var statistics = network.emptyStatistics
      expectClose(try engine.expect(under: fit.model, into: &statistics), fit.logLikelihood, relative: 1e-14)
      #expect(statistics == fit.statistics)
    }
  }
}

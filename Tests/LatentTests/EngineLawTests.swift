import LatentData
import LatentInference
import LatentKernels
import LatentModels
import LatentTestSupport
import Testing

/// Laws of the compiled E-step on random small problems; enumeration is the oracle.
@Suite struct EngineLawTests {
  static func problem(_ seed: Int) -> (network: BayesianNetwork, table: Table) {
    var random = SplitMix64(seed: UInt64(seed))
    return Arbitrary.smallProblem(variables: 6, missing: 0.4, hiddenCount: seed % 4, using: &random)
  }

  static func expect(
    _ network: BayesianNetwork, _ table: Table, _ completion: CompletionPolicy = .full
  ) throws -> (logLikelihood: Double, counts: [Double]) {
    var compiler = CircuitCompiler(network.structure, completion: completion)
    compiler.add(table)
    let engine = ComponentEngine(try compiler.compile())
    var statistics = network.emptyStatistics
    let logLikelihood = try engine.expect(under: network, into: &statistics)
    return (logLikelihood, statistics.values)
  }

  private func expectAgreementWithEnumeration(_ network: BayesianNetwork, _ table: Table) throws {
    var oracle = EnumerationEngine(table)
    var expected = network.emptyStatistics
    let logLikelihood = try oracle.expect(under: network, into: &expected)
    let full = try Self.expect(network, table)
    expectClose(full.logLikelihood, logLikelihood, relative: 1e-10, absolute: 1e-10)
    expectClose(full.counts, expected.values, relative: 1e-10, absolute: 1e-10)
  }

  @Test(arguments: 0..<500) func engineAgreesWithEnumeration(seed: Int) throws {
    let (network, table) = Self.problem(seed)
    try expectAgreementWithEnumeration(network, table)
  }

  /// Variables of more states than the kernels have registers for.
  @Test(arguments: 0..<100) func engineAgreesWithEnumerationForManyStates(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let network = Arbitrary.network(variables: 3, maximumStates: 13, zeros: seed % 2 == 0 ? 0.2 : 0, using: &random)
    let table = Arbitrary.table(
      for: network, rows: 6, missing: 0.4, hidden: seed % 3 == 0 ? [VariableID(seed % 2)] : [], using: &random)
    try expectAgreementWithEnumeration(network, table)
  }

  /// Barren variables add nothing to the likelihood, whatever is completed.
  @Test(arguments: 0..<250) func completionsAgreeOnTheLogLikelihood(seed: Int) throws {
    let (network, table) = Self.problem(seed)
    let full = try Self.expect(network, table)
    let minimal = try Self.expect(network, table, .minimal)
    expectClose(minimal.logLikelihood, full.logLikelihood, relative: 1e-12, absolute: 1e-12)
    for (few, all) in zip(minimal.counts, full.counts) { #expect(few <= all + 1e-9) }
  }

  @Test(arguments: 0..<50) func aWeightIsARepetition(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let network = Arbitrary.network(variables: 6, using: &random)
    let table = Arbitrary.table(
      for: network, rows: 20, missing: 0.4, hidden: [VariableID(seed % 6)], using: &random)
    let weights = (0..<20).map { _ in Int.random(in: 0...3, using: &random) }
    let weighted = try Table(schema: table.schema, columns: table.columns, weights: weights.map { Double($0) })
    let repeated = table.selecting((0..<20).flatMap { Array(repeating: $0, count: weights[$0]) })
    let once = try Self.expect(network, weighted)
    let often = try Self.expect(network, repeated)
    expectClose(once.logLikelihood, often.logLikelihood, relative: 1e-12, absolute: 1e-12)
    expectClose(once.counts, often.counts, relative: 1e-12, absolute: 1e-12)
  }

  @Test(arguments: 0..<50) func theOrderOfRowsAndNamesDoesNotMatter(seed: Int) throws {
    let (network, table) = Self.problem(seed)
    var random = SplitMix64(seed: UInt64(seed))
    let shuffled = table.selecting(Array(0..<table.rowCount).shuffled(using: &random))
    let expected = try Self.expect(network, table)
    let permuted = try Self.expect(network, shuffled)
    expectClose(permuted.logLikelihood, expected.logLikelihood, relative: 1e-12, absolute: 1e-12)
    expectClose(permuted.counts, expected.counts, relative: 1e-12, absolute: 1e-12)

    let renamed = Relabelling(of: network.schema, using: &random)
    let other = try Self.expect(renamed(network), renamed(table))
    expectClose(other.logLikelihood, expected.logLikelihood, relative: 1e-12, absolute: 1e-12)
    expectClose(other.counts, renamed(expected.counts, cellsOf: network.structure), relative: 1e-11, absolute: 1e-11)
  }

  /// ∂ℓ/∂θ = N/θ for the expected counts N, by differences.
  @Test(arguments: 0..<50) func countsAreTheGradient(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let network = Arbitrary.network(variables: 5, using: &random)
    let table = Arbitrary.table(for: network, rows: 15, missing: 0.4, hidden: [VariableID(seed % 5)], using: &random)
    var compiler = CircuitCompiler(network.structure, completion: .full)
    compiler.add(table)
    let engine = ComponentEngine(try compiler.compile())
    var statistics = network.emptyStatistics
    _ = try engine.expect(under: network, into: &statistics)
    let cell = Int.random(in: network.parameters.indices, using: &random)
    let step = network.parameters[cell] * 1e-6
    func logLikelihood(_ sign: Double) throws -> Double {
      var parameters = network.parameters
      parameters[cell] += sign * step
      var ignored = network.emptyStatistics
      let moved = BayesianNetwork(checked: network.structure, parameters: parameters, fixed: [])
      return try engine.expect(under: moved, into: &ignored)
    }
    let slope = (try logLikelihood(1) - logLikelihood(-1)) / (2 * step)
    expectClose(slope * network.parameters[cell], statistics.values[cell], relative: 1e-6, absolute: 1e-6)
  }

  @Test func aThousandObservedChildrenDoNotUnderflow() throws {
    let count = 1_500
    let states = ["a", "b"]
    let variables = try (0...count).map { try Variable(name: "v\($0)", states: states) }
    let parents = (0...count).map { $0 == 0 ? [] : [VariableID(0)] }
    let structure = try NetworkStructure(schema: try Schema(variables), parents: parents)
    let parameters = [0.3, 0.7] + (1...count).flatMap { _ in [0.2, 0.8, 0.25, 0.75] }
    let network = try BayesianNetwork(structure: structure, parameters: parameters)
    let columns = (0...count).map { $0 == 0 ? Column.absent : Column.codes([0]) }
    let table = try Table(schema: structure.schema, columns: columns, rowCount: 1)
    let (logLikelihood, counts) = try Self.expect(network, table)
    // log(0.3 · 0.2ⁿ + 0.7 · 0.25ⁿ) with the larger term taken out.
    let larger = naturalLog(0.7) + Double(count) * naturalLog(0.25)
    let smaller = naturalLog(0.3) + Double(count) * naturalLog(0.2)
    let expected = larger + naturalLog(1 + exponential(smaller - larger))
    expectClose(logLikelihood, expected, relative: 1e-12, absolute: 0)
    expectClose(counts[0], exponential(smaller - expected), relative: 1e-9, absolute: 0)
    expectClose(counts[0] + counts[1], 1, relative: 1e-12, absolute: 0)
  }

  /// Chunks depend on the data alone; their counts are added in their order.
  @Test(arguments: 0..<30) func threadsChangeNoBit(seed: Int) throws {
    let (network, table) = Self.problem(seed)
    var compiler = CircuitCompiler(network.structure, completion: .full, chunkSize: 5)
    compiler.add(table)
    let circuit = try compiler.compile()
    var results: [(Double, [Double])] = []
    for threads in [1, 2, 7] {
      let engine = ComponentEngine(circuit, threads: threads)
      var statistics = network.emptyStatistics
      results.append((try engine.expect(under: network, into: &statistics), statistics.values))
    }
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
    let whole = try Self.expect(network, table)
    expectClose(results[0].0, whole.logLikelihood, relative: 1e-12, absolute: 1e-12)
    expectClose(results[0].1, whole.counts, relative: 1e-11, absolute: 1e-11)
  }

  @Test func noRowsGiveNoCounts() throws {
    let (network, table) = Self.problem(3)
    let (logLikelihood, counts) = try Self.expect(network, table.selecting([]))
    #expect(logLikelihood == 0)
    #expect(counts.allSatisfy { $0 == 0 })
  }
}

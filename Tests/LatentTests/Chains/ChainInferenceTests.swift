import LatentData
import LatentInference
import LatentKernels
import LatentModels
import LatentTestSupport
import Testing

/// Answers about sequences, each from several sides.
@Suite struct ChainInferenceTests {
  private static func inference(_ seed: Int) throws -> ChainInference? {
    let (network, table) = ChainLawTests.problem(seed)
    let inference = try ChainInference(network, table)
    return inference.impossibleRows().isEmpty ? inference : nil
  }

  @Test(arguments: 0..<200) func likelihoodsOfSequencesAddUp(seed: Int) throws {
    guard let chain = try Self.inference(seed) else { return }
    let expected = try ChainLawTests.expect(chain.network, chain.table, .full).logLikelihood
    expectClose(try chain.logLikelihoods().reduce(0, +), expected, relative: 1e-10, absolute: 1e-10)
  }

  /// p(state | sequence) is how much the likelihood keeps when the state is observed.
  @Test(arguments: 0..<60) func marginalsAreRatiosOfLikelihoods(seed: Int) throws {
    guard let chain = try Self.inference(seed) else { return }
    let states = chain.network.schema[chain.variable].cardinality
    let found = chain.marginals().probabilities
    let whole = try chain.network.logLikelihood(of: chain.table)
    for row in 0..<chain.table.rowCount where chain.table.code(chain.variable, row: row) < 0 {
      for state in 0..<states {
        var codes = chain.table.codes(of: chain.variable) ?? []
        codes[row] = StateCode(state)
        let part = try chain.network.logLikelihood(of: chain.table(with: codes))
        expectClose(found[row * states + state], exponential(part - whole), relative: 1e-9, absolute: 1e-12)
      }
    }
  }

  /// No path that is drawn from the posterior is more probable than the one that is decoded; and nothing that was observed
  /// changes.
  @Test(arguments: 0..<100) func decodedPathIsTheMostProbable(seed: Int) throws {
    guard let chain = try Self.inference(seed) else { return }
    let path = chain.mostProbablePath()
    let best = try chain.logProbabilities(of: path)
    var random = SplitMix64(seed: UInt64(seed))
    for _ in 0..<20 {
      let drawn = chain.drawnPath(using: &random)
      let other = try chain.logProbabilities(of: drawn)
      for sequence in chain.sequences {
        let (found, highest) = (other[sequence].reduce(0, +), best[sequence].reduce(0, +))
        #expect(found <= highest + 1e-9)
      }
      for row in path.indices {
        let observed = chain.table.code(chain.variable, row: row)
        guard observed >= 0 else { continue }
        #expect(observed == path[row])
        #expect(observed == drawn[row])
      }
    }
  }

  /// What is filled in jointly is at least as probable as what is drawn, and no observed cell changes.
  @Test(arguments: 0..<60) func jointCompletionIsTheMostProbable(seed: Int) throws {
    guard let chain = try Self.inference(seed), chain.network.structure.isCategorical else { return }
    let network = chain.network
    let best = try network.logLikelihood(of: chain.imputed(by: .mostProbable).inSequences(of: chain.table))
    var random = SplitMix64(seed: UInt64(seed))
    for _ in 0..<20 {
      let drawn = try chain.drawnTable(using: &random).inSequences(of: chain.table)
      #expect(try network.logLikelihood(of: drawn) <= best + 1e-9)
      for id in network.schema.ids {
        for row in 0..<drawn.rowCount where chain.table.code(id, row: row) >= 0 {
          #expect(drawn.code(id, row: row) == chain.table.code(id, row: row))
        }
      }
    }
  }

  /// Of many sequences that were drawn, the engine finds the parameters again.
  @Test func drawnSequencesHaveTheirTransitions() throws {
    var random = SplitMix64(seed: 4)
    let (network, _) = ChainLawTests.problem(8)
    let drawn = network.sample(sequences: 300, steps: 40, using: &random)
    var fitted = network
    var statistics = network.emptyStatistics
    var compiler = CircuitCompiler(network.structure)
    compiler.add(drawn)
    _ = try ComponentEngine(try compiler.compile()).expect(under: network, into: &statistics)
    fitted.maximize(from: statistics)
    let chain = try #require(network.structure.chainVariable)
    let family = network.structure.family(of: chain)
    for configuration in 0..<family.configurations {
      let weight = statistics.values[family.statistics(in: configuration)].reduce(0, +)
      for cell in family.parameters(in: configuration) where weight > 0 {
        let probability = network.parameters[cell]
        let deviation = (probability * (1 - probability) / weight).squareRoot()
        let difference = (fitted.parameters[cell] - probability).magnitude
        #expect(difference <= 5 * deviation + 1e-9)
      }
    }
  }
}

extension Table {
  /// These rows as the sequences of another table of as many rows.
  fileprivate func inSequences(of other: Table) throws -> Table {
    let plain = try Table(schema: schema, columns: columns, rowCount: rowCount)
    return try plain.withSequences(startingAt: other.sequenceStarts ?? [])
  }
}

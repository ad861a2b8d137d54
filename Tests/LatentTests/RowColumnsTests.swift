import LatentData
import LatentInference
import LatentKernels
import LatentModels
import LatentTestSupport
import Testing

/// What is made for all rows at once is what is made row by row.
@Suite struct RowColumnsTests {
  @Test(arguments: 0..<60) func completionsModesAndExplanationsAreThoseOfTheRows(seed: Int) throws {
    let (network, table) =
      seed.isMultiple(of: 2) ? try ImputationTests.tiedProblem(seed) : ImputationTests.problem(seed)
    let inference = try RowInference(network, table)
    let completion = MostProbableCompletion(inference)
    let posteriors = RowPosteriors(inference)
    let completions = completion.completions()
    let modes = posteriors.modes()
    for latent in [table.schema.ids.filter { table.columns[$0.index] == .absent }, [VariableID(seed % 6)]] {
      let decoding = Decoding(inference, latent: latent)
      let states = decoding.states()
      let logProbabilities = decoding.logProbabilities(of: states)
      for row in 0..<table.rowCount {
        let explanation = decoding.explanation(row: row)
        #expect(states.map { $0[row] } == explanation.states, "seed \(seed), row \(row)")
        #expect(logProbabilities[row] == explanation.logProbability, "seed \(seed), row \(row)")
      }
    }
    for row in 0..<table.rowCount {
      #expect(completions.map { $0[row] } == completion.completion(row: row), "seed \(seed), row \(row)")
      #expect(modes.map { $0[row] } == posteriors.modes(row: row), "seed \(seed), row \(row)")
    }
  }

  @Test(arguments: 0..<60) func posteriorsOfSomeVariablesAreThoseAmongAll(seed: Int) throws {
    let (network, table) = ImputationTests.problem(seed)
    let inference = try RowInference(network, table)
    let asked = network.schema.ids.filter { ($0.index + seed) % 3 != 0 }
    let (all, some) = (RowPosteriors(inference), RowPosteriors(inference, of: asked))
    for row in 0..<table.rowCount {
      var expected: [[Double]] = []
      var found: [[Double]] = []
      all.forEach(row: row) { id, posterior in
        if asked.contains(id) { expected.append([Double(id.index)] + posterior) }
      }
      some.forEach(row: row) { id, posterior in found.append([Double(id.index)] + posterior) }
      #expect(found == expected, "seed \(seed), row \(row)")
      var cells: [Int] = []
      some.appendCells(ofRow: row, to: &cells)
      #expect(
        cells.map { [Double(some.variable(ofCell: $0).index)] + some.posterior(ofCell: $0) } == expected,
        "seed \(seed), row \(row)")
    }
  }

  /// More rows than are summed up together, and families that a row has only in part.
  @Test func logLikelihoodsOfManyRowsAreThoseOfEach() throws {
    var random = SplitMix64(seed: 4)
    let network = Arbitrary.network(variables: 7, zeros: 0.1, using: &random)
    let table = Arbitrary.table(for: network, rows: 5000, missing: 0.2, hidden: [VariableID(3)], using: &random)
    let inference = try RowInference(network, table)
    for row in stride(from: 0, to: table.rowCount, by: 97) {
      let alone = try RowInference(network, table.selecting([row]))
      #expect(inference.logLikelihood(row: row) == alone.logLikelihood(row: 0), "row \(row)")
    }
  }
}

/// Numbers drawn in bulk against one after the other.
@Suite struct DrawnNumbersTests {
  @Test func theUnitIntervalIsDividedAsByTheStandardLibrary() {
    var (bits, whole) = (SplitMix64(seed: 11), SplitMix64(seed: 11))
    for _ in 0..<10_000 {
      let expected = Double.random(in: 0..<1, using: &whole)
      #expect(unitInterval(bits.next()) == expected)
    }
    #expect(unitInterval(.max) < 1 && unitInterval(0) == 0)
  }

  /// Rows are drawn in blocks, variable by variable; the numbers are used cell by cell all the same.
  @Test(arguments: [1, 511, 512, 513, 1500]) func samplesAreThoseOfRowsDrawnOneByOne(rows: Int) {
    var random = SplitMix64(seed: 21)
    let network = Arbitrary.network(variables: 7, zeros: 0.2, using: &random)
    var (block, single) = (SplitMix64(seed: 5), SplitMix64(seed: 5))
    let table = network.sample(rows: rows, using: &block)
    for row in 0..<rows {
      var codes = [StateCode](repeating: -1, count: network.schema.count)
      for id in network.structure.graph.topologicalOrder {
        var rest = Double(single.next() >> 11) * 0x1p-53
        let parents = network.structure.family(of: id).parents.map { codes[$0.index] }
        for (state, probability) in network.distribution(of: id, given: parents).enumerated() {
          if rest >= 0, probability > 0 { codes[id.index] = StateCode(state) }
          rest -= probability
        }
      }
      #expect(table.codes(row: row) == codes, "row \(row)")
    }
    #expect(block.next() == single.next(), "as many numbers were used")
  }
}

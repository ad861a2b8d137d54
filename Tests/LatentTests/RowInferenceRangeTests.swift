import LatentData
import LatentInference
import LatentKernels
import LatentModels
import Testing

/// How far apart the cells of one message may lie.
@Suite struct RowInferenceRangeTests {
  /// Half of the children speak for one state of the hidden root, the other half for the other.
  @Test func contradictoryChildren() throws {
    try expectEvenPosterior(children: 600)
  }

  /// After 729 children with a likelihood ratio of 9 in one direction the cells of one message are more than 10³⁰⁸
  /// apart; the other half of the children turns the balance.
  @Test func contradictoryChildrenBeyondTheRangeOfOneMessage() throws {
    try expectEvenPosterior(children: 1_500)
  }

  private func expectEvenPosterior(children count: Int) throws {
    let variables = try (0...count).map { try Variable(name: "v\($0)", states: ["a", "b"]) }
    let structure = try NetworkStructure(
      schema: try Schema(variables), parents: (0...count).map { $0 == 0 ? [] : [VariableID(0)] })
    let network = try BayesianNetwork(
      structure: structure, parameters: [0.5, 0.5] + (1...count).flatMap { _ in [0.9, 0.1, 0.1, 0.9] })
    let columns = (0...count).map { $0 == 0 ? Column.absent : Column.codes([$0 <= count / 2 ? 0 : 1]) }
    let table = try Table(schema: structure.schema, columns: columns, rowCount: 1)
    let inference = try RowInference(network, table)
    expectClose(
      inference.logLikelihood(row: 0), Double(count / 2) * naturalLog(0.09), relative: 1e-12)
    RowPosteriors(inference).forEach(row: 0) { _, posterior in
      expectClose(Array(posterior), [0.5, 0.5], relative: 1e-9)
    }
    #expect(MostProbableCompletion(inference).completion(row: 0)[0] == 0, "a tie goes to the state listed first")

    var compiler = CircuitCompiler(structure)
    compiler.add(table)
    let engine = ComponentEngine(try compiler.compile())
    var statistics = network.emptyStatistics
    let logLikelihood = try engine.expect(under: network, into: &statistics)
    expectClose(logLikelihood, Double(count / 2) * naturalLog(0.09), relative: 1e-12)
    expectClose(Array(statistics.values[0..<2]), [0.5, 0.5], relative: 1e-9)
    expectClose(statistics.values.reduce(0, +), Double(count + 1), relative: 1e-9)
  }
}

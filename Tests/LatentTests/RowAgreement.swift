import LatentData
import LatentInference
import LatentModels
import LatentTestSupport
import Testing

/// Expects of every row the log-likelihood, the posteriors and the most probable completion that enumeration gives.
///
/// - logLikelihood, posterior: how large a relative difference may be.
func expectRowsAgreeWithEnumeration(
  _ network: BayesianNetwork, _ table: Table, logLikelihood: Double, posterior tolerance: Double
) throws {
  let inference = try RowInference(network, table)
  let posteriors = RowPosteriors(inference)
  let completions = MostProbableCompletion(inference)
  let enumeration = Enumeration(network)
  for row in 0..<table.rowCount {
    let evidence = Evidence(row: row, of: table)
    let joint = try enumeration.joint(given: evidence)
    expectClose(
      inference.logLikelihood(row: row), try enumeration.logProbability(of: evidence), relative: logLikelihood,
      absolute: 1e-10)
    posteriors.forEach(row: row) { id, posterior in
      var expected = [Double](repeating: 0, count: posterior.count)
      for completion in joint { expected[Int(completion.states[id.index])] += completion.probability }
      expectClose(Array(posterior), expected, relative: tolerance, absolute: 1e-12)
    }
    #expect(completions.completion(row: row) == (try enumeration.mostProbableExplanation(given: evidence)).states)
  }
}

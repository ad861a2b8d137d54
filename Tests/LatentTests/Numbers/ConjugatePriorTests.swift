import Latent
import LatentInference
import LatentKernels
import LatentLearning
import LatentModels
import LatentTestSupport
import Testing

/// Priors of means, covariances and rates.
@Suite struct ConjugatePriorTests {
  private static func options(_ prior: FitPrior) -> FitOptions {
    var options = FitOptions()
    options.prior = prior
    options.stopping = StoppingRule(maximumIterations: 5000, tolerance: 1e-15)
    return options
  }

  /// The prior is rows that lie about the means of the columns, one pair for each column.
  @Test(arguments: Covariance.allCases, [0.5, 3]) func aPriorIsRows(shape: Covariance, weight: Double) throws {
    let model = try Model(variables: ["b": .block(["x", "y", "z"], covariance: shape)])
    let columns: [[Double?]] = [
      [1.5, 2, nil, 7, 3, 4.5, 9, -1], [10, nil, 30, 80, 20, 55, 70, nil], [0.1, 0.4, 0.2, nil, 0.9, 0.3, 0.8, 0.6],
    ]
    let table = try Table(
      ["x": .numbers(columns[0]), "y": .numbers(columns[1]), "z": .numbers(columns[2])], for: model)
    let frame = Frame(table)
    var extended = columns
    for (column, id) in model.schema.ids.enumerated() {
      for side in [-1.0, 1] {
        for (other, otherID) in model.schema.ids.enumerated() {
          let distance = other == column ? side * (3 * frame[id].variance).squareRoot() : 0
          extended[other].append(frame[otherID].origin + distance)
        }
      }
    }
    let more = try Table(
      ["x": .numbers(extended[0]), "y": .numbers(extended[1]), "z": .numbers(extended[2])],
      weights: [Double](repeating: 1, count: 8) + [Double](repeating: weight / 6, count: 6), for: model)
    let fit = try model.fit(to: table, options: Self.options(.dirichlet(pseudoCount: weight)))
    let expected = try model.fit(to: more, options: Self.options(.none))
    expectClose(fit.network.parameters, expected.network.parameters, relative: 1e-6, absolute: 1e-6)
  }

  @Test func aPriorOfARateIsRowsLikeTheColumn() throws {
    let model = try Model(
      variables: ["k": ["a", "b"], "n": .count], edges: ["k -> n"])
    let table = try Table(["k": ["a", "a", "b", "b", "b"], "n": [1, 3, 10, 14, 12]], for: model)
    let fit = try model.fit(to: table, options: Self.options(.dirichlet(pseudoCount: 2)))
    // The column has the mean 8.
    expectClose(Array(fit.network.parameters.suffix(2)), [(4 + 16) / 4.0, (36 + 16) / 5.0], relative: 1e-12)
  }

  @Test(arguments: 0..<60) func theObjectiveNeverFalls(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let (network, table) = Arbitrary.numericProblem(
      variables: 2, families: 2, rows: 25, missing: 0.3, hiddenCount: 1, using: &random)
    let model = Model(network, name: "")
    let frame = Frame(table)
    let prior = try #require(try Self.options(.dirichlet(pseudoCount: 0.7)).pseudoStatistics(of: model, frame))
    var compiler = CircuitCompiler(network.structure)
    compiler.add(table)
    var engine = ComponentEngine(try compiler.compile())
    let fit = try ExpectationMaximization(stopping: StoppingRule(maximumIterations: 40))
      .fit(network, with: &engine, prior: prior)
    for (before, after) in zip(fit.objectives, fit.objectives.dropFirst()) {
      #expect(after >= before - 1e-9 * (1 + before.magnitude))
    }
    expectClose(fit.objective, fit.logLikelihood + fit.model.score(prior), relative: 1e-12)
  }
}

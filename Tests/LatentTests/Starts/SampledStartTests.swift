import Latent
import LatentKernels
import LatentModels
import LatentTestSupport
import Testing

@testable import LatentLearning

/// Starts that are made from rows.
@Suite struct SampledStartTests {
  /// A model without parameters, of a structure of which some variables are latent.
  private static func model(_ network: BayesianNetwork, latent: Set<VariableID>) throws -> Model {
    try Model(
      name: "", structure: network.structure, latent: latent,
      parameters: [[Double]?](repeating: nil, count: network.schema.count))
  }

  private static func problem(_ seed: Int, missing: Double = 0.3) throws -> (model: Model, table: Table) {
    var random = SplitMix64(seed: UInt64(seed))
    let (network, table) = Arbitrary.mixedProblem(
      variables: 4, numbers: 1 + seed % 3, rows: 40, missing: missing, hiddenCount: 1 + seed % 3, using: &random)
    let latent = network.schema.ids.filter { network.schema[$0].isCategorical && table.columns[$0.index] == .absent }
    return (try model(network, latent: Set(latent)), table)
  }

  /// Every kind of network: the start can be computed with, no probability of it is zero, and EM climbs from it.
  @Test(arguments: 0..<100, [StartPolicy.standard, .random(2)]) func startsArePossible(
    seed: Int, policy: StartPolicy
  ) throws {
    let (model, table) = try Self.problem(seed)
    let prepared: PreparedFit
    do { prepared = try PreparedFit(model, to: table, starts: policy) } catch FitError.constantColumn { return }
    for start in prepared.starts {
      for id in model.schema.ids { #expect(start.model.table(of: id).flaw == nil) }
      let tables = start.model.parameters[..<model.structure.tableCellCount]
      #expect(!tables.contains(0))
    }
    var options = FitOptions()
    options.stopping = StoppingRule(maximumIterations: 20)
    let fit = try model.fit(to: table, starts: policy, options: options)
    #expect(fit.trace.allSatisfy { $0.isFinite })
  }

  /// A start alone is the same as among others, and on any number of threads.
  @Test(arguments: 0..<20) func aSeedIsAStart(seed: Int) throws {
    let (model, table) = try Self.problem(seed, missing: 0.1)
    for first in [StartPolicy.First.parametersIfAny, .random] {
      let many = try PreparedFit(model, to: table, starts: StartPolicy(first, count: .exactly(4)), seed: 3).starts
      var options = FitOptions()
      options.threads = 3
      let alone = try PreparedFit(
        model, to: table, starts: StartPolicy(first, count: .exactly(1)), seed: 6, options: options)
      #expect(alone.starts[0].model == many[3].model && alone.starts[0].origin == many[3].origin)
    }
  }

  private static func mixture(_ classes: Int) throws -> Model {
    try Model(variables: ["k": .latent(classes), "x": .real, "c": ["n", "y"]], edges: ["k -> *"])
  }

  @Test func originsSayHowAStartWasMade() throws {
    let model = try Self.mixture(2)
    let table = try Table(["x": [1, 2, 3, 11, 12, 13], "c": ["n", "n", nil, "y", "y", nil]], for: model)
    func origins(_ model: Model, _ policy: StartPolicy) throws -> [StartOrigin] {
      try PreparedFit(model, to: table, starts: policy, seed: 5).starts.map(\.origin)
    }
    #expect(try origins(model, .standard) == (5...14).map { .kMeans(seed: $0) })
    #expect(try origins(model, .kMeans(2)) == [.kMeans(seed: 5), .kMeans(seed: 6)])
    #expect(try origins(model, .random(2)) == [.random(seed: 5), .random(seed: 6)])
    let fitted = try model.fit(to: table, starts: 1).model
    #expect(try origins(fitted, .standard) == [.file])
    #expect(try origins(fitted, 2) == [.file, .kMeans(seed: 5)])
    var fixed = fitted
    fixed.fixed = [VariableID(1)]
    #expect(try origins(fixed, .random(1)) == [.random(seed: 5)])
    #expect(throws: FitError.nothingToCluster) { try origins(fixed, .kMeans(1)) }
    fixed.fixed = [VariableID(0)]
    #expect(try origins(fixed, .kMeans(1)) == [.kMeans(seed: 5)])
    #expect(
      try PreparedFit(fixed, to: table, starts: .kMeans(1)).starts[0].model.parameters(of: VariableID(0))
        == fitted.network?.parameters(of: VariableID(0)))
  }

  /// Two groups far apart: the first start has their means and shares, but for the pseudo-counts of one row each.
  @Test func aStartHasTheMomentsOfItsClusters() throws {
    let model = try Self.mixture(2)
    let table = try Table(
      ["x": .numbers([1, 2, 3, nil, 101, 102, 103, 104]), "c": .labels(["n", "n", "n", "n", "y", "y", "y", nil])],
      for: model)
    let start = try PreparedFit(model, to: table, starts: .kMeans(1)).starts[0].model
    let values = [1, 2, 3, 101, 102, 103, 104.0]
    var moments = WeightedMoments()
    moments.add(values, weights: values.map { _ in 1 })
    // The order of the clusters is that of their discovery.
    let isSwapped = start.gaussian(of: VariableID(1), given: [0]).mean > 50
    for (state, group, size) in [(isSwapped ? 1 : 0, values[..<3], 4.0), (isSwapped ? 0 : 1, values[3...], 4.0)] {
      let code = StateCode(state)
      expectClose(start.distribution(of: VariableID(0))[state], (size + 0.5) / 9, relative: 1e-12)
      let weight = Double(group.count) + 1
      let mean = (group.reduce(0, +) + moments.mean) / weight
      let second = (group.reduce(0) { $0 + $1 * $1 } + moments.variance + moments.mean * moments.mean) / weight
      let gaussian = start.gaussian(of: VariableID(1), given: [code])
      expectClose([gaussian.mean, gaussian.variance], [mean, second - mean * mean], relative: 1e-9)
    }
    expectClose(
      start.distribution(of: VariableID(2), given: [isSwapped ? 1 : 0]), [4.5 / 5, 0.5 / 5], relative: 1e-12)
  }

  /// Rows that are labelled say which state is which.
  @Test(arguments: 1...5) func labelledRowsKeepTheirStates(seed: UInt64) throws {
    let model = try Self.mixture(3)
    let table = try Table(
      ["k": ["2", nil, nil, nil, nil, nil, nil, "1", nil], "x": [1, 2, 1.5, 21, 22, 21.5, 42, 41, 41.5]], for: model)
    let start = try PreparedFit(model, to: table, starts: .kMeans(1), seed: seed).starts[0].model
    let means = (0..<3).map { start.gaussian(of: VariableID(1), given: [StateCode($0)]).mean }
    #expect(means[1] < means[2] && means[2] < means[0], "\(means)")
  }

  /// The zeros of a file, and what is fixed, stay; a latent variable above them begins at random.
  @Test func structuralZerosStay() throws {
    let model = try Model(
      variables: ["k": .latent(2), "x": .real, "c": ["n", "y"]], edges: ["k -> *"],
      parameters: ["k": [0.5, 0.5], "x": [0, 1, 5, 1], "c": [1, 0, 0.5, 0.5]])
    let table = try Table(["x": [1, 2, 3, 11], "c": ["n", "y", "y", "y"]], for: model)
    var options = FitOptions()
    options.zeros = .structural
    let starts = try PreparedFit(model, to: table, starts: .random(5), options: options).starts
    for start in starts { #expect(start.model.distribution(of: VariableID(2), given: [0]) == [1, 0]) }
    let fit = try model.fit(to: table, starts: .random(5), options: options)
    #expect(fit.network.distribution(of: VariableID(2), given: [0]) == [1, 0])
  }

  /// Groups far apart are found by every start.
  @Test func startsReachTheBestModeOfGroupsFarApart() throws {
    let model = try Model(variables: ["k": .latent(5), "x": .real, "y": .real], edges: ["k -> *"])
    var random = SplitMix64(seed: 3)
    let centers = [(0.0, 0.0), (20, 0), (0, 20), (20, 20), (10, 40)]
    let points = (0..<300).map { row in
      (
        centers[row % 5].0 + Double.random(in: -2...2, using: &random),
        centers[row % 5].1 + Double.random(in: -2...2, using: &random)
      )
    }
    let table = try Table(
      ["x": .numbers(points.enumerated().map { $0 % 7 == 0 ? nil : $1.0 }), "y": .numbers(points.map(\.1))], for: model)
    let fit = try model.fit(to: table, starts: .kMeans(10))
    let hits = fit.starts.count { fit.logLikelihood - $0.logLikelihood < 1e-3 }
    #expect(hits >= 6, "\(fit.starts.map(\.logLikelihood))")
  }
}

import Latent
import LatentKernels
import LatentModels
import LatentTestSupport
import Testing

@testable import LatentLearning

/// Variances that run to zero, and classes that nobody is in.
@Suite struct DegenerateTests {
  private static let model = Result {
    try Model(variables: ["k": .latent(2), "x": .real, "y": .real], edges: ["k -> *"])
  }

  /// A cloud about 0, and some rows at one point.
  private static func table(
    _ model: Model, cloud: Int, equal: Int, at point: Double, using random: inout some RandomNumberGenerator
  ) throws -> Table {
    func numbers() -> ColumnValues {
      .numbers(
        (0..<cloud).map { _ in sampleStandardNormal(using: &random) } + [Double](repeating: point, count: equal))
    }
    return try Table(["x": numbers(), "y": numbers()], for: model)
  }

  /// The component is named with its rows; ℓ never falls and stays finite, whatever the floor.
  @Test(arguments: 0..<10, [0, 1e-6, 1e-3]) func aPointIsFoundAndNamed(seed: Int, floor: Double) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let model = try Self.model.get()
    let table = try Self.table(model, cloud: 60, equal: 6, at: 5, using: &random)
    let near = try Model(
      variables: ["k": .latent(2), "x": .real, "y": .real], edges: ["k -> *"],
      parameters: ["k": [0.9, 0.1], "x": [0, 1, 5, 0.1], "y": [0, 1, 5, 0.1]])
    for acceleration in AccelerationMethod.allCases {
      var options = FitOptions()
      options.varianceFloor = floor
      options.acceleration = acceleration
      let fit = try near.fit(to: table, options: options)
      #expect(fit.trace.allSatisfy { $0.isFinite } && fit.network.parameters.allSatisfy { $0.isFinite })
      #expect(fit.degenerate.map(\.name) == ["x given k=2", "y given k=2"])
      #expect(fit.degenerate.map(\.cause) == [.varianceAtFloor, .varianceAtFloor])
      #expect(fit.degenerate.map(\.rows) == [Array(60..<66), Array(60..<66)])
      #expect(fit.degenerate.map(\.rowCount) == [6, 6])
      let variance = fit.network.gaussian(of: VariableID(1), given: [1]).variance
      let share = variance / Frame(table)[VariableID(1)].variance
      expectClose(share, max(floor, Frame.leastFloorShare), relative: 1e-9)
      let sentences = fit.findings.map { $0.description(in: model.schema) }
      #expect(sentences.contains { $0.contains(floor == 0 ? "runs to zero" : "stands at its floor, \(floor) of") })
      #expect(sentences.contains { $0.contains("x given k=2 (rows 61, 62, 63, 64, 65, 66)") })
    }
  }

  /// Two equal rows in a cloud: a start that sits on them has the higher likelihood, and does not win.
  @Test func aCollapsedStartIsRankedBehind() throws {
    let model = try Self.model.get()
    var random = SplitMix64(seed: 8)
    let table = try Self.table(model, cloud: 40, equal: 2, at: 0.3, using: &random)
    let structure = model.structure
    let starts = try [[0.3, 1e-4, 0.3, 1e-4, 0, 1, 0, 1], [-1, 1, 0, 1, 1, 1, 0, 1.0]].map { row in
      let numbers = [row[0], row[1], row[4], row[5], row[2], row[3], row[6], row[7]]
      return Start(origin: .file, model: try BayesianNetwork(structure: structure, parameters: [0.1, 0.9] + numbers))
    }
    let prepared = try PreparedFit(model, to: table, starts: .random(1))
    var compiler = CircuitCompiler(structure)
    compiler.add(table)
    let result = try Restarts(ExpectationMaximization(stopping: StoppingRule(maximumIterations: 200))).fit(
      starts, of: compiler.compile(),
      comparison: FitComparison(isDegenerate: { !prepared.degenerateComponents($0).isEmpty }))
    #expect(result.reports.map(\.isDegenerate) == [true, false])
    #expect(result.reports[0].objective > result.reports[1].objective)
    #expect(result.bestStart == 1 && result.modes.map(\.starts) == [[1], [0]])
    // The same by the fit: the finding tells of the start behind.
    let known = Model(starts[0].model, name: "", latent: model.latent)
    let fit = try known.fit(to: table, starts: 4)
    let behind = fit.starts.filter { $0.isDegenerate && $0.objective > fit.best.objective }
    #expect(behind.map(\.number).contains(0) && fit.degenerate.isEmpty)
    #expect(
      fit.findings.contains {
        if case .degenerateStarts(behind.count, let highest) = $0 { behind.contains(highest) } else { false }
      })
  }

  /// A class that the start gives no row, and more classes than rows.
  @Test func emptyClassesAreFound() throws {
    let model = try Model(
      variables: ["k": .latent(2), "x": .real], edges: ["k -> x"],
      parameters: ["k": [1, 0], "x": [0, 1, 9, 1]])
    let table = try Table(["x": [-1, 0.5, 0, 1]], for: model)
    let fit = try model.fit(to: table)
    #expect(fit.degenerate.map(\.name) == ["k=2"] && fit.degenerate.map(\.cause) == [.emptyClass])
    #expect(fit.starts[0].isDegenerate)
    #expect(
      fit.findings.map { $0.description(in: model.schema) }
        .contains("no row is expected in k=2: the fit has fewer classes than the model"))
    let many = try Model(variables: ["k": .latent(9), "x": .real], edges: ["k -> x"])
    let crowded = try many.fit(to: Table(["x": [-1, 0.5, 0, 1]], for: many), starts: 3)
    #expect(crowded.trace.allSatisfy { $0.isFinite } && crowded.network.parameters.allSatisfy { $0.isFinite })
  }

  /// One column of a block follows from another: both are named, whatever the shape and the floor, and the log-likelihood
  /// never falls. Where numbers of a class are independent, nothing is wrong.
  @Test(arguments: Covariance.allCases, [0, 1e-6, 1e-2]) func columnsThatFollowFromOthers(
    covariance: Covariance, floor: Double
  ) throws {
    let model = try Self.block(covariance)
    var random = SplitMix64(seed: 3)
    let x = (0..<40).map { _ in Double.random(in: 0...1, using: &random) }
    let z = (0..<40).map { _ in Double.random(in: 0...1, using: &random) }
    let table = try Table(["x": .numbers(x), "y": .numbers(x.map { 1e9 * $0 - 7 }), "z": .numbers(z)], for: model)
    for acceleration in AccelerationMethod.allCases {
      var options = FitOptions()
      options.varianceFloor = floor
      options.acceleration = acceleration
      let fit = try model.fit(to: table, starts: .kMeans(3), options: options)
      #expect(fit.trace.allSatisfy { $0.isFinite } && fit.network.parameters.allSatisfy { $0.isFinite })
      switch covariance {
      case .full:
        #expect(fit.degenerate.map(\.name) == ["x, y in b given k=1", "x, y in b given k=2"])
        #expect(fit.degenerate.map(\.rowCount).reduce(0, +) == 40)
      case .tied:
        #expect(fit.degenerate.map(\.name) == ["x, y in b"] && fit.degenerate.map(\.rowCount) == [40])
      case .diagonal, .spherical: #expect(fit.degenerate.isEmpty)
      }
      let sentences = fit.findings.map { $0.description(in: model.schema) }
      let isSingular = covariance == .full || covariance == .tied
      #expect(sentences.contains { $0.contains("one follows from the others") } == (isSingular && floor > 0))
    }
  }

  private static func block(_ covariance: Covariance) throws -> Model {
    let schema = try Schema([
      Variable(name: "k", states: ["1", "2"]), Variable(name: "x", domain: .real), Variable(name: "y", domain: .real),
      Variable(name: "z", domain: .real),
    ])
    let columns = [1, 2, 3].map { VariableID($0) }
    let structure = try NetworkStructure(
      schema: schema, parents: [[]] + columns.map { _ in [VariableID(0)] },
      blocks: [Block(name: "b", columns: columns, covariance: covariance)])
    return try Model(
      name: "", structure: structure, latent: [VariableID(0)], parameters: structure.families.map { _ in nil })
  }

  @Test func networksOfCategoriesAreNeverDegenerate() throws {
    let model = try Model(
      variables: ["k": .latent(2), "a": ["n", "y"]], edges: ["k -> a"],
      parameters: ["k": [1, 0], "a": [0.5, 0.5, 0.1, 0.9]])
    let fit = try model.fit(to: Table(["a": ["n", "y", "y"]], for: model))
    #expect(fit.degenerate.isEmpty && !fit.starts[0].isDegenerate)
  }

  @Test(arguments: [-1e-9, 1, .nan, .infinity]) func floorsAreShares(floor: Double) throws {
    let model = try Self.model.get()
    var random = SplitMix64(seed: 1)
    let table = try Self.table(model, cloud: 5, equal: 0, at: 0, using: &random)
    var options = FitOptions()
    options.varianceFloor = floor
    #expect {
      try model.fit(to: table, options: options)
    } throws: { error in
      if case FitError.varianceFloor = error { true } else { false }
    }
  }
}

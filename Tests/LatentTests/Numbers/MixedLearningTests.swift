import LatentData
import LatentInference
import LatentKernels
import LatentLearning
import LatentModels
import LatentTestSupport
import Testing

/// What EM makes of numbers: closed forms, floors, recovery.
@Suite struct MixedLearningTests {
  @Test(arguments: 0..<40) func completeDataHaveTheMomentsOfTheirGroups(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let (network, table) = Arbitrary.mixedProblem(variables: 3, numbers: 2, rows: 80, missing: 0, using: &random)
    let model = Model(network, name: "")
    let start = model.randomStart(zeros: .parameters, frame: Frame(table), using: &random)
    var compiler = CircuitCompiler(network.structure)
    compiler.add(table)
    var engine = ComponentEngine(try compiler.compile())
    let fit = try ExpectationMaximization().fit(start, with: &engine)
    #expect(fit.iterations <= 2 && fit.outcome == .converged)
    expectClose(fit.logLikelihoods[1], fit.logLikelihood, relative: 1e-12)
    for family in network.structure.numericFamilies {
      let floor = Frame(table)[family.child].varianceFloor
      for configuration in 0..<family.configurations {
        let states = network.structure.parentStates(of: family.child, configuration: configuration)
        let rows = (0..<table.rowCount).filter { row in
          table.weights[row] > 0 && family.parents.map { table.code($0, row: row) } == states
        }
        let weight = rows.reduce(0) { $0 + table.weights[$1] }
        let found = fit.model.gaussian(of: family.child, given: states)
        guard weight > 0 else {
          #expect(found == start.gaussian(of: family.child, given: states), "what no row reaches stays")
          continue
        }
        let mean = rows.reduce(0) { $0 + table.weights[$1] * table.value(family.child, row: $1) } / weight
        let variance = rows.reduce(0) {
          let difference = table.value(family.child, row: $1) - mean
          return $0 + table.weights[$1] * difference * difference / weight
        }
        expectClose(found.mean, mean, relative: 1e-11, absolute: 1e-12)
        expectClose(found.variance, max(variance, floor), relative: 1e-9, absolute: 1e-13)
      }
    }
  }

  /// The start is far from the truth, the estimate is near it; how near is what the number of rows says.
  @Test(arguments: 0..<6) func aMixtureIsFoundAgain(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let (truth, start) = (try Self.mixture([-2, 3], [1, 0.5]), try Self.mixture([-0.5, 0.5], [4, 4]))
    let rows = 4000
    let drawn = truth.sample(rows: rows, using: &random)
    let table = Table(
      checked: drawn.schema, columns: [.absent] + drawn.columns.dropFirst(), weights: drawn.weights)
    let fit = try MixedLawTests.fit(start, table, iterations: 200).model
    // Four standard errors of a mean: σ / √(n/2), with σ ≤ 1; and of a variance: σ² √(2 / (n/2)).
    let tolerance = 4 / (Double(rows) / 2).squareRoot()
    for state in 0..<2 {
      let (expected, found, far) = (
        truth.gaussian(of: VariableID(1), given: [StateCode(state)]),
        fit.gaussian(of: VariableID(1), given: [StateCode(state)]),
        start.gaussian(of: VariableID(1), given: [StateCode(state)])
      )
      #expect((found.mean - expected.mean).magnitude < tolerance * expected.standardDeviation)
      #expect((found.variance - expected.variance).magnitude < 2 * tolerance * expected.variance)
      #expect((far.mean - expected.mean).magnitude > 10 * tolerance * expected.standardDeviation)
    }
  }

  /// A hidden class, a table below it, and a number below both, some cells missing: ℓ of the fit is at least that of the
  /// truth, and rises above it by about half the number of parameters.
  @Test(arguments: 0..<10) func theFitOvertakesTheTruthByLittle(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let truth = Arbitrary.mixedNetwork(variables: 2, numbers: 2, using: &random)
    let table = Arbitrary.table(for: truth, rows: 600, missing: 0.2, using: &random)
    let fit = try MixedLawTests.fit(truth, table, iterations: 300)
    let gain = fit.logLikelihood - fit.logLikelihoods[0]
    let free = Double(Model(truth, name: "").freeParameterCount(zeros: .parameters))
    #expect(gain >= 0)
    #expect(gain < free / 2 + 4 * free.squareRoot() + 3)
  }

  /// A component that sits on equal numbers stops at the floor, which the network tells; EM never falls on the way.
  @Test func aVarianceStopsAtItsFloor() throws {
    let table = try Self.table([1, 1, 1, 1, 2, 3, 4, 100])
    let fit = try MixedLawTests.fit(try Self.mixture([1, 5], [0.5, 40]), table, iterations: 60)
    let frame = Frame(table)
    #expect(fit.model.variancesAtFloor(frame).map(\.configuration) == [1])
    #expect(
      fit.model.gaussian(of: VariableID(1), given: [1])
        == Gaussian(mean: 100, variance: frame[VariableID(1)].varianceFloor))
    for (before, after) in zip(fit.logLikelihoods, fit.logLikelihoods.dropFirst()) {
      #expect(after >= before - 1e-12 * before.magnitude)
    }
  }

  /// A file may have a variance below the floor of these data; learning takes it no further down, nor up against the
  /// likelihood.
  @Test func aStartBelowTheFloorIsNoError() throws {
    let table = try Self.table([1, 1, 1, 1, 2, 3, 4, 100])
    let floor = Frame(table)[VariableID(1)].varianceFloor
    let start = try Self.mixture([1, 5], [floor / 1000, 40])
    let fit = try MixedLawTests.fit(start, table, iterations: 40)
    for (before, after) in zip(fit.logLikelihoods, fit.logLikelihoods.dropFirst()) { #expect(after >= before - 1e-9) }
    #expect(fit.model.gaussian(of: VariableID(1), given: [0]).variance == floor / 1000)
    #expect(fit.model.variancesAtFloor(Frame(table)).map(\.configuration) == [0])
  }

  /// Nothing says what the variance of a constant is: it keeps the one that it had, and no result is NaN or infinite.
  @Test(arguments: [[5.2, 5.2, 5.2], [5.2], [.nan, 5.2], [.nan, .nan], []])
  func aConstantKeepsItsVariance(values: [Double]) throws {
    let table = try Self.table(values)
    var random = SplitMix64(seed: 1)
    let model = Model(try Self.mixture([0, 1], [1, 2]), name: "")
    for start in [
      try Self.mixture([0, 1], [1, 2]),
      model.randomStart(zeros: .parameters, frame: Frame(table), using: &random),
    ] {
      for completion in [CompletionPolicy.minimal, .full] {
        let fit = try MixedLawTests.fit(start, table, iterations: 30, completion)
        #expect(fit.logLikelihoods.allSatisfy { $0.isFinite })
        #expect(fit.model.parameters.allSatisfy { $0.isFinite })
        // Full completion adds rows with the variance at hand to those that have none.
        for state in 0..<2 as Range<StateCode> where completion == .minimal {
          let variance = fit.model.gaussian(of: VariableID(1), given: [state]).variance
          expectClose(variance, start.gaussian(of: VariableID(1), given: [state]).variance, relative: 1e-9)
        }
      }
    }
  }

  /// Numbers as large and as small as a column may have.
  @Test(arguments: [1e140, 1e-140, 1e100, 1e-100]) func scalesAreOfNoConcern(scale: Double) throws {
    let values = [-3, -2.5, -2.75, -3.25, 1, 1.5, 1.25, 2, -1, 0.5]
    let fits = try [1, scale].map { scale in
      let table = try Self.table(values.map { $0 / 4 * scale })
      let start = try Self.mixture([-0.5 * scale, 0.5 * scale], [scale * scale, scale * scale])
      return try MixedLawTests.fit(start, table, iterations: 50)
    }
    let constant = Double(values.count) * naturalLog(scale)
    expectClose(
      fits[1].logLikelihoods, fits[0].logLikelihoods.map { $0 - constant }, relative: 1e-9, absolute: 1e-9)
  }

  /// Where the two classes overlap EM is slow; extrapolation comes to the same maximum in fewer E-steps.
  @Test(arguments: 0..<3) func accelerationReachesTheSameMaximum(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let drawn = try Self.mixture([0, 2.2], [1, 1]).sample(rows: 1500, using: &random)
    let table = Table(
      checked: drawn.schema, columns: [.absent] + drawn.columns.dropFirst(), weights: drawn.weights)
    var compiler = CircuitCompiler(try Self.mixture([0, 1], [1, 1]).structure)
    compiler.add(table)
    let circuit = try compiler.compile()
    let driver = ExpectationMaximization(stopping: StoppingRule(maximumIterations: 5000, tolerance: 1e-13))
    let fits = try [Acceleration.none, .squarem(frame: circuit.frame)].map { acceleration in
      var engine = ComponentEngine(circuit)
      return try driver.fit(try Self.mixture([-1, 3], [2, 2]), with: &engine, acceleration: acceleration)
    }
    expectClose(fits[1].logLikelihood, fits[0].logLikelihood, relative: 1e-7)
    #expect(fits[1].expectationSteps * 2 < fits[0].expectationSteps)
  }

  @Test func fixedNumbersStay() throws {
    let table = try Self.table([1, 2, 3, 8, 9, 10])
    let free = try Self.mixture([0, 20], [1, 2])
    let fixed = BayesianNetwork(
      checked: free.structure, parameters: free.parameters, fixed: [VariableID(1)])
    let fit = try MixedLawTests.fit(fixed, table, iterations: 20)
    #expect(fit.model.parameters(of: VariableID(1)) == fixed.parameters(of: VariableID(1)))
    #expect(fit.model.parameters(of: VariableID(0)) != fixed.parameters(of: VariableID(0)))
    #expect(Model(fixed, name: "").freeParameterCount(zeros: .parameters) == 1)
    #expect(Model(free, name: "").freeParameterCount(zeros: .parameters) == 5)
  }

  /// A latent variable with nothing but numbers below it.
  @Test func aSymmetryIsFoundBelowNumbersToo() throws {
    let table = try Self.table([1, 2, 3, 8, 9, 10])
    let symmetric = try uninformedVariables(start: try Self.mixture([4, 4], [2, 2]), table: table)
    #expect(symmetric.map(\.variable) == [VariableID(0)] && symmetric.map(\.cause) == [.symmetricStart])
    let informed = try uninformedVariables(start: try Self.mixture([4, 5], [2, 2]), table: table)
    #expect(informed.isEmpty)
    let empty = try Self.table([.nan, .nan])
    let unseen = try uninformedVariables(start: try Self.mixture([4, 5], [2, 2]), table: empty)
    #expect(unseen.map(\.cause) == [.noObservedDescendant, .noObservedDescendant])
  }

  /// A hidden class k with two states, and a number x below it.
  static func mixture(_ means: [Double], _ variances: [Double]) throws -> BayesianNetwork {
    let schema = try Schema([Variable(name: "k", states: ["a", "b"]), Variable(name: "x", domain: .real)])
    let structure = try NetworkStructure(schema: schema, parents: [[], [VariableID(0)]])
    return try BayesianNetwork(
      structure: structure, parameters: [0.5, 0.5] + zip(means, variances).flatMap { [$0, $1] })
  }

  /// Rows of x alone.
  static func table(_ values: [Double]) throws -> Table {
    try Table(
      schema: mixture([0, 0], [1, 1]).schema, columns: [.absent, .reals(values)], rowCount: values.count)
  }
}

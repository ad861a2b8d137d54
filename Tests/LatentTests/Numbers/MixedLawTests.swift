import LatentData
import LatentInference
import LatentKernels
import LatentLearning
import LatentModels
import LatentTestSupport
import Testing

/// Laws that need no oracle, on random problems with variables of numbers.
@Suite struct MixedLawTests {
  /// A leaf that is observed in its first state, or not at all, is evidence with one number per configuration; a number
  /// whose densities are in the same proportions is the same evidence.
  @Test(arguments: 0..<100) func aTableIsTheEvidenceOfANumber(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let discrete = Arbitrary.structure(variables: 4, maximumParents: 2, maximumStates: 3, using: &random)
    let network = Arbitrary.network(discrete, zeros: seed % 2 == 0 ? 0.2 : 0, using: &random)
    let parents = Array(discrete.schema.ids.shuffled(using: &random).prefix(seed % 3))
    let rows = Arbitrary.table(for: network, rows: 40, missing: 0.4, weights: .random, using: &random)
    let isSeen = (0..<40).map { _ in Bool.random(using: &random) }
    let configurations = parents.reduce(1) { $0 * discrete.schema[$1].cardinality }
    let probabilities = (0..<configurations).map { _ in Double.random(in: 0.001..<1, using: &random) }

    func result(_ leaf: Variable, _ column: Column, _ parameters: [Double]) throws -> ([Double], Double, [Double]) {
      let schema = try Schema(discrete.schema.variables + [leaf])
      let structure = try NetworkStructure(schema: schema, parents: discrete.graph.parents + [parents])
      let network = try BayesianNetwork(structure: structure, parameters: network.parameters + parameters)
      let table = try Table(schema: schema, columns: rows.columns + [column], weights: rows.weights)
      let found = try EngineLawTests.expect(network, table, .minimal)
      let cells = discrete.parameterCount
      let width = leaf.isCategorical ? 2 : 3
      let weights = stride(from: cells, to: found.counts.count, by: width).map { found.counts[$0] }
      return (Array(found.counts[..<cells]), found.logLikelihood, weights)
    }
    let table = try result(
      Variable(name: "leaf", states: ["a", "b"]), .codes(isSeen.map { $0 ? 0 : -1 }),
      probabilities.flatMap { [$0, 1 - $0] })
    let number = try result(
      Variable(name: "leaf", domain: .real), .reals(isSeen.map { $0 ? 0 : .nan }),
      probabilities.flatMap { [(-2 * naturalLog($0)).squareRoot(), 1] })
    let seen = zip(rows.weights, isSeen).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
    expectClose(number.0, table.0, relative: 1e-10, absolute: 1e-11)
    expectClose(number.2, table.2, relative: 1e-10, absolute: 1e-11)
    expectClose(number.1, table.1 - seen * 0.5 * naturalLog(2 * .pi), relative: 1e-11, absolute: 1e-11)
  }

  /// Another unit of a column changes ℓ by −n log |a|, and nothing else: x ↦ a x + b.
  @Test(arguments: 0..<100) func aUnitChangesTheLogLikelihoodByAConstant(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let (network, table) = Arbitrary.mixedProblem(
      variables: 3, numbers: 2, rows: 50, missing: 0.2, hiddenCount: 1, using: &random)
    let unit = Unit(
      scale: [0.001, -1, -40, 1e6].randomElement(using: &random) ?? 1,
      shift: Double.random(in: -1000...1000, using: &random))
    let (other, otherTable) = (unit.network(network), unit.table(table))
    var constant = 0.0
    for id in table.schema.ids where !table.schema[id].isCategorical {
      for (row, weight) in table.weights.enumerated() where !table.value(id, row: row).isNaN {
        constant -= weight * naturalLog(unit.scale.magnitude)
      }
    }
    let fits = try [(network, table), (other, otherTable)].map { try Self.fit($0, $1, iterations: 8) }
    expectClose(
      fits[1].logLikelihoods, fits[0].logLikelihoods.map { $0 + constant }, relative: 1e-7, absolute: 1e-7)
    expectClose(fits[1].model.parameters, unit.network(fits[0].model).parameters, relative: 1e-6, absolute: 1e-7)
    let posteriors = try [(network, table), (other, otherTable)].map {
      RowPosteriors(try RowInference($0, $1.withEqualWeights()))
    }
    for row in 0..<table.rowCount {
      var (values, moments): ([[Double]], [[Gaussian]]) = ([[], []], [[], []])
      for (index, posteriors) in posteriors.enumerated() {
        posteriors.forEach(row: row) { values[index] += $1 }
        posteriors.forEachNumber(row: row) { moments[index].append($1) }
      }
      expectClose(values[1], values[0], relative: 1e-7, absolute: 1e-9)
      expectClose(
        moments[1].map(\.mean), moments[0].map { $0.mean * unit.scale + unit.shift }, relative: 1e-7, absolute: 1e-7)
      expectClose(
        moments[1].map(\.standardDeviation), moments[0].map { $0.standardDeviation * unit.scale.magnitude },
        relative: 1e-7)
    }
  }

  @Test(arguments: 0..<60) func aWeightIsARepetitionAndTheOrderOfRowsIsOfNoConcern(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let (network, table) = MixedProblemTests.problem(seed)
    let weights = (0..<table.rowCount).map { _ in Int.random(in: 0...3, using: &random) }
    let weighted = try Table(schema: table.schema, columns: table.columns, weights: weights.map { Double($0) })
    let repeated = weights.indices.flatMap { [Int](repeating: $0, count: weights[$0]) }.shuffled(using: &random)
    let ones = table.withEqualWeights().selecting(repeated)
    for completion in [CompletionPolicy.minimal, .full] {
      let expected = try EngineLawTests.expect(network, weighted, completion)
      let found = try EngineLawTests.expect(network, ones, completion)
      expectClose(found.logLikelihood, expected.logLikelihood, relative: 1e-11, absolute: 1e-11)
      // The origins of the moments differ in the last bits.
      expectClose(found.counts, expected.counts, relative: 1e-9, absolute: 1e-9)
    }
  }

  @Test(arguments: 0..<60) func aColumnWithoutNumbersIsAVariableLess(seed: Int) throws {
    let (network, table) = MixedProblemTests.problem(seed)
    let structure = network.structure
    let removed = structure.schema.ids.first { !structure.schema[$0].isCategorical } ?? VariableID(0)
    func without<Element>(_ list: [Element]) -> [Element] {
      list.indices.filter { $0 != removed.index }.map { list[$0] }
    }
    var columns = table.columns
    columns[removed.index] = .reals([Double](repeating: .nan, count: table.rowCount))
    let empty = try Table(schema: table.schema, columns: columns, weights: table.weights)

    let schema = try Schema(without(structure.schema.variables))
    let parents = try without(structure.graph.parents).map { list in
      try list.map { try #require(schema[structure.schema[$0].name]) }
    }
    let smaller = try NetworkStructure(schema: schema, parents: parents)
    let order = without(structure.schema.ids)
    var parameters = [Double](repeating: 0, count: smaller.parameterCount)
    for (family, id) in zip(smaller.families, order) {
      parameters.replaceSubrange(family.parameters, with: network.parameters(of: id))
    }
    let rest = try EngineLawTests.expect(
      try BayesianNetwork(structure: smaller, parameters: parameters),
      try Table(schema: schema, columns: without(table.columns), weights: table.weights), .minimal)
    let all = try EngineLawTests.expect(network, empty, .minimal)
    expectClose(all.logLikelihood, rest.logLikelihood, relative: 1e-12, absolute: 1e-12)
    for (family, id) in zip(smaller.families, order) {
      expectClose(
        Array(all.counts[structure.family(of: id).statistics]), Array(rest.counts[family.statistics]),
        relative: 1e-12, absolute: 1e-12)
    }
    #expect(all.counts[structure.family(of: removed).statistics].allSatisfy { $0 == 0 })
  }

  /// What full completion adds to the statistics of a row are those of rows drawn from the parameters themselves, so that
  /// both completions have the same stationary points.
  @Test(arguments: 0..<100) func fullCompletionAddsWhatTheParametersSay(seed: Int) throws {
    let (network, table) = MixedProblemTests.problem(seed)
    let frame = Frame(table)
    let minimal = try EngineLawTests.expect(network, table, .minimal).counts
    let full = try EngineLawTests.expect(network, table, .full).counts
    for family in network.structure.families {
      let width = family.statistics.count / family.configurations
      for configuration in 0..<family.configurations {
        let start = family.statistics.lowerBound + configuration * width
        let added = (start..<start + width).map { full[$0] - minimal[$0] }
        let expected: [Double]
        switch family.law {
        case .table:
          let total = added.reduce(0, +)
          expected = network.parameters[family.parameters(in: configuration)].map { $0 * total }
        case .gaussian, .poisson:
          let gaussian = network.gaussian(of: family.child, configuration: configuration)
          let shift = gaussian.mean - frame[family.child].origin
          expected = [1, shift, gaussian.variance + shift * shift].map { $0 * added[0] }
        }
        expectClose(added, expected, relative: 1e-9, absolute: 1e-9)
        #expect(added[0] > -1e-9)
      }
    }
  }

  /// Fisher's identity: the gradient of ℓ is that of the expected complete-data score.
  @Test(arguments: 0..<50) func expectedMomentsAreTheGradient(seed: Int) throws {
    let (network, table) = MixedProblemTests.problem(seed)
    let frame = Frame(table)
    let structure = network.structure
    func logLikelihood(_ parameters: [Double]) throws -> Double {
      try EngineLawTests.expect(BayesianNetwork(structure: structure, parameters: parameters), table, .minimal)
        .logLikelihood
    }
    func slope(_ change: (inout [Double], Double) -> Void) throws -> Double {
      let step = 1e-5
      var (above, below) = (network.parameters, network.parameters)
      change(&above, step)
      change(&below, -step)
      return (try logLikelihood(above) - (try logLikelihood(below))) / (2 * step)
    }
    let moments = try EngineLawTests.expect(network, table, .minimal).counts
    for family in structure.numericFamilies {
      for configuration in 0..<family.configurations {
        let row = family.parameters(in: configuration).lowerBound
        let start = family.statistics.lowerBound + 3 * configuration
        let (shift, variance) = (
          network.parameters[row] - frame[family.child].origin, network.parameters[row + 1]
        )
        let first = moments[start + 1] - shift * moments[start]
        let second = moments[start + 2] - 2 * shift * moments[start + 1] + shift * shift * moments[start]
        expectClose(try slope { $0[row] += $1 }, first / variance, relative: 1e-6, absolute: 1e-5)
        // In log σ: σ² ↦ σ² exp(2h).
        expectClose(
          try slope { $0[row + 1] *= exponential(2 * $1) }, second / variance - moments[start], relative: 1e-6,
          absolute: 1e-5)
      }
    }
  }

  static func fit(
    _ start: BayesianNetwork, _ table: Table, iterations: Int, _ completion: CompletionPolicy = .minimal
  ) throws -> Fit<BayesianNetwork> {
    var compiler = CircuitCompiler(start.structure, completion: completion)
    compiler.add(table)
    var engine = ComponentEngine(try compiler.compile())
    let driver = ExpectationMaximization(stopping: StoppingRule(maximumIterations: iterations, tolerance: 0))
    return try driver.fit(start, with: &engine)
  }
}

/// Another unit for all numbers: x ↦ scale · x + shift.
private struct Unit {
  let scale: Double
  let shift: Double

  func network(_ network: BayesianNetwork) -> BayesianNetwork {
    var parameters = network.parameters
    for family in network.structure.numericFamilies {
      for row in stride(from: family.parameters.lowerBound, to: family.parameters.upperBound, by: 2) {
        parameters[row] = parameters[row] * scale + shift
        parameters[row + 1] *= scale * scale
      }
    }
    return BayesianNetwork(checked: network.structure, parameters: parameters, fixed: network.fixed)
  }

  func table(_ table: Table) -> Table {
    let columns = table.columns.map { column in
      guard case .reals(let values) = column else { return column }
      return .reals(values.map { $0 * scale + shift })
    }
    return Table(checked: table.schema, columns: columns, weights: table.weights)
  }
}

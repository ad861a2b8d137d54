import LatentData
import LatentInference
import LatentKernels
import LatentLearning
import LatentModels
import LatentTestSupport
import Testing

/// Laws of blocks of columns that need no oracle.
@Suite struct BlockLawTests {
  /// A block below variables with states, some hidden, and a table with holes.
  static func problem(
    _ seed: Int, columns: Int, _ covariance: Covariance, rows: Int = 60, missing: Double = 0.25, hiddenCount: Int = 1
  ) -> (network: BayesianNetwork, table: Table) {
    var random = SplitMix64(seed: UInt64(seed))
    return Arbitrary.numericProblem(
      variables: 2, families: 1, kinds: [.block(columns: columns, covariance)], rows: rows, missing: missing,
      hiddenCount: hiddenCount, using: &random)
  }

  /// The same variables and parents with other blocks, or none.
  private static func network(
    like network: BayesianNetwork, blocks: [Block], numbers: [Double]
  ) throws -> BayesianNetwork {
    let structure = try NetworkStructure(
      schema: network.schema, parents: network.structure.graph.parents, blocks: blocks)
    let tables = network.parameters[..<network.structure.tableCellCount]
    return try BayesianNetwork(structure: structure, parameters: tables + numbers)
  }

  @Test(arguments: 0..<100) func aBlockOfOneColumnIsANumber(seed: Int) throws {
    let shapes: [Covariance] = [.full, .diagonal, .spherical]
    let (network, table) = Self.problem(seed, columns: 1, shapes[seed % 3])
    let numbers = Array(network.parameters[network.structure.tableCellCount...])
    let scalar = try Self.network(like: network, blocks: [], numbers: numbers)
    for completion in [CompletionPolicy.minimal, .full] {
      let fits = try [network, scalar].map { try MixedLawTests.fit($0, table, iterations: 6, completion) }
      expectClose(fits[0].logLikelihoods, fits[1].logLikelihoods, relative: 1e-13)
      expectClose(fits[0].model.parameters, fits[1].model.parameters, relative: 1e-10, absolute: 1e-12)
    }
  }

  @Test(arguments: 0..<100) func aDiagonalBlockIsNumbersBesideEachOther(seed: Int) throws {
    let dimension = 2 + seed % 3
    let (network, table) = Self.problem(seed, columns: dimension, .diagonal)
    func scalars(_ network: BayesianNetwork) -> [Double] {
      let family = network.structure.numericFamilies[0]
      let rows = (0..<family.configurations).map { Array(network.parameters[family.parameters(in: $0)]) }
      return (0..<dimension).flatMap { column in
        rows.flatMap { [$0[column], $0[dimension + packedCount(column + 1) - 1]] }
      }
    }
    let apart = try Self.network(like: network, blocks: [], numbers: scalars(network))
    for completion in [CompletionPolicy.minimal, .full] {
      let fits = try [network, apart].map { try MixedLawTests.fit($0, table, iterations: 6, completion) }
      expectClose(fits[0].logLikelihoods, fits[1].logLikelihoods, relative: 1e-12)
      let cells = network.structure.tableCellCount
      expectClose(
        Array(fits[0].model.parameters[..<cells]) + scalars(fits[0].model), fits[1].model.parameters, relative: 1e-9,
        absolute: 1e-10)
    }
  }

  /// Of so many rows that no variance comes near its floor, which is in units of all columns.
  @Test(arguments: 0..<100) func aColumnThatNobodySawIsAColumnLess(seed: Int) throws {
    let shape = Covariance.allCases[seed % 4]
    let (network, table) = Self.problem(seed, columns: 3, shape, rows: 250)
    let unseen = VariableID(table.schema.variables.count - 1)
    var columns = table.columns
    columns[unseen.index] = .reals([Double](repeating: .nan, count: table.rowCount))
    let empty = try Table(schema: table.schema, columns: columns, weights: table.weights)

    let schema = try Schema(Array(table.schema.variables.dropLast()))
    let block = Block(name: "b0", columns: Array(schema.ids.suffix(2)), covariance: shape)
    let structure = try NetworkStructure(
      schema: schema, parents: network.structure.graph.parents.dropLast(), blocks: [block])
    func without(_ network: BayesianNetwork) -> [Double] {
      let family = network.structure.numericFamilies[0]
      return Array(network.parameters[..<network.structure.tableCellCount])
        + (0..<family.configurations).flatMap { configuration in
          let row = Array(network.parameters[family.parameters(in: configuration)])
          return row[..<2] + row[3..<3 + packedCount(2)]
        }
    }
    let smaller = try BayesianNetwork(structure: structure, parameters: without(network))
    let rest = try Table(schema: schema, columns: Array(table.columns.dropLast()), weights: table.weights)
    let all = try MixedLawTests.fit(network, empty, iterations: 6)
    let fit = try MixedLawTests.fit(smaller, rest, iterations: 6)
    expectClose(all.logLikelihoods, fit.logLikelihoods, relative: 1e-11)
    expectClose(without(all.model), fit.model.parameters, relative: 1e-8, absolute: 1e-9)
  }

  /// Complete data: one M-step finds the weighted moments, and the next changes nothing.
  @Test(arguments: 0..<100) func completeDataHaveAClosedForm(seed: Int) throws {
    let shape = Covariance.allCases[seed % 4]
    let (network, table) = Self.problem(seed, columns: 3, shape, rows: 90, missing: 0, hiddenCount: 0)
    let family = network.structure.numericFamilies[0]
    let fit = try MixedLawTests.fit(network, table, iterations: 2)
    expectClose(fit.logLikelihoods[1], fit.logLikelihoods[2], relative: 1e-12)
    var rows = [[(weight: Double, x: [Double])]](repeating: [], count: family.configurations)
    for row in 0..<table.rowCount {
      let configuration = family.parents.reduce(0) {
        $0 * table.schema[$1].cardinality + Int(table.code($1, row: row))
      }
      rows[configuration].append((table.weights[row], family.children.map { table.value($0, row: row) }))
    }
    let scatters = rows.map { Scatter($0) }
    let pooled = scatters.reduce(Scatter([])) { $0.adding($1) }
    for (configuration, scatter) in scatters.enumerated() where scatter.weight > 0 {
      let found = Array(fit.model.parameters[family.parameters(in: configuration)])
      expectClose(Array(found[..<3]), scatter.mean, relative: 1e-10, absolute: 1e-10)
      // A variance of few rows may lie below the floor.
      let frame = Frame(table)
      let covariance = scatter.covariance(shape, pooled)
      let diagonal = [covariance[0], covariance[2], covariance[5]]
      let isAboveFloor = zip(family.children, diagonal).allSatisfy { $1 > 100 * frame[$0].varianceFloor }
      guard isAboveFloor, rows[configuration].count > 9 else { continue }
      expectClose(Array(found[3...]), covariance, relative: 1e-9, absolute: 1e-9, "\(shape)")
    }
  }

  @Test(arguments: 0..<100) func aWeightIsARepetitionAndTheOrderOfRowsIsOfNoConcern(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let (network, table) = BlockProblemTests.problem(seed)
    let weights = (0..<table.rowCount).map { _ in Int.random(in: 0...3, using: &random) }
    let weighted = try Table(schema: table.schema, columns: table.columns, weights: weights.map { Double($0) })
    let repeated = weights.indices.flatMap { [Int](repeating: $0, count: weights[$0]) }.shuffled(using: &random)
    let ones = table.withEqualWeights().selecting(repeated)
    for completion in [CompletionPolicy.minimal, .full] {
      let expected = try MixedLawTests.fit(network, weighted, iterations: 3, completion)
      let found = try MixedLawTests.fit(network, ones, iterations: 3, completion)
      expectClose(found.logLikelihoods, expected.logLikelihoods, relative: 1e-9, absolute: 1e-9)
    }
  }

  /// Other units of the columns change ℓ by −Σ w log |a|, and nothing else: x ↦ a x + b.
  @Test(arguments: 0..<100) func unitsChangeTheLogLikelihoodByAConstant(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let shape = Covariance.allCases[seed % 4]
    let (network, table) = Self.problem(seed, columns: 3, shape)
    let shared = Double.random(in: 0.01...100, using: &random)
    let scales = (0..<3).map { _ in shape == .spherical ? shared : Double.random(in: 0.01...100, using: &random) }
    let shifts = (0..<3).map { _ in Double.random(in: -500...500, using: &random) }
    let family = network.structure.numericFamilies[0]
    func converted(_ network: BayesianNetwork) -> [Double] {
      var parameters = network.parameters
      for configuration in 0..<family.configurations {
        let start = family.parameters(in: configuration).lowerBound
        for i in 0..<3 {
          parameters[start + i] = parameters[start + i] * scales[i] + shifts[i]
          for j in 0...i { parameters[start + 3 + packedCount(i) + j] *= scales[i] * scales[j] }
        }
      }
      return parameters
    }
    var columns = table.columns
    var constant = 0.0
    for (i, id) in family.children.enumerated() {
      guard case .reals(let values) = table.columns[id.index] else { continue }
      columns[id.index] = .reals(values.map { $0 * scales[i] + shifts[i] })
      for (weight, x) in zip(table.weights, values) where !x.isNaN { constant -= weight * naturalLog(scales[i]) }
    }
    let other = try BayesianNetwork(structure: network.structure, parameters: converted(network))
    let otherTable = try Table(schema: table.schema, columns: columns, weights: table.weights)
    let fit = try MixedLawTests.fit(network, table, iterations: 5)
    let found = try MixedLawTests.fit(other, otherTable, iterations: 5)
    expectClose(found.logLikelihoods, fit.logLikelihoods.map { $0 + constant }, relative: 1e-7, absolute: 1e-7)
    expectClose(found.model.parameters, converted(fit.model), relative: 1e-5, absolute: 1e-6)
  }
}

/// Weighted second moments about the mean, by the textbook.
private struct Scatter {
  var weight = 0.0
  var mean = [Double](repeating: 0, count: 3)
  /// Σ w (x − μ)(x − μ)ᵀ, the lower triangle row by row.
  var sums = [Double](repeating: 0, count: 6)

  init(_ rows: [(weight: Double, x: [Double])]) {
    weight = rows.reduce(0) { $0 + $1.weight }
    guard weight > 0 else { return }
    for row in rows { for i in 0..<3 { mean[i] += row.weight * row.x[i] / weight } }
    for row in rows {
      let shifts = zip(row.x, mean).map { $0 - $1 }
      for i in 0..<3 { for j in 0...i { sums[packedCount(i) + j] += row.weight * shifts[i] * shifts[j] } }
    }
  }

  func adding(_ other: Scatter) -> Scatter {
    var sum = self
    sum.weight += other.weight
    for index in sums.indices { sum.sums[index] += other.sums[index] }
    return sum
  }

  /// The maximum-likelihood covariance of a shape.
  func covariance(_ shape: Covariance, _ pooled: Scatter) -> [Double] {
    let diagonal = [0, 2, 5]
    return switch shape {
    case .full: sums.map { $0 / weight }
    case .diagonal: sums.indices.map { diagonal.contains($0) ? sums[$0] / weight : 0 }
    case .tied: pooled.sums.map { $0 / pooled.weight }
    case .spherical:
      sums.indices.map { diagonal.contains($0) ? (sums[0] + sums[2] + sums[5]) / (3 * weight) : 0 }
    }
  }
}

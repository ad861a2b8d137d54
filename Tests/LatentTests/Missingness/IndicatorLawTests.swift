import Latent
import LatentKernels
import LatentTestSupport
import Testing

/// What indicators of missing cells change about a fit, and what they leave alone.
@Suite struct IndicatorLawTests {
  /// A random network and a table in which the last variables have missing cells; the first `complete` have none.
  private struct Problem {
    let network: BayesianNetwork
    let table: Table
    let incomplete: [VariableID]
    let complete: [VariableID]

    init(seed: Int, random: inout SplitMix64) throws {
      random = SplitMix64(seed: UInt64(seed))
      let network =
        seed % 3 == 0
        ? Arbitrary.mixedNetwork(variables: 4, numbers: 1, using: &random)
        : Arbitrary.network(variables: 5, using: &random)
      let whole = Arbitrary.table(
        for: network, rows: 60, missing: 0, weights: seed % 2 == 0 ? .ones : .random, using: &random)
      let ids = network.schema.ids
      let complete = Array(ids.filter { network.schema[$0].isCategorical }.shuffled(using: &random).prefix(2))
      let incomplete = ids.filter { !complete.contains($0) }
      let holes = Arbitrary.table(for: network, rows: 60, missing: 0.35, using: &random)
      let columns = ids.map { id -> Column in
        guard incomplete.contains(id) else { return whole.columns[id.index] }
        switch (whole.columns[id.index], holes.columns[id.index]) {
        case (.codes(let cells), .codes(let holes)): return .codes(zip(cells, holes).map { $1 < 0 ? -1 : $0 })
        case (.reals(let cells), .reals(let holes)): return .reals(zip(cells, holes).map { $1.isNaN ? .nan : $0 })
        default: return whole.columns[id.index]
        }
      }
      table = try Table(schema: network.schema, columns: columns, weights: whole.weights)
      (self.network, self.incomplete, self.complete) = (network, incomplete, complete)
    }

    /// The rows for a model with more variables; nobody has seen those.
    func rows(for model: Model) throws -> Table {
      let more = model.schema.count - table.schema.count
      return try Table(
        schema: model.schema, columns: table.columns + [Column](repeating: .absent, count: more),
        weights: table.weights)
    }

    func names(_ ids: some Sequence<VariableID>) -> [String] { ids.map { network.schema[$0].name } }
  }

  private static func options() -> FitOptions {
    var options = FitOptions()
    options.stopping = StoppingRule(maximumIterations: 7, tolerance: 0)
    return options
  }

  /// Under MCAR and MAR the log-likelihood is a sum, and θ is what it is without indicators, from an equal start after
  /// as many iterations.
  @Test func ignorableMechanismsSeparate() throws {
    var random = SplitMix64(seed: 0)
    for seed in 0..<300 {
      let problem = try Problem(seed: seed, random: &random)
      let plain = Model(problem.network, name: "")
      var before: [String] = []
      let mechanisms = problem.names(problem.incomplete).map { name in
        let parents = problem.names(problem.complete) + before
        before.append(Codebook.indicatorName(of: name))
        return MissingnessMechanism(name, dependsOn: Array(parents.shuffled(using: &random).prefix(2)))
      }
      let model = try plain.withIndicators(mechanisms)
      let fit = try model.fit(to: problem.rows(for: model), options: Self.options())
      let alone = try plain.fit(to: problem.table, starts: .parameters, options: Self.options())
      for (family, own) in zip(plain.structure.families, model.structure.families) {
        expectClose(
          Array(fit.network.parameters[own.parameters]), Array(alone.network.parameters[family.parameters]),
          relative: 1e-10, absolute: 1e-12, "seed \(seed), \(family.name)")
      }
      guard case .separate(let data, let missingness) = fit.separation else {
        Issue.record("seed \(seed): \(String(describing: fit.separation))")
        continue
      }
      expectClose(data, alone.logLikelihood, relative: 1e-10, absolute: 1e-10, "seed \(seed)")
      expectClose(data + missingness, fit.logLikelihood, relative: 1e-12, "seed \(seed)")
      #expect(alone.separation == nil)
      #expect(fit.model.withoutIndicators.structure == alone.model.structure, "seed \(seed)")
    }
  }

  /// An indicator without parents is a plain fit and a coin: ℓ_m = Σ n log (n / N).
  @Test func anIndicatorWithoutParentsIsACoin() throws {
    var random = SplitMix64(seed: 0)
    for seed in 0..<300 {
      let problem = try Problem(seed: seed, random: &random)
      let model = try Model(problem.network, name: "")
        .withIndicators(problem.names(problem.incomplete).map { MissingnessMechanism($0) })
      let fit = try model.fit(to: problem.rows(for: model), options: Self.options())
      var coins = 0.0
      for id in problem.incomplete {
        var missing = 0.0
        for (row, weight) in problem.table.weights.enumerated() where problem.table.cell(id, row: row) == .missing {
          missing += weight
        }
        let total = problem.table.weights.reduce(0, +)
        for count in [missing, total - missing] where count > 0 { coins += count * naturalLog(count / total) }
      }
      guard case .separate(let data, let missingness) = fit.separation else {
        Issue.record("seed \(seed): \(String(describing: fit.separation))")
        continue
      }
      expectClose(missingness, coins, relative: 1e-10, absolute: 1e-10, "seed \(seed)")
      let alone = try Model(problem.network, name: "").fit(
        to: problem.table, starts: .parameters, options: Self.options())
      expectClose(data, alone.logLikelihood, relative: 1e-10, absolute: 1e-10, "seed \(seed)")
    }
  }

  /// Seeds draw equal tables with indicators and without.
  @Test func randomStartsAreTheSame() throws {
    var random = SplitMix64(seed: 0)
    for seed in 0..<50 {
      let problem = try Problem(seed: seed, random: &random)
      let plain = Model(problem.network, name: "")
      let model = try plain.withIndicators(problem.names(problem.incomplete).map { MissingnessMechanism($0) })
      var (a, b) = (SplitMix64(seed: 5), SplitMix64(seed: 5))
      let (first, second) = (
        plain.randomStart(zeros: .parameters, using: &a), model.randomStart(zeros: .parameters, using: &b)
      )
      for (family, own) in zip(plain.structure.families, model.structure.families) {
        #expect(first.parameters[family.parameters].elementsEqual(second.parameters[own.parameters]), "seed \(seed)")
      }
    }
  }

  /// The reason why there is one total is the first thing that is not seen in every row.
  @Test func whatIsNotSeenTiesTheTermsTogether() throws {
    let model = try Model(
      variables: ["class": .latent(2), "a": ["n", "y"], "b": ["n", "y"]], edges: ["class -> *"])
    let table: [String: ColumnValues] = ["a": ["n", "y", nil, "y"], "b": ["n", nil, "y", "y"]]
    func reason(_ mechanisms: MissingnessMechanism...) throws -> String? {
      let model = try model.withIndicators(mechanisms)
      let fit = try model.fit(to: Table(table, for: model), starts: 1)
      guard case .joint(let obstacle) = fit.separation else { return nil }
      return obstacle.description
    }
    #expect(
      try reason(MissingnessMechanism("a", dependsOn: ["a"]))
        == "m_a depends on a itself, which 1 row does not observe")
    #expect(
      try reason(MissingnessMechanism("a", dependsOn: ["b"])) == "m_a depends on b, which 1 row does not observe")
    #expect(
      try reason(MissingnessMechanism("a"), MissingnessMechanism("b", dependsOn: ["m_a", "class"]))
        == "m_b depends on class, which is latent")
    #expect(try reason(MissingnessMechanism("a", dependsOn: ["m_b"]), MissingnessMechanism("b")) == nil)
  }

  /// What is hidden by a rule is found by a fit with the right mechanism, and not by one without: of 20,000 rows, the
  /// standard errors of a share are below 0.01.
  @Test(arguments: 1...5) func aMechanismIsFound(seed: Int) throws {
    let truth = try Model(
      variables: ["a": ["n", "y"], "x": ["low", "high"], "b": ["n", "y"]], edges: ["a -> x", "x -> b"],
      parameters: ["a": [0.5, 0.5], "x": [0.8, 0.2, 0.3, 0.7], "b": [0.9, 0.1, 0.2, 0.8]])
    var random = SplitMix64(seed: UInt64(seed))
    let whole = try #require(truth.network).sample(rows: 20_000, using: &random)
    let x = try #require(whole.schema["x"])
    let codes = (0..<whole.rowCount).map { row -> StateCode in
      let code = whole.code(x, row: row)
      return Double.random(in: 0..<1, using: &random) < (code == 1 ? 0.5 : 0.1) ? -1 : code
    }
    var columns = whole.columns
    columns[x.index] = .codes(codes)
    let model = try Model(
      variables: ["a": ["n", "y"], "x": ["low", "high"], "b": ["n", "y"]], edges: ["a -> x", "x -> b"])
    let table = try Table(schema: whole.schema, columns: columns, rowCount: whole.rowCount)
    let right = try model.withIndicators([MissingnessMechanism("x", dependsOn: ["x"])])
    let rows = try Table(schema: right.schema, columns: columns + [.absent], rowCount: whole.rowCount)
    let fit = try right.fit(to: rows, starts: 3)
    let m = try #require(right.schema["m_x"])
    expectClose(fit.network.distribution(of: m, given: [0])[1], 0.1, relative: 0, absolute: 0.05, "\(seed)")
    expectClose(fit.network.distribution(of: m, given: [1])[1], 0.5, relative: 0, absolute: 0.05, "\(seed)")
    expectClose(fit.network.distribution(of: x, given: [1])[1], 0.7, relative: 0, absolute: 0.04, "\(seed)")
    let wrong = try model.fit(to: table)
    #expect(wrong.network.distribution(of: x, given: [1])[1] < 0.66)
  }

  /// Little and Rubin's table with supplementary margins: an indicator that depends on nothing, or on another, leaves
  /// the estimates where they are.
  @Test func supplementaryMarginsStayWhatTheyAre() throws {
    let model = try Model(variables: ["row": ["1", "2"], "column": ["1", "2"]], edges: ["row -> column"])
      .withIndicators([MissingnessMechanism("row"), MissingnessMechanism("column", dependsOn: ["m_row"])])
    let table = try Table(
      ["row": ["1", "1", "2", "2", "1", "2", nil, nil], "column": ["1", "2", "1", "2", nil, nil, "1", "2"]],
      weights: [100, 50, 75, 75, 30, 60, 28, 60], for: model)
    var options = FitOptions()
    options.stopping = StoppingRule(maximumIterations: 300, tolerance: 0)
    let fit = try model.fit(to: table, options: options)
    let row = fit.network.distribution(of: VariableID(0))
    let joint = (0..<2).flatMap { r in
      fit.network.distribution(of: VariableID(1), given: [StateCode(r)]).map { $0 * row[r] }
    }
    expectClose(joint, [0.2794749, 0.1740243, 0.2387191, 0.3077818], relative: 0, absolute: 5e-8)
    guard case .separate(_, let missingness) = fit.separation else {
      Issue.record("\(String(describing: fit.separation))")
      return
    }
    // 300 rows are whole, 90 without their column, and 88 without their row.
    let expected =
      88 * naturalLog(88 / 478) + 390 * naturalLog(390 / 478) + 90 * naturalLog(90 / 390)
      + 300 * naturalLog(300 / 390)
    expectClose(missingness, expected, relative: 1e-12)
  }
}

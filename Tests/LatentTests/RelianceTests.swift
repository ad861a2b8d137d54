import LatentData
import LatentInference
import LatentKernels
import LatentModels
import LatentTestSupport
import Testing

/// Laws of which rows of the tables an answer rests on; enumeration is the oracle.
@Suite struct RelianceTests {
  private static func rows(_ network: BayesianNetwork, using random: inout SplitMix64) -> Set<UnseenConfiguration> {
    let all = network.structure.families.flatMap { family in
      (0..<family.configurations).map { UnseenConfiguration(variable: family.child, configuration: $0) }
    }
    return Set(all.filter { _ in Int.random(in: 0..<3, using: &random) == 0 })
  }

  /// The network with another distribution in one row of a table; zeros stay.
  private static func changed(
    _ network: BayesianNetwork, _ row: UnseenConfiguration, using random: inout SplitMix64
  ) throws -> BayesianNetwork {
    var parameters = network.parameters
    let cells = network.structure.family(of: row.variable).parameters(in: row.configuration)
    for cell in cells where parameters[cell] > 0 { parameters[cell] = .random(in: 0.1...1, using: &random) }
    let sum = cells.reduce(0) { $0 + parameters[$1] }
    for cell in cells { parameters[cell] /= sum }
    return try BayesianNetwork(structure: network.structure, parameters: parameters)
  }

  private static func answers(
    _ network: BayesianNetwork, _ asked: Set<VariableID>, _ table: Table
  ) throws -> [[Double]] {
    let oracle = Enumeration(network)
    return try (0..<table.rowCount).map { row in
      let marginals = try ImputationTests.marginals(oracle, Evidence(row: row, of: table))
      return asked.sorted().flatMap { marginals[$0.index] }
    }
  }

  /// What is not listed may change and no answer does.
  @Test(arguments: 0..<150) func whatIsNotListedChangesNoPosterior(seed: Int) throws {
    var (network, table) = ImputationTests.problem(seed)
    var random = SplitMix64(seed: UInt64(seed))
    let asked = Set(network.schema.ids.filter { _ in Int.random(in: 0..<3, using: &random) == 0 })
    let rows = Self.rows(network, using: &random)
    let listed = try network.reliance(on: rows, of: .posterior(of: asked), in: table)
    let before = try Self.answers(network, asked, table)
    for row in rows.subtracting(listed.map(\.configuration)) {
      network = try Self.changed(network, row, using: &random)
    }
    for (old, new) in zip(before.joined(), try Self.answers(network, asked, table).joined()) {
      expectClose(new, old, relative: 1e-10, absolute: 1e-12, "seed \(seed)")
    }
  }

  /// The weight of a row is how many rows of the data are expected in its configuration, where the answer may depend on it.
  @Test(arguments: 0..<150) func weightsAreExpectedRows(seed: Int) throws {
    let (network, table) = ImputationTests.problem(seed)
    var random = SplitMix64(seed: UInt64(seed))
    let asked = Set(network.schema.ids.filter { _ in Int.random(in: 0..<3, using: &random) == 0 })
    let rows = Self.rows(network, using: &random)
    for question in [RowQuestion.posterior(of: asked), .likelihood] {
      var expected: [UnseenConfiguration: Double] = [:]
      for row in 0..<table.rowCount {
        let evidence = Evidence(row: row, of: table)
        let joint = try Enumeration(network).joint(given: evidence)
        for configuration in rows where Self.matters(configuration, question, evidence, network.structure) {
          let family = network.structure.family(of: configuration.variable)
          for completion in joint
          where network.structure.configuration(
            of: family.child, parentStates: family.parents.map { completion.states[$0.index] })
            == configuration.configuration
          {
            expected[configuration, default: 0] += completion.probability
          }
        }
      }
      let found = try network.reliance(on: rows, of: question, in: table)
      let weights = Dictionary(uniqueKeysWithValues: found.map { ($0.configuration, $0.weight) })
      for configuration in rows {
        expectClose(
          weights[configuration] ?? 0, expected[configuration] ?? 0, relative: 1e-10, absolute: 1e-10, "seed \(seed)")
      }
    }
  }

  /// Whether an answer about a row can depend on a table at all, by the definition.
  private static func matters(
    _ row: UnseenConfiguration, _ question: RowQuestion, _ evidence: Evidence, _ structure: NetworkStructure
  ) -> Bool {
    func below(_ id: VariableID) -> Set<VariableID> {
      structure.graph.children[id.index].reduce(into: [id]) { $0.formUnion(below($1)) }
    }
    let observed = Set(structure.schema.ids.filter { evidence[$0] != nil })
    let family = structure.family(of: row.variable)
    switch question {
    case .likelihood: return !below(family.child).isDisjoint(with: observed)
    case .posterior(let asked):
      let isObserved = ([family.child] + family.parents).allSatisfy { observed.contains($0) }
      return !isObserved && !below(family.child).isDisjoint(with: observed.union(asked))
    }
  }
}

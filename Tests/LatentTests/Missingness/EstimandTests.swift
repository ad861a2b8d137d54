import Latent
import LatentKernels
import LatentTestSupport
import Testing

/// Every estimand equals the distribution that it stands for, on the exact joint distribution of random networks, although
/// it is computed from rows that observe all it needs.
@Suite struct EstimandTests {
  /// A random network with random mechanisms over four variables, one of them latent at times.
  private static func model(seed: Int) throws -> Model {
    var random = SplitMix64(seed: UInt64(seed))
    let network = Arbitrary.network(variables: 4, maximumParents: 2, maximumStates: 3, using: &random)
    let ids = network.schema.ids
    let latent = seed % 3 == 0 ? Set(ids.shuffled(using: &random).prefix(1)) : []
    let partial = ids.filter { !latent.contains($0) }.shuffled(using: &random).prefix(
      Int.random(in: 1...3, using: &random))
    var before: [String] = []
    let mechanisms = partial.map { id -> MissingnessMechanism in
      let names = ids.map { network.schema[$0].name } + before
      before.append(Codebook.indicatorName(of: network.schema[id].name))
      return MissingnessMechanism(
        network.schema[id].name,
        dependsOn: Array(names.shuffled(using: &random).prefix(Int.random(in: 0...2, using: &random))))
    }
    let plain = Model(network, name: "", latent: latent)
    let structure = try plain.withIndicators(mechanisms)
    let full = Arbitrary.network(structure.structure, using: &random)
    var model = structure
    model.parameters = structure.structure.families.map { Array(full.parameters[$0.parameters]) }
    return model
  }

  /// The exact joint distribution over all variables and indicators.
  private struct Joint {
    let rows: [(states: [StateCode], probability: Double)]

    init(_ network: BayesianNetwork) {
      var rows: [(states: [StateCode], probability: Double)] = [([], 1)]
      for variable in network.schema.variables {
        rows = rows.flatMap { row in (0..<variable.cardinality).map { (row.states + [StateCode($0)], 1) } }
      }
      self.rows = rows.map { row in
        var probability = 1.0
        for id in network.schema.ids {
          let parents = network.structure.family(of: id).parents.map { row.states[$0.index] }
          probability *= network.distribution(of: id, given: parents)[Int(row.states[id.index])]
        }
        return (row.states, probability)
      }
    }

    func probability(_ fixed: [Int: StateCode]) -> Double {
      rows.reduce(0) { sum, row in fixed.allSatisfy { row.states[$0.key] == $0.value } ? sum + row.probability : sum }
    }

    /// A factor at some states, and whether it needs only what is observed.
    func value(_ factor: Estimand.Factor, _ states: [StateCode], _ graph: MissingnessGraph) -> Double {
      var given: [Int: StateCode] = [:]
      for node in factor.given { given[node] = states[node] }
      for node in factor.observed { given[node] = 0 }
      var all = given
      for node in factor.children {
        if case .indicator = graph.roles[node] { all[node] = 0 } else { all[node] = states[node] }
      }
      for node in factor.children + factor.given {
        if let indicator = graph.indicator(of: node) {
          #expect(all[indicator] == 0, "\(graph.names[node]) is not observed")
        }
      }
      return probability(all) / probability(given)
    }

    func value(_ estimand: Estimand, _ states: [StateCode], _ graph: MissingnessGraph, _ schema: Schema) -> Double {
      var all = [states]
      for node in estimand.summed {
        all = all.flatMap { states in
          (0..<schema.variables[node].cardinality).map { state in
            var states = states
            states[node] = StateCode(state)
            return states
          }
        }
      }
      return all.reduce(0) { sum, states in
        let above = estimand.numerator.reduce(1) { $0 * value($1, states, graph) }
        return sum + above / estimand.denominator.reduce(1) { $0 * value($1, states, graph) }
      }
    }
  }

  @Test func estimandsAreWhatTheyStandFor() throws {
    var kinds = [0, 0, 0]
    for seed in 0..<150 {
      let model = try Self.model(seed: seed)
      let graph = MissingnessGraph(model)
      let joint = Joint(try #require(model.network))
      let variables = graph.variables
      var random = SplitMix64(seed: UInt64(seed))
      let states = joint.rows.map(\.states).randomElement(using: &random) ?? []
      if case .recoverable(let estimand) = graph.jointRecoverability {
        kinds[0] += 1
        let truth = joint.probability(Dictionary(uniqueKeysWithValues: variables.map { ($0, states[$0]) }))
        expectClose(
          joint.value(estimand, states, graph, model.schema), truth, relative: 1e-9,
          "seed \(seed): \(estimand.text(in: graph))")
      }
      for asked in variables {
        for given in variables where given != asked {
          guard case .recoverable(let estimand) = graph.recoverability(of: [asked], given: [given]) else { continue }
          kinds[estimand.summed.isEmpty ? 1 : 2] += 1
          let truth =
            joint.probability([asked: states[asked], given: states[given]]) / joint.probability([given: states[given]])
          expectClose(
            joint.value(estimand, states, graph, model.schema), truth, relative: 1e-9,
            "seed \(seed): \(estimand.text(in: graph))")
        }
      }
    }
    #expect(kinds.allSatisfy { $0 > 20 }, "\(kinds)")
  }

  /// d-separation is independence: on random networks, exactly.
  @Test func separationIsIndependence() throws {
    for seed in 0..<60 {
      let model = try Self.model(seed: seed)
      let graph = MissingnessGraph(model)
      let joint = Joint(try #require(model.network))
      var random = SplitMix64(seed: UInt64(seed))
      let nodes = Array(0..<model.schema.count).shuffled(using: &random)
      let (a, b, given) = (nodes[0], nodes[1], Array(nodes[2...].prefix(seed % 3)))
      guard graph.isSeparated([a], from: [b], given: Set(given)) else { continue }
      let states = joint.rows.map(\.states).randomElement(using: &random) ?? []
      let condition = Dictionary(uniqueKeysWithValues: given.map { ($0, states[$0]) })
      let whole = joint.probability(condition)
      let both = joint.probability(condition.merging([a: states[a], b: states[b]]) { $1 }) / whole
      let product =
        joint.probability(condition.merging([a: states[a]]) { $1 }) / whole
        * joint.probability(condition.merging([b: states[b]]) { $1 }) / whole
      expectClose(both, product, relative: 1e-9, absolute: 1e-12, "seed \(seed)")
    }
  }
}

import Foundation
import Latent
import Testing

@Suite struct ModelVariationTests {
  /// A latent root above two columns, beside a column that is fixed.
  private static func model(fixed: Set<VariableID> = [VariableID(3)]) throws -> Model {
    let schema = try Schema([
      Variable(name: "k", states: ["a", "b"]), Variable(name: "u", domain: .real), Variable(name: "v", domain: .real),
      Variable(name: "c", states: ["x", "y"]),
    ])
    let root = VariableID(0)
    let structure = try NetworkStructure(
      schema: schema, parents: [[], [root], [root], []],
      blocks: [Block(name: "uv", columns: [VariableID(1), VariableID(2)], covariance: .full)])
    return try Model(
      name: "m", structure: structure, latent: [root], fixed: fixed,
      parameters: structure.families.map { $0.parents.isEmpty ? [0.25, 0.75] : nil })
  }

  @Test func variesStatesAndCovariance() throws {
    let varied = try Self.model().varied(states: 3, covariance: .tied)
    #expect(varied.schema.variables.map(\.states) == [["1", "2", "3"], [], [], ["x", "y"]])
    #expect(varied.structure.families.map(\.law) == [.table, .gaussian(.tied), .table])
    #expect(varied.structure.families.map(\.name) == ["k", "uv", "c"])
    #expect(varied.structure.families[1].configurations == 3)
    #expect(varied.parameters == [nil, nil, [0.25, 0.75]])
    #expect(varied.latent == [VariableID(0)] && varied.fixed == [VariableID(3)])
  }

  @Test func leavesWhatIsNotVaried() throws {
    let varied = try Self.model().varied(states: nil, covariance: .diagonal)
    #expect(try varied.schema == Self.model().schema)
    #expect(try Self.model().varied(states: 2, covariance: nil).structure.families[1].law == .gaussian(.full))
  }

  @Test func refusesWhatIsFixed() throws {
    let model = try Self.model(fixed: [VariableID(0)])
    #expect(throws: VariationError.fixed("k")) { try model.varied(states: 3, covariance: nil) }
    _ = try model.varied(states: nil, covariance: .tied)
  }

  /// Against sums over the joint states, by hand: rows of weight 0 count for nothing.
  @Test func classesOfRows() throws {
    let schema = try Schema([
      Variable(name: "k", states: ["a", "b"]), Variable(name: "c", states: ["x", "y"]),
    ])
    let structure = try NetworkStructure(schema: schema, parents: [[], [VariableID(0)]])
    let network = try #require(
      Model(name: "", structure: structure, parameters: [[0.4, 0.6], [0.5, 0.5, 0.25, 0.75]]).network)
    let table = try Table(
      schema: schema, columns: [.codes([-1, -1, 1, -1]), .codes([0, 1, 0, 0])], weights: [1, 2, 3, 0])
    let classes = try ClassPosteriors(of: [VariableID(0)], under: network, in: table)
    let (x, y) = (0.2 / 0.35, 0.2 / 0.65)
    func entropy(_ p: Double) -> Double { -p * log(p) - (1 - p) * log(1 - p) }
    #expect(abs((classes.entropy ?? 0) - (entropy(x) + 2 * entropy(y))) < 1e-14)
    #expect(abs(classes.shares[0][0] - (x + 2 * y) / 6) < 1e-14)
    #expect(abs(classes.shares[0][1] - (1 - classes.shares[0][0])) < 1e-14)
    let joint = try ClassPosteriors(of: [VariableID(0), VariableID(1)], under: network, in: table)
    #expect(abs((joint.entropy ?? 0) - (classes.entropy ?? 1)) < 1e-14)
  }

  @Test func likelihoodRatioNeedsCompleteCategories() throws {
    let schema = try Schema([Variable(name: "c", states: ["x", "y"]), Variable(name: "u", domain: .real)])
    func table(_ codes: [StateCode], _ reals: Column = .absent) throws -> Table {
      try Table(schema: schema, columns: [.codes(codes), reals], weights: [3, 1])
    }
    let ratio = try #require(LikelihoodRatio(table([0, 1]), logLikelihood: 4 * log(0.5), freeParameters: 0))
    #expect(abs(ratio.statistic - 2 * (3 * log(1.5) + log(0.5))) < 1e-14)
    #expect(ratio.degreesOfFreedom == 1)
    #expect(try LikelihoodRatio(table([0, -1]), logLikelihood: 0, freeParameters: 0) == nil)
    #expect(try LikelihoodRatio(table([0, 1], .reals([1, 2])), logLikelihood: 0, freeParameters: 0) == nil)
  }
}

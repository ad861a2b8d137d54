import Latent
import LatentKernels
import Testing

@testable import LatentLearning

/// How several latent variables divide their children for clustering.
@Suite struct LatentGroupsTests {
  private struct Found: Equatable {
    var groups: [[String]]
    var features: [[String]]
    var rest: [String] = []
  }

  private static func groups(
    latent: [(String, Int)], numbers: [String], _ edges: [String], seed: UInt64 = 1
  ) throws -> Found {
    let model = try Model(
      variables: latent.map { (name: $0.0, declaration: .latent($0.1)) }
        + numbers.map { (name: $0, declaration: .real) }, edges: edges)
    var random = SplitMix64(seed: seed)
    let found = LatentGroups(
      model.structure, fillable: model.latent, observed: model.schema.ids.map { !model.latent.contains($0) },
      using: &random)
    func names(_ ids: [VariableID]) -> [String] { ids.map { model.schema[$0].name } }
    return Found(
      groups: found.groups.map { names($0.variables) }, features: found.groups.map { names($0.features) },
      rest: names(found.rest))
  }

  @Test func ownChildrenStayAndSharedOnesGoToOneParent() throws {
    for seed in 0..<20 {
      let found = try Self.groups(
        latent: [("a", 2), ("b", 3)], numbers: ["x", "y", "z"], ["a -> [x, y]", "b -> [y, z]"], seed: UInt64(seed))
      #expect(Set(found.groups) == [["a"], ["b"]])
      let features = Dictionary(uniqueKeysWithValues: zip(found.groups.map { $0[0] }, found.features))
      #expect([["x"], ["x", "y"]].contains(features["a"]) && [["z"], ["y", "z"]].contains(features["b"]))
      #expect(found.features.joined().count == 3, "every child has one owner")
    }
  }

  @Test func latentChildrenAreFilledBeforeTheirParents() throws {
    let found = try Self.groups(latent: [("a", 2), ("b", 3)], numbers: ["x", "y"], ["a -> [b, x]", "b -> y"])
    #expect(found == Found(groups: [["b"], ["a"]], features: [["y"], ["b", "x"]]))
  }

  /// Two parents of the only child: clusters are their joint states.
  @Test func parentsOfOneChildAreClusteredTogether() throws {
    let found = try Self.groups(latent: [("a", 2), ("b", 3)], numbers: ["x"], ["a -> x", "b -> x"])
    #expect(found.groups.map(Set.init) == [["a", "b"]] && found.features == [["x"]] && found.rest == [])
    let linked = try Self.groups(latent: [("a", 2), ("b", 3)], numbers: ["x"], ["a -> [b, x]", "b -> x"])
    #expect(linked.features.allSatisfy { !$0.isEmpty } && linked.rest == [])
  }

  @Test func tooManyJointStatesAreNotClustered() throws {
    let found = try Self.groups(
      latent: [("a", 9), ("b", 9), ("c", 7)], numbers: ["x"], ["a -> x", "b -> x", "c -> x"])
    #expect(found.groups.count == 1 && found.rest.count == 1)
    #expect(Set(found.groups[0] + found.rest) == ["a", "b", "c"])
    let many = try Self.groups(latent: [("a", 2000), ("b", 2000)], numbers: ["x"], ["a -> x", "b -> x"])
    #expect(many.groups.map(\.count) == [1] && many.rest.count == 1)
  }
}

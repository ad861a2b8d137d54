import Latent
import LatentKernels
import LatentModels
import LatentTestSupport
import Testing

@testable import LatentLearning

/// Clusters of rows.
@Suite struct KMeansTests {
  private static func model() throws -> Model {
    try Model(variables: ["x": .real, "y": .real, "c": ["n", "y"]])
  }

  private static func space(_ rows: [(Double?, Double?, String?)]) throws -> ClusterSpace {
    let model = try model()
    let table = try Table(
      ["x": .numbers(rows.map(\.0)), "y": .numbers(rows.map(\.1)), "c": .labels(rows.map(\.2))], for: model)
    return ClusterSpace(table, model.schema.ids)
  }

  /// Four groups far apart, in units that differ, with missing cells; one row observes nothing. Clusters depend on the
  /// first centers, so that not every seed finds the groups.
  @Test func groupsFarApartAreFound() throws {
    let found = try (0..<20).count { seed in
      var random = SplitMix64(seed: UInt64(seed))
      let rows = (0..<120).map { row -> (Double?, Double?, String?) in
        if row == 0 { return (nil, nil, nil) }
        let x = Double(row % 2) + Double.random(in: -0.05...0.05, using: &random)
        let y = Double(row / 2 % 2) + Double.random(in: -0.05...0.05, using: &random)
        return (x * 1000, y * 0.001, row % 5 == 0 ? nil : row % 2 == 0 ? "n" : "y")
      }
      let means = KMeans(space: try Self.space(rows), count: 4, known: [Int](repeating: -1, count: 120))
      let clusters = means.clusters(using: &random)
      #expect(clusters[0] == -1)
      let groups = (0..<4).map { group in Set((1..<120).filter { $0 % 4 == group }.map { clusters[$0] }) }
      return groups.allSatisfy { $0.count == 1 } && Set(groups).count == 4
    }
    #expect(found >= 15, "\(found) of 20")
  }

  /// The distance of the observed coordinates, times all variables by those that are observed.
  @Test func missingCellsAreAsFarAwayAsTheOthers() throws {
    let space = try Self.space([(1, 10, "n"), (3, nil, "y"), (nil, 30, nil), (nil, nil, nil)])
    #expect(space.scales == [1, 1.5, 3, 0])
    // The mean of x is 2 and its standard deviation 1; that of y is 20 and 10; half of c is n: √2 per state.
    let center = space.point(ofRow: 0)
    expectClose(center, [-1, -1, 2.squareRoot(), 0], relative: 1e-15)
    expectClose(space.point(ofRow: 3), [0, 0, 0.5.squareRoot(), 0.5.squareRoot()], relative: 1e-15)
    let distances = space.squaredDistances(to: [center, space.point(ofRow: 1)])
    expectClose(
      distances, [0, 4 + 1 + 4, 1.5 * (4 + 4), 0, 3 * 4, 3 * 1, 0, 0], relative: 1e-14, absolute: 1e-14)
  }

  /// A variable that does not vary, and rows that observe nothing, are of no concern.
  @Test func whatDoesNotVaryHasNoPart() throws {
    let space = try Self.space([(1, 5, "n"), (2, 5, "n"), (nil, 5, "n")])
    #expect(space.dimension == 1)
    #expect(space.scales == [1, 1, 0])
  }

  /// Rows whose cluster is known stay in it, and their means are where it begins.
  @Test(arguments: 0..<10) func knownRowsStay(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let rows = (0..<60).map { row -> (Double?, Double?, String?) in
      (Double(row % 3) * 10 + Double.random(in: -1...1, using: &random), nil, nil)
    }
    var known = [Int](repeating: -1, count: 60)
    for row in [0, 3] { known[row] = 2 }
    known[1] = 0
    let clusters = KMeans(space: try Self.space(rows), count: 3, known: known).clusters(using: &random)
    #expect(clusters == (0..<60).map { [2, 0, 1][$0 % 3] })
  }

  /// Fewer different rows than clusters.
  @Test func moreClustersThanRows() throws {
    var random = SplitMix64(seed: 1)
    let space = try Self.space([(1, 1, nil), (2, 2, nil), (2, 2, nil)])
    let clusters = KMeans(space: space, count: 5, known: [-1, -1, -1]).clusters(using: &random)
    #expect(clusters[1] == clusters[2] && clusters[0] != clusters[1])
  }
}

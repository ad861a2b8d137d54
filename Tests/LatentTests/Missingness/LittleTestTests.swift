import Foundation
import Latent
import Testing

/// Little's test against published values, an independent computation, and laws.
@Suite struct LittleTestTests {
  static let gap = Double.nan

  /// Ten rows of three columns.
  static let columns: [[Double]] = [
    [1, 2, 3, 4, 5, gap, 7, 8, 9, 2.5], [2, 1, 5, gap, 4, 6, 7, gap, 8, 3], [3.5, gap, 4, 7, 6, 5, gap, 9.5, 10, gap],
  ]

  private static func table(_ columns: [[Double]]) throws -> Table {
    let schema = try Schema(columns.indices.map { try Variable(name: "x\($0)", domain: .real) })
    return try Table(schema: schema, columns: columns.map { .reals($0) }, rowCount: columns[0].count)
  }

  private static func test(_ columns: [[Double]]) throws -> LittleTest? {
    guard case .test(let test, _) = try LittleTest.outcome(of: table(columns), patternCount: 4) else { return nil }
    return test
  }

  private static func airquality() throws -> [[Double]] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "Examples/air-quality/airquality.csv"), encoding: .utf8)
    let rows = text.split(separator: "\n").dropFirst().map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) ?? .nan }
    }
    return (0..<6).map { column in rows.map { $0[column] } }
  }

  /// The statistic of naniar's own tests, 35.1061288689702, from an EM that stops a little early; fully converged it is
  /// 35.1061749. A row that observes nothing is a pattern, and no more.
  @Test(arguments: [0, 1]) func airquality(emptyRows: Int) throws {
    let columns = try Self.airquality().map { $0 + [Double](repeating: .nan, count: emptyRows) }
    let test = try #require(try Self.test(columns))
    expectClose(test.statistic, 35.1061288689702, relative: 1e-4 / 35)
    expectClose(test.statistic, 35.1061749, relative: 1e-8)
    #expect(test.degreesOfFreedom == 14)
    expectClose(test.pValue, 0.00141776, relative: 2e-6)
    #expect(test.patterns == 4 + emptyRows && test.missingRank == 0)
  }

  /// An EM of its own in NumPy, run until nothing changes.
  @Test func agreesWithAnIndependentComputation() throws {
    let test = try #require(try Self.test(Self.columns))
    expectClose(test.statistic, 6.714860794600598, relative: 1e-5)
    #expect(test.degreesOfFreedom == 6 && test.patterns == 4)
    expectClose(test.effect, (0.714860794600598 / 10).squareRoot(), relative: 1e-4)
  }

  /// The formula alone, with the mean and covariance of that computation.
  @Test func formula() throws {
    let mean = [4.586008074865937, 4.572343876670873, 6.228972097572042]
    let covariance = [
      6.415784868666925, 4.994370006925131, 5.217862416884998, 4.994370006925131, 5.086222413285132, 3.513156330586302,
      5.217862416884998, 3.513156330586302, 4.832675353478841,
    ]
    let patterns = [
      LittleTest.Pattern(observed: [0, 1, 2], weight: 4, means: [4.5, 4.75, 5.875]),
      LittleTest.Pattern(observed: [0, 1], weight: 3, means: [11.5 / 3, 11.0 / 3]),
      LittleTest.Pattern(observed: [0, 2], weight: 2, means: [6, 8.25]),
      LittleTest.Pattern(observed: [1, 2], weight: 1, means: [6, 5]),
      LittleTest.Pattern(observed: [], weight: 5, means: []),
    ]
    let test = try #require(LittleTest(mean: mean, covariance: covariance, patterns: patterns))
    expectClose(test.statistic, 6.714860794600598, relative: 1e-10)
    #expect(test.degreesOfFreedom == 6 && test.patterns == 5)
  }

  /// A column that follows from another one, and is missing with it, says nothing new: same statistic, same degrees of
  /// freedom, by the generalised inverse.
  @Test func aColumnThatFollowsFromAnotherChangesNothing() throws {
    let plain = try #require(try Self.test(Self.columns))
    let doubled = try #require(try Self.test(Self.columns + [Self.columns[0].map { 10 - 2 * $0 }]))
    #expect(doubled.missingRank == 1)
    #expect(doubled.degreesOfFreedom == plain.degreesOfFreedom)
    expectClose(doubled.statistic, plain.statistic, relative: 1e-4)
  }

  /// Units do not matter, nor the order of columns.
  @Test func unitsAndOrderDoNotMatter() throws {
    let plain = try #require(try Self.test(Self.columns))
    let other = try #require(
      try Self.test([Self.columns[2], Self.columns[0].map { 1e3 * $0 - 7 }, Self.columns[1].map { 1e-4 * $0 }]))
    expectClose(other.statistic, plain.statistic, relative: 1e-5)
    #expect(other.degreesOfFreedom == plain.degreesOfFreedom)
  }

  @Test func whatCannotBeTestedIsSaid() throws {
    func obstacle(_ columns: [[Double]], patterns: Int = 4) throws -> LittleObstacle? {
      guard case .none(let obstacle) = try LittleTest.outcome(of: Self.table(columns), patternCount: patterns) else {
        return nil
      }
      return obstacle
    }
    #expect(try obstacle([Self.columns[0]]) == .tooFewColumns)
    #expect(try obstacle([[1, 2, 3], [1, 3, 2]]) == .nothingToCompare)
    #expect(try obstacle(Self.columns, patterns: 10_000_000) == .tooManyPatterns(10_000_000, columns: 3))
    #expect(try obstacle([[1, 1, 1], [1, 3, 2]]).map { "\($0)".hasPrefix("column x0 is constant") } == true)
  }
}

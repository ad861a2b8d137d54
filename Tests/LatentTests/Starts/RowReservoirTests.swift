import LatentData
import LatentKernels
import Testing

@testable import LatentLearning

/// The rows that a fit keeps for its starts.
@Suite struct RowReservoirTests {
  /// The numbers 0, 1, …, `count` − 1 as rows, in blocks of a size; every third row has weight 0 if asked for.
  private static func sample(_ count: Int, capacity: Int, block: Int, everyThirdEmpty: Int = 0) throws -> [Double] {
    let schema = try Schema([Variable(name: "x", domain: .real)])
    var reservoir = RowReservoir(schema: schema, capacity: capacity)
    for start in stride(from: 0, to: count, by: block) {
      let rows = start..<min(start + block, count)
      let weights = rows.map { everyThirdEmpty > 0 && $0 % 3 == 0 ? 0.0 : 1 }
      reservoir.add(try Table(schema: schema, columns: [.reals(rows.map { Double($0) })], weights: weights))
    }
    guard case .reals(let values) = reservoir.table.columns[0] else { return [] }
    return values
  }

  @Test func fewRowsAreAllKept() throws {
    #expect(try Self.sample(50, capacity: 50, block: 7) == (0..<50).map { Double($0) })
    #expect(
      try Self.sample(50, capacity: 50, block: 50, everyThirdEmpty: 1)
        == (0..<50).filter { $0 % 3 != 0 }.map { Double($0) })
    #expect(try Self.sample(0, capacity: 50, block: 7) == [])
  }

  @Test func blocksDoNotMatter() throws {
    let whole = try Self.sample(1000, capacity: 60, block: 1000)
    #expect(whole.count == 60 && Set(whole).count == 60)
    for block in [1, 7, 60, 61, 333] { #expect(try Self.sample(1000, capacity: 60, block: block) == whole) }
  }

  /// 4,000 of 40,000 rows: each tenth of the rows has about a tenth of the sample (a standard deviation is 18).
  @Test func allRowsAreEquallyLikely() throws {
    let sample = try Self.sample(40_000, capacity: 4000, block: 1024)
    for tenth in 0..<10 {
      let count = sample.count { Int($0) / 4000 == tenth }
      #expect((count - 400).magnitude < 90, "\(tenth): \(count)")
    }
  }
}

import LatentData
import LatentTestSupport
import Testing

@Suite struct MixedRadixTests {
  static let bases = [[], [1], [3], [2, 3], [4, 1, 3], [2, 3, 2, 5]]

  @Test(arguments: bases) func stridesTurnDigitsIntoTheirNumber(bases: [Int]) {
    let radix = MixedRadix(bases)
    #expect(radix.positions(strides: radix.strides) == Array(0..<radix.count))
    for number in 0..<radix.count {
      let digits = radix.digits(of: number)
      #expect(zip(digits, bases).allSatisfy { 0 <= $0 && $0 < $1 })
      #expect(zip(digits, radix.strides).reduce(0) { $0 + $1.0 * $1.1 } == number)
    }
    #expect(radix.digits(of: radix.count).allSatisfy { $0 == 0 })
  }

  @Test(arguments: bases) func positionsFollowOtherStrides(bases: [Int]) {
    let radix = MixedRadix(bases)
    let strides = bases.indices.map { 10 * $0 + 7 }
    let expected = (0..<radix.count).map { zip(radix.digits(of: $0), strides).reduce(0) { $0 + $1.0 * $1.1 } }
    #expect(radix.positions(strides: strides) == expected)
  }

  @Test func rowsRunThroughTheStatesOfSomeVariables() throws {
    let schema = try Schema([
      Variable(name: "a", states: ["1", "2"]), Variable(name: "b", states: ["1", "2", "3"]),
      Variable(name: "c", states: ["1", "2"]),
    ])
    let rows = schema.rows([-1, 2, -1], varying: [VariableID(0), VariableID(2)])
    #expect(rows == [[0, 2, 0], [0, 2, 1], [1, 2, 0], [1, 2, 1]])
    #expect(schema.rows([0, 1, 1], varying: []) == [[0, 1, 1]])
  }
}

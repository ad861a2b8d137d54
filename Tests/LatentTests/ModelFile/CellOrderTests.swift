import LatentData
import LatentKernels
import LatentModels
import LatentTestSupport
import Testing

@testable import LatentFormats

/// X of 3 states below A of 2 and B of 4; each cell is named by its states, as digits a, b, x.
@Suite struct CellOrderTests {
  private let structure: NetworkStructure

  init() throws {
    func variable(_ name: String, _ count: Int) throws -> Variable {
      try Variable(name: name, states: (0..<count).map { "\(name)\($0)" })
    }
    let schema = try Schema([variable("X", 3), variable("A", 2), variable("B", 4)])
    structure = try NetworkStructure(schema: schema, parents: [[VariableID(1), VariableID(2)], [], []])
  }

  static let child = VariableID(0)

  private func file(_ cell: (Double, Double, Double) -> Double, _ sizes: (Int, Int, Int)) -> [Double] {
    (0..<sizes.0).flatMap { i in
      (0..<sizes.1).flatMap { j in (0..<sizes.2).map { cell(Double(i), Double(j), Double($0)) } }
    }
  }

  private func files() -> [(CellOrder, [Double])] {
    [
      (.childFastest, file({ 100 * $0 + 10 * $1 + $2 }, (2, 4, 3))),
      (.childThenFirstParent, file({ 100 * $1 + 10 * $0 + $2 }, (4, 2, 3))),
      (.childSlowest, file({ 100 * $1 + 10 * $2 + $0 }, (3, 2, 4))),
      (.firstParentFastest, file({ 100 * $2 + 10 * $1 + $0 }, (3, 4, 2))),
    ]
  }

  @Test func rearrangesToAndFro() {
    let ours = files()[0].1
    for (order, values) in files() {
      #expect(order.cells(values, of: Self.child, in: structure) == ours)
      #expect(order.values(ours, of: Self.child, in: structure) == values)
    }
  }

  static let others: [CellOrder] = [.childSlowest, .firstParentFastest]

  @Test(arguments: others, [true, false]) func findsTheOnlyOrderThatSumsToOne(other: CellOrder, isOther: Bool) {
    let order = isOther ? other : .childFastest
    var random = SplitMix64(seed: 4)
    let network = Arbitrary.network(structure, using: &random)
    let tables = structure.schema.ids.map {
      order.values(Array(network.parameters(of: $0)), of: $0, in: structure)
    }
    let found = CellOrderDetection(tables, in: structure, candidates: [.childFastest, other])
    #expect(found.order == order)
    #expect(!found.isGuess)
  }

  @Test func saysWhenNothingDecides() throws {
    let third = 1.0 / 3
    let rows = [[0.2, 0.3, 0.5], [0.3, 0.5, 0.2], [0.5, 0.2, 0.3]]
    let schema = try Schema([
      try Variable(name: "P", states: ["0", "1", "2"]), try Variable(name: "C", states: ["0", "1", "2"]),
    ])
    let structure = try NetworkStructure(schema: schema, parents: [[], [VariableID(0)]])
    func detection(_ rows: [[Double]]) -> CellOrderDetection {
      CellOrderDetection(
        [[third, third, third], rows.flatMap { $0 }], in: structure, candidates: [.childFastest, .childSlowest])
    }
    #expect(!detection(rows).isGuess, "a symmetric table is the same either way")
    #expect(detection([rows[0], rows[2], rows[1]]).isGuess)
    #expect(detection([rows[0], rows[0], rows[0]]).order == .childFastest)
    let nothing = detection([[0.5, 0.5, 0.5], rows[0], rows[1]])
    #expect(nothing.order == .childFastest)
    #expect(!nothing.isGuess)
  }
}

import LatentData
import LatentInference
import LatentKernels
import LatentModels
import LatentTestSupport
import Testing

/// The order of elimination, and the tables that it leads to.
@Suite struct VariableEliminationOrderTests {
  @Test func aChainIsEliminatedFromItsEndsWithoutFill() {
    let scopes = (0..<9).map { [$0, $0 + 1] }
    let order = minFillOrder(cardinalities: [Int](repeating: 2, count: 10), scopes: scopes, eliminating: Array(0..<10))
    #expect(order == Array(0..<10))
    let cliques = eliminationCliques(variableCount: 10, scopes: scopes, order: order)
    #expect(cliques == (0..<9).map { [$0, $0 + 1] } + [[9]])
  }

  @Test func tiesInFillGoToTheSmallerCliqueAndThenToTheLowerNumber() {
    let scopes = [[0, 1], [1, 2], [2, 3]]
    #expect(minFillOrder(cardinalities: [5, 2, 2, 3], scopes: scopes, eliminating: [0, 3]) == [3, 0])
    #expect(minFillOrder(cardinalities: [3, 2, 2, 3], scopes: scopes, eliminating: [3, 0]) == [0, 3])
  }

  @Test func variablesThatStayKeepTheirNeighboursConnected() {
    let scopes = [[0, 1], [0, 2], [0, 3]]
    let cliques = eliminationCliques(variableCount: 4, scopes: scopes, order: [0, 2])
    #expect(cliques == [[0, 1, 2, 3], [2, 1, 3]])
  }

  /// The same rule by the book: counts the fill of every candidate anew at every step.
  @Test(arguments: 0..<60)
  func incrementalCountsAgreeWithCountingAnew(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let count = Int.random(in: 1...80, using: &random)
    let structure = Arbitrary.structure(
      variables: count, maximumParents: 3, maximumStates: 4, using: &random)
    let scopes = structure.families.map { family in ([family.child] + family.parents).map(\.index) }
    let cardinalities = structure.schema.variables.map(\.cardinality)
    let eliminating = (0..<count).filter { _ in Int.random(in: 0..<10, using: &random) > 0 }
    let order = minFillOrder(cardinalities: cardinalities, scopes: scopes, eliminating: eliminating)
    #expect(order == byTheBook(cardinalities, scopes, eliminating))
  }

  private func byTheBook(_ cardinalities: [Int], _ scopes: [[Int]], _ eliminating: [Int]) -> [Int] {
    var neighbours = [Set<Int>](repeating: [], count: cardinalities.count)
    for scope in scopes {
      for vertex in scope { neighbours[vertex].formUnion(scope.filter { $0 != vertex }) }
    }
    var remaining = Set(eliminating)
    var order: [Int] = []
    while !remaining.isEmpty {
      let costs = remaining.sorted().map { vertex in
        let around = neighbours[vertex].sorted()
        var open = 0
        for a in around { open += around.count { $0 > a && !neighbours[a].contains($0) } }
        let weight = around.reduce(Double(cardinalities[vertex])) { $0 * Double(cardinalities[$1]) }
        return (vertex: vertex, open: open, weight: weight)
      }
      guard let best = costs.min(by: { ($0.open, $0.weight, $0.vertex) < ($1.open, $1.weight, $1.vertex) }) else {
        break
      }
      for a in neighbours[best.vertex] {
        neighbours[a].formUnion(neighbours[best.vertex])
        neighbours[a].subtract([a, best.vertex])
      }
      remaining.remove(best.vertex)
      order.append(best.vertex)
    }
    return order
  }

  @Test func aThousandVariablesAreQuick() {
    var random = SplitMix64(seed: 1)
    let structure = Arbitrary.structure(
      variables: 1_000, maximumParents: 2, maximumStates: 3, using: &random)
    let scopes = structure.families.map { family in ([family.child] + family.parents).map(\.index) }
    let cardinalities = structure.schema.variables.map(\.cardinality)
    let order = minFillOrder(cardinalities: cardinalities, scopes: scopes, eliminating: Array(0..<1_000))
    #expect(order.sorted() == Array(0..<1_000))
  }
}

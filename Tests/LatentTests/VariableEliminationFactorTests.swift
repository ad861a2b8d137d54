import LatentData
import LatentInference
import LatentKernels
import Testing

/// Laws of products, sums and maxima of factors.
@Suite struct VariableEliminationFactorTests {
  private static let cardinalities = [2, 3, 1, 4, 2]

  /// A random factor over some of five variables, in random order, with zeros.
  private func factor(using random: inout SplitMix64) -> Factor {
    let count = Int.random(in: 0...4, using: &random)
    let scope = Array((0..<5).shuffled(using: &random).prefix(count))
    let sizes = scope.map { Self.cardinalities[$0] }
    let values = (0..<sizes.reduce(1, *)).map { _ in
      Int.random(in: 0..<6, using: &random) == 0 ? 0 : Double.random(in: 0..<1, using: &random)
    }
    return Factor(
      scope: scope.map { VariableID($0) }, cardinalities: sizes, logValues: values.map { naturalLog($0) })
  }

  private let everything = (0..<5).map { VariableID($0) }

  private func product(_ factors: [Factor]) -> Factor {
    .product(factors, over: everything, cardinalities: Self.cardinalities)
  }

  /// The value of a factor at a joint state of all five variables, found by walking the axes.
  private func value(of factor: Factor, at states: [Int]) -> Double {
    var position = 0
    for (id, cardinality) in zip(factor.scope, factor.cardinalities) {
      position = position * cardinality + states[id.index]
    }
    return exponential(factor.logValues[position])
  }

  private var jointStates: [[Int]] {
    Self.cardinalities.reduce([[]]) { rows, count in rows.flatMap { row in (0..<count).map { row + [$0] } } }
  }

  @Test(arguments: 0..<100)
  func aProductMultipliesAtEveryJointState(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let (a, b) = (factor(using: &random), factor(using: &random))
    let actual = product([a, b]).logValues.map { exponential($0) }
    expectClose(actual, jointStates.map { value(of: a, at: $0) * value(of: b, at: $0) }, relative: 1e-13)
  }

  @Test(arguments: 0..<100)
  func sumsMaximaAndReductionsAgreeWithTheirDefinition(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let table = product([factor(using: &random), factor(using: &random)])
      .arranged(over: everything.shuffled(using: &random))
    for id in everything {
      let sum = product([table.summingOut(id)])
      let (maximum, choices) = table.maximizingOut(id)
      let reduced = table.reduced(id, to: StateCode(Self.cardinalities[id.index] - 1))
      #expect(choices.count == maximum.logValues.count)
      for states in jointStates {
        let row = (0..<Self.cardinalities[id.index]).map { state in
          var moved = states
          moved[id.index] = state
          return value(of: table, at: moved)
        }
        expectClose(value(of: sum, at: states), row.reduce(0, +), relative: 1e-13)
        expectClose(value(of: maximum, at: states), row.max() ?? 0, relative: 1e-13)
        #expect(value(of: reduced, at: states) == row[row.count - 1])
        let indices = Factor(
          scope: maximum.scope, cardinalities: maximum.cardinalities, logValues: choices.map { naturalLog(Double($0)) })
        expectClose(
          value(of: indices, at: states), Double(row.firstIndex(of: row.max() ?? 0) ?? 0), relative: 1e-13)
      }
    }
  }

  @Test(arguments: 0..<100)
  func productsCommuteAndSumsMovePastFactorsWithoutTheVariable(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let (a, b) = (factor(using: &random), factor(using: &random))
    #expect(product([a, b]) == product([b, a]))
    for id in a.scope where !b.scope.contains(id) {
      expectEqualTables(product([a, b]).summingOut(id), product([a.summingOut(id), b]).reduced(id, to: 0))
    }
    if a.scope.count >= 2 {
      let (x, y) = (a.scope[0], a.scope[1])
      expectEqualTables(product([a.summingOut(x).summingOut(y)]), product([a.summingOut(y).summingOut(x)]))
    }
  }

  private func expectEqualTables(_ a: Factor, _ b: Factor) {
    #expect(a.scope == b.scope)
    expectClose(a.logValues, b.logValues, relative: 1e-12, absolute: 1e-13)
  }

  @Test func nearlyEqualCellsAreTiesThatTheFirstStateWins() {
    let x = VariableID(0)
    let tie = Factor(scope: [x], cardinalities: [3], logValues: [-2, -1 - 1e-14, -1])
    #expect(tie.maximizingOut(x).states == [1])
    let apart = Factor(scope: [x], cardinalities: [3], logValues: [-2, -1 - 1e-9, -1])
    #expect(apart.maximizingOut(x).states == [2])
    let nothing = Factor(scope: [x], cardinalities: [2], logValues: [-.infinity, -.infinity])
    #expect(nothing.maximizingOut(x).factor.logValues == [-.infinity])
    #expect(nothing.summingOut(x).logValues == [-.infinity])
  }
}

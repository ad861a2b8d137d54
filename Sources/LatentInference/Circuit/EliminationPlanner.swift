internal import LatentData
internal import LatentModels

/// Makes the plans of shapes: which variables are eliminated in which order, and what each step multiplies.
struct EliminationPlanner {
  /// The most inputs that a step multiplies.
  static let maximumInputs = 3

  let layout: RowLayout
  let limit: MemoryLimit
  private(set) var table = PlanTable()
  private(set) var signatures = SignatureTable()
  /// The largest clique so far: its variables (topological indices) and its number of joint states.
  private(set) var largestClique: (variables: [Int], cells: Double) = ([], 0)
  /// The position of each topological index in the global elimination order.
  private let globalRanks: [Int]
  private var families: FamilyOperands
  // The shape at hand.
  /// The hidden variables (topological indices) as they are eliminated.
  private var order: [Int] = []
  /// The position in `order` of each hidden variable; −1 for other variables.
  private var ranks: [Int]
  private var firstStep = 0

  init(layout: RowLayout, _ patterns: NumberPatterns, limit: MemoryLimit) {
    self.layout = layout
    self.limit = limit
    families = FamilyOperands(layout, patterns)
    let order = minFillOrder(
      cardinalities: layout.cardinalities, scopes: layout.order.indices.map { Self.members(ofFamily: $0, layout) },
      eliminating: Array(layout.order.indices))
    ranks = [Int](repeating: -1, count: order.count)
    var globalRanks = ranks
    for (rank, index) in order.enumerated() { globalRanks[index] = rank }
    self.globalRanks = globalRanks
  }

  /// Plans the shape with these hidden variables and families (topological indices) and appends it to `table`.
  ///
  /// - pattern: the observed columns of its blocks.
  mutating func plan(hidden: [Int], families: [Int], pattern: [UInt64]) throws(InferenceError) {
    order = eliminationOrder(of: hidden.filter { $0 != layout.chain }, families)
    let keepsChain = order.count < hidden.count
    if let chain = layout.chain, keepsChain { order.append(chain) }
    for (rank, index) in order.enumerated() { ranks[index] = rank }
    if order.count <= 64 {
      try appendPlan(families, pattern, keeping: keepsChain ? 1 : 0, SmallRankSet.self)
    } else {
      try appendPlan(families, pattern, keeping: keepsChain ? 1 : 0, LargeRankSet.self)
    }
    for index in order { ranks[index] = -1 }
    for index in hidden { table.hidden.append(Int32(index)) }
    table.endShape()
  }

  /// The global order restricted to the component, so that equal parts of different shapes share their nodes; an order
  /// of the component's own where the restricted one costs more than twice as much.
  private func eliminationOrder(of hidden: [Int], _ families: [Int]) -> [Int] {
    let order = hidden.sorted { globalRanks[$0] < globalRanks[$1] }
    guard order.count > 4 else { return order }
    let scopes = families.map { Self.members(ofFamily: $0, layout).filter { hidden.contains($0) } }
    let cost = eliminationCost(order, scopes)
    guard cost > 512 else { return order }
    let own = minFillOrder(cardinalities: layout.cardinalities, scopes: scopes, eliminating: hidden)
    return eliminationCost(own, scopes) * 2 < cost ? own : order
  }

  /// The child and the parents of a family, as topological indices in rising order.
  private static func members(ofFamily index: Int, _ layout: RowLayout) -> [Int] {
    layout.members.withUnsafeBufferPointer {
      elements(of: $0.baseAddress! + index * layout.maskWords, words: layout.maskWords)
    }
  }

  /// The summed number of joint states of the cliques that an elimination forms.
  private func eliminationCost(_ order: [Int], _ scopes: [[Int]]) -> Double {
    let cardinalities = layout.cardinalities
    let cliques = eliminationCliques(variableCount: cardinalities.count, scopes: scopes, order: order)
    return cliques.reduce(0) { sum, clique in sum + clique.reduce(1.0) { $0 * Double(cardinalities[$1]) } }
  }

  /// - kept: how many of the last variables are not summed out: the root then has them as its separator.
  private mutating func appendPlan<Ranks: RankSet>(
    _ families: [Int], _ pattern: [UInt64], keeping kept: Int, _: Ranks.Type
  ) throws(InferenceError) {
    firstStep = table.steps.count
    var buckets = [[Operand<Ranks>]](repeating: [], count: order.count)
    let operands: [Operand<Ranks>] = self.families.operands(
      families, ranks: ranks, pattern: pattern, to: &table)
    for operand in operands {
      if let rank = operand.scope.first { buckets[rank].append(operand) }
    }
    for rank in order.indices.dropLast(kept) {
      var clique = Self.union(buckets[rank])
      try check(clique)
      let operands = foldedClosedFirst(buckets[rank]) {
        appendStep($0, eliminating: nil, separator: Self.union($0))
      }
      clique.remove(rank)
      let message = appendStep(operands, eliminating: rank, separator: clique)
      if let next = message.scope.first { buckets[next].append(message) }
    }
    guard kept > 0, let last = buckets.last else { return }
    let product = foldedClosedFirst(last) { appendStep($0, eliminating: nil, separator: Self.union($0)) }
    _ = appendStep(product, eliminating: nil, separator: Self.union(product))
  }

  private static func union<Ranks: RankSet>(_ operands: [Operand<Ranks>]) -> Ranks {
    var union = Ranks()
    for operand in operands { union.formUnion(operand.scope) }
    return union
  }

  /// Appends a step and returns its message as an operand.
  private mutating func appendStep<Ranks: RankSet>(
    _ operands: [Operand<Ranks>], eliminating eliminated: Int?, separator: Ranks
  ) -> Operand<Ranks> {
    let isOpen = operands.contains(where: \.isOpen)
    let number = table.steps.count - firstStep
    let (order, cardinalities) = (order, layout.cardinalities)
    let signature = signatures.number(of: operands, eliminating: eliminated, separator: separator) {
      cardinalities[order[$0]]
    }
    table.steps.append(
      PlanTable.Step(
        signature: Int32(signature), eliminated: eliminated.map { Int32(order[$0]) } ?? -1,
        inputStart: Int32(table.inputs.count), inputCount: Int32(operands.count),
        separatorStart: Int32(table.separators.count), separatorCount: Int32(signatures.axes.count), isOpen: isOpen))
    for rank in signatures.axes { table.separators.append(Int32(order[rank])) }
    for input in signatures.inputs { table.inputs.append(operands[input].input) }
    return Operand(input: ~Int32(number), scope: separator, isOpen: isOpen)
  }

  /// Refuses a clique whose table would not fit, and remembers the largest one.
  private mutating func check<Ranks: RankSet>(_ clique: Ranks) throws(InferenceError) {
    var cells = 1.0
    clique.visit { cells *= Double(layout.cardinalities[order[$0]]) }
    guard cells > largestClique.cells else { return }
    var variables: [Int] = []
    clique.visit { variables.append(order[$0]) }
    largestClique = (variables, cells)
    guard cells * 8 <= Double(limit.bytes) else {
      throw .cliqueTooLarge(
        variables: variables.map { layout.structure.schema[layout.order[$0]].name }, cells: cells, limit: limit)
    }
  }
}

internal import LatentData
internal import LatentModels

/// How the components of one shape are computed: buckets of an elimination, each with at most four inputs.
struct EliminationPlan {
  /// A family of the shape: where its table starts and which of its members are read from the row.
  struct FamilyInput {
    let offset: Int
    /// Topological index and stride of each observed member.
    let observed: [(index: Int, stride: Int)]
  }

  enum Input {
    case family(Int)
    case message(Int)
  }

  struct Step {
    let signature: Int
    /// The topological index of the variable that is summed out; nil where inputs are only multiplied.
    let eliminated: Int?
    /// The topological indices of the separator's variables, as the message's axes.
    let separator: [Int]
    let inputs: [Input]
  }

  let hidden: [Int]
  let families: [FamilyInput]
  /// Children before the steps that use their messages; the last one is the root, with an empty separator.
  let steps: [Step]
}

/// Makes the plans of shapes and numbers the signatures that they need.
struct EliminationPlanner {
  let layout: RowLayout
  let limit: MemoryLimit
  private(set) var signatures: [Signature] = []
  private var signatureNumbers: [Signature: Int] = [:]
  /// The largest clique so far: its variables (topological indices) and its number of joint states.
  private(set) var largestClique: (variables: [Int], cells: Double) = ([], 0)
  /// The place of each topological index in the global elimination order.
  private let globalRank: [Int]

  /// The most inputs that a step multiplies.
  static let maximumInputs = 4

  init(layout: RowLayout, limit: MemoryLimit) {
    self.layout = layout
    self.limit = limit
    let words = layout.maskWords
    let scopes = layout.order.indices.map { index in
      layout.members.withUnsafeBufferPointer { elements(of: $0.baseAddress! + index * words, words: words) }
    }
    let order = minFillOrder(
      cardinalities: layout.order.map { layout.structure.cardinality(of: $0) }, scopes: scopes,
      eliminating: Array(layout.order.indices))
    var rank = [Int](repeating: 0, count: order.count)
    for (place, index) in order.enumerated() { rank[index] = place }
    globalRank = rank
  }

  /// The scope of a bucket's input: topological indices in elimination order, and the stride of each within the input.
  private struct Operand {
    let input: EliminationPlan.Input
    let scope: [Int]
    let strides: [Int]
  }

  /// Plans the shape with these hidden variables and families (topological indices).
  mutating func plan(hidden: [Int], families: [Int]) throws(InferenceError) -> EliminationPlan {
    var isHidden = [Bool](repeating: false, count: layout.order.count)
    for index in hidden { isHidden[index] = true }
    let familyInputs = families.map { familyInput($0, isHidden) }
    let order = eliminationOrder(hidden: hidden, scopes: familyInputs.map(\.operandScope))
    var rank = [Int](repeating: 0, count: layout.order.count)
    for (place, index) in order.enumerated() { rank[index] = place }

    var buckets = [[Operand]](repeating: [], count: order.count)
    for (number, family) in familyInputs.enumerated() {
      let axes = zip(family.operandScope, family.operandStrides).sorted { rank[$0.0] < rank[$1.0] }
      buckets[rank[axes[0].0]].append(
        Operand(input: .family(number), scope: axes.map(\.0), strides: axes.map(\.1)))
    }
    var steps: [EliminationPlan.Step] = []
    for place in order.indices {
      let clique = union(of: buckets[place], rank: rank)
      try check(clique)
      let operands = folded(buckets[place], rank: rank, into: &steps)
      let message = append(
        &steps, operands: operands, eliminated: order[place], separator: Array(clique.dropFirst()))
      if let next = message.scope.first { buckets[rank[next]].append(message) }
    }
    return EliminationPlan(hidden: hidden, families: familyInputs.map(\.input), steps: steps)
  }

  /// The global order restricted to the component, so that equal parts of different shapes share their nodes; an order
  /// of its own where the restricted one costs more than twice as much.
  private func eliminationOrder(hidden: [Int], scopes: [[Int]]) -> [Int] {
    let restricted = hidden.sorted { globalRank[$0] < globalRank[$1] }
    guard hidden.count > 4 else { return restricted }
    let cost = eliminationCost(order: restricted, scopes: scopes)
    guard cost > 512 else { return restricted }
    let cardinalities = layout.order.map { layout.structure.cardinality(of: $0) }
    let own = minFillOrder(cardinalities: cardinalities, scopes: scopes, eliminating: hidden)
    return eliminationCost(order: own, scopes: scopes) * 2 < cost ? own : restricted
  }

  /// The summed number of joint states of the cliques that an elimination forms.
  private func eliminationCost(order: [Int], scopes: [[Int]]) -> Double {
    var scopes = scopes.map { Set($0) }
    var cost = 0.0
    for variable in order {
      var clique: Set<Int> = [variable]
      for scope in scopes where scope.contains(variable) { clique.formUnion(scope) }
      scopes.removeAll { $0.contains(variable) }
      cost += clique.reduce(1.0) { $0 * Double(cardinality($1)) }
      clique.remove(variable)
      scopes.append(clique)
    }
    return cost
  }

  private func cardinality(_ index: Int) -> Int { layout.structure.cardinality(of: layout.order[index]) }

  private func familyInput(
    _ index: Int, _ isHidden: [Bool]
  ) -> (input: EliminationPlan.FamilyInput, operandScope: [Int], operandStrides: [Int]) {
    let structure = layout.structure
    let family = structure.families[layout.order[index].index]
    var observed: [(index: Int, stride: Int)] = []
    var scope: [Int] = []
    var strides: [Int] = []
    var stride = 1
    for member in [family.child] + family.parents.reversed() {
      let member = layout.topologicalIndex[member.index]
      if isHidden[member] {
        scope.append(member)
        strides.append(stride)
      } else {
        observed.append((member, stride))
      }
      stride *= cardinality(member)
    }
    let offset = structure.offsets[family.child.index]
    return (EliminationPlan.FamilyInput(offset: offset, observed: observed), scope, strides)
  }

  /// Multiplies operands in threes, those of equal scope first, until at most four are left: partial products repeat
  /// across components more often than whole ones, and no message is a product of so many numbers that it underflows.
  private mutating func folded(
    _ operands: [Operand], rank: [Int], into steps: inout [EliminationPlan.Step]
  ) -> [Operand] {
    var operands = operands
    while operands.count > Self.maximumInputs {
      var groups: [[Operand]] = []
      for operand in operands {
        if let group = groups.firstIndex(where: { $0[0].scope == operand.scope }) {
          groups[group].append(operand)
        } else {
          groups.append([operand])
        }
      }
      if !groups.contains(where: { $0.count > 1 }) {
        groups.sort { $0[0].scope.count < $1[0].scope.count }
        groups = [groups[0] + groups[1] + groups[2]] + groups.dropFirst(3)
      }
      operands = []
      for group in groups {
        var start = 0
        while start < group.count {
          let triple = Array(group[start..<min(start + 3, group.count)])
          start += 3
          operands.append(
            triple.count == 1
              ? triple[0]
              : append(&steps, operands: triple, eliminated: nil, separator: union(of: triple, rank: rank)))
        }
      }
    }
    return operands
  }

  private func union(of operands: [Operand], rank: [Int]) -> [Int] {
    var scope: [Int] = []
    for operand in operands {
      for index in operand.scope where !scope.contains(index) { scope.append(index) }
    }
    return scope.sorted { rank[$0] < rank[$1] }
  }

  /// Appends a step and returns its message as an operand.
  private mutating func append(
    _ steps: inout [EliminationPlan.Step], operands: [Operand], eliminated: Int?, separator: [Int]
  ) -> Operand {
    var strides: [Int32] = []
    for operand in operands {
      for index in separator + [eliminated ?? -1] {
        let axis = operand.scope.firstIndex(of: index)
        strides.append(axis.map { Int32(operand.strides[$0]) } ?? 0)
      }
    }
    let signature = Signature(
      separator: separator.map { Int32(cardinality($0)) },
      eliminated: eliminated.map { Int32(cardinality($0)) } ?? 1, strides: strides)
    let number: Int
    if let known = signatureNumbers[signature] {
      number = known
    } else {
      number = signatures.count
      signatureNumbers[signature] = number
      signatures.append(signature)
    }
    steps.append(
      EliminationPlan.Step(
        signature: number, eliminated: eliminated, separator: separator, inputs: operands.map(\.input)))
    var messageStrides: [Int] = []
    var stride = 1
    for index in separator.reversed() {
      messageStrides.append(stride)
      stride *= cardinality(index)
    }
    return Operand(input: .message(steps.count - 1), scope: separator, strides: messageStrides.reversed())
  }

  /// Refuses a clique whose table would not fit, and remembers the largest one.
  private mutating func check(_ clique: [Int]) throws(InferenceError) {
    let cells = clique.reduce(1.0) { $0 * Double(cardinality($1)) }
    if cells > largestClique.cells { largestClique = (clique, cells) }
    guard cells * 8 <= Double(limit.bytes) else {
      throw .cliqueTooLarge(
        variables: clique.map { layout.structure.schema[layout.order[$0]].name }, cells: cells, limit: limit)
    }
  }
}

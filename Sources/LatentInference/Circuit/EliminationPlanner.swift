internal import LatentData
internal import LatentModels

/// Makes the plans of shapes and numbers the signatures that they need.
struct EliminationPlanner {
  let layout: RowLayout
  let limit: MemoryLimit
  private(set) var table = PlanTable()
  private(set) var signatures: [Signature] = []
  private var signatureNumbers = SequenceInterner()
  /// The largest clique so far: its variables (topological indices) and its number of joint states.
  private(set) var largestClique: (variables: [Int], cells: Double) = ([], 0)
  /// The place of each topological index in the global elimination order.
  private let globalRank: [Int]
  private let cardinalities: [Int]
  /// The place of each hidden variable of the shape at hand in its elimination order; −1 for other variables.
  private var place: [Int]
  private var patternNumbers = SequenceInterner()
  // Buffers of the step or family at hand.
  private var key: [Int32] = []
  private var axes: [Int] = []
  private var strides: [Int32] = []
  private var operandOrder: [Int] = []
  private var familyAxes: [(place: Int, stride: Int, cardinality: Int)] = []
  private var familyCells = 0
  private var observedStart = 0

  /// The most inputs that a step multiplies.
  static let maximumInputs = 3

  init(layout: RowLayout, limit: MemoryLimit) {
    self.layout = layout
    self.limit = limit
    let words = layout.maskWords
    cardinalities = layout.cardinalities
    let scopes = layout.order.indices.map { index in
      layout.members.withUnsafeBufferPointer { elements(of: $0.baseAddress! + index * words, words: words) }
    }
    let order = minFillOrder(
      cardinalities: cardinalities, scopes: scopes, eliminating: Array(layout.order.indices))
    var rank = [Int](repeating: 0, count: order.count)
    for (number, index) in order.enumerated() { rank[index] = number }
    globalRank = rank
    place = [Int](repeating: -1, count: order.count)
  }

  /// Plans the shape with these hidden variables and families (topological indices) and appends it to `table`.
  ///
  /// The order is the global one restricted to the component, so that equal parts of different shapes share their
  /// nodes; it is one of the component's own where the restricted one costs more than twice as much.
  mutating func plan(hidden: [Int], families: [Int]) throws(InferenceError) {
    var order = hidden.sorted { globalRank[$0] < globalRank[$1] }
    if order.count > 4 {
      let scopes = families.map { family in
        layout.members.withUnsafeBufferPointer {
          elements(of: $0.baseAddress! + family * layout.maskWords, words: layout.maskWords)
        }.filter { hidden.contains($0) }
      }
      let cost = eliminationCost(order, scopes)
      if cost > 512 {
        let own = minFillOrder(cardinalities: cardinalities, scopes: scopes, eliminating: hidden)
        if eliminationCost(own, scopes) * 2 < cost { order = own }
      }
    }
    for (number, index) in order.enumerated() { place[index] = number }
    if order.count <= 64 {
      try appendPlan(order, families, SmallPlaceSet.self)
    } else {
      try appendPlan(order, families, LargePlaceSet.self)
    }
    for index in order { place[index] = -1 }
    for index in hidden { table.hidden.append(Int32(index)) }
    table.endShape()
  }

  /// The summed number of joint states of the cliques that an elimination forms.
  private func eliminationCost(_ order: [Int], _ scopes: [[Int]]) -> Double {
    let cliques = eliminationCliques(variableCount: cardinalities.count, scopes: scopes, order: order)
    return cliques.reduce(0) { sum, clique in sum + clique.reduce(1.0) { $0 * Double(cardinalities[$1]) } }
  }

  /// An input of a bucket and its scope. The lowest place of the scope varies fastest.
  private struct Operand<Places: PlaceSet> {
    let input: Int32
    let scope: Places
    /// Whether it depends on numbers that a row observes.
    let isOpen: Bool
  }

  private mutating func appendPlan<Places: PlaceSet>(
    _ order: [Int], _ families: [Int], _: Places.Type
  ) throws(InferenceError) {
    let firstStep = table.steps.count
    var buckets = [[Operand<Places>]](repeating: [], count: order.count)
    let operands: [Operand<Places>] = familyOperands(families)
    for operand in operands {
      if let place = operand.scope.first { buckets[place].append(operand) }
    }
    for current in order.indices {
      var clique = Places()
      for operand in buckets[current] { clique.formUnion(operand.scope) }
      try check(clique, order)
      let operands = foldedClosedFirst(buckets[current], order, firstStep)
      clique.remove(current)
      let message = append(operands, eliminating: current, separator: clique, order, firstStep)
      if let next = message.scope.first { buckets[next].append(message) }
    }
  }

  /// The tables of a shape, and its evidence: one operand for all numbers whose families have the same hidden parents.
  private mutating func familyOperands<Places: PlaceSet>(_ families: [Int]) -> [Operand<Places>] {
    var operands: [Operand<Places>] = []
    var evidence: [(scope: Places, group: PlanTable.Evidence)] = []
    for index in families {
      let scope: Places = visitFamily(index)
      let observed = observedStart..<table.observed.count
      if layout.isNumeric[index], place[index] < 0 {
        let density = PlanTable.Evidence.Density(
          number: index, configurations: positionsOfFamilyAxes(), observed: observed)
        if let group = evidence.firstIndex(where: { $0.scope == scope }) {
          evidence[group].group.families.append(density)
        } else {
          let cells = density.configurations.count
          evidence.append((scope, PlanTable.Evidence(cells: cells, families: [density])))
        }
      } else {
        let offset = layout.tableStarts[index]
        let pattern = patternOfFamilyAxes(offset: offset, cells: familyCells)
        operands.append(Operand(input: Int32(operands.count), scope: scope, isOpen: false))
        table.families.append(
          PlanTable.Family(
            offset: Int32(offset), pattern: pattern, observedStart: Int32(observed.lowerBound),
            observedCount: Int32(observed.count)))
      }
    }
    for (number, (scope, group)) in evidence.enumerated() {
      operands.append(Operand(input: Int32(operands.count), scope: scope, isOpen: true))
      table.families.append(
        PlanTable.Family(evidence: Int32(number), offset: 0, pattern: -1, observedStart: 0, observedCount: 0))
      table.evidence.append(group)
    }
    return operands
  }

  /// Goes through the members of a family: the hidden ones become `familyAxes`, the observed ones go to `table`, from
  /// `observedStart` on. Returns the places of the hidden ones.
  private mutating func visitFamily<Places: PlaceSet>(_ index: Int) -> Places {
    let family = layout.structure.family(of: layout.order[index])
    var scope = Places()
    observedStart = table.observed.count
    familyAxes.removeAll(keepingCapacity: true)
    var stride = 1
    func visit(_ member: Int) {
      if place[member] >= 0 {
        scope.insert(place[member])
        familyAxes.append((place[member], stride, cardinalities[member]))
      } else {
        table.observed.append(PlanTable.Observed(index: Int32(member), stride: Int32(stride)))
      }
      stride *= cardinalities[member]
    }
    visit(index)
    for parent in family.parents.reversed() { visit(layout.topologicalIndex[parent.index]) }
    familyAxes.sort { $0.place < $1.place }
    familyCells = stride
    return scope
  }

  /// Where the joint states of the family's hidden axes stand from the first one on, the fastest axis first.
  private func positionsOfFamilyAxes() -> [Int32] {
    var positions: [Int32] = [0]
    for axis in familyAxes {
      positions = (0..<axis.cardinality).flatMap { state in positions.map { $0 + Int32(state * axis.stride) } }
    }
    return positions
  }

  /// The number of the pattern of slices with the family's hidden axes, the fastest first; −1 where the cells stand side
  /// by side in that order.
  ///
  /// - offset: where the family's table starts.
  /// - cells: how many cells it has.
  private mutating func patternOfFamilyAxes(offset: Int, cells: Int) -> Int32 {
    key.removeAll(keepingCapacity: true)
    key.append(Int32(offset))
    var isInPlace = true
    var expected = 1
    for axis in familyAxes where axis.cardinality > 1 {
      isInPlace = isInPlace && axis.stride == expected
      expected *= axis.cardinality
      key.append(Int32(axis.stride))
      key.append(Int32(axis.cardinality))
    }
    guard !isInPlace else { return -1 }
    let number = patternNumbers.intern(key)
    if number == table.patterns.count {
      table.patterns.append(
        PlanTable.SlicePattern(offset: offset, cells: positionsOfFamilyAxes(), start: table.patternEnd))
      table.patternEnd += cells
    }
    return Int32(number)
  }

  /// Multiplies operands until at most three are left, those first that do not depend on the numbers of a row: their
  /// products are formed once for many rows.
  private mutating func foldedClosedFirst<Places: PlaceSet>(
    _ bucket: [Operand<Places>], _ order: [Int], _ firstStep: Int
  ) -> [Operand<Places>] {
    let open = bucket.filter(\.isOpen)
    guard !open.isEmpty, bucket.count > Self.maximumInputs else { return folded(bucket, order, firstStep) }
    let closed = folded(
      bucket.filter { !$0.isOpen }, to: max(1, Self.maximumInputs - open.count), order, firstStep)
    return folded(closed + open, order, firstStep)
  }

  /// Multiplies operands in threes, those of equal scope first, until at most three are left: partial products repeat
  /// across components more often than whole ones, and no message is a product of so many numbers that it underflows.
  ///
  /// - limit: how many operands may be left; at least one.
  private mutating func folded<Places: PlaceSet>(
    _ bucket: [Operand<Places>], to limit: Int = Self.maximumInputs, _ order: [Int], _ firstStep: Int
  ) -> [Operand<Places>] {
    var operands = bucket
    while operands.count > limit {
      var groups: [[Operand<Places>]] = []
      for operand in operands {
        if let group = groups.firstIndex(where: { $0[0].scope == operand.scope }) {
          groups[group].append(operand)
        } else {
          groups.append([operand])
        }
      }
      if !groups.contains(where: { $0.count > 1 }) {
        groups.sort { $0[0].scope.count < $1[0].scope.count }
        let count = min(3, groups.count)
        groups = [groups[..<count].flatMap { $0 }] + groups.dropFirst(count)
      }
      operands = []
      for group in groups {
        for start in Swift.stride(from: 0, to: group.count, by: 3) {
          let triple = Array(group[start..<min(start + 3, group.count)])
          guard triple.count > 1 else {
            operands.append(triple[0])
            continue
          }
          var scope = Places()
          for operand in triple { scope.formUnion(operand.scope) }
          operands.append(append(triple, eliminating: nil, separator: scope, order, firstStep))
        }
      }
    }
    return operands
  }

  /// Appends a step and returns its message as an operand.
  private mutating func append<Places: PlaceSet>(
    _ operands: [Operand<Places>], eliminating eliminated: Int?, separator: Places, _ order: [Int], _ firstStep: Int
  ) -> Operand<Places> {
    let isOpen = operands.contains(where: \.isOpen)
    let message = Operand<Places>(
      input: ~Int32(table.steps.count - firstStep), scope: separator, isOpen: isOpen)
    axes.removeAll(keepingCapacity: true)
    separator.visit { axes.append($0) }
    axes.reverse()
    setStrides(operands, eliminated, order)
    key.removeAll(keepingCapacity: true)
    key.append(eliminated.map { Int32(cardinalities[order[$0]]) } ?? 1)
    key.append(Int32(operands.count))
    let separatorStart = table.separators.count
    for place in axes {
      key.append(Int32(cardinalities[order[place]]))
      table.separators.append(Int32(order[place]))
    }
    let inputStart = table.inputs.count
    for operand in operandOrder {
      table.inputs.append(operands[operand].input)
      key += strides[operand * axes.count..<(operand + 1) * axes.count]
    }
    table.steps.append(
      PlanTable.Step(
        signature: Int32(signatureNumber()), eliminated: eliminated.map { Int32(order[$0]) } ?? -1,
        inputStart: Int32(inputStart), inputCount: Int32(operands.count), separatorStart: Int32(separatorStart),
        separatorCount: Int32(axes.count), isOpen: isOpen))
    return message
  }

  /// Sets the strides of operands along the axes, which go from the slowest to the fastest but for the eliminated one,
  /// the very fastest, and the order of the operands: those that depend on the separator first, and equal sets in the
  /// same order everywhere.
  private mutating func setStrides<Places: PlaceSet>(
    _ operands: [Operand<Places>], _ eliminated: Int?, _ order: [Int]
  ) {
    let count = axes.count
    strides.removeAll(keepingCapacity: true)
    operandOrder.removeAll(keepingCapacity: true)
    for operand in operands.indices {
      strides.append(contentsOf: repeatElement(0, count: count))
      var stride = eliminated.map { cardinalities[order[$0]] } ?? 1
      for axis in axes.indices.reversed() where operands[operand].scope.contains(axes[axis]) {
        strides[operand * count + axis] = Int32(stride)
        stride *= cardinalities[order[axes[axis]]]
      }
      var position = operandOrder.count
      while position > 0, comes(operand, before: operandOrder[position - 1]) { position -= 1 }
      operandOrder.insert(operand, at: position)
    }
  }

  private func comes(_ a: Int, before b: Int) -> Bool {
    for axis in axes.indices {
      let (strideA, strideB) = (strides[a * axes.count + axis], strides[b * axes.count + axis])
      if strideA != strideB { return strideA > strideB }
    }
    return false
  }

  /// The number of the signature that `key` spells.
  private mutating func signatureNumber() -> Int {
    let number = signatureNumbers.intern(key)
    if number == signatures.count {
      signatures.append(
        Signature(
          separator: Array(key[2..<2 + axes.count]), eliminated: key[0], inputCount: Int(key[1]),
          strides: Array(key[(2 + axes.count)...])))
    }
    return number
  }

  /// Refuses a clique whose table would not fit, and remembers the largest one.
  private mutating func check<Places: PlaceSet>(_ clique: Places, _ order: [Int]) throws(InferenceError) {
    var cells = 1.0
    clique.visit { cells *= Double(cardinalities[order[$0]]) }
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

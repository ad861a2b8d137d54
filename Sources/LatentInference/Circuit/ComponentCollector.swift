internal import LatentData
internal import LatentKernels
internal import LatentModels

/// Splits rows into their hidden components, merges the equal ones, and counts what no hidden cell touches.
///
/// Given what a row observed, its hidden variables fall apart into components: two are adjacent when a family holds
/// both. A component's *shape* is its set of hidden variables and the set of families that hold one of them; an
/// *instance* is a shape with the codes of the observed members of those families. Equal instances of different rows
/// merge and their weights add. Families without a hidden member are counted once.
///
/// A component is *open* when it holds a family of numbers some of which were observed: their densities are evidence of
/// this row alone. Which columns of a block are observed is part of the shape. Rows of an open component are kept, an instance number and its numbers each; what does not
/// depend on them merges as ever.
struct ComponentCollector {
  let layout: RowLayout
  let completion: CompletionPolicy
  /// The moments of each variable's numbers; none where no variable has numbers.
  private(set) var moments: [WeightedMoments]
  /// What no hidden cell touches.
  private(set) var constants: ConstantStatistics
  /// The patterns in which families of numbers are observed.
  private(set) var patterns = NumberPatterns()
  /// −Σ w log x! over the counts that were observed: the part of the log-likelihood that no parameter touches.
  private(set) var logBase = 0.0
  /// Keys: the hidden variables, then the families, `maskWords` words each, then the pattern of the families' blocks.
  private(set) var shapes: WordInterner
  /// Keys: the number of the shape, then the packed observed members; where rows are recorded, and some variable has
  /// numbers, last the number of the open row, 0 in closed components.
  private(set) var instances: WordInterner
  /// Per shape: its open rows; none where it is closed, or where every open row is an instance.
  private(set) var openRows: [OpenRows] = []
  /// Where rows are recorded, per instance: the open row, −1 where it is closed.
  private(set) var openRowOfInstance: [Int32] = []
  /// The summed weight of each instance.
  private(set) var weights: [Double] = []
  /// The instances of each row, when they are recorded: those of row r stand at `rowStarts[r]..<rowStarts[r + 1]`.
  private(set) var rowInstances: [Int32] = []
  private(set) var rowStarts: [Int] = [0]
  /// The steps of sequences, where the structure has a chain.
  private(set) var chain: ChainRows?
  /// How many rows of positive weight came in, their summed weight, and the components of all these rows.
  private(set) var rowCount = 0
  private(set) var totalWeight = 0.0
  private(set) var componentCount = 0
  /// What the row at hand says of the chain's variable.
  private var chainStep = ChainRows.Step.nothing
  /// The topological indices of the parents of the chain's variable in its own step.
  private let chainParents: [Int]
  private let recordsRows: Bool
  /// Packed bits of the observed members of each shape's families, `rowWords` words a shape.
  private var observedBits: [UInt64] = []
  private var scratch: Scratch
  /// The numbers of each variable in the table at hand; empty for variables with states.
  private var numbers: [[Double]] = []

  /// Working sets of one row, `maskWords` words each.
  private struct Scratch {
    var hidden: [UInt64]
    var barren: [UInt64]
    var frontier: [UInt64]
    var shape: [UInt64]
    var key: [UInt64]
  }

  private static let blockRows = 2048

  init(structure: NetworkStructure, completion: CompletionPolicy, recordsRows: Bool = false) {
    layout = RowLayout(structure)
    self.completion = completion
    self.recordsRows = recordsRows
    constants = ConstantStatistics(layout)
    moments = structure.isCategorical ? [] : structure.schema.ids.map { _ in WeightedMoments() }
    shapes = WordInterner(stride: 2 * layout.maskWords + layout.patternWords)
    let keyWords = 1 + layout.rowWords + (recordsRows && !structure.isCategorical ? 1 : 0)
    instances = WordInterner(stride: keyWords)
    let layout = layout
    chainParents = layout.chain.map { layout.family($0).parents.map { layout.topologicalIndex[$0.index] } } ?? []
    chain = layout.chain.map { ChainRows(layout.family($0), merges: !recordsRows) }
    let empty = [UInt64](repeating: 0, count: layout.maskWords)
    scratch = Scratch(
      hidden: empty, barren: empty, frontier: empty,
      shape: empty + empty + [UInt64](repeating: 0, count: layout.patternWords),
      key: [UInt64](repeating: 0, count: keyWords))
  }

  /// The shape of an instance.
  func shape(ofInstance instance: Int) -> Int { Int(instances.keys[instance * instances.stride]) }

  /// Adds the rows of a table whose schema is the structure's.
  mutating func add(_ table: Table) {
    precondition(table.schema == layout.structure.schema, "rows of the structure's schema")
    let isComplete = table.columns.map(\.isComplete)
    constants.add(table, isComplete: isComplete, layout, &patterns)
    numbers = table.schema.ids.map { id in
      guard case .reals(let values) = table.columns[id.index] else { return [] }
      moments[id.index].add(values, weights: table.weights)
      if table.schema[id].domain == .count {
        for (value, weight) in zip(values, table.weights) where !value.isNaN { logBase -= weight * logFactorial(value) }
      }
      return values
    }
    if chain != nil {
      splitSequences(table)
    } else if isComplete.contains(false) {
      splitRows(table)
    } else {
      for weight in table.weights where weight > 0 {
        rowCount += 1
        totalWeight += weight
      }
      if recordsRows { rowStarts += repeatElement(rowInstances.count, count: table.rowCount) }
    }
  }

  /// Adds the hidden components of rows.
  private mutating func splitRows(_ table: Table) {
    var packed = PackedRows()
    var start = 0
    while start < table.rowCount {
      let rows = start..<min(start + Self.blockRows, table.rowCount)
      packed.pack(table, rows: rows, layout, recordsRows ? .anyColumn : .allColumns)
      packed.codes.withUnsafeBufferPointer { codes in
        packed.hidden.withUnsafeBufferPointer { hidden in
          for (offset, row) in rows.enumerated() {
            if table.weights[row] > 0 {
              split(
                codes.baseAddress! + offset * layout.rowWords, hidden.baseAddress! + offset * layout.maskWords,
                pattern: packed.patterns[offset * layout.patternWords..<(offset + 1) * layout.patternWords],
                row: row, weight: table.weights[row])
            }
            if recordsRows { rowStarts.append(rowInstances.count) }
          }
        }
      }
      start = rows.upperBound
    }
  }

  /// Adds the hidden components of the rows of sequences, and the sequences as the chain sees them.
  private mutating func splitSequences(_ table: Table) {
    guard let index = layout.chain else { return }
    var packed = PackedRows()
    for sequence in table.sequences where table.weights[sequence.lowerBound] > 0 {
      let firstStep = chain?.steps.count ?? 0
      var start = sequence.lowerBound
      while start < sequence.upperBound {
        let rows = start..<min(start + Self.blockRows, sequence.upperBound)
        packed.pack(table, rows: rows, layout, .allColumns)
        packed.codes.withUnsafeBufferPointer { codes in
          packed.hidden.withUnsafeBufferPointer { hidden in
            for (offset, row) in rows.enumerated() {
              let (cells, missing) = (
                codes.baseAddress! + offset * layout.rowWords, hidden.baseAddress! + offset * layout.maskWords
              )
              let isHidden = missing[index / 64] & (1 << UInt64(index % 64)) != 0
              let configuration = chainConfiguration(cells, missing, row: row)
              chainStep = isHidden ? .nothing : .state(layout.code(index, in: cells))
              split(
                cells, missing,
                pattern: packed.patterns[offset * layout.patternWords..<(offset + 1) * layout.patternWords],
                row: row, weight: table.weights[row])
              chain?.append(chainStep, configuration: configuration)
            }
          }
        }
        start = rows.upperBound
      }
      chain?.endSequence(
        from: firstStep, firstRow: sequence.lowerBound, weight: table.weights[sequence.lowerBound], completion)
    }
    chain?.endTable(rows: table.rowCount)
  }

  /// The configuration of the parents of the chain's variable in its own step.
  private mutating func chainConfiguration(
    _ packed: UnsafePointer<UInt64>, _ missing: UnsafePointer<UInt64>, row: Int
  ) -> Int {
    var configuration = 0
    for parent in chainParents {
      if missing[parent / 64] & (1 << UInt64(parent % 64)) != 0 { chain?.noteHiddenParent(inRow: row) }
      configuration = configuration * layout.cardinalities[parent] + layout.code(parent, in: packed)
    }
    return configuration
  }

  /// Splits one row and adds its components.
  private mutating func split(
    _ packed: UnsafePointer<UInt64>, _ missing: UnsafePointer<UInt64>, pattern: ArraySlice<UInt64>, row: Int,
    weight: Double
  ) {
    rowCount += 1
    totalWeight += weight
    let words = layout.maskWords
    for word in 0..<words {
      scratch.hidden[word] = missing[word]
      scratch.barren[word] = 0
    }
    if completion == .minimal { pruneBarren() }
    for word in 0..<words {
      while scratch.hidden[word] != 0 {
        let seed = word * 64 + scratch.hidden[word].trailingZeroBitCount
        growComponent(from: seed)
        addPattern(pattern)
        addInstance(packed, row: row, weight: weight)
      }
    }
  }

  /// Moves hidden variables without an observed descendant from `hidden` to `barren`, children before parents.
  private mutating func pruneBarren() {
    let words = layout.maskWords
    for word in (0..<words).reversed() {
      var rest = scratch.hidden[word]
      while rest != 0 {
        let bit = 63 - rest.leadingZeroBitCount
        rest &= ~(1 << UInt64(bit))
        let start = (word * 64 + bit) * words
        var kept = false
        for other in 0..<words where layout.children[start + other] & ~scratch.barren[other] != 0 { kept = true }
        if !kept {
          scratch.barren[word] |= 1 << UInt64(bit)
          scratch.hidden[word] &= ~(1 << UInt64(bit))
        }
      }
    }
  }

  /// Takes the component of a hidden variable out of `hidden`; `shape` receives its variables and families.
  ///
  /// The families of barren children are not there: they must not join anything.
  private mutating func growComponent(from seed: Int) {
    let words = layout.maskWords
    for word in 0..<words {
      scratch.frontier[word] = 0
      scratch.shape[word] = 0
      scratch.shape[words + word] = 0
    }
    scratch.frontier[seed / 64] = 1 << UInt64(seed % 64)
    scratch.hidden[seed / 64] &= ~(1 << UInt64(seed % 64))
    var word = 0
    while word < words {
      guard scratch.frontier[word] != 0 else {
        word += 1
        continue
      }
      let bit = UInt64(1) << UInt64(scratch.frontier[word].trailingZeroBitCount)
      let variable = word * 64 + bit.trailingZeroBitCount
      scratch.frontier[word] &= ~bit
      scratch.shape[word] |= bit
      if variable == layout.chain {
        growFromChain(variable)
        word = 0
        continue
      }
      scratch.shape[words + word] |= bit
      var dropsFamilies = false
      for other in 0..<words {
        let children = layout.children[variable * words + other]
        if children & scratch.barren[other] != 0 { dropsFamilies = true }
        scratch.shape[words + other] |= children & ~scratch.barren[other]
      }
      if dropsFamilies {
        reach(layout.members, of: variable)
        reachChildren(of: variable)
      } else {
        reach(layout.neighbours, of: variable)
      }
      word = 0
    }
  }

  /// Goes on from the chain's variable: its own family is a matter of the chain.
  private mutating func growFromChain(_ variable: Int) {
    let words = layout.maskWords
    for other in 0..<words {
      scratch.shape[words + other] |= layout.children[variable * words + other] & ~scratch.barren[other]
    }
    reachChildren(of: variable)
  }

  /// Goes on through the families of the children that are not barren.
  private mutating func reachChildren(of variable: Int) {
    for other in 0..<layout.maskWords {
      var families = layout.children[variable * layout.maskWords + other] & ~scratch.barren[other]
      while families != 0 {
        reach(layout.members, of: other * 64 + families.trailingZeroBitCount)
        families &= families &- 1
      }
    }
  }

  /// Moves what a set holds of `hidden` to `frontier`.
  private mutating func reach(_ sets: [UInt64], of index: Int) {
    for word in 0..<layout.maskWords {
      let new = sets[index * layout.maskWords + word] & scratch.hidden[word]
      scratch.frontier[word] |= new
      scratch.hidden[word] &= ~new
    }
  }

  /// Makes the observed columns of the blocks whose families are in `shape` part of it.
  private mutating func addPattern(_ pattern: ArraySlice<UInt64>) {
    guard layout.patternWords > 0 else { return }
    let words = layout.maskWords
    for word in 0..<layout.patternWords { scratch.shape[2 * words + word] = 0 }
    for block in layout.blocks where scratch.shape[words + block.index / 64] & (1 << UInt64(block.index % 64)) != 0 {
      for word in 0..<layout.patternWords {
        scratch.shape[2 * words + word] |= pattern[pattern.startIndex + word] & block.bits[word]
      }
    }
  }

  private mutating func addInstance(_ packed: UnsafePointer<UInt64>, row: Int, weight: Double) {
    componentCount += 1
    let isChain = layout.chain.map { scratch.shape[$0 / 64] & (1 << UInt64($0 % 64)) != 0 } ?? false
    // Without a family below it, the chain's variable has no message.
    if isChain, scratch.shape[layout.maskWords..<2 * layout.maskWords].allSatisfy({ $0 == 0 }) { return }
    let shape = shapes.intern(scratch.shape)
    if shape == openRows.count {
      appendObservedBits()
      openRows.append(OpenRows(variables: observedNumbers()))
    }
    scratch.key[0] = UInt64(shape)
    for word in 0..<layout.rowWords {
      scratch.key[1 + word] = packed[word] & observedBits[shape * layout.rowWords + word]
    }
    let isOpen = !openRows[shape].variables.isEmpty
    // Where every open row is an instance of its own, its number is part of the key.
    if scratch.key.count > 1 + layout.rowWords {
      scratch.key[1 + layout.rowWords] = isOpen ? UInt64(openRows[shape].count + 1) : 0
    }
    let instance = instances.intern(scratch.key)
    if instance == weights.count { weights.append(0) }
    weights[instance] += weight
    if recordsRows {
      rowInstances.append(Int32(instance))
      if instance == openRowOfInstance.count {
        openRowOfInstance.append(isOpen ? Int32(openRows[shape].count) : -1)
      }
    }
    if isChain { chainStep = .message(instance: instance, openRow: isOpen ? openRows[shape].count : -1) }
    if isOpen { openRows[shape].append(instance, weight: weight, row: row, numbers) }
  }

  /// The observed numbers that the families of `shape` read; their patterns are noted.
  private mutating func observedNumbers() -> [VariableID] {
    let words = layout.maskWords
    let (shape, layout) = (scratch.shape, layout)
    var patterns = patterns
    defer { self.patterns = patterns }
    return shape.withUnsafeBufferPointer { shape in
      elements(of: shape.baseAddress! + words, words: words).filter { layout.isNumeric[$0] }.flatMap { index in
        let isHidden = shape[index / 64] & (1 << UInt64(index % 64)) != 0
        let observed = layout.observed(index, isHidden: isHidden, pattern: shape.baseAddress! + 2 * words)
        if !observed.isEmpty { _ = patterns.number(of: layout.family(index), observed: observed) }
        return observed.map { layout.family(index).children[$0] }
      }
    }
  }

  /// Appends the packed bits of the observed members of the families in `shape`.
  private mutating func appendObservedBits() {
    let words = layout.maskWords
    var observed = [UInt64](repeating: 0, count: layout.rowWords)
    let families = scratch.shape.withUnsafeBufferPointer { elements(of: $0.baseAddress! + words, words: words) }
    for family in families {
      for word in 0..<words {
        var rest = layout.members[family * words + word] & ~scratch.shape[word]
        while rest != 0 {
          let member = word * 64 + rest.trailingZeroBitCount
          observed[layout.word[member]] |= layout.bits[member] << layout.shift[member]
          rest &= rest &- 1
        }
      }
    }
    observedBits += observed
  }
}

internal import LatentData
internal import LatentModels

/// How rows and sets of variables are packed into 64-bit words while a circuit is compiled.
///
/// Variables are numbered by their position in the topological order ("topological index"), parents before children; the
/// columns of a block have one index together, since their family is a single member of components.
/// A set of variables is `maskWords` words with one bit per topological index. A row is `rowWords` words in which each
/// variable has just the bits that its codes need, all zero where the cell is missing; no variable straddles two words.
/// Numbers have no bits; to an elimination they are a variable with one state where they are hidden. Which columns of a
/// block a row observes is a *pattern* of its own, `patternWords` words of it.
struct RowLayout {
  let structure: NetworkStructure
  let maskWords: Int
  let rowWords: Int
  /// The topological index of the variable whose states make a chain; nil where rows are independent.
  let chain: Int?
  /// The variable at each topological index, or the first column of the block.
  let order: [VariableID]
  /// The topological index of each variable.
  let topologicalIndex: [Int]
  /// The word of a packed row that holds the variable with this topological index.
  let word: [Int]
  /// The lowest bit of the variable within that word.
  let shift: [UInt64]
  /// The bits of the variable within that word, not shifted.
  let bits: [UInt64]
  /// The children of each topological index, as sets: `maskWords` words each.
  let children: [UInt64]
  /// The members of the family of each topological index (the child and its parents), as sets.
  let members: [UInt64]
  /// The number of states of each topological index; 1 for a variable of numbers.
  let cardinalities: [Int]
  /// Whether the topological index is a variable of numbers.
  let isNumeric: [Bool]
  /// Where the table of each topological index starts among the inputs of a circuit: the tables, and behind them a table
  /// of ones for each variable of numbers, the density of a number that nobody saw, summed out.
  let tableStarts: [Int]
  /// The number of cells of all these tables.
  let tableEnd: Int
  let patternWords: Int
  /// Where the bits of a block's columns begin in a pattern, by topological index; −1 where there is no block.
  let patternStarts: [Int]
  /// The topological indices of the blocks, and the bits of their columns in a pattern.
  let blocks: [(index: Int, bits: [UInt64])]
  /// The union of all families that hold the topological index, as sets.
  let neighbours: [UInt64]

  init(_ structure: NetworkStructure) {
    self.structure = structure
    let order = structure.graph.topologicalOrder.filter { structure.family(of: $0).child == $0 }
    let count = order.count
    let maskWords = max(1, (count + 63) / 64)
    self.maskWords = maskWords
    self.order = order
    var topologicalIndex = [Int](repeating: 0, count: structure.schema.count)
    for (index, id) in order.enumerated() {
      for child in structure.family(of: id).children { topologicalIndex[child.index] = index }
    }
    self.topologicalIndex = topologicalIndex
    chain = structure.chainVariable.map { topologicalIndex[$0.index] }

    var word: [Int] = []
    var shift: [UInt64] = []
    var bits: [UInt64] = []
    var used = 0
    for id in order {
      let states = structure.schema[id].states.count
      let width = states == 0 ? 0 : max(1, Int.bitWidth - (states - 1).leadingZeroBitCount)
      if width > 0, used / 64 != (used + width - 1) / 64 { used = (used / 64 + 1) * 64 }
      word.append(width > 0 ? used / 64 : 0)
      shift.append(UInt64(used % 64))
      bits.append((1 << UInt64(width)) - 1)
      used += width
    }
    (self.word, self.shift, self.bits) = (word, shift, bits)
    rowWords = max(1, (used + 63) / 64)

    isNumeric = order.map { !structure.schema[$0].isCategorical }
    cardinalities = order.map { max(1, structure.schema[$0].states.count) }
    var tableStarts = order.map { structure.family(of: $0).parameters.lowerBound }
    var end = structure.tableCellCount
    for family in structure.numericFamilies {
      tableStarts[topologicalIndex[family.child.index]] = end
      end += family.configurations
    }
    (self.tableStarts, tableEnd) = (tableStarts, end)
    var patternEnd = 0
    patternStarts = order.map { id in
      let columns = structure.family(of: id).children.count
      guard columns > 1 else { return -1 }
      patternEnd += columns
      return patternEnd - columns
    }
    let patternWords = (patternEnd + 63) / 64
    self.patternWords = patternWords
    blocks = order.indices.filter { [patternStarts] in patternStarts[$0] >= 0 }.map { [patternStarts] index in
      var bits = [UInt64](repeating: 0, count: patternWords)
      for column in structure.family(of: order[index]).children.indices {
        let bit = patternStarts[index] + column
        bits[bit / 64] |= 1 << UInt64(bit % 64)
      }
      return (index, bits)
    }

    var children = [UInt64](repeating: 0, count: count * maskWords)
    var members = children
    var neighbours = children
    func insert(_ element: Int, into sets: inout [UInt64], of index: Int) {
      sets[index * maskWords + element / 64] |= 1 << UInt64(element % 64)
    }
    for (index, id) in order.enumerated() {
      let family = [index] + structure.graph.parents[id.index].map { topologicalIndex[$0.index] }
      for member in family {
        insert(member, into: &members, of: index)
        if member != index { insert(index, into: &children, of: member) }
        for other in family { insert(other, into: &neighbours, of: member) }
      }
    }
    (self.children, self.members, self.neighbours) = (children, members, neighbours)
  }

  /// The family at a topological index.
  func family(_ index: Int) -> Family { structure.family(of: order[index]) }

  /// Which children of the numbers at a topological index are observed.
  ///
  /// - isHidden: whether none of them is; of blocks the pattern tells.
  func observed(_ index: Int, isHidden: Bool, pattern: UnsafePointer<UInt64>) -> [Int] {
    guard patternStarts[index] >= 0 else { return isHidden ? [] : [0] }
    return family(index).children.indices.filter {
      let bit = patternStarts[index] + $0
      return pattern[bit / 64] & (1 << UInt64(bit % 64)) != 0
    }
  }

  /// The code of the variable with this topological index in a packed row.
  func code(_ index: Int, in row: UnsafePointer<UInt64>) -> Int {
    Int(truncatingIfNeeded: (row[word[index]] >> shift[index]) & bits[index])
  }
}

/// The members of a set of topological indices, ascending.
func elements(of mask: UnsafePointer<UInt64>, words: Int) -> [Int] {
  var result: [Int] = []
  for word in 0..<words {
    var rest = mask[word]
    while rest != 0 {
      result.append(word * 64 + rest.trailingZeroBitCount)
      rest &= rest &- 1
    }
  }
  return result
}

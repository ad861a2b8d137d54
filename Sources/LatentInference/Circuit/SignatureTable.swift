/// The signatures of all steps, each once, and their index tables end to end.
struct SignatureTable {
  private(set) var signatures: [Signature] = []
  /// The index tables of all signatures, end to end.
  private(set) var indices: [Int32] = []
  private var numbers = SequenceInterner()
  /// The ranks of the separator of the step at hand, the slowest first.
  private(set) var axes: [Int] = []
  /// The operands of the step at hand in the order of the signature's inputs.
  private(set) var inputs: [Int] = []
  private var strides: [Int32] = []
  private var key: [Int32] = []

  /// The number of the signature of a step; `axes` and `inputs` then say which variables and operands its parts are.
  ///
  /// - eliminated: the rank of the variable that is summed out; nil where operands are only multiplied.
  /// - cardinality: the number of states of the variable of a rank.
  mutating func number<Ranks: RankSet>(
    of operands: [Operand<Ranks>], eliminating eliminated: Int?, separator: Ranks, cardinality: (Int) -> Int
  ) -> Int {
    axes.removeAll(keepingCapacity: true)
    separator.visit { axes.append($0) }
    axes.reverse()
    let states = eliminated.map(cardinality) ?? 1
    setStrides(operands, states: states, cardinality)
    key.removeAll(keepingCapacity: true)
    key.append(Int32(states))
    key.append(Int32(operands.count))
    for axis in axes { key.append(Int32(cardinality(axis))) }
    for input in inputs { key += strides[input * axes.count..<(input + 1) * axes.count] }
    let number = numbers.intern(key)
    if number == signatures.count {
      signatures.append(
        Signature(
          separator: Array(key[2..<2 + axes.count]), states: states, inputs: operands.count,
          strides: Array(key[(2 + axes.count)...]), appendingIndicesTo: &indices))
    }
    return number
  }

  /// Sets the strides of operands along the axes, which go from the slowest to the fastest but for the eliminated one,
  /// the very fastest, and the order of the operands: those that depend on the separator first, and equal sets in the
  /// same order everywhere.
  private mutating func setStrides<Ranks: RankSet>(
    _ operands: [Operand<Ranks>], states: Int, _ cardinality: (Int) -> Int
  ) {
    let count = axes.count
    strides.removeAll(keepingCapacity: true)
    inputs.removeAll(keepingCapacity: true)
    for operand in operands.indices {
      strides.append(contentsOf: repeatElement(0, count: count))
      var stride = states
      for axis in axes.indices.reversed() where operands[operand].scope.contains(axes[axis]) {
        strides[operand * count + axis] = Int32(stride)
        stride *= cardinality(axes[axis])
      }
      var position = inputs.count
      while position > 0, comes(operand, before: inputs[position - 1]) { position -= 1 }
      inputs.insert(operand, at: position)
    }
  }

  private func comes(_ a: Int, before b: Int) -> Bool {
    for axis in axes.indices {
      let (strideA, strideB) = (strides[a * axes.count + axis], strides[b * axes.count + axis])
      if strideA != strideB { return strideA > strideB }
    }
    return false
  }
}

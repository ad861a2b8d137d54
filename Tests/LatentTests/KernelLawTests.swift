import LatentKernels
import Testing

/// The kernels against the formulas that they compute, for every number of states and inputs that has code of its own.
@Suite struct KernelLawTests {
  @Test(arguments: 1...13) func messagesAreSumsOfProducts(states: Int) {
    for seed in 0..<60 {
      let example = KernelExample(states: states, seed: UInt64(seed))
      let expected = example.messages()
      let value = example.copy(example.value)
      defer { value.deallocate() }
      let range = sumProductForward(example.group, value: value)
      expectClose(example.messages(in: value), expected, relative: 1e-14, absolute: 0, "seed \(seed)")
      let positive = example.messages(in: value).filter { $0 > 0 }
      #expect(range.smallest == positive.min() ?? .infinity, "seed \(seed)")
    }
  }

  @Test(arguments: 1...13) func inputsReceiveTheMassOfTheirCells(states: Int) {
    for seed in 0..<60 {
      let example = KernelExample(states: states, seed: UInt64(seed))
      let value = example.copy(example.value)
      let belief = example.copy(example.value.map { _ in 0 })
      defer {
        value.deallocate()
        belief.deallocate()
      }
      _ = sumProductForward(example.group, value: value)
      for index in 0..<example.group.count * example.group.cells where value[example.group.message + index] > 0 {
        belief[example.group.message + index] = Double(index % 4)
      }
      let expected = example.received(masses: example.messages(in: belief))
      sumProductBackward(example.group, value: value, belief: belief)
      expectClose(
        (0..<example.group.message).map { belief[$0] }, expected, relative: 1e-13, absolute: 1e-15, "seed \(seed)")
    }
  }

  /// Likelihood and mass in one pass; what is too small is left out of both, and counted.
  @Test(arguments: 1...13) func rootsGiveTheirWeight(states: Int) {
    for seed in 0..<60 {
      let example = KernelExample(states: states, axes: 0, seed: UInt64(seed))
      let value = example.copy(example.value)
      let belief = example.copy(example.value.map { _ in 0 })
      defer {
        value.deallocate()
        belief.deallocate()
      }
      let likelihoods = example.messages()
      let weights = likelihoods.indices.map { 0.5 * Double(1 + $0 * $0 % 3) }
      let (logLikelihood, left) = sumProductRoots(
        example.group, weights: weights, value: value, belief: belief, least: 0x1p-500)
      expectClose(example.messages(in: value), likelihoods, relative: 1e-14, absolute: 0, "seed \(seed)")
      var sum = 0.0
      for (weight, likelihood) in zip(weights, likelihoods) where likelihood > 0 {
        sum += weight * naturalLog(likelihood)
      }
      expectClose(logLikelihood, sum, relative: 1e-13, absolute: 1e-13, "seed \(seed)")
      #expect(left == likelihoods.count { $0 == 0 }, "seed \(seed)")
      let masses = zip(weights, likelihoods).map { $1 > 0 ? $0 : 0 }
      expectClose(
        (0..<example.group.message).map { belief[$0] }, example.received(masses: masses),
        relative: 1e-13, absolute: 1e-15, "seed \(seed)")
    }
  }

  /// Rows of tables are divided by their sums; a row of zeros stays as it was.
  @Test(arguments: 1...13) func rowsAreNormalized(width: Int) {
    var random = SplitMix64(seed: UInt64(width))
    let counts = (0..<8 * width).map { $0 / width == 3 ? 0 : Double.random(in: 0...9, using: &random) }
    var found = [Double](repeating: 0.25, count: counts.count)
    normalizeRows(counts, into: &found, range: width..<7 * width, width: width)
    for row in 0..<8 {
      let cells = row * width..<(row + 1) * width
      let isKept = row == 0 || row == 3 || row == 7
      let total = counts[cells].reduce(0, +)
      expectClose(
        Array(found[cells]), counts[cells].map { isKept ? 0.25 : $0 / total }, relative: 1e-15, "row \(row)")
    }
  }

  @Test(arguments: [1, 5, 1024, 1025]) func histogramsSumWeights(cellCount: Int) {
    var random = SplitMix64(seed: UInt64(cellCount))
    for items in [0, 1, 3, 4, 5, 203] {
      let cells = (0..<items).map { _ in Int32.random(in: -2..<Int32(cellCount), using: &random) }
      let weights = cells.map { _ in Double(Int.random(in: 0...9, using: &random)) }
      var expected = [Double](repeating: 0, count: cellCount)
      for (cell, weight) in zip(cells, weights) where cell >= 0 { expected[Int(cell)] += weight }
      #expect(histogram(of: cells, weights: weights, cellCount: cellCount) == expected)
      let ones = [Double](repeating: 1, count: items)
      #expect(
        histogram(of: cells, cellCount: cellCount) == histogram(of: cells, weights: ones, cellCount: cellCount))
    }
  }

  /// Equal weights, which share logarithms, and values of which three, or one alone, have no product among doubles.
  @Test func logarithmsOfProductsAreSums() {
    let values = [0.25, 1e-140, 1e-140, 1e-300, 1e-140, 0.5, 3, 7]
    let weights = [1.0, 2, 2, 2, 2, 2, 2.5, 0]
    let expected = weightedLogSum(weights: weights, values: values)
    expectClose(weightedLogSum(weights: weights, values: values, at: [0, 1, 2, 3, 4, 5, 6]), expected, relative: 1e-15)
    #expect(weightedLogSum(weights: [1, 1], values: [0.5, 0], at: [0, 1]) == -.infinity)
  }
}

/// A random group of nodes over a buffer: inputs of random scopes at random places, then the messages.
private final class KernelExample {
  let group: NodeGroup
  let value: [Double]
  private let buffers: [UnsafeMutablePointer<Int32>]

  /// - axes: the number of variables of the separator; random when it is not given.
  init(states: Int, axes: Int? = nil, seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let cardinalities = (0..<(axes ?? Int.random(in: 1...2, using: &random))).map { _ in
      Int.random(in: 1...7, using: &random)
    }
    let cells = cardinalities.reduce(1, *)
    let inputs = Int.random(in: 1...3, using: &random)
    let scopes = Self.scopes(of: inputs, axes: cardinalities.count, isProduct: states == 1, using: &random)
    let count = Int.random(in: 1...9, using: &random)
    let size = 8 * states * cells
    let isSparse = Bool.random(using: &random)
    value =
      (0..<size).map { _ in
        isSparse && Int.random(in: 0..<4, using: &random) == 0 ? 0 : Double.random(in: 0.1...1, using: &random)
      } + [Double](repeating: 0, count: count * cells)
    var buffers: [UnsafeMutablePointer<Int32>] = []
    func buffer(_ words: [Int]) -> UnsafePointer<Int32> {
      let buffer = UnsafeMutablePointer<Int32>.allocate(capacity: words.count)
      buffer.initialize(from: words.map { Int32($0) }, count: words.count)
      buffers.append(buffer)
      return UnsafePointer(buffer)
    }
    let list = scopes.map { scope in
      // Few different offsets, so that nodes share inputs.
      let starts = (0..<3).map { _ in Int.random(in: 0...(size - states * cells), using: &random) }
      return NodeInput(
        offsets: buffer((0..<count).map { _ in starts.randomElement(using: &random) ?? 0 }.sorted()),
        index: buffer(Self.index(cardinalities, scope, states: states)))
    }
    let varying = scopes.prefix { $0.contains(true) }.count
    group = NodeGroup(
      count: count, cells: cells, states: states, message: size, varying: varying > 0 ? varying : inputs,
      hasRuns: Bool.random(using: &random), inputs: inputs
    ) { list[$0] }
    self.buffers = buffers
  }

  deinit { for buffer in buffers { buffer.deallocate() } }

  /// Which axes each input depends on; together on all, and those without any come last.
  private static func scopes(
    of inputs: Int, axes: Int, isProduct: Bool, using random: inout SplitMix64
  ) -> [[Bool]] {
    let isDense = Bool.random(using: &random)
    var scopes = (0..<inputs).map { _ in
      (0..<axes).map { _ in isProduct && isDense || Bool.random(using: &random) }
    }
    for axis in 0..<axes where !scopes.contains(where: { $0[axis] }) { scopes[0][axis] = true }
    return scopes.filter { $0.contains(true) } + scopes.filter { !$0.contains(true) }
  }

  /// Where the states for each cell begin: the last axis varies fastest but for the states themselves.
  private static func index(_ cardinalities: [Int], _ scope: [Bool], states: Int) -> [Int] {
    (0..<cardinalities.reduce(1, *)).map { cell in
      var (rest, stride, position) = (cell, states, 0)
      for axis in cardinalities.indices.reversed() {
        if scope[axis] {
          position += rest % cardinalities[axis] * stride
          stride *= cardinalities[axis]
        }
        rest /= cardinalities[axis]
      }
      return position
    }
  }

  func copy(_ values: [Double]) -> UnsafeMutablePointer<Double> {
    let copy = UnsafeMutablePointer<Double>.allocate(capacity: values.count)
    copy.initialize(from: values, count: values.count)
    return copy
  }

  func messages(in buffer: UnsafePointer<Double>) -> [Double] {
    (0..<group.count * group.cells).map { buffer[group.message + $0] }
  }

  /// The messages by the formula.
  func messages() -> [Double] {
    (0..<group.count).flatMap { node in
      (0..<group.cells).map { cell in
        (0..<group.states).reduce(0) { sum, state in sum + product(node, cell, state) }
      }
    }
  }

  /// What the inputs receive by the formula.
  func received(masses: [Double]) -> [Double] {
    var received = [Double](repeating: 0, count: group.message)
    for node in 0..<group.count {
      for cell in 0..<group.cells {
        let mass = masses[node * group.cells + cell]
        guard mass > 0 else { continue }
        let total = (0..<group.states).reduce(0) { $0 + product(node, cell, $1) }
        for state in 0..<group.states {
          for input in 0..<group.inputs {
            received[group.position(of: input, node: node, cell: cell, state: state)] +=
              mass * product(node, cell, state) / total
          }
        }
      }
    }
    return received
  }

  private func product(_ node: Int, _ cell: Int, _ state: Int) -> Double {
    (0..<group.inputs).reduce(1) { $0 * value[group.position(of: $1, node: node, cell: cell, state: state)] }
  }
}

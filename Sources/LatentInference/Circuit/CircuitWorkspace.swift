internal import LatentKernels
internal import LatentModels

/// What a node does with the products over the states of the variable that it eliminates.
enum Elimination {
  case sum
  case maximum
}

/// The buffers of one user of a circuit; allocated once, so that sweeps allocate nothing.
///
/// Messages are kept in linear space. Where all cells of one are small it is scaled by a power of two, which is exact.
/// Where the cells of one message lie so far apart that a positive one becomes 0, that matters only to components of a
/// likelihood below 2⁻⁹⁰⁰, since what is lost is below 2⁻¹⁰²²: those are computed again in log space.
final class CircuitWorkspace {
  let circuit: Circuit
  /// `[inputs | copies | messages | tile]`; a message may be scaled, see `exponents`.
  let value: UnsafeMutablePointer<Double>
  /// Expected counts and adjoints, laid out like `value`.
  let belief: UnsafeMutablePointer<Double>
  /// The expected moments of the numbers that the rows of one program observe.
  let moments: UnsafeMutablePointer<Double>
  /// The expected statistics of the families of numbers, as far as they come from tiles.
  let numberStatistics: UnsafeMutableBufferPointer<Double>
  /// What the sweeps over a chain work in.
  private let chain: ChainBuffers?
  /// The densities of the numbers of one program.
  let densities: PreparedDensities
  /// What the nodes of a tile read.
  let tileOffsets: UnsafeMutablePointer<Int32>
  /// What the observed parents of a number add to its configuration, per row of a tile.
  let tileBases: UnsafeMutablePointer<Int32>
  /// Per node in layout order: its stored message is the true one times 2^exponent, its own scaling and that of all
  /// nodes below it.
  private let exponents: UnsafeMutablePointer<Int32>
  /// Per node in layout order: the power of two by which its own message was scaled.
  private let ownExponents: UnsafeMutablePointer<Int32>
  /// Whether the last forward sweep scaled a node of each group, and any at all.
  private let isScaled: UnsafeMutablePointer<Bool>
  private(set) var anyScaled = false
  /// The messages of the sweep at hand as logarithms, once they are needed.
  private var logSpace: LogSpaceSweep?
  /// After `expect`: Σ weight · log likelihood over the components; −∞ when one of them is impossible.
  private(set) var logLikelihood = 0.0

  /// A product of three numbers from here on is a normal number.
  private static let tiny = 0x1p-320
  /// Messages whose cells are all below this are scaled up.
  private static let small = 0x1p-200

  init(_ circuit: Circuit) {
    self.circuit = circuit
    chain = circuit.chain.map { ChainBuffers($0) }
    let tiles = circuit.tiles + circuit.chainTiles.map(\.program)
    let tileCells = tiles.reduce(0) { max($0, $1.cellsPerRow * min(TileProgram.rows, $1.rowCount)) }
    value = .allocate(zeros: circuit.valueCount + tileCells)
    belief = .allocate(zeros: circuit.valueCount + tileCells)
    moments = .allocate(zeros: tiles.reduce(0) { max($0, $1.momentCount) })
    let numbers = tiles.isEmpty ? 0 : circuit.structure.statisticsCount - circuit.structure.tableCellCount
    numberStatistics = UnsafeMutableBufferPointer(start: .allocate(zeros: numbers), count: numbers)
    densities = PreparedDensities(circuit)
    let tileInputs = tiles.reduce(0) { max($0, $1.steps.reduce(0) { $0 + $1.inputs.count }) }
    tileOffsets = .allocate(zeros: tileInputs * TileProgram.rows)
    tileBases = .allocate(zeros: tiles.isEmpty ? 0 : TileProgram.rows)
    exponents = .allocate(zeros: circuit.nodeCount)
    ownExponents = .allocate(zeros: circuit.nodeCount)
    isScaled = .allocate(capacity: max(1, circuit.groups.count))
    isScaled.initialize(repeating: false, count: circuit.groups.count)
    let ones = circuit.structure.tableCellCount
    (value + ones).update(repeating: 1, count: circuit.inputCount - ones)
  }

  deinit {
    for buffer in [value, belief, moments] { buffer.deallocate() }
    for buffer in [tileOffsets, tileBases, exponents, ownExponents] { buffer.deallocate() }
    isScaled.deallocate()
    numberStatistics.deallocate()
  }

  /// Computes all messages of these inputs, the likelihoods of all components among them.
  func forward(_ inputs: [Double], _ elimination: Elimination = .sum) {
    begin(inputs)
    sweepForward(0..<circuit.groups.count, elimination)
    if anyScaled { sumExponents() }
  }

  /// Computes the expected counts under these parameters, which `belief` then begins with, `moments` and
  /// `logLikelihood`.
  func expect(_ parameters: [Double]) {
    begin(parameters[..<circuit.structure.tableCellCount])
    numberStatistics.update(repeating: 0)
    sweepForward(0..<circuit.firstRootGroup, .sum)
    belief.update(repeating: 0, count: circuit.valueCount)
    circuit.constantCounts.withUnsafeBufferPointer { counts in
      if let base = counts.baseAddress { belief.update(from: base, count: counts.count) }
    }
    if anyScaled {
      sweepForward(circuit.firstRootGroup..<circuit.groups.count, .sum)
      sumExponents()
    }
    logLikelihood = ClosedRoots(circuit: circuit).sweep(self)
    for program in circuit.tiles where logLikelihood > -.infinity {
      moments.update(repeating: 0, count: program.momentCount)
      densities.prepare(program, parameters)
      logLikelihood += TileTail(circuit: circuit, program: program).sweep(self)
      completeMoments(of: program, parameters)
    }
    if logLikelihood > -.infinity { logLikelihood += expectChain(parameters) }
    logSpace?.addCounts(to: belief)
    logSpace = nil
    guard logLikelihood > -.infinity else { return }
    circuit.groups.withUnsafeBufferPointer { groups in
      for number in (0..<circuit.firstRootGroup).reversed() {
        if isScaled[number], groups[number].states > 1 { unscale(groups[number], number) }
        sumProductBackward(groups[number], value: UnsafePointer(value), belief: belief)
      }
    }
    circuit.copies.withUnsafeBufferPointer {
      addCopies(UnsafePointer(belief + circuit.inputCount), of: $0, to: belief)
    }
  }

  /// Computes what the steps of a chain say of its variable.
  func forwardChain(_ parameters: [Double]) -> ChainTail {
    guard let program = circuit.chain, let chain else { preconditionFailure("a circuit with a chain") }
    forward(Array(parameters[..<circuit.structure.tableCellCount]))
    for (tiles, start) in circuit.chainTiles {
      densities.prepare(tiles, parameters)
      _ = ChainTiles(circuit, tiles, start: start, states: program.states, chain.own).fill(self)
    }
    return ChainTail(circuit: circuit, program: program, buffers: chain)
  }

  /// The chain between the two sweeps: messages of rows with numbers, all sequences, and the moments of these rows.
  private func expectChain(_ parameters: [Double]) -> Double {
    guard let program = circuit.chain, let chain else { return 0 }
    let tiles = circuit.chainTiles.map {
      ChainTiles(circuit, $0.program, start: $0.start, states: program.states, chain.own)
    }
    var logLikelihood = 0.0
    for ((program, _), tiles) in zip(circuit.chainTiles, tiles) {
      densities.prepare(program, parameters)
      logLikelihood += tiles.fill(self)
    }
    logLikelihood += ChainTail(circuit: circuit, program: program, buffers: chain).sweep(self)
    guard logLikelihood > -.infinity else { return -.infinity }
    for ((program, _), tiles) in zip(circuit.chainTiles, tiles) {
      moments.update(repeating: 0, count: program.momentCount)
      densities.prepare(program, parameters)
      tiles.count(self)
      completeMoments(of: program, parameters)
    }
    return logLikelihood
  }

  /// The logarithm of the likelihood of one instance after `forward`; not to be relied on where `needsLogSpace`.
  func logLikelihood(ofInstance instance: Int) -> Double {
    let position = Int(circuit.roots[instance])
    let stored = naturalLog(value[position])
    return anyScaled ? stored - Double(exponents[circuit.node(at: position)]) * naturalLog(2) : stored
  }

  /// Whether lost cells could matter to a component, so that the messages must be computed in log space.
  ///
  /// - hasLostInputs: whether an input was too small for a double already.
  func needsLogSpace(hasLostInputs: Bool) -> Bool {
    circuit.roots.indices.contains { logLikelihood(ofInstance: $0) < ClosedRoots.leastExact * naturalLog(2) }
      && (hasLostInputs || hasLostCells())
  }

  /// Takes new inputs, the first ones or all.
  private func begin(_ inputs: some Collection<Double>) {
    inputs.withContiguousStorageIfAvailable { inputs in
      if let base = inputs.baseAddress { value.update(from: base, count: inputs.count) }
    }
    circuit.copies.withUnsafeBufferPointer {
      copy(UnsafePointer(value), at: $0, to: value + circuit.inputCount)
    }
    anyScaled = false
  }

  /// Adds to the statistics what the moments of a program's rows are expected to add.
  private func completeMoments(of program: TileProgram, _ parameters: [Double]) {
    parameters.withUnsafeBufferPointer { parameters in
      for density in program.evidence.lazy.flatMap(\.densities) {
        density.pattern.complete(
          UnsafeBufferPointer(start: moments + density.momentStart, count: density.pattern.allMomentCount),
          circuit.completion, densities: densities.blocks + density.densityStart, parameters, circuit.frame,
          into: numberStatistics, from: circuit.structure.tableCellCount)
      }
    }
  }

  private func sweepForward(_ numbers: Range<Int>, _ elimination: Elimination) {
    circuit.groups.withUnsafeBufferPointer { groups in
      for number in numbers {
        let range =
          switch elimination {
          case .sum: sumProductForward(groups[number], value: value)
          case .maximum: maxProductForward(groups[number], value: value)
          }
        isScaled[number] = false
        if range.smallest < Self.tiny { scaleSmallMessages(of: groups[number], number) }
      }
    }
  }

  /// Scales the messages of a group of which all cells are small.
  private func scaleSmallMessages(of group: NodeGroup, _ number: Int) {
    let exponents = ownExponents + circuit.firstNodes[number]
    for node in 0..<group.count {
      let message = value + group.message + node * group.cells
      guard isSmall(message, group.cells) else { continue }
      if !isScaled[number] { exponents.update(repeating: 0, count: group.count) }
      var largest = 0.0
      for cell in 0..<group.cells where message[cell] > largest { largest = message[cell] }
      exponents[node] = min(512, -Int32(largest.exponent))
      let factor = Double(sign: .plus, exponent: Int(exponents[node]), significand: 1)
      for cell in 0..<group.cells { message[cell] *= factor }
      isScaled[number] = true
      anyScaled = true
    }
  }

  /// Whether all cells of a message are small, and one is positive.
  private func isSmall(_ message: UnsafePointer<Double>, _ cells: Int) -> Bool {
    var isPositive = false
    for cell in 0..<cells {
      if message[cell] >= Self.small { return false }
      if message[cell] > 0 { isPositive = true }
    }
    return isPositive
  }

  /// Whether a positive cell was too small for a double and is 0.
  func hasLostCells() -> Bool {
    for group in circuit.groups {
      for node in 0..<group.count {
        for cell in 0..<group.cells where value[group.message + node * group.cells + cell] == 0 {
          if isPositive(group, node: node, cell: cell, value: value) { return true }
        }
      }
    }
    return false
  }

  /// The exponents of a node: of its stored message, and of its own scaling.
  func exponents(node: Int, ofGroup number: Int) -> (total: Int32, own: Int32) {
    guard anyScaled else { return (0, 0) }
    let index = circuit.firstNodes[number] + node
    return (exponents[index], isScaled[number] ? ownExponents[index] : 0)
  }

  /// The exponent of the message that stands at a position.
  func exponent(ofMessageAt position: Int) -> Int32 { exponents[circuit.node(at: position)] }

  /// The logarithm of what stands at a position, by way of logarithms alone.
  func log(at position: Int) -> Double { sweepInLogSpace().logs[position] }

  /// Gives a root its weight in log space; returns the logarithm of its likelihood.
  func takeInLogSpace(root position: Int, weight: Double) -> Double {
    addLogSpaceMass(weight, at: position)
    return log(at: position)
  }

  /// Gives mass to what stands at a position, to be swept back in log space.
  func addLogSpaceMass(_ mass: Double, at position: Int) {
    if logSpace == nil { logSpace = sweepInLogSpace() }
    logSpace?.add(mass, at: position)
  }

  private func sweepInLogSpace() -> LogSpaceSweep {
    if let logSpace { return logSpace }
    let inputs = UnsafeBufferPointer(start: value, count: circuit.inputCount).map { naturalLog($0) }
    let sweep = LogSpaceSweep(circuit, inputs, .sum)
    logSpace = sweep
    return sweep
  }

  /// Prepares the adjoints of a scaled group: they are divided by the scaled messages but multiply unscaled products.
  private func unscale(_ group: NodeGroup, _ number: Int) {
    let exponents = ownExponents + circuit.firstNodes[number]
    for node in 0..<group.count where exponents[node] != 0 {
      let factor = Double(sign: .plus, exponent: Int(exponents[node]), significand: 1)
      let adjoint = belief + group.message + node * group.cells
      for cell in 0..<group.cells { adjoint[cell] *= factor }
    }
  }

  /// Adds up, for each node, the exponents of itself and of all nodes below it.
  private func sumExponents() {
    for (number, group) in circuit.groups.enumerated() {
      let firstNode = circuit.firstNodes[number]
      for node in 0..<group.count {
        var exponent = isScaled[number] ? ownExponents[firstNode + node] : 0
        for input in 0..<group.inputs {
          let position = group.offset(of: input, node: node)
          if position >= circuit.messageStart { exponent += exponents[circuit.node(at: position)] }
        }
        exponents[firstNode + node] = exponent
      }
    }
  }
}

extension UnsafeMutablePointer where Pointee: ExpressibleByIntegerLiteral {
  /// Memory for some numbers, all 0.
  static func allocate(zeros count: Int) -> Self {
    let start = allocate(capacity: Swift.max(1, count))
    start.initialize(repeating: 0, count: count)
    return start
  }
}

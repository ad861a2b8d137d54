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
  /// `[parameters | copies | messages]`; a message may be scaled, see `exponents`.
  let value: UnsafeMutablePointer<Double>
  /// `[expected counts | adjoints]`, laid out like `value`.
  let belief: UnsafeMutablePointer<Double>
  /// Per node in layout order: its stored message is the true one times 2^exponent, its own scaling and that of all
  /// nodes below it.
  private let exponents: UnsafeMutablePointer<Int32>
  /// Per node in layout order: the power of two by which its own message was scaled.
  private let ownExponents: UnsafeMutablePointer<Int32>
  /// Whether the last forward sweep scaled a node of each group, and any at all.
  private let isScaled: UnsafeMutablePointer<Bool>
  private var anyScaled = false
  /// After `expect`: Σ weight · log likelihood over the components; −∞ when one of them is impossible.
  private(set) var logLikelihood = 0.0

  /// A product of three numbers from here on is a normal number.
  private static let tiny = 0x1p-320
  /// Messages whose cells are all below this are scaled up.
  private static let small = 0x1p-200
  /// The least likelihood of a component that the pass over the roots takes; two of them make a normal number.
  private static let leastLikelihood = 0x1p-500
  /// log₂ of the least likelihood to which a lost cell cannot matter.
  private static let leastExact = -900.0

  init(_ circuit: Circuit) {
    self.circuit = circuit
    value = .allocate(capacity: max(1, circuit.valueCount))
    value.initialize(repeating: 0, count: circuit.valueCount)
    belief = .allocate(capacity: max(1, circuit.valueCount))
    belief.initialize(repeating: 0, count: circuit.valueCount)
    exponents = .allocate(capacity: max(1, circuit.nodeCount))
    exponents.initialize(repeating: 0, count: circuit.nodeCount)
    ownExponents = .allocate(capacity: max(1, circuit.nodeCount))
    ownExponents.initialize(repeating: 0, count: circuit.nodeCount)
    isScaled = .allocate(capacity: max(1, circuit.groups.count))
    isScaled.initialize(repeating: false, count: circuit.groups.count)
  }

  deinit {
    value.deallocate()
    belief.deallocate()
    exponents.deallocate()
    ownExponents.deallocate()
    isScaled.deallocate()
  }

  /// Computes all messages under these parameters, the likelihoods of all components among them.
  func forward(_ parameters: [Double], _ elimination: Elimination = .sum) {
    begin(parameters)
    sweepForward(0..<circuit.groups.count, elimination)
    if anyScaled { sumExponents() }
  }

  /// Computes the expected counts under these parameters, which `belief` then begins with, and `logLikelihood`.
  func expect(_ parameters: [Double]) {
    begin(parameters)
    sweepForward(0..<circuit.firstRootGroup, .sum)
    belief.update(repeating: 0, count: circuit.valueCount)
    circuit.constantCounts.withUnsafeBufferPointer { counts in
      if let base = counts.baseAddress { belief.update(from: base, count: counts.count) }
    }
    logLikelihood = anyScaled ? takeScaledRoots(parameters) : takeRoots(parameters)
    guard logLikelihood > -.infinity else { return }
    circuit.nodeGroups.withUnsafeBufferPointer { kernels in
      for number in (0..<circuit.firstRootGroup).reversed() {
        if isScaled[number], kernels[number].states > 1 { unscale(circuit.groups[number]) }
        sumProductBackward(kernels[number], value: UnsafePointer(value), belief: belief)
      }
    }
    circuit.copies.withUnsafeBufferPointer {
      addCopies(UnsafePointer(belief + circuit.structure.parameterCount), of: $0, to: belief)
    }
  }

  /// The logarithm of the likelihood of one instance after `forward`; not to be relied on where `needsLogSpace`.
  func logLikelihood(ofInstance instance: Int) -> Double {
    let position = Int(circuit.roots[instance])
    let stored = naturalLog(value[position])
    return anyScaled ? stored - Double(exponents[circuit.node(at: position)]) * naturalLog(2) : stored
  }

  /// Whether lost cells could matter to a component, so that the messages must be computed in log space.
  func needsLogSpace() -> Bool {
    circuit.roots.indices.contains { logLikelihood(ofInstance: $0) < Self.leastExact * naturalLog(2) }
      && hasLostCells()
  }

  private func begin(_ parameters: [Double]) {
    parameters.withUnsafeBufferPointer { value.update(from: $0.baseAddress!, count: $0.count) }
    circuit.copies.withUnsafeBufferPointer {
      copy(UnsafePointer(value), at: $0, to: value + circuit.structure.parameterCount)
    }
    anyScaled = false
  }

  private func sweepForward(_ numbers: Range<Int>, _ elimination: Elimination) {
    circuit.nodeGroups.withUnsafeBufferPointer { kernels in
      for number in numbers {
        let range =
          switch elimination {
          case .sum: sumProductForward(kernels[number], value: value)
          case .maximum: maxProductForward(kernels[number], value: value)
          }
        isScaled[number] = false
        if range.smallest < Self.tiny { scaleSmallMessages(of: kernels[number], number) }
      }
    }
  }

  /// Scales the messages of a group of which all cells are small.
  private func scaleSmallMessages(of kernel: NodeGroup, _ number: Int) {
    let exponents = ownExponents + circuit.groups[number].firstNode
    for node in 0..<kernel.count {
      let message = value + kernel.message + node * kernel.cells
      guard isSmall(message, kernel.cells) else { continue }
      if !isScaled[number] { exponents.update(repeating: 0, count: kernel.count) }
      var largest = 0.0
      for cell in 0..<kernel.cells where message[cell] > largest { largest = message[cell] }
      exponents[node] = min(512, -Int32(largest.exponent))
      let factor = Double(sign: .plus, exponent: Int(exponents[node]), significand: 1)
      for cell in 0..<kernel.cells { message[cell] *= factor }
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
  private func hasLostCells() -> Bool {
    for kernel in circuit.nodeGroups {
      for node in 0..<kernel.count {
        for cell in 0..<kernel.cells where value[kernel.message + node * kernel.cells + cell] == 0 {
          if isPositive(kernel, node: node, cell: cell, value: value) { return true }
        }
      }
    }
    return false
  }

  /// Likelihoods and the mass of their inputs where no message was scaled.
  private func takeRoots(_ parameters: [Double]) -> Double {
    var logLikelihood = 0.0
    var left = 0
    for number in circuit.firstRootGroup..<circuit.groups.count {
      let group = circuit.groups[number]
      let kernel = circuit.nodeGroups[number]
      circuit.rootWeights.withUnsafeBufferPointer { weights in
        let (sum, rest) = sumProductRoots(
          kernel, weights: weights.baseAddress! + group.firstNode - circuit.firstRootNode, value: value,
          belief: belief, least: Self.leastLikelihood)
        logLikelihood += sum
        left += rest
      }
    }
    return left == 0 ? logLikelihood : logLikelihood + takeSmallRoots(below: Self.leastLikelihood, parameters)
  }

  /// The same where a message was scaled, so that the likelihoods are, too.
  private func takeScaledRoots(_ parameters: [Double]) -> Double {
    sweepForward(circuit.firstRootGroup..<circuit.groups.count, .sum)
    sumExponents()
    return takeSmallRoots(below: .infinity, parameters)
  }

  /// Takes the roots whose stored likelihood is below a bound, one by one.
  private func takeSmallRoots(below bound: Double, _ parameters: [Double]) -> Double {
    var logLikelihood = 0.0
    var logSpace: LogSpaceSweep?
    // Looked for at the first likelihood to which they could matter.
    var areCellsLost: Bool?
    for number in circuit.firstRootGroup..<circuit.groups.count {
      let group = circuit.groups[number]
      let kernel = circuit.nodeGroups[number]
      for node in 0..<kernel.count where value[kernel.message + node] < bound {
        let weight = circuit.rootWeights[group.firstNode - circuit.firstRootNode + node]
        let stored = value[kernel.message + node]
        let (exponent, own) =
          anyScaled
          ? (exponents[group.firstNode + node], isScaled[number] ? ownExponents[group.firstNode + node] : 0) : (0, 0)
        let logRoot = naturalLog(stored) - Double(exponent) * naturalLog(2)
        let isSmall = logRoot < Self.leastExact * naturalLog(2)
        if isSmall, areCellsLost == nil { areCellsLost = hasLostCells() }
        if isSmall, areCellsLost == true {
          if logSpace == nil { logSpace = LogSpaceSweep(circuit, parameters, .sum) }
          logLikelihood += weight * (logSpace?.begin(root: kernel.message + node, weight: weight) ?? 0)
        } else {
          logLikelihood += weight * logRoot
          let factor = Double(sign: .plus, exponent: Int(own), significand: 1)
          sumProductBackward(
            root: node, of: kernel, mass: weight * factor / stored, value: value, belief: belief)
        }
      }
    }
    logSpace?.addCounts(to: belief)
    return logLikelihood
  }

  /// Prepares the adjoints of a scaled group: they are divided by the scaled messages but multiply unscaled products.
  private func unscale(_ group: Circuit.Group) {
    let cells = circuit.kernels[group.signature].cells
    for node in 0..<group.count where ownExponents[group.firstNode + node] != 0 {
      let factor = Double(sign: .plus, exponent: Int(ownExponents[group.firstNode + node]), significand: 1)
      let adjoint = belief + group.messageStart + node * cells
      for cell in 0..<cells { adjoint[cell] *= factor }
    }
  }

  /// Adds up, for each node, the exponents of itself and of all nodes below it.
  private func sumExponents() {
    for (number, group) in circuit.groups.enumerated() {
      let kernel = circuit.kernels[group.signature]
      for offset in 0..<group.count {
        let node = group.firstNode + offset
        var exponent = isScaled[number] ? ownExponents[node] : 0
        for input in 0..<kernel.inputs {
          let position = circuit.nodeGroups[number].offset(of: input, node: offset)
          if position >= circuit.messageStart { exponent += exponents[circuit.node(at: position)] }
        }
        exponents[node] = exponent
      }
    }
  }
}

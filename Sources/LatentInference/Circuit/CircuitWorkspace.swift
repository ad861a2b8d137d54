internal import LatentKernels
internal import LatentModels

/// The buffers of one user of a circuit; allocated once, so that sweeps allocate nothing.
final class CircuitWorkspace {
  let circuit: Circuit
  /// `[parameters | messages]`; a message may be scaled, see `exponents`.
  let value: UnsafeMutablePointer<Double>
  /// `[expected counts | adjoints of messages]`, laid out like `value`.
  let belief: UnsafeMutablePointer<Double>
  /// Per node in layout order: its stored message is the true one times 2^exponent, its own scaling and that of all
  /// nodes below it.
  private let exponents: UnsafeMutablePointer<Int32>
  /// Per node in layout order: the power of two by which its own message was scaled.
  private let ownExponents: UnsafeMutablePointer<Int32>
  /// Whether the last forward sweep scaled a node of each group, and any at all.
  private let isScaled: UnsafeMutablePointer<Bool>
  private var anyScaled = false

  /// Messages below this are scaled up: a product of four stays far above the smallest number.
  private static let smallest = 0x1p-200

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

  /// What a node does with the products over the states of the variable that it eliminates.
  enum Elimination {
    case sum
    case maximum
  }

  /// Computes all messages under these parameters.
  func forward(_ parameters: [Double], _ elimination: Elimination = .sum) {
    parameters.withUnsafeBufferPointer { value.update(from: $0.baseAddress!, count: $0.count) }
    anyScaled = false
    for (number, group) in circuit.groups.enumerated() {
      withKernel(group) { kernel in
        let smallest =
          switch elimination {
          case .sum: sumProductForward(kernel, value: value)
          case .maximum: maxProductForward(kernel, value: value)
          }
        if smallest < Self.smallest {
          scale(group)
          isScaled[number] = true
          anyScaled = true
        } else {
          isScaled[number] = false
        }
      }
    }
    if anyScaled { sumExponents() }
  }

  /// Sweeps back from roots with these weights, one per instance.
  ///
  /// - Returns: Σ weight · log likelihood over the instances; −∞ when one of them is impossible.
  func backward() -> Double {
    let parameterCount = circuit.structure.parameterCount
    belief.update(repeating: 0, count: circuit.valueCount)
    circuit.constantCounts.withUnsafeBufferPointer { counts in
      if let base = counts.baseAddress { belief.update(from: base, count: parameterCount) }
    }
    var logLikelihood = 0.0
    for instance in circuit.roots.indices {
      let position = Int(circuit.roots[instance])
      let weight = circuit.rootWeights[instance]
      belief[position] += weight
      logLikelihood += weight * naturalLog(value[position])
    }
    if anyScaled {
      for instance in circuit.roots.indices {
        logLikelihood -= circuit.rootWeights[instance] * rootExponent(instance) * naturalLog(2)
      }
    }
    for (number, group) in circuit.groups.enumerated().reversed() {
      if isScaled[number] { unscale(group) }
      withKernel(group) { sumProductBackward($0, value: UnsafePointer(value), belief: belief) }
    }
    return logLikelihood
  }

  /// The logarithm of the likelihood of one instance after `forward`.
  func logLikelihood(ofInstance instance: Int) -> Double {
    let value = naturalLog(value[Int(circuit.roots[instance])])
    return anyScaled ? value - rootExponent(instance) * naturalLog(2) : value
  }

  private func rootExponent(_ instance: Int) -> Double {
    Double(exponents[node(at: Int(circuit.roots[instance]))])
  }

  private func withKernel(_ group: Circuit.Group, _ body: (NodeGroup) -> Void) {
    let kernel = circuit.kernels[group.signature]
    circuit.indices.withUnsafeBufferPointer { indices in
      circuit.inputs.withUnsafeBufferPointer { inputs in
        body(
          NodeGroup(
            count: group.count, cells: kernel.cells, states: kernel.eliminated, inputs: kernel.inputs,
            offsets: inputs.baseAddress! + group.inputStart, index: indices.baseAddress! + kernel.indexStart,
            strides: indices.baseAddress! + kernel.strideStart, message: group.messageStart))
      }
    }
  }

  /// Multiplies the small messages of a group by powers of two, which is exact.
  private func scale(_ group: Circuit.Group) {
    let cells = circuit.kernels[group.signature].cells
    for node in 0..<group.count {
      let message = value + group.messageStart + node * cells
      var largest = 0.0
      for cell in 0..<cells { largest = max(largest, message[cell]) }
      var exponent: Int32 = 0
      if largest > 0, largest < Self.smallest {
        exponent = min(512, -Int32(largest.exponent))
        let factor = Double(sign: .plus, exponent: Int(exponent), significand: 1)
        for cell in 0..<cells { message[cell] *= factor }
      }
      ownExponents[group.firstNode + node] = exponent
    }
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
          let position = Int(circuit.inputs[group.inputStart + input * group.count + offset])
          if position >= circuit.structure.parameterCount { exponent += exponents[self.node(at: position)] }
        }
        exponents[node] = exponent
      }
    }
  }

  /// The node, in layout order, whose message starts at this position.
  private func node(at position: Int) -> Int {
    var low = 0
    var high = circuit.groups.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if circuit.groups[middle].messageStart <= position { low = middle } else { high = middle }
    }
    let group = circuit.groups[low]
    return group.firstNode + (position - group.messageStart) / circuit.kernels[group.signature].cells
  }
}

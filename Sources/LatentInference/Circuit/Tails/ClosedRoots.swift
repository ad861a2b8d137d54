internal import LatentKernels

/// The roots of components that share all they are made of: each distinct one is a node of the circuit, with the summed
/// weight of the rows that have it.
struct ClosedRoots: Tail {
  let circuit: Circuit

  /// The least likelihood of a component that the pass over the roots takes; two of them make a normal number.
  static let leastLikelihood = 0x1p-500
  /// log₂ of the least likelihood to which a lost cell cannot matter.
  static let leastExact = -900.0

  func sweep(_ workspace: CircuitWorkspace) -> Double {
    // Where a message was scaled, the likelihoods are, too.
    workspace.anyScaled ? takeSmallRoots(below: .infinity, workspace) : takeRoots(workspace)
  }

  /// Likelihoods and the mass of their inputs where no message was scaled.
  private func takeRoots(_ workspace: CircuitWorkspace) -> Double {
    var logLikelihood = 0.0
    var left = 0
    for number in circuit.firstRootGroup..<circuit.groups.count {
      let firstRoot = circuit.firstNodes[number] - circuit.firstRootNode
      circuit.rootWeights.withUnsafeBufferPointer { weights in
        let (sum, rest) = sumProductRoots(
          circuit.groups[number], weights: weights.baseAddress! + firstRoot, value: workspace.value,
          belief: workspace.belief, least: Self.leastLikelihood)
        logLikelihood += sum
        left += rest
      }
    }
    return left == 0 ? logLikelihood : logLikelihood + takeSmallRoots(below: Self.leastLikelihood, workspace)
  }

  /// Takes the roots whose stored likelihood is below a bound, one by one.
  private func takeSmallRoots(below bound: Double, _ workspace: CircuitWorkspace) -> Double {
    let value = workspace.value
    var logLikelihood = 0.0
    // Looked for at the first likelihood to which they could matter.
    var areCellsLost: Bool?
    for number in circuit.firstRootGroup..<circuit.groups.count {
      let group = circuit.groups[number]
      for node in 0..<group.count where value[group.message + node] < bound {
        let weight = circuit.rootWeights[circuit.firstNodes[number] - circuit.firstRootNode + node]
        let stored = value[group.message + node]
        let (exponent, own) = workspace.exponents(node: node, ofGroup: number)
        let logRoot = naturalLog(stored) - Double(exponent) * naturalLog(2)
        let isSmall = logRoot < Self.leastExact * naturalLog(2)
        if isSmall, areCellsLost == nil { areCellsLost = workspace.hasLostCells() }
        if isSmall, areCellsLost == true {
          logLikelihood += weight * workspace.takeInLogSpace(root: group.message + node, weight: weight)
        } else {
          logLikelihood += weight * logRoot
          let factor = Double(sign: .plus, exponent: Int(own), significand: 1)
          sumProductBackward(
            root: node, of: group, mass: weight * factor / stored, value: value, belief: workspace.belief)
        }
      }
    }
    return logLikelihood
  }
}

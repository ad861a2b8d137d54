internal import LatentKernels
internal import LatentModels

/// The rows of one open shape: each has a likelihood of its own, found in tiles that pass through one small region of the
/// buffers.
struct TileTail: Tail {
  let circuit: Circuit
  let program: TileProgram

  func sweep(_ workspace: CircuitWorkspace) -> Double {
    var logLikelihood = 0.0
    var start = 0
    while start < program.rowCount {
      let rows = start..<min(start + TileProgram.rows, program.rowCount)
      logLikelihood += sweep(rows, workspace)
      start = rows.upperBound
    }
    return logLikelihood
  }

  private func sweep(_ rows: Range<Int>, _ workspace: CircuitWorkspace) -> Double {
    let layout = TileLayout(program, circuit, rows: rows.count)
    var logLikelihood = fillEvidence(rows, layout, workspace)
    let groups = nodeGroups(rows, layout, workspace.tileOffsets)
    for group in groups.dropLast() { _ = sumProductForward(group, value: workspace.value) }
    (workspace.belief + circuit.valueCount).update(repeating: 0, count: layout.end - circuit.valueCount)
    guard let root = groups.last else { return logLikelihood }
    let (sum, left) = program.weights.withUnsafeBufferPointer { weights in
      sumProductRoots(
        root, weights: weights.baseAddress! + rows.lowerBound, value: workspace.value, belief: workspace.belief,
        least: ClosedRoots.leastLikelihood)
    }
    logLikelihood += sum
    for group in groups.dropLast().reversed() {
      sumProductBackward(group, value: UnsafePointer(workspace.value), belief: workspace.belief)
    }
    addMoments(rows, layout, workspace)
    if workspace.anyScaled { logLikelihood -= scaling(rows, root, workspace) }
    if left > 0 { logLikelihood += takeSmallRows(rows, root, layout, workspace) }
    return logLikelihood
  }

  /// Densities of all rows in the order of their evidence, each row's divided by its largest; returns
  /// Σ weight · log of the largest.
  func fillEvidence(_ rows: Range<Int>, _ layout: TileLayout, _ workspace: CircuitWorkspace) -> Double {
    var sum = 0.0
    for (number, evidence) in program.evidence.enumerated() {
      let target = workspace.value + layout.evidence[number]
      target.update(repeating: 0, count: rows.count * evidence.cells)
      program.addLogDensities(evidence, rows, workspace, to: target)
      sum += program.weights.withUnsafeBufferPointer { weights in
        exponentiateRows(
          target, rows: rows.count, cells: evidence.cells, weights: weights.baseAddress! + rows.lowerBound)
      }
    }
    return sum
  }

  func addMoments(_ rows: Range<Int>, _ layout: TileLayout, _ workspace: CircuitWorkspace) {
    for (number, evidence) in program.evidence.enumerated() {
      program.addMoments(evidence, rows, mass: workspace.belief + layout.evidence[number], workspace)
    }
  }

  /// The steps of a tile as groups of nodes, one node a row; the last is that of the roots.
  func nodeGroups(
    _ rows: Range<Int>, _ layout: TileLayout, _ offsets: UnsafeMutablePointer<Int32>
  ) -> [NodeGroup] {
    var next = offsets
    return program.steps.enumerated().map { number, step in
      let signature = step.signature
      let inputs = step.inputs.enumerated().map { position, input -> NodeInput in
        let start = next
        next += rows.count
        switch input {
        case .evidence(let evidence):
          fill(start, from: layout.evidence[evidence], by: program.evidence[evidence].cells, rows.count)
        case .message(let message):
          fill(start, from: layout.messages[message], by: program.steps[message].signature.cells, rows.count)
        case .closed(let slot):
          for (position, row) in rows.enumerated() { start[position] = program.input(slot, row: row) }
        }
        return NodeInput(offsets: UnsafePointer(start), index: circuit.index(of: position, signature))
      }
      return NodeGroup(
        count: rows.count, cells: signature.cells, states: signature.states, message: layout.messages[number],
        varying: signature.varying, hasRuns: false, inputs: inputs.count
      ) { inputs[$0] }
    }
  }

  private func fill(_ offsets: UnsafeMutablePointer<Int32>, from start: Int, by stride: Int, _ count: Int) {
    for position in 0..<count { offsets[position] = Int32(start + position * stride) }
  }

  /// Σ weight · log of the powers of two by which what the rows read was scaled, where their likelihood was taken.
  private func scaling(_ rows: Range<Int>, _ root: NodeGroup, _ workspace: CircuitWorkspace) -> Double {
    var sum = 0.0
    for (position, row) in rows.enumerated() {
      guard workspace.value[root.message + position] >= ClosedRoots.leastLikelihood else { continue }
      for case .closed(let slot) in program.steps.lazy.flatMap(\.inputs) {
        let source = Int(program.input(slot, row: row))
        if source >= circuit.messageStart {
          sum += program.weights[row] * Double(workspace.exponent(ofMessageAt: source)) * naturalLog(2)
        }
      }
    }
    return sum
  }

  /// Takes the rows whose likelihood is too small for a double in log space.
  private func takeSmallRows(
    _ rows: Range<Int>, _ root: NodeGroup, _ layout: TileLayout, _ workspace: CircuitWorkspace
  ) -> Double {
    var logLikelihood = 0.0
    for (position, row) in rows.enumerated()
    where workspace.value[root.message + position] < ClosedRoots.leastLikelihood {
      var sweep = LogSpaceRow(circuit, program, row: row, workspace)
      // The largest density of the row was added to the sum of the tile already.
      let largest = sweep.largestDensity
      let logRow = sweep.logLikelihood
      guard logRow > -.infinity else { return -.infinity }
      sweep.addMass(to: workspace)
      logLikelihood += program.weights[row] * (logRow - largest)
    }
    return logLikelihood
  }
}

/// Where the evidence and the open messages of a tile stand in the buffers.
struct TileLayout {
  let evidence: [Int]
  let messages: [Int]
  let end: Int

  init(_ program: TileProgram, _ circuit: Circuit, rows: Int) {
    var end = circuit.valueCount
    func take(_ cells: Int) -> Int {
      defer { end += cells * rows }
      return end
    }
    evidence = program.evidence.map { take($0.cells) }
    messages = program.steps.map { take($0.signature.cells) }
    self.end = end
  }
}

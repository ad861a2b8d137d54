internal import LatentKernels
internal import LatentModels

/// The rows of one open shape that belong to steps of a chain: tiles turn their numbers into messages, and the posterior
/// mass of these into moments.
struct ChainTiles {
  private let tail: TileTail
  private let states: Int
  /// Where the messages of the rows stand, one after the other.
  private let messages: UnsafeMutablePointer<Double>

  init(_ circuit: Circuit, _ program: TileProgram, start: Int, states: Int, _ own: UnsafeMutablePointer<Double>) {
    tail = TileTail(circuit: circuit, program: program)
    self.states = states
    messages = own + start
  }

  /// Computes the messages; returns Σ weight · log of what they were divided by.
  func fill(_ workspace: CircuitWorkspace) -> Double {
    var logScale = 0.0
    forEachTile { rows, layout in
      logScale += tail.fillEvidence(rows, layout, workspace)
      let groups = tail.nodeGroups(rows, layout, workspace.tileOffsets)
      for group in groups { _ = sumProductForward(group, value: workspace.value) }
      guard let root = groups.last else { return }
      (messages + rows.lowerBound * states).update(from: workspace.value + root.message, count: rows.count * states)
      if workspace.anyScaled { logScale -= scaling(rows, workspace) }
    }
    return logScale
  }

  /// Sweeps the posterior mass of the rows' states back, which stands where their messages stood.
  func count(_ workspace: CircuitWorkspace) {
    forEachTile { rows, layout in
      _ = tail.fillEvidence(rows, layout, workspace)
      let groups = tail.nodeGroups(rows, layout, workspace.tileOffsets)
      for group in groups { _ = sumProductForward(group, value: workspace.value) }
      let start = tail.circuit.valueCount
      (workspace.belief + start).update(repeating: 0, count: layout.end - start)
      guard let root = groups.last else { return }
      (workspace.belief + root.message).update(from: messages + rows.lowerBound * states, count: rows.count * states)
      for group in groups.reversed() {
        sumProductBackward(group, value: UnsafePointer(workspace.value), belief: workspace.belief)
      }
      tail.addMoments(rows, layout, workspace)
    }
  }

  private func forEachTile(_ body: (Range<Int>, TileLayout) -> Void) {
    let count = tail.program.rowCount
    for start in stride(from: 0, to: count, by: TileProgram.rows) {
      let rows = start..<min(start + TileProgram.rows, count)
      body(rows, TileLayout(tail.program, tail.circuit, rows: rows.count))
    }
  }

  /// Σ weight · log of the powers of two by which what the rows read was scaled.
  private func scaling(_ rows: Range<Int>, _ workspace: CircuitWorkspace) -> Double {
    var sum = 0.0
    for row in rows {
      for case .closed(let slot) in tail.program.steps.lazy.flatMap(\.inputs) {
        let source = Int(tail.program.input(slot, row: row))
        guard source >= tail.circuit.messageStart else { continue }
        sum += tail.program.weights[row] * Double(workspace.exponent(ofMessageAt: source)) * naturalLog(2)
      }
    }
    return sum
  }
}

internal import LatentKernels
internal import LatentModels

/// One row of a tile in log space: slow, and exact where its likelihood is too small for a double.
struct LogSpaceRow {
  private let circuit: Circuit
  private let program: TileProgram
  private let row: Int
  /// The log-densities of each evidence.
  private var evidence: [[Double]] = []
  /// The logarithms of each open message.
  private var messages: [[Double]] = []

  init(_ circuit: Circuit, _ program: TileProgram, row: Int, _ workspace: CircuitWorkspace) {
    self.circuit = circuit
    self.program = program
    self.row = row
    for group in program.evidence {
      var logs = [Double](repeating: 0, count: group.cells)
      logs.withUnsafeMutableBufferPointer {
        program.addLogDensities(group, row..<row + 1, workspace, to: $0.baseAddress!)
      }
      evidence.append(logs)
    }
    for step in program.steps {
      messages.append((0..<step.signature.cells).map { logSumOfExponentials(terms(step, cell: $0, workspace)) })
    }
  }

  /// log p of the component.
  var logLikelihood: Double { messages.last?.first ?? 0 }

  /// The sum over evidence of the log of the largest density, as a tile takes it out; 0 for one that is −∞.
  var largestDensity: Double {
    evidence.reduce(0) { sum, logs in
      let largest = logs.max() ?? 0
      return sum + (largest > -.infinity ? largest : 0)
    }
  }

  /// The logarithm of each product that a cell of a step sums up.
  private func terms(_ step: TileProgram.Step, cell: Int, _ workspace: CircuitWorkspace) -> [Double] {
    (0..<step.signature.states).map { state in
      step.inputs.enumerated().reduce(0) { sum, input in
        let offset = Int(circuit.index(of: input.offset, step.signature)[cell]) + state
        return switch input.element {
        case .evidence(let number): sum + evidence[number][offset]
        case .message(let number): sum + messages[number][offset]
        case .closed(let slot): sum + workspace.log(at: Int(program.input(slot, row: row)) + offset)
        }
      }
    }
  }

  /// Adds the mass of the row to the moments of its numbers, and to the adjoints of what it reads.
  mutating func addMass(to workspace: CircuitWorkspace) {
    var evidenceMass = evidence.map { [Double](repeating: 0, count: $0.count) }
    var messageMass = messages.map { [Double](repeating: 0, count: $0.count) }
    messageMass[messageMass.count - 1][0] = program.weights[row]
    for (number, step) in program.steps.enumerated().reversed() {
      for cell in 0..<step.signature.cells where messageMass[number][cell] > 0 {
        let mass = messageMass[number][cell]
        for (state, term) in terms(step, cell: cell, workspace).enumerated() {
          let part = mass * exponential(term - messages[number][cell])
          for (position, input) in step.inputs.enumerated() {
            let offset = Int(circuit.index(of: position, step.signature)[cell]) + state
            switch input {
            case .evidence(let number): evidenceMass[number][offset] += part
            case .message(let number): messageMass[number][offset] += part
            case .closed(let slot): workspace.addLogSpaceMass(part, at: Int(program.input(slot, row: row)) + offset)
            }
          }
        }
      }
    }
    for (group, mass) in zip(program.evidence, evidenceMass) {
      mass.withUnsafeBufferPointer {
        program.addMoments(group, row..<row + 1, mass: $0.baseAddress!, workspace)
      }
    }
  }
}

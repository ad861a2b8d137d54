internal import LatentKernels
internal import LatentModels

/// The sequences of a chain over the messages of a circuit: where each step finds what it says of the chain's variable.
struct ChainProgram {
  let family: Family
  let sequences: [ChainRows.Sequence]
  /// Per step: the position of its message in the buffers, or the complement of that among the messages of single steps.
  let sources: [Int32]
  /// Per step: the configuration of the parents in its own step; empty where there are none.
  let configurations: [Int32]
  /// How many numbers the messages of single steps have, the constant ones in front among them.
  let ownCount: Int
  /// The number of steps of the longest sequence.
  let longest: Int

  var states: Int { family.width }

  /// In front of the messages of single steps: a row of ones, and for each state a row that has it alone.
  private static func constantCount(states: Int) -> Int { (states + 1) * states }

  /// - openStarts: per shape, the number of the first of its rows among all single steps.
  init(_ family: Family, _ rows: ChainRows, positions: [Int32], openStarts: [Int], shapeOf: (Int) -> Int) {
    self.family = family
    let states = family.width
    let constants = Self.constantCount(states: states)
    sequences = rows.sequences
    configurations = rows.configurations
    var openCount = 0
    sources = rows.steps.indices.map { step in
      let code = Int(rows.steps[step])
      if code == -1 { return ~0 }
      if code < 0 { return ~Int32((-1 - code) * states) }
      guard !rows.openRows.isEmpty, rows.openRows[step] >= 0 else { return positions[code] }
      openCount += 1
      return ~Int32(constants + (openStarts[shapeOf(code)] + Int(rows.openRows[step])) * states)
    }
    ownCount = constants + openCount * states
    longest = rows.sequences.reduce(0) { max($0, $1.count) }
  }

  /// Where the messages of single steps begin behind the constant ones.
  var ownStart: Int { Self.constantCount(states: states) }

  /// Bytes of the steps and their buffers.
  var bytes: Int {
    4 * (sources.count + configurations.count)
      + 8 * (ownCount + ChainBuffers.segment(of: self) * (states + 1) + 2 * family.parameters.count)
  }
}

/// What the sweeps over a chain work in.
final class ChainBuffers {
  /// The messages of single steps; after a sweep the posterior mass of their states.
  let own: UnsafeMutablePointer<Double>
  fileprivate let alphas: UnsafeMutablePointer<Double>
  fileprivate let factors: UnsafeMutablePointer<Double>
  fileprivate let checkpoints: UnsafeMutablePointer<Double>
  /// Sums of transitions, and room to work in.
  fileprivate let transitions: UnsafeMutableBufferPointer<Double>
  fileprivate let scratch: UnsafeMutablePointer<Double>
  /// The transitions, columns in the place of rows.
  fileprivate let transposed: UnsafeMutablePointer<Double>
  let segment: Int

  static func segment(of program: ChainProgram) -> Int {
    min(program.longest, ChainSweep.segment(states: program.states))
  }

  init(_ program: ChainProgram) {
    let states = program.states
    segment = max(1, Self.segment(of: program))
    own = .allocate(zeros: program.ownCount)
    alphas = .allocate(zeros: (segment + 1) * states)
    factors = .allocate(zeros: segment)
    checkpoints = .allocate(zeros: (program.longest / segment + 1) * states)
    let count = program.family.parameters.count - program.family.initialParameters.count
    transitions = UnsafeMutableBufferPointer(start: .allocate(zeros: count), count: count)
    scratch = .allocate(zeros: 2 * states)
    transposed = .allocate(zeros: count)
    fillConstants(states)
  }

  deinit {
    for buffer in [own, alphas, factors, checkpoints, scratch, transposed] { buffer.deallocate() }
    transitions.deallocate()
  }

  /// Takes the transitions of all configurations.
  fileprivate func transpose(_ transitions: UnsafePointer<Double>, states: Int) {
    for start in stride(from: 0, to: self.transitions.count, by: states * states) {
      for from in 0..<states {
        for state in 0..<states {
          transposed[start + state * states + from] = transitions[start + from * states + state]
        }
      }
    }
  }

  /// A row of ones, and for each state a row that has it alone.
  private func fillConstants(_ states: Int) {
    own.update(repeating: 0, count: (states + 1) * states)
    own.update(repeating: 1, count: states)
    for state in 0..<states { own[(state + 1) * states + state] = 1 }
  }
}

/// The chain of a circuit: messages of slices become the likelihoods of sequences, and receive their posterior mass.
struct ChainTail: Tail {
  let circuit: Circuit
  let program: ChainProgram
  let buffers: ChainBuffers

  func sweep(_ workspace: CircuitWorkspace) -> Double {
    let family = program.family
    let later = family.parameters.lowerBound + family.initialParameters.count
    buffers.transitions.update(repeating: 0)
    buffers.transpose(workspace.value + later, states: program.states)
    var logLikelihood = 0.0
    withSteps(workspace.value) { steps in
      let sweep = ChainSweep(
        steps, alphas: buffers.alphas, factors: buffers.factors, checkpoints: buffers.checkpoints,
        segment: buffers.segment)
      for sequence in program.sequences {
        let rows = sequence.start..<sequence.start + sequence.count
        let logSequence = sweep.forward(rows)
        guard logSequence > -.infinity else {
          logLikelihood = -.infinity
          return
        }
        logLikelihood += sequence.weight * logSequence
        sweep.backward(
          rows,
          ChainAdjoints(
            weight: sequence.weight, belief: workspace.belief,
            first: workspace.belief + family.initialParameters.lowerBound,
            transitions: buffers.transitions.baseAddress!, transposed: buffers.transposed, ownStart: program.ownStart,
            scratch: buffers.scratch, states: program.states))
      }
    }
    for (index, sum) in buffers.transitions.enumerated() {
      workspace.belief[later + index] += workspace.value[later + index] * sum
    }
    if workspace.anyScaled { logLikelihood -= scaling(workspace) }
    return logLikelihood
  }

  /// Calls `body` with the steps over the buffers of a workspace.
  func withSteps(_ value: UnsafePointer<Double>, _ body: (ChainSteps) -> Void) {
    let family = program.family
    program.sources.withUnsafeBufferPointer { sources in
      program.configurations.withUnsafeBufferPointer { configurations in
        guard let sources = sources.baseAddress else { return }
        body(
          ChainSteps(
            states: program.states, shared: value, own: buffers.own, sources: sources,
            configurations: program.configurations.isEmpty ? nil : configurations.baseAddress,
            initial: value + family.parameters.lowerBound,
            transition: value + family.parameters.lowerBound + family.initialParameters.count))
      }
    }
  }

  /// Σ weight · log of the powers of two by which shared messages were scaled.
  private func scaling(_ workspace: CircuitWorkspace) -> Double {
    var sum = 0.0
    for sequence in program.sequences {
      for step in sequence.start..<sequence.start + sequence.count
      where Int(program.sources[step]) >= circuit.messageStart {
        let exponent = workspace.exponent(ofMessageAt: Int(program.sources[step]))
        sum += sequence.weight * Double(exponent) * naturalLog(2)
      }
    }
    return sum
  }
}

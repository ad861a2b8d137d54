internal import LatentKernels
internal import LatentModels

/// The messages of a whole circuit as logarithms: slow, and exact where the cells of one message are too far apart for
/// doubles.
struct LogSpaceSweep {
  private let circuit: Circuit
  /// log of `[inputs | copies | messages]`.
  let logs: [Double]
  /// The posterior mass of each cell of the messages, and expected counts before them.
  private var adjoints: [Double]

  /// - inputs: the logarithms of the circuit's inputs.
  init(_ circuit: Circuit, _ inputs: [Double], _ elimination: Elimination) {
    self.circuit = circuit
    var logs = inputs
    for source in circuit.copies { logs.append(logs[Int(source)]) }
    logs += [Double](repeating: -.infinity, count: circuit.valueCount - logs.count)
    for group in circuit.groups {
      for node in 0..<group.count {
        for cell in 0..<group.cells {
          let terms = Self.terms(group, node, cell, logs)
          logs[group.message + node * group.cells + cell] =
            switch elimination {
            case .sum: logSumOfExponentials(terms)
            case .maximum: terms.max() ?? -.infinity
            }
        }
      }
    }
    self.logs = logs
    adjoints = [Double](repeating: 0, count: circuit.valueCount)
  }

  /// The logarithm of each product that a cell sums up.
  private static func terms(_ group: NodeGroup, _ node: Int, _ cell: Int, _ logs: [Double]) -> [Double] {
    (0..<group.states).map { state in
      var sum = 0.0
      for input in 0..<group.inputs {
        sum += logs[group.position(of: input, node: node, cell: cell, state: state)]
      }
      return sum
    }
  }

  /// Gives mass to what stands at a position.
  mutating func add(_ mass: Double, at position: Int) { adjoints[position] += mass }

  /// Adds the expected counts that all mass that was given asks for.
  mutating func addCounts(to belief: UnsafeMutablePointer<Double>) {
    for group in circuit.groups.reversed() {
      for node in 0..<group.count {
        for cell in 0..<group.cells {
          let position = group.message + node * group.cells + cell
          let mass = adjoints[position]
          guard mass > 0, logs[position] > -.infinity else { continue }
          for (state, term) in Self.terms(group, node, cell, logs).enumerated() {
            let part = mass * exponential(term - logs[position])
            for input in 0..<group.inputs {
              adjoints[group.position(of: input, node: node, cell: cell, state: state)] += part
            }
          }
        }
      }
    }
    for (index, source) in circuit.copies.enumerated() {
      adjoints[Int(source)] += adjoints[circuit.inputCount + index]
    }
    for cell in 0..<circuit.inputCount { belief[cell] += adjoints[cell] }
  }
}

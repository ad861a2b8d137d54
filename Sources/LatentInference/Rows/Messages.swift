internal import LatentKernels

/// All messages of a circuit under one set of parameters, for walks over its components.
struct Messages {
  /// The values of the circuit's buffer, or their logarithms.
  private let values: UnsafePointer<Double>
  /// Whether the cells of one message lie too far apart for doubles, so that they are kept as logarithms.
  private let isLogarithmic: Bool
  /// Keeps the values where they are.
  private let owner: AnyObject
  /// Per instance: the logarithm of the likelihood of a component, or of its most probable completion.
  let logLikelihoods: [Double]

  init(_ circuit: Circuit, _ inputs: CircuitInputs, _ elimination: Elimination) {
    let workspace = CircuitWorkspace(circuit)
    workspace.forward(inputs.values, elimination)
    isLogarithmic = workspace.needsLogSpace(hasLostInputs: !inputs.lost.isEmpty)
    if isLogarithmic {
      let logs = LogSpaceSweep(circuit, inputs.logs, elimination).logs
      let copy = Logarithms(logs)
      values = UnsafePointer(copy.start)
      owner = copy
      logLikelihoods = circuit.roots.map { logs[Int($0)] }
    } else {
      values = UnsafePointer(workspace.value)
      owner = workspace
      logLikelihoods = circuit.roots.indices.map { workspace.logLikelihood(ofInstance: $0) }
    }
  }

  /// Replaces `products` by Π_k value[starts[k] + x] over the states x, up to a common factor.
  ///
  /// - inputs: how many factors there are, at least one.
  @inline(__always)
  func multiply(into products: UnsafeMutableBufferPointer<Double>, inputs: Int, starts: UnsafePointer<Int>) {
    for state in products.indices { products[state] = values[starts[0] + state] }
    if isLogarithmic {
      for input in 1..<max(1, inputs) {
        for state in products.indices { products[state] += values[starts[input] + state] }
      }
      Self.exponentiate(products)
    } else {
      for input in 1..<max(1, inputs) {
        for state in products.indices { products[state] *= values[starts[input] + state] }
      }
    }
  }

  /// Replaces logarithms by numbers of which the largest is 1; by zeros where all are −∞.
  private static func exponentiate(_ products: UnsafeMutableBufferPointer<Double>) {
    let largest = products.max() ?? 0
    for state in products.indices {
      products[state] = largest == -.infinity ? 0 : exponential(products[state] - largest)
    }
  }
}

/// Logarithms at an address that does not change.
private final class Logarithms {
  let start: UnsafeMutablePointer<Double>

  init(_ logs: [Double]) {
    start = .allocate(capacity: max(1, logs.count))
    start.initialize(from: logs, count: logs.count)
  }

  deinit { start.deallocate() }
}

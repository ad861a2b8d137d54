internal import LatentKernels

/// All messages of a circuit under one set of parameters, for walks over its components.
enum Messages {
  case linear(CircuitWorkspace)
  /// Where the cells of one message lie too far apart for doubles.
  case logarithmic(Circuit, [Double])

  init(_ circuit: Circuit, _ inputs: [Double], _ elimination: Elimination) {
    let workspace = CircuitWorkspace(circuit)
    workspace.forward(inputs, elimination)
    self =
      workspace.needsLogSpace()
      ? .logarithmic(circuit, LogSpaceSweep(circuit, inputs, elimination).logs) : .linear(workspace)
  }

  /// The logarithm of the likelihood of a component, or of its most probable completion.
  func logLikelihood(ofInstance instance: Int) -> Double {
    switch self {
    case .linear(let workspace): workspace.logLikelihood(ofInstance: instance)
    case .logarithmic(let circuit, let logs): logs[Int(circuit.roots[instance])]
    }
  }

  /// Replaces `products` by Π_k value[starts[k] + x] over the states x, up to a common factor.
  func multiply(into products: inout [Double], inputs: Int, starts: [Int]) {
    switch self {
    case .linear(let workspace):
      for state in products.indices { products[state] = 1 }
      for input in 0..<inputs {
        for state in products.indices { products[state] *= workspace.value[starts[input] + state] }
      }
    case .logarithmic(_, let logs):
      for state in products.indices {
        products[state] = 0
        for input in 0..<inputs { products[state] += logs[starts[input] + state] }
      }
      let largest = products.max() ?? 0
      for state in products.indices where largest > -.infinity {
        products[state] = exponential(products[state] - largest)
      }
      if largest == -.infinity { for state in products.indices { products[state] = 0 } }
    }
  }
}

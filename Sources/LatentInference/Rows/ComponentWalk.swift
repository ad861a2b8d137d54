internal import LatentKernels

/// One hidden component of one kind of row, walked from the root of its elimination to the leaves.
struct ComponentWalk {
  private let inference: RowInference
  private let plan: EliminationPlan
  /// Per step and input: where the input's slice starts in a buffer of values.
  private let positions: [[Int]]

  init(_ inference: RowInference, instance: Int) {
    self.inference = inference
    plan = inference.plan(ofInstance: instance)
    let components = inference.components
    var nodeOfStep = [Int](repeating: 0, count: plan.steps.count)
    nodeOfStep[plan.steps.count - 1] = Int(components.rootNodes[instance])
    var positions = [[Int]](repeating: [], count: plan.steps.count)
    for number in plan.steps.indices.reversed() {
      for (index, input) in plan.steps[number].inputs.enumerated() {
        let source = components.builder.input(nodeOfStep[number], index)
        switch input {
        case .family:
          positions[number].append(source)
        case .message(let step):
          nodeOfStep[step] = ~source
          positions[number].append(Int(components.circuit.messagePositions[~source]))
        }
      }
    }
    self.positions = positions
  }

  /// p(variable | observed) of every hidden variable of the component, by topological index.
  func posteriors() -> [(index: Int, posterior: [Double])] {
    var result: [(Int, [Double])] = []
    var adjoints = [[Double]](repeating: [], count: plan.steps.count)
    adjoints[plan.steps.count - 1] = [1]
    for number in plan.steps.indices.reversed() {
      let step = plan.steps[number]
      let signature = inference.components.signatures[step.signature]
      for case .message(let child) in step.inputs {
        let cells = inference.components.signatures[plan.steps[child].signature].cells
        adjoints[child] = [Double](repeating: 0, count: cells)
      }
      var marginal = [Double](repeating: 0, count: Int(signature.eliminated))
      for (cell, mass) in adjoints[number].enumerated() where mass > 0 {
        let starts = inputStarts(step: number, cell: cell, signature: signature)
        let products = products(starts: starts, step: number, signature: signature, values: inference.sums.value)
        let total = products.reduce(0, +)
        for (state, product) in products.enumerated() {
          let part = mass * (product / total)
          marginal[state] += part
          for (index, input) in step.inputs.enumerated() {
            guard case .message(let child) = input else { continue }
            adjoints[child][starts[index] + state * eliminatedStride(signature, index) - positions[number][index]] +=
              part
          }
        }
      }
      if let eliminated = step.eliminated { result.append((eliminated, marginal)) }
    }
    return result
  }

  /// Assigns the hidden variables from the last eliminated to the first.
  ///
  /// - values: messages that belong to the choice: sums for a draw, maxima for the most probable completion.
  /// - choose: picks a state from the products over the states of a variable, given all chosen before.
  func complete(
    values: UnsafePointer<Double>, choose: ([Double]) -> Int, assign: (Int, Int) -> Void
  ) {
    var states: [Int: Int] = [:]
    for number in plan.steps.indices.reversed() {
      let step = plan.steps[number]
      guard let eliminated = step.eliminated else { continue }
      let signature = inference.components.signatures[step.signature]
      var cell = 0
      for (axis, index) in step.separator.enumerated() {
        cell = cell * Int(signature.separator[axis]) + (states[index] ?? 0)
      }
      let starts = inputStarts(step: number, cell: cell, signature: signature)
      let state = choose(products(starts: starts, step: number, signature: signature, values: values))
      states[eliminated] = state
      assign(eliminated, state)
    }
  }

  private func eliminatedStride(_ signature: Signature, _ input: Int) -> Int {
    Int(signature.strides[input * (signature.separator.count + 1) + signature.separator.count])
  }

  /// Where each input of a step stands for one joint state of the separator and state 0 of the eliminated variable.
  private func inputStarts(step: Int, cell: Int, signature: Signature) -> [Int] {
    let axes = signature.separator.count
    var starts = positions[step]
    var rest = cell
    for axis in (0..<axes).reversed() {
      let cardinality = Int(signature.separator[axis])
      let state = rest % cardinality
      rest /= cardinality
      for input in starts.indices { starts[input] += state * Int(signature.strides[input * (axes + 1) + axis]) }
    }
    return starts
  }

  private func products(
    starts: [Int], step: Int, signature: Signature, values: UnsafePointer<Double>
  ) -> [Double] {
    (0..<Int(signature.eliminated)).map { state in
      var product = 1.0
      for (input, start) in starts.enumerated() {
        product *= values[start + state * eliminatedStride(signature, input)]
      }
      return product
    }
  }
}

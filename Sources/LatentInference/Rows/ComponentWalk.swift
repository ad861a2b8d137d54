internal import LatentModels

/// Hidden components, one at a time, walked from the root of their elimination to the leaves.
///
/// The buffers are reused from component to component.
struct ComponentWalk {
  private let inference: RowInference
  private(set) var plan: EliminationPlan
  private var nodeOfStep: [Int] = []
  /// Where the slice of each input starts in a buffer of values, `EliminationPlanner.maximumInputs` entries a step.
  private var positions: [Int] = []
  /// Where each input stands for the joint state of the separator that is looked at.
  private var starts = [Int](repeating: 0, count: Self.width)
  /// By topological index: the states of the variables assigned so far.
  private(set) var states: [Int]
  /// The products of the inputs over the states of the variable that a step eliminates.
  private(set) var products: [Double] = []
  private var adjoints: [Double] = []
  private var adjointStarts: [Int] = []
  private var posteriorStarts: [Int]

  private static let width = EliminationPlanner.maximumInputs

  /// A walk that begins nowhere; `begin` chooses the component.
  init(_ inference: RowInference) {
    self.inference = inference
    plan = EliminationPlan()
    states = [Int](repeating: 0, count: inference.layout.order.count)
    posteriorStarts = states
  }

  /// Goes to the root of a component.
  mutating func begin(_ instance: Int) {
    plan = inference.plan(ofInstance: instance)
    let components = inference.components
    let count = plan.steps.count
    grow(&nodeOfStep, to: count)
    grow(&positions, to: count * Self.width)
    nodeOfStep[count - 1] = Int(components.rootNodes[instance])
    for number in (0..<count).reversed() {
      for (index, input) in plan.steps[number].inputs.enumerated() {
        let source = components.builder.input(nodeOfStep[number], index)
        switch input {
        case .family:
          positions[number * Self.width + index] = source
        case .message(let step):
          nodeOfStep[step] = ~source
          positions[number * Self.width + index] = Int(components.circuit.messagePositions[~source])
        }
      }
    }
  }

  /// Appends p(variable | observed) of the component's hidden variables, in the order of `plan.hidden`.
  mutating func appendPosteriors(to values: inout [Double]) {
    var end = values.count
    for index in plan.hidden {
      posteriorStarts[index] = end
      end += inference.layout.cardinalities[index]
    }
    values.append(contentsOf: repeatElement(0, count: end - values.count))
    clearAdjoints()
    for number in plan.steps.indices.reversed() {
      let signature = inference.components.signatures[plan.steps[number].signature]
      for cell in 0..<signature.cells {
        let mass = adjoints[adjointStarts[number] + cell]
        guard mass > 0 else { continue }
        look(atCell: cell, ofStep: number, signature)
        multiply(step: number, signature, messages: inference.sums)
        sweep(mass, step: number, into: &values)
      }
    }
  }

  /// Divides the mass of a joint state of the separator among the states of the eliminated variable, and hands it on
  /// to the messages that they came from.
  private mutating func sweep(_ mass: Double, step number: Int, into values: inout [Double]) {
    let step = plan.steps[number]
    var total = 0.0
    for product in products { total += product }
    for state in products.indices where products[state] > 0 {
      let part = mass * (products[state] / total)
      if let eliminated = step.eliminated { values[posteriorStarts[eliminated] + state] += part }
      for (index, input) in step.inputs.enumerated() {
        guard case .message(let child) = input else { continue }
        let offset = starts[index] - positions[number * Self.width + index]
        adjoints[adjointStarts[child] + offset + state] += part
      }
    }
  }

  /// Lays out an adjoint for the message of each step: 1 for the root, 0 for the others.
  private mutating func clearAdjoints() {
    grow(&adjointStarts, to: plan.steps.count)
    var end = 0
    for (number, step) in plan.steps.enumerated() {
      adjointStarts[number] = end
      end += inference.components.signatures[step.signature].cells
    }
    adjoints.removeAll(keepingCapacity: true)
    adjoints.append(contentsOf: repeatElement(0, count: end))
    adjoints[adjointStarts[plan.steps.count - 1]] = 1
  }

  /// Assigns the hidden variables from the last eliminated to the first; `states` then holds them.
  ///
  /// - messages: those that belong to the choice: sums for a draw, maxima for the most probable completion.
  /// - choose: picks a state from the products over the states of a variable, given all chosen before.
  mutating func complete(messages: Messages, choose: ([Double]) -> Int) {
    for number in plan.steps.indices.reversed() {
      guard let eliminated = plan.steps[number].eliminated else { continue }
      multiply(step: number, messages: messages)
      states[eliminated] = choose(products)
    }
  }

  /// The number of the joint state of a step's separator that `states` holds.
  func separatorCell(ofStep number: Int) -> Int {
    let step = plan.steps[number]
    let signature = inference.components.signatures[step.signature]
    var cell = 0
    for (axis, index) in step.separator.enumerated() { cell = cell * Int(signature.separator[axis]) + states[index] }
    return cell
  }

  /// Computes the products of a step for the states of its separator's variables.
  mutating func multiply(step number: Int, messages: Messages) {
    let step = plan.steps[number]
    let signature = inference.components.signatures[step.signature]
    for input in step.inputs.indices {
      var start = positions[number * Self.width + input]
      for (axis, index) in step.separator.enumerated() {
        start += states[index] * signature.stride(ofAxis: axis, input: input)
      }
      starts[input] = start
    }
    multiply(step: number, signature, messages: messages)
  }

  mutating func assign(_ index: Int, _ state: Int) { states[index] = state }

  /// Points each input of a step at one joint state of the separator and state 0 of the eliminated variable.
  private mutating func look(atCell cell: Int, ofStep number: Int, _ signature: Signature) {
    let axes = signature.separator.count
    let inputs = plan.steps[number].inputs.count
    for input in 0..<inputs { starts[input] = positions[number * Self.width + input] }
    var rest = cell
    for axis in (0..<axes).reversed() {
      let cardinality = Int(signature.separator[axis])
      let state = rest % cardinality
      rest /= cardinality
      for input in 0..<inputs { starts[input] += state * signature.stride(ofAxis: axis, input: input) }
    }
  }

  private mutating func multiply(step number: Int, _ signature: Signature, messages: Messages) {
    if products.count != Int(signature.eliminated) {
      products = [Double](repeating: 1, count: Int(signature.eliminated))
    }
    messages.multiply(into: &products, inputs: plan.steps[number].inputs.count, starts: starts)
  }

  private func grow(_ buffer: inout [Int], to count: Int) {
    if buffer.count < count { buffer.append(contentsOf: repeatElement(0, count: count - buffer.count)) }
  }
}

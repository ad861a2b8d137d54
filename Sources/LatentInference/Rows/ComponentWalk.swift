internal import LatentData
internal import LatentKernels
internal import LatentModels

/// Hidden components, one at a time, walked from the root of their elimination to the leaves.
///
/// The buffers are reused from component to component, and a walk over one allocates nothing.
struct ComponentWalk {
  private let plans: PlanTable
  private let builder: NodeBuilder
  private let rootNodes: [Int32]
  private let messagePositions: [Int32]
  private let shapeOfInstance: [Int32]
  private let strides: StrideTable
  /// By topological index; 1 for variables of numbers.
  private let cardinalities: [Int]
  /// By topological index: how many configurations the parents of a variable of numbers have; 0 for one with states.
  private let configurations: [Int]
  /// By topological index: where a table starts among the inputs of the circuit.
  private let tableStarts: [Int]
  private let components: CompiledComponents
  private var instance = 0
  /// The steps of the component, as positions in the table of plans.
  private(set) var steps = 0..<0
  /// The hidden variables of the component, as positions in the table of plans.
  private var hiddenRange = 0..<0
  /// The step that the walk has come to; the root's is the last.
  private(set) var step = 0
  private var nodeOfStep: [Int] = []
  /// Where the slice of each input starts in a buffer of values, `EliminationPlanner.maximumInputs` entries a step.
  private var positions: [Int] = []
  /// Where each input stands for the joint state of the separator that is looked at.
  private var starts = [Int](repeating: 0, count: Self.width)
  /// By topological index: the states of the variables assigned so far.
  private(set) var states: [Int]
  /// The products of the inputs over the states of the variable that a step eliminates, `stateCount` of them.
  private var products: [Double]
  private var stateCount = 1
  private var adjoints: [Double] = []
  private var adjointStarts: [Int] = []
  /// By topological index: where the posterior of the variable starts; −1 for one that nobody asked for.
  private var posteriorStarts: [Int]
  /// Whether a variable of numbers is hidden in the component.
  private var hasNumbers = false
  /// What the component observes of blocks of which it misses something.
  private var partial: [CompiledComponents.OpenDensity] = []

  private static let width = EliminationPlanner.maximumInputs

  /// A walk that begins nowhere; `begin` chooses the component.
  init(_ inference: RowInference) {
    let components = inference.components
    plans = components.plans
    builder = components.builder
    rootNodes = components.rootNodes
    messagePositions = components.circuit.messagePositions
    shapeOfInstance = inference.shapeOfInstance
    strides = StrideTable(components.signatures)
    cardinalities = inference.layout.cardinalities
    configurations = inference.layout.order.map {
      inference.network.schema[$0].isCategorical ? 0 : inference.network.structure.family(of: $0).configurations
    }
    self.components = components
    tableStarts = inference.layout.tableStarts
    states = [Int](repeating: 0, count: cardinalities.count)
    products = [Double](repeating: 0, count: cardinalities.max() ?? 1)
    posteriorStarts = states
  }

  /// The topological indices of the component's hidden variables, ascending.
  var hidden: ArraySlice<Int32> { plans.hidden[hiddenRange] }

  /// Goes to the root of a component.
  mutating func begin(_ instance: Int) {
    self.instance = instance
    let shape = Int(shapeOfInstance[instance])
    steps = plans.steps(ofShape: shape)
    hiddenRange = plans.hidden(ofShape: shape)
    step = steps.count
    grow(&nodeOfStep, to: steps.count)
    grow(&positions, to: steps.count * Self.width)
    nodeOfStep[steps.count - 1] = Int(rootNodes[instance])
    for number in (0..<steps.count).reversed() {
      let step = plans.steps[steps.lowerBound + number]
      let node = nodeOfStep[number]
      for index in 0..<Int(step.inputCount) {
        let source = builder.input(node, index)
        if source >= 0 {
          positions[number * Self.width + index] = source
        } else {
          nodeOfStep[Int(~plans.inputs[Int(step.inputStart) + index])] = ~source
          positions[number * Self.width + index] = Int(messagePositions[~source])
        }
      }
    }
  }

  /// Goes on to the next step that eliminates a variable, whose products it computes; false when all are assigned.
  ///
  /// - messages: those that belong to the choice: sums for a draw, maxima for the most probable completion.
  mutating func advance(_ messages: Messages) -> Bool {
    while step > 0 {
      step -= 1
      if plans.steps[steps.lowerBound + step].eliminated < 0 { continue }
      multiply(step: step, messages)
      return true
    }
    return false
  }

  /// Assigns a state to the variable that the step at hand eliminates.
  mutating func choose(_ state: Int) { states[Int(plans.steps[steps.lowerBound + step].eliminated)] = state }

  /// The state that a number in [0, 1) draws from the products at hand.
  func drawnState(_ number: Double) -> Int {
    products.withUnsafeBufferPointer { sampleIndex(UnsafeBufferPointer(rebasing: $0[..<stateCount]), at: number) }
  }

  /// The states whose product is within a relative 1e-12 of the largest one: the first, and how many there are.
  func likeliest() -> (first: Int, count: Int) {
    products.withUnsafeBufferPointer { likeliestState(of: UnsafeBufferPointer(rebasing: $0[..<stateCount])) }
  }

  /// These states, in their order.
  var likeliestStates: [Int] { LatentInference.likeliestStates(products[..<stateCount]) }

  mutating func assign(_ index: Int, _ state: Int) { states[index] = state }

  /// Computes the products of a step for the states of its separator's variables.
  mutating func multiply(step number: Int, _ messages: Messages) {
    let step = plans.steps[steps.lowerBound + number]
    let axes = Int(step.separatorCount)
    for input in 0..<Int(step.inputCount) {
      var start = positions[number * Self.width + input]
      for axis in 0..<axes {
        let index = Int(plans.separators[Int(step.separatorStart) + axis])
        start += states[index] * strides[step.signature, axis: axis, of: axes, input: input]
      }
      starts[input] = start
    }
    multiply(step, messages)
  }

  /// The number of the joint state of a step's separator that `states` holds.
  func separatorCell(ofStep number: Int) -> Int {
    let step = plans.steps[steps.lowerBound + number]
    var cell = 0
    for axis in Int(step.separatorStart)..<Int(step.separatorStart + step.separatorCount) {
      let index = Int(plans.separators[axis])
      cell = cell * cardinalities[index] + states[index]
    }
    return cell
  }

  /// The topological index of the variable that a step eliminates; nil where it only multiplies.
  func eliminated(inStep number: Int) -> Int? {
    let index = plans.steps[steps.lowerBound + number].eliminated
    return index < 0 ? nil : Int(index)
  }

  /// The steps whose messages a step multiplies.
  func children(ofStep number: Int) -> [Int] {
    let step = plans.steps[steps.lowerBound + number]
    return plans.inputs[Int(step.inputStart)..<Int(step.inputStart + step.inputCount)]
      .filter { $0 < 0 }.map { Int(~$0) }
  }

  private mutating func multiply(_ step: PlanTable.Step, _ messages: Messages) {
    stateCount = step.eliminated < 0 ? 1 : cardinalities[Int(step.eliminated)]
    let (count, inputs) = (stateCount, Int(step.inputCount))
    starts.withUnsafeBufferPointer { starts in
      guard let starts = starts.baseAddress else { return }
      products.withUnsafeMutableBufferPointer {
        messages.multiply(into: UnsafeMutableBufferPointer(rebasing: $0[..<count]), inputs: inputs, starts: starts)
      }
    }
  }

  private func grow(_ buffer: inout [Int], to count: Int) {
    if buffer.count < count { buffer.append(contentsOf: repeatElement(0, count: count - buffer.count)) }
  }
}

extension ComponentWalk {
  /// Appends p(variable | observed) of the component's hidden variables that are asked for, in the order of `hidden`; for
  /// a variable of numbers, p(configuration of its parents | observed).
  ///
  /// - isAsked: by topological index.
  mutating func appendPosteriors(_ sums: Messages, of isAsked: [Bool], to values: inout [Double]) {
    var end = values.count
    for index in hidden {
      posteriorStarts[Int(index)] = isAsked[Int(index)] ? end : -1
      if isAsked[Int(index)] { end += max(configurations[Int(index)], cardinalities[Int(index)]) }
    }
    values.append(contentsOf: repeatElement(0, count: end - values.count))
    hasNumbers = hidden.contains { configurations[Int($0)] > 0 }
    partial = components.densities(ofInstance: instance).filter { hidden.contains(Int32($0.index)) }
    clearAdjoints()
    for number in (0..<steps.count).reversed() {
      let step = plans.steps[steps.lowerBound + number]
      for cell in 0..<adjointStarts[number + 1] - adjointStarts[number] {
        let mass = adjoints[adjointStarts[number] + cell]
        guard mass > 0 else { continue }
        look(atCell: cell, of: step, number)
        multiply(step, sums)
        sweep(mass, step, number, into: &values)
      }
    }
  }

  /// Divides the mass of a joint state of the separator among the states of the eliminated variable, and hands it on
  /// to the messages that they came from.
  private mutating func sweep(_ mass: Double, _ step: PlanTable.Step, _ number: Int, into values: inout [Double]) {
    var total = 0.0
    for state in 0..<stateCount { total += products[state] }
    let posterior = step.eliminated < 0 ? -1 : posteriorStarts[Int(step.eliminated)]
    for state in 0..<stateCount where products[state] > 0 {
      let part = mass * (products[state] / total)
      if posterior >= 0, configurations[Int(step.eliminated)] == 0 { values[posterior + state] += part }
      for index in 0..<Int(step.inputCount) {
        let input = plans.inputs[Int(step.inputStart) + index]
        guard input < 0 else {
          if hasNumbers { addConfiguration(at: starts[index] + state, part, to: &values) }
          continue
        }
        let offset = starts[index] - positions[number * Self.width + index]
        adjoints[adjointStarts[Int(~input)] + offset + state] += part
      }
    }
  }

  /// Adds mass to the configuration whose cell in a table of ones, or in the evidence of a block of which something is
  /// missing, stands at a position, if it is one and asked for.
  private func addConfiguration(at position: Int, _ mass: Double, to values: inout [Double]) {
    let circuit = components.circuit
    let source = position < circuit.inputCount ? position : Int(circuit.copies[position - circuit.inputCount])
    for density in partial where posteriorStarts[density.index] >= 0 {
      guard source >= density.start, source < density.start + density.configurations.count else { continue }
      values[posteriorStarts[density.index] + density.configurations[source - density.start]] += mass
    }
    for index in hidden where configurations[Int(index)] > 0 && posteriorStarts[Int(index)] >= 0 {
      let configuration = source - tableStarts[Int(index)]
      if configuration >= 0, configuration < configurations[Int(index)] {
        values[posteriorStarts[Int(index)] + configuration] += mass
      }
    }
  }

  /// Lays out an adjoint for the message of each step: 1 for the root, 0 for the others.
  private mutating func clearAdjoints() {
    grow(&adjointStarts, to: steps.count + 1)
    var end = 0
    for number in 0..<steps.count {
      adjointStarts[number] = end
      let step = plans.steps[steps.lowerBound + number]
      var cells = 1
      for axis in Int(step.separatorStart)..<Int(step.separatorStart + step.separatorCount) {
        cells *= cardinalities[Int(plans.separators[axis])]
      }
      end += cells
    }
    adjointStarts[steps.count] = end
    adjoints.removeAll(keepingCapacity: true)
    adjoints.append(contentsOf: repeatElement(0, count: end))
    adjoints[adjointStarts[steps.count - 1]] = 1
  }

  /// Points each input of a step at one joint state of the separator and state 0 of the eliminated variable.
  private mutating func look(atCell cell: Int, of step: PlanTable.Step, _ number: Int) {
    let (axes, inputs) = (Int(step.separatorCount), Int(step.inputCount))
    for input in 0..<inputs { starts[input] = positions[number * Self.width + input] }
    var rest = cell
    for axis in (0..<axes).reversed() {
      let cardinality = cardinalities[Int(plans.separators[Int(step.separatorStart) + axis])]
      let state = rest % cardinality
      rest /= cardinality
      for input in 0..<inputs {
        starts[input] += state * strides[step.signature, axis: axis, of: axes, input: input]
      }
    }
  }
}

/// The strides of all signatures in one array.
private struct StrideTable {
  private var strides: [Int32] = []
  private var starts: [Int] = []

  init(_ signatures: [Signature]) {
    for signature in signatures {
      starts.append(strides.count)
      strides += signature.strides
    }
  }

  /// The stride of a variable of the separator, which has `axes` variables, in an input.
  @inline(__always)
  subscript(_ signature: Int32, axis axis: Int, of axes: Int, input input: Int) -> Int {
    Int(strides[starts[Int(signature)] + input * axes + axis])
  }
}

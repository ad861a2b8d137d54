public import LatentData
internal import LatentModels

/// The jointly most probable states of what every row of a table leaves open: max-product elimination over shared
/// components. Missing numbers are integrated out.
///
/// Of several completions within a relative 1e-12 of each other it is the first in lexicographic order: the first
/// variable of the schema in which they differ decides, and there the state listed first.
public struct MostProbableCompletion {
  private let inference: RowInference
  /// The completions of all instances end to end, in the order of `RowInference.variables(ofInstance:)`.
  private let states: [StateCode]
  private let starts: [Int]

  /// Completes every distinct component; components of impossible rows are completed without meaning.
  public init(_ inference: RowInference) {
    self.inference = inference
    let maxima = Messages(inference.components.circuit, inference.inputs, .maximum)
    var states: [StateCode] = []
    var starts: [Int] = []
    starts.reserveCapacity(inference.instanceCount)
    var walk = ComponentWalk(inference)
    for instance in 0..<inference.instanceCount {
      starts.append(states.count)
      walk.begin(instance)
      Self.complete(&walk, maxima: maxima, layout: inference.layout, appendingTo: &states)
    }
    self.states = states
    self.starts = starts
  }

  private static func complete(
    _ walk: inout ComponentWalk, maxima: Messages, layout: RowLayout, appendingTo states: inout [StateCode]
  ) {
    var isTied = false
    walk.complete(messages: maxima) { products in
      let candidates = likeliestStates(products)
      if candidates.count > 1 { isTied = true }
      return candidates[0]
    }
    if isTied {
      var search = FirstCompletion(walk, maxima: maxima, layout: layout)
      states += search.completion()
    } else {
      for index in walk.plan.hidden { states.append(StateCode(walk.states[index])) }
    }
  }

  /// The codes of the completed row in schema order. The row must not be impossible.
  public func completion(row: Int) -> [StateCode] {
    inference.completion(row: row) { instance, place in states[starts[instance] + place] }
  }

  /// log p(completion, observed cells of the row).
  public func logProbability(row: Int) -> Double {
    inference.observedLogProbability(completion(row: row), row: row)
  }
}

/// The states whose value is within a relative 1e-12 of the largest one, in their order; at least one.
func likeliestStates(_ values: some Collection<Double>) -> [Int] {
  var largest = 0.0
  for value in values { largest = max(largest, value) }
  var states: [Int] = []
  for (state, value) in values.enumerated() where value >= largest * (1 - 1e-12) { states.append(state) }
  return states
}

/// The first of the most probable completions of a component that has several.
///
/// What lies below a step depends on the rest only through the step's separator. So the first completion of the whole
/// is made of first completions of its parts, and each part is searched once per joint state of its separator.
private struct FirstCompletion {
  private struct Part: Hashable {
    let step: Int
    let cell: Int
  }

  private var walk: ComponentWalk
  private let maxima: Messages
  /// The place in schema order, among the hidden variables, of each topological index.
  private let place: [Int]
  private var known: [Part: [StateCode]] = [:]

  init(_ walk: ComponentWalk, maxima: Messages, layout: RowLayout) {
    self.walk = walk
    self.maxima = maxima
    var place = [Int](repeating: 0, count: layout.order.count)
    for (position, index) in walk.plan.hidden.sorted(by: { layout.order[$0] < layout.order[$1] }).enumerated() {
      place[index] = position
    }
    self.place = place
  }

  /// The states in the order of the plan's hidden variables.
  mutating func completion() -> [StateCode] {
    let states = first(step: walk.plan.steps.count - 1)
    return walk.plan.hidden.map { states[place[$0]] }
  }

  /// The completion of all variables eliminated in a step and below it, in schema order; −1 for the others.
  private mutating func first(step number: Int) -> [StateCode] {
    let part = Part(step: number, cell: walk.separatorCell(ofStep: number))
    if let states = known[part] { return states }
    let step = walk.plan.steps[number]
    var result: [StateCode]
    if let eliminated = step.eliminated {
      walk.multiply(step: number, messages: maxima)
      result = []
      for state in likeliestStates(walk.products) {
        walk.assign(eliminated, state)
        var completion = completionBelow(step)
        completion[place[eliminated]] = StateCode(state)
        if result.isEmpty || completion.lexicographicallyPrecedes(result) { result = completion }
      }
    } else {
      result = completionBelow(step)
    }
    known[part] = result
    return result
  }

  private mutating func completionBelow(_ step: EliminationPlan.Step) -> [StateCode] {
    var completion = [StateCode](repeating: -1, count: walk.plan.hidden.count)
    for case .message(let child) in step.inputs {
      for (position, state) in first(step: child).enumerated() where state >= 0 { completion[position] = state }
    }
    return completion
  }
}

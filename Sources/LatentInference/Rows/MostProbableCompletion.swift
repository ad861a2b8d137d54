public import LatentData
internal import LatentModels

/// The jointly most probable states of what every row of a table leaves open: max-product elimination over shared
/// components. Missing numbers are integrated out.
///
/// Of several completions within a relative 1e-12 of each other it is the first in lexicographic order: the first
/// variable of the schema in which they differ decides, and there the state listed first.
public struct MostProbableCompletion {
  private let inference: RowInference
  private let states: DistinctStates

  /// Completes every distinct component; components of impossible rows are completed without meaning.
  public init(_ inference: RowInference) {
    self.inference = inference
    let maxima = Messages(inference.components.circuit, inference.inputs, .maximum)
    var states = DistinctStates(inference)
    var walk = ComponentWalk(inference)
    for instance in 0..<inference.instanceCount {
      states.beginInstance()
      walk.begin(instance)
      var isTied = false
      while walk.advance(maxima) {
        let (first, count) = walk.likeliest()
        if count > 1 { isTied = true }
        walk.choose(first)
      }
      if isTied {
        var search = FirstCompletion(walk, maxima: maxima, layout: inference.layout)
        for state in search.completion() { states.append(state) }
      } else {
        for index in walk.hidden { states.append(StateCode(walk.states[Int(index)])) }
      }
    }
    self.states = states
  }

  /// The codes of the completed row in schema order, −1 for variables of numbers. The row must not be impossible.
  public func completion(row: Int) -> [StateCode] { states.completion(row: row, of: inference) }

  /// All rows completed, one column of codes per variable.
  package func completions() -> [[StateCode]] { states.completions(of: inference) }

  /// log p(completion, observed cells of the row).
  public func logProbability(row: Int) -> Double {
    inference.observedLogProbability(completion(row: row), row: row)
  }
}

/// The first state whose value is within a relative 1e-12 of the largest one, and how many such states there are.
@inline(__always)
func likeliestState(of values: some RandomAccessCollection<Double>) -> (first: Int, count: Int) {
  var largest = 0.0
  for value in values { largest = max(largest, value) }
  var (first, count, state) = (0, 0, 0)
  for value in values {
    if value >= largest * (1 - 1e-12) {
      if count == 0 { first = state }
      count += 1
    }
    state += 1
  }
  return (first, count)
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
  /// The position in schema order, among the hidden variables, of each topological index.
  private let positions: [Int]
  private var known: [Part: [StateCode]] = [:]

  init(_ walk: ComponentWalk, maxima: Messages, layout: RowLayout) {
    self.walk = walk
    self.maxima = maxima
    var positions = [Int](repeating: 0, count: layout.order.count)
    let hidden = walk.hidden.map { Int($0) }.sorted { layout.order[$0] < layout.order[$1] }
    for (position, index) in hidden.enumerated() { positions[index] = position }
    self.positions = positions
  }

  /// The states in the order of the plan's hidden variables.
  mutating func completion() -> [StateCode] {
    let states = first(step: walk.steps.count - 1)
    return walk.hidden.map { states[positions[Int($0)]] }
  }

  /// The completion of all variables eliminated in a step and below it, in schema order; −1 for the others.
  private mutating func first(step number: Int) -> [StateCode] {
    let part = Part(step: number, cell: walk.separatorCell(ofStep: number))
    if let states = known[part] { return states }
    var result: [StateCode]
    if let eliminated = walk.eliminated(inStep: number) {
      walk.multiply(step: number, maxima)
      result = []
      for state in walk.likeliestStates {
        walk.assign(eliminated, state)
        var completion = completionBelow(number)
        completion[positions[eliminated]] = StateCode(state)
        if result.isEmpty || completion.lexicographicallyPrecedes(result) { result = completion }
      }
    } else {
      result = completionBelow(number)
    }
    known[part] = result
    return result
  }

  private mutating func completionBelow(_ step: Int) -> [StateCode] {
    var completion = [StateCode](repeating: -1, count: walk.hidden.count)
    for child in walk.children(ofStep: step) {
      for (position, state) in first(step: child).enumerated() where state >= 0 { completion[position] = state }
    }
    return completion
  }
}

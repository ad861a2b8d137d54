internal import LatentData
internal import LatentModels

/// The steps of the sequences of a chain, as they were collected.
///
/// What a step says of the chain's variable is the message of a component, which keeps this variable, or its state, or
/// nothing. Equal sequences without numbers of their own merge, and their weights add.
struct ChainRows {
  /// A sequence of steps that stand side by side.
  struct Sequence {
    let start: Int
    let count: Int
    var weight: Double
    /// The first row of the first such sequence, in the order of collection.
    let firstRow: Int
  }

  /// What a step says of the chain's variable.
  enum Step {
    /// Nothing.
    case nothing
    /// Its state.
    case state(Int)
    /// The message of a component; one of a component with numbers is that of a row of its shape.
    case message(instance: Int, openRow: Int)
  }

  private(set) var sequences: [Sequence] = []
  /// Per step: the instance, or −1 for nothing, or −2 − state.
  private(set) var steps: [Int32] = []
  /// Per step: the row among those of the shape, −1 where it has no numbers of its own; empty where no step has any.
  private(set) var openRows: [Int32] = []
  /// Per step: the configuration of the parents other than the previous step; empty where there are none.
  private(set) var configurations: [Int32] = []
  /// How many rows came in.
  private(set) var rowCount = 0
  /// The first row in which a parent of the chain's variable in the same step is missing.
  private(set) var rowWithHiddenParent: Int?
  private let hasParents: Bool
  private let merges: Bool
  private var sequencesByHash: [Int: [Int]] = [:]

  /// - merges: whether equal sequences become one; otherwise every sequence and every step is there as it came.
  init(_ family: Family, merges: Bool) {
    hasParents = !family.parents.isEmpty
    self.merges = merges
  }

  /// Adds a step to the sequence at hand.
  mutating func append(_ step: Step, configuration: Int) {
    switch step {
    case .nothing: steps.append(-1)
    case .state(let state): steps.append(-2 - Int32(state))
    case .message(let instance, let openRow):
      steps.append(Int32(instance))
      if openRow >= 0 {
        openRows += repeatElement(-1, count: steps.count - 1 - openRows.count)
        openRows.append(Int32(openRow))
      }
    }
    if !openRows.isEmpty, openRows.count < steps.count { openRows.append(-1) }
    if hasParents { configurations.append(Int32(configuration)) }
  }

  /// Remembers a step that the engine cannot take.
  mutating func noteHiddenParent(inRow row: Int) {
    if rowWithHiddenParent == nil { rowWithHiddenParent = rowCount + row }
  }

  /// Ends a sequence of rows, whose first step is number `start`.
  ///
  /// - completion: whether empty steps at the end stay.
  mutating func endSequence(from start: Int, firstRow: Int, weight: Double, _ completion: CompletionPolicy) {
    if completion == .minimal { while steps.count > start, steps[steps.count - 1] == -1 { removeLast() } }
    guard steps.count > start else { return }
    let isOpen = !openRows.isEmpty && openRows[start...].contains { $0 >= 0 }
    if !isOpen, merges {
      var hasher = Hasher()
      hasher.combine(steps[start...])
      if hasParents { hasher.combine(configurations[start...]) }
      let hash = hasher.finalize()
      if let equal = sequencesByHash[hash]?.first(where: { isEqual(sequences[$0], from: start) }) {
        sequences[equal].weight += weight
        while steps.count > start { removeLast() }
        return
      }
      sequencesByHash[hash, default: []].append(sequences.count)
    }
    sequences.append(
      Sequence(start: start, count: steps.count - start, weight: weight, firstRow: rowCount + firstRow))
  }

  /// Ends a table of so many rows.
  mutating func endTable(rows: Int) { rowCount += rows }

  private func isEqual(_ sequence: Sequence, from start: Int) -> Bool {
    guard sequence.count == steps.count - start else { return false }
    let steps = sequence.start..<sequence.start + sequence.count
    return self.steps[steps].elementsEqual(self.steps[start...])
      && (!hasParents || configurations[steps].elementsEqual(configurations[start...]))
  }

  private mutating func removeLast() {
    steps.removeLast()
    if openRows.count > steps.count { openRows.removeLast() }
    if configurations.count > steps.count { configurations.removeLast() }
  }
}

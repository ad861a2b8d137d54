public import LatentData

/// What a model does with the distribution of the first step of a sequence.
public enum InitialDistribution: String, Hashable, Sendable, CaseIterable {
  /// It is learned.
  case free
  /// It is known and is not learned.
  case fixed
  /// It is the one that the transition leaves as it is.
  case stationary
}

/// What goes from one step of a sequence to the next: edges `a[t-1] -> b`, and how a sequence begins.
public struct Dynamics: Hashable, Sendable {
  /// Of the variables that depend on the previous step: which of its variables, in the order of the table's axes.
  public let lags: [VariableID: [VariableID]]
  /// How the first step of these variables is distributed; one that is not named is free.
  public let initial: [VariableID: InitialDistribution]
  /// Which columns of a file make sequences of its rows; nil where the model says nothing of sequences.
  public let sequence: SequenceColumns?

  /// Edges from one step to the next.
  public init(
    lags: [VariableID: [VariableID]] = [:], initial: [VariableID: InitialDistribution] = [:],
    sequence: SequenceColumns? = nil
  ) {
    self.lags = lags.filter { !$0.value.isEmpty }
    self.initial = initial.filter { $0.value != .free }
    self.sequence = sequence
  }

  /// Rows that are independent.
  public static let none = Dynamics()

  /// What the rows of the first step are called.
  package static let firstStep = "first step"

  /// Whether steps depend on each other.
  public var isEmpty: Bool { lags.isEmpty }

  /// How the first step of a variable is distributed.
  public func initial(of id: VariableID) -> InitialDistribution { initial[id] ?? .free }

  /// Refuses what the engine cannot do.
  func check(_ schema: Schema, _ parents: [[VariableID]]) throws(StructureError) {
    for (child, lags) in lags.sorted(by: { $0.key < $1.key }) {
      let edge = "\(schema[lags[0]].name)[t-1] -> \(schema[child].name)"
      guard schema[child].isCategorical, lags.allSatisfy({ schema[$0].isCategorical }) else {
        throw .lagOfNumbers(edge)
      }
      guard lags == [child] else { throw .lagOfOther(edge) }
    }
    guard lags.count <= 1 else { throw .severalChains(lags.keys.sorted().map { schema[$0].name }) }
    for (variable, initial) in initial.sorted(by: { $0.key < $1.key }) {
      guard lags[variable] != nil else { throw .initialWithoutChain(schema[variable].name) }
      if initial == .stationary, !parents[variable.index].isEmpty {
        throw .stationaryWithParents(schema[variable].name)
      }
    }
  }
}

/// How the components of one shape are computed: buckets of an elimination, each with at most three inputs.
struct EliminationPlan {
  enum Input {
    /// The slice of a family's table that the observed members choose.
    case family
    /// The message of an earlier step.
    case message(Int)
  }

  struct Step {
    let signature: Int
    /// The topological index of the variable that is summed out; nil where inputs are only multiplied.
    let eliminated: Int?
    /// The topological indices of the separator's variables, as the message's axes.
    let separator: [Int]
    let inputs: [Input]
  }

  /// The topological indices of the component's hidden variables, ascending.
  var hidden: [Int] = []
  /// Children before the steps that use their messages; the last one is the root, with an empty separator.
  var steps: [Step] = []
}

/// The plans of all shapes in flat arrays, one plan after the other.
struct PlanTable {
  struct Step {
    let signature: Int32
    /// −1 where inputs are only multiplied.
    let eliminated: Int32
    let inputStart: Int32
    let inputCount: Int32
    let separatorStart: Int32
    let separatorCount: Int32
  }

  /// A family of a shape: where its table starts, and which of its members are read from the row.
  struct Family {
    let offset: Int32
    /// The number of the slice pattern; −1 where the cells of a slice stand in the table as nodes read them.
    let pattern: Int32
    let observedStart: Int32
    let observedCount: Int32
  }

  /// Slices of a family's table, for given hidden members: where their cells stand from the first one on, in the order
  /// in which nodes read them.
  struct SlicePattern {
    let offset: Int
    let cells: [Int32]
    /// Where the pattern begins in an array with an entry per cell of the table for each pattern.
    let start: Int
  }

  /// An observed member of a family: its topological index and its stride in the table.
  struct Observed {
    let index: Int32
    let stride: Int32
  }

  var steps: [Step] = []
  /// Per input: the number of a family of the shape, or the complement of the number of a step of the shape.
  var inputs: [Int32] = []
  var separators: [Int32] = []
  var families: [Family] = []
  var observed: [Observed] = []
  var patterns: [SlicePattern] = []
  /// The summed number of cells of the tables of all patterns.
  var patternEnd = 0
  var hidden: [Int32] = []
  /// Where each shape begins in `steps`, `families` and `hidden`.
  private(set) var stepStarts: [Int32] = [0]
  private(set) var familyStarts: [Int32] = [0]
  private var hiddenStarts: [Int32] = [0]

  /// Ends the plan of a shape.
  mutating func endShape() {
    stepStarts.append(Int32(steps.count))
    familyStarts.append(Int32(families.count))
    hiddenStarts.append(Int32(hidden.count))
  }

  /// The topological index of the variable that is eliminated last.
  func root(_ shape: Int) -> Int32 { steps[Int(stepStarts[shape + 1]) - 1].eliminated }

  /// The plan of a shape as a value of its own.
  func plan(_ shape: Int) -> EliminationPlan {
    let hidden = hidden[Int(hiddenStarts[shape])..<Int(hiddenStarts[shape + 1])].map { Int($0) }
    let steps = steps[Int(stepStarts[shape])..<Int(stepStarts[shape + 1])].map { step in
      EliminationPlan.Step(
        signature: Int(step.signature), eliminated: step.eliminated < 0 ? nil : Int(step.eliminated),
        separator: separators[Int(step.separatorStart)..<Int(step.separatorStart + step.separatorCount)]
          .map { Int($0) },
        inputs: inputs[Int(step.inputStart)..<Int(step.inputStart + step.inputCount)]
          .map { $0 < 0 ? .message(Int(~$0)) : .family })
    }
    return EliminationPlan(hidden: hidden, steps: steps)
  }
}

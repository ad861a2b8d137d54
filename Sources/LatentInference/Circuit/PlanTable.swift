/// How the components of each shape are computed: buckets of an elimination, each with at most three inputs.
///
/// The plans stand in flat arrays, one after the other, so that walking one allocates nothing. In a plan, children stand
/// before the steps that use their messages; the last step is the root, with an empty separator.
struct PlanTable {
  struct Step {
    let signature: Int32
    /// The topological index of the variable that is summed out; −1 where inputs are only multiplied.
    let eliminated: Int32
    let inputStart: Int32
    let inputCount: Int32
    let separatorStart: Int32
    let separatorCount: Int32
    /// Whether it depends on numbers that a row observes.
    let isOpen: Bool
  }

  /// A family of a shape: where its table starts, and which of its members are read from the row.
  struct Family {
    /// The number of the shape's evidence that stands in for a table; −1 for a table.
    var evidence: Int32 = -1
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

  /// The densities of observed numbers whose families have the same hidden parents: they multiply to one input, with a
  /// cell per joint state of these parents, in the order in which nodes read it.
  struct Evidence {
    let cells: Int
    var families: [Density]

    /// A family of which numbers are observed.
    struct Density {
      /// The topological index of the family.
      let index: Int
      /// The number of the pattern in which it is observed.
      let pattern: Int
      /// For each cell, the configuration of the parents, less what the observed parents add to it.
      let configurations: [Int32]
      /// The observed parents, in `observed`, with their strides among the configurations.
      let observed: Range<Int>
    }
  }

  /// An observed member of a family: its topological index and its stride in the table.
  struct Observed {
    let index: Int32
    let stride: Int32
  }

  var steps: [Step] = []
  /// Per input: the number of a family of the shape, or the complement of the number of a step of the shape.
  var inputs: [Int32] = []
  /// The topological indices of the separators' variables, as the axes of the messages.
  var separators: [Int32] = []
  var families: [Family] = []
  var observed: [Observed] = []
  var evidence: [Evidence] = []
  var patterns: [SlicePattern] = []
  /// The summed number of cells of the tables of all patterns.
  var patternEnd = 0
  /// The topological indices of the hidden variables of each shape, ascending.
  var hidden: [Int32] = []
  /// Where each shape begins in `steps`, `families` and `hidden`.
  private(set) var stepStarts: [Int32] = [0]
  private(set) var familyStarts: [Int32] = [0]
  private(set) var evidenceStarts: [Int] = [0]
  private var hiddenStarts: [Int32] = [0]

  /// Ends the plan of a shape.
  mutating func endShape() {
    stepStarts.append(Int32(steps.count))
    familyStarts.append(Int32(families.count))
    evidenceStarts.append(evidence.count)
    hiddenStarts.append(Int32(hidden.count))
  }

  /// The topological index of the variable that is eliminated last.
  func root(_ shape: Int) -> Int32 { steps[Int(stepStarts[shape + 1]) - 1].eliminated }

  /// The evidence of a shape; none where it is closed.
  func evidence(_ shape: Int) -> ArraySlice<Evidence> { evidence[evidenceStarts[shape]..<evidenceStarts[shape + 1]] }

  /// The most cells that one row of an open shape fills: its evidence and the messages that depend on it.
  func mostOpenCells(_ signatures: [Signature]) -> Int {
    guard !evidence.isEmpty else { return 0 }
    return (0..<stepStarts.count - 1).map { shape in
      let steps = steps[Int(stepStarts[shape])..<Int(stepStarts[shape + 1])].filter(\.isOpen)
      return evidence(shape).reduce(0) { $0 + $1.cells }
        + steps.reduce(0) { $0 + signatures[Int($1.signature)].cells }
    }.max() ?? 0
  }

  /// The steps of a shape, as positions in `steps`.
  func steps(ofShape shape: Int) -> Range<Int> { Int(stepStarts[shape])..<Int(stepStarts[shape + 1]) }

  /// The hidden variables of a shape, as positions in `hidden`.
  func hidden(ofShape shape: Int) -> Range<Int> { Int(hiddenStarts[shape])..<Int(hiddenStarts[shape + 1]) }
}

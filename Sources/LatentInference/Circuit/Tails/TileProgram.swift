internal import LatentKernels
internal import LatentModels

/// What the rows of one open shape compute, tile by tile: the densities of their numbers, the messages that depend on
/// them, their likelihoods; and what they read, row by row.
///
/// A tile is a stretch of rows. Its evidence and its open messages stand behind the values of the circuit, in a region
/// that all tiles use in turn, so that memory does not grow with the rows.
struct TileProgram: Sendable {
  /// The most rows of a tile.
  static let rows = 256

  /// An input of an open step.
  enum Input {
    /// The evidence of this number.
    case evidence(Int)
    /// The message of this open step.
    case message(Int)
    /// What stands at the position that each row has in this slot of its inputs.
    case closed(Int)
  }

  /// A step that depends on the numbers of a row.
  struct Step {
    let signature: Signature
    let inputs: [Input]
  }

  /// The densities that make up one evidence.
  struct Evidence {
    let cells: Int
    let densities: [Density]
  }

  /// The density of the observed numbers of a family in each configuration of its parents.
  struct Density {
    let pattern: NumberPatterns.Pattern
    /// Where the prepared densities begin among those of this kind, and the moments among all of the program.
    let densityStart: Int
    let momentStart: Int
    /// Which of the row's numbers is the first; the others follow.
    let number: Int
    /// What the moments of each number are taken about.
    let origins: [Double]
    /// For each cell, the configuration of the parents, less what the observed parents add.
    let configurations: [Int32]
    /// Where, among the inputs of a row, what the observed parents add stands; nil where it is 0.
    let base: Int?
  }

  let shape: Int
  let evidence: [Evidence]
  let steps: [Step]
  /// Per row: where its inputs begin in `inputs`.
  let inputStarts: [Int32]
  let weights: [Double]
  /// The numbers, `numberCount` a row.
  let numbers: [Double]
  let numberCount: Int
  private let inputs: [Int32]
  /// How many moments there are, and prepared densities of each kind.
  var momentCount: Int { ends.moments }
  let ends: DensityEnds
  /// The number of cells that a row fills: evidence, then open messages.
  let cellsPerRow: Int
  /// Numbers that one sweep reads and multiplies for a row.
  let operationsPerRow: Int

  var rowCount: Int { weights.count }
  /// Whether the rows are steps of a chain, whose variable their root keeps.
  var isOfChain: Bool { steps.last.map { !$0.signature.isRoot } ?? false }
  /// Bytes of the rows.
  var bytes: Int { 8 * numbers.count + 12 * weights.count }

  /// - inputs: what the rows of all open shapes of the chunk read besides their numbers.
  init(_ compilation: CircuitCompilation, shape: Int, _ rows: OpenRows, inputs: [Int32]) {
    let plans = compilation.plans
    var steps: [Step] = []
    var openStep: [Int: Int] = [:]
    var slots = 0
    var operations = 0
    var cells = plans.evidence(shape).reduce(0) { $0 + $1.cells }
    let firstStep = Int(plans.stepStarts[shape])
    for number in firstStep..<Int(plans.stepStarts[shape + 1]) where plans.steps[number].isOpen {
      let step = plans.steps[number]
      let stepInputs = (0..<Int(step.inputCount)).map { index -> Input in
        let input = Int(plans.inputs[Int(step.inputStart) + index])
        if input < 0, let open = openStep[~input] { return .message(open) }
        if input >= 0, case let evidence = plans.families[Int(plans.familyStarts[shape]) + input].evidence,
          evidence >= 0
        {
          return .evidence(Int(evidence))
        }
        slots += 1
        return .closed(slots - 1)
      }
      let signature = compilation.signatures[Int(step.signature)]
      openStep[number - firstStep] = steps.count
      steps.append(Step(signature: signature, inputs: stepInputs))
      cells += signature.cells
      operations += signature.cells * signature.states * signature.inputs
    }
    var evidence: [Evidence] = []
    var ends = DensityEnds()
    for group in plans.evidence(shape) {
      let densities = group.families.map { density in
        slots += 1
        let pattern = compilation.patterns.patterns[density.pattern]
        let children = pattern.observed.map { pattern.family.children[$0] }
        // The numbers themselves are among the observed members, and add nothing.
        let hasObservedParents = plans.observed[density.observed].contains { Int($0.index) != density.index }
        let (densityStart, momentStart) = ends.append(pattern)
        return Density(
          pattern: pattern, densityStart: densityStart, momentStart: momentStart,
          number: rows.variables.firstIndex(of: children[0])!,
          origins: children.map { compilation.frame[$0].origin }, configurations: density.configurations,
          base: hasObservedParents ? slots - 1 : nil)
      }
      evidence.append(Evidence(cells: group.cells, densities: densities))
      operations += densities.reduce(0) { $0 + group.cells * $1.pattern.momentCount }
    }
    self.shape = shape
    self.evidence = evidence
    self.ends = ends
    self.steps = steps
    self.inputs = inputs
    inputStarts = rows.instances
    weights = rows.weights
    numbers = rows.numbers
    numberCount = rows.variables.count
    cellsPerRow = cells
    operationsPerRow = operations
  }

  /// What a row has in a slot of its inputs.
  func input(_ slot: Int, row: Int) -> Int32 { inputs[Int(inputStarts[row]) + slot] }
}

/// Where densities and moments end that are laid out one after the other.
struct DensityEnds {
  private(set) var gaussians = 0
  private(set) var poissons = 0
  /// In numbers.
  private(set) var blocks = 0
  private(set) var moments = 0

  /// Makes room for a pattern; returns where its densities and moments begin.
  mutating func append(_ pattern: NumberPatterns.Pattern) -> (density: Int, moment: Int) {
    let count = pattern.family.configurations
    defer { moments += pattern.allMomentCount }
    switch pattern.kind {
    case .gaussian:
      gaussians += count
      return (gaussians - count, moments)
    case .poisson:
      poissons += count
      return (poissons - count, moments)
    case .block(let block):
      blocks += count * block.densityCount
      return (blocks - count * block.densityCount, moments)
    }
  }

  /// The larger of each.
  func union(_ other: DensityEnds) -> DensityEnds {
    var union = self
    union.gaussians = max(gaussians, other.gaussians)
    union.poissons = max(poissons, other.poissons)
    union.blocks = max(blocks, other.blocks)
    union.moments = max(moments, other.moments)
    return union
  }
}

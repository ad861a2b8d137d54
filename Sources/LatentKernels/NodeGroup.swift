/// One input of all nodes of a group: where it stands, and how its cells are addressed.
public struct NodeInput {
  /// Where the input of node i starts: `offsets[i]`.
  let offsets: UnsafePointer<Int32>
  /// Where, from there, the cells for joint state s of the separator begin, one per state of the eliminated variable:
  /// `index[s]`.
  let index: UnsafePointer<Int32>

  /// An input over buffers that outlive it; the fields say what each of them holds.
  public init(offsets: UnsafePointer<Int32>, index: UnsafePointer<Int32>) {
    self.offsets = offsets
    self.index = index
  }
}

/// The arithmetic of a group of nodes: what they compute, and where from.
///
/// A node computes `message[s] = Σ_x Π_k value[offset_k + index_k[s] + x]` over the joint states s of its separator and
/// the states x of the variable that it sums out.
public struct NodeGroup {
  /// The number of nodes.
  public let count: Int
  /// The number of joint states of the separator.
  public let cells: Int
  /// The number of states of the eliminated variable; 1 for a mere product.
  public let states: Int
  /// The number of inputs of a node, 1 to 3.
  public let inputs: Int
  /// How many of the inputs, the first ones, depend on the separator.
  let varying: Int
  /// Whether all inputs depend on all of the separator, so that their cells stand in its order.
  let isDense: Bool
  let first: NodeInput
  /// The first again where there is only one.
  let second: NodeInput
  /// The first again where there are only two.
  let third: NodeInput
  /// Where the messages stand: node i, cell s at `message + i · cells + s`.
  public let message: Int
  /// Whether many nodes have the first input of the node before them; of use to roots.
  let hasRuns: Bool

  /// A group whose nodes have one to three inputs.
  ///
  /// - varying: how many of the inputs, the first ones, may depend on the separator.
  public init(
    count: Int, cells: Int, states: Int, message: Int, varying: Int, hasRuns: Bool, inputs: Int,
    _ input: (Int) -> NodeInput
  ) {
    self.count = count
    self.cells = cells
    self.states = states
    self.inputs = inputs
    self.varying = varying
    self.hasRuns = hasRuns
    first = input(0)
    second = inputs > 1 ? input(1) : first
    third = inputs > 2 ? input(2) : first
    isDense = (0..<inputs).allSatisfy { k in
      let index = input(k).index
      return (0..<cells).allSatisfy { Int(index[$0]) == $0 * states }
    }
    self.message = message
  }

  /// Where input k of a node starts.
  public func offset(of k: Int, node: Int) -> Int { Int((k == 0 ? first : k == 1 ? second : third).offsets[node]) }

  /// Where input k of a node stands for cell s of the message and state x of the eliminated variable.
  public func position(of k: Int, node: Int, cell s: Int, state x: Int) -> Int {
    let input = k == 0 ? first : k == 1 ? second : third
    return Int(input.offsets[node]) + Int(input.index[s]) + x
  }

  /// Where each of the inputs stands for cell s of the message and state 0 of the eliminated variable.
  @inline(__always)
  func positions(node: Int, cell s: Int) -> (Int, Int, Int) {
    func position(_ input: NodeInput) -> Int { Int(input.offsets[node]) &+ Int(input.index[s]) }
    return (position(first), position(second), position(third))
  }
}

/// How small the positive cells of messages are.
public struct MessageRange {
  /// The smallest positive cell, ∞ when there is none.
  public private(set) var smallest = Double.infinity

  /// Takes note of a cell.
  @inline(__always)
  mutating func include(_ cell: Double) {
    if cell < smallest { smallest = positive(cell, else: smallest) }
  }

  /// Takes note of the cells that begin at an address.
  @inline(__always)
  mutating func include<Cells: StateVector>(_ cells: Cells, at address: UnsafePointer<Double>) {
    guard cells.smallest < smallest else { return }
    for s in 0..<Cells.count { include(address[s]) }
  }
}

/// A cell if it is positive, else another number. It is not inlined, lest every cell of a message pay for what few need.
@inline(never)
private func positive(_ cell: Double, else other: Double) -> Double { cell > 0 ? cell : other }

/// One input of all nodes of a group: where it stands, and how its cells are addressed.
public struct NodeInput {
  /// Where the input of node i starts: `offsets[i]`.
  let offsets: UnsafePointer<Int32>
  /// Where, from there, the cell for joint state s of the separator is: `index[s]`.
  let index: UnsafePointer<Int32>
  /// The distance of the states of the eliminated variable.
  let stride: Int

  /// An input over buffers that outlive it; the fields say what each of them holds.
  public init(offsets: UnsafePointer<Int32>, index: UnsafePointer<Int32>, stride: Int) {
    self.offsets = offsets
    self.index = index
    self.stride = stride
  }
}

/// The arithmetic of a group of nodes: what they compute, and where from.
///
/// A node computes `message[s] = Σ_x Π_k value[offset_k + index_k[s] + x · stride_k]` over the joint states s of its
/// separator and the states x of the variable that it sums out.
public struct NodeGroup {
  /// The number of nodes.
  public let count: Int
  /// The number of joint states of the separator.
  public let cells: Int
  /// The number of states of the eliminated variable; 1 for a mere product.
  public let states: Int
  /// The number of inputs of a node, 1 to 3.
  public let inputs: Int
  let first: NodeInput
  /// The first again where there is only one.
  let second: NodeInput
  /// The first again where there are only two.
  let third: NodeInput
  /// Where the messages stand: node i, cell s at `message + i · cells + s`.
  public let message: Int
  /// Whether most nodes have the first input of the node before them: it is then read, and added to, once for all nodes
  /// of such a run.
  public let hasRuns: Bool

  /// A group whose nodes have one to three inputs.
  public init(
    count: Int, cells: Int, states: Int, message: Int, hasRuns: Bool, inputs: Int, _ input: (Int) -> NodeInput
  ) {
    self.count = count
    self.cells = cells
    self.states = states
    self.inputs = inputs
    first = input(0)
    second = inputs > 1 ? input(1) : first
    third = inputs > 2 ? input(2) : first
    self.message = message
    self.hasRuns = hasRuns
  }

  /// Where input k of a node starts.
  public func offset(of k: Int, node: Int) -> Int { Int((k == 0 ? first : k == 1 ? second : third).offsets[node]) }

  /// Where input k of a node stands for cell s of the message and state x of the eliminated variable.
  public func position(of k: Int, node: Int, cell s: Int, state x: Int) -> Int {
    let input = k == 0 ? first : k == 1 ? second : third
    return Int(input.offsets[node]) + Int(input.index[s]) + x * input.stride
  }
}

/// How small the cells of messages are.
public struct MessageRange {
  /// The smallest positive cell, ∞ when there is none.
  public fileprivate(set) var smallest = Double.infinity
  /// Whether a cell is zero.
  public fileprivate(set) var hasZeros = false

  /// Takes note of a cell below `smallest`.
  @inline(__always)
  mutating func include(_ cell: Double) {
    if cell > 0 { smallest = cell } else { hasZeros = true }
  }
}

/// Computes the messages of a group of nodes from `value`, which holds their inputs and receives the messages.
///
/// - Returns: what the caller must know to keep products from underflowing.
public func sumProductForward(_ group: NodeGroup, value: UnsafeMutablePointer<Double>) -> MessageRange {
  switch group.inputs {
  case 1: forward(group, value, One.self)
  case 2: forward(group, value, Two.self)
  default: forward(group, value, Three.self)
  }
}

/// Sweeps the adjoints of a group's messages back to its inputs.
///
/// - belief: laid out like `value`; `belief[message]` is the posterior mass that the users of the message gave to each
///   of its cells. Each input receives the mass of its cells: for s with a positive message,
///   `belief[input] += (belief[message + s] / value[message + s]) · Π_k value[…]`.
public func sumProductBackward(
  _ group: NodeGroup, value: UnsafePointer<Double>, belief: UnsafeMutablePointer<Double>
) {
  switch group.inputs {
  case 1: backward(group, value, belief, One.self)
  case 2: backward(group, value, belief, Two.self)
  default: backward(group, value, belief, Three.self)
  }
}

private func forward<Inputs: FixedCount>(
  _ group: NodeGroup, _ value: UnsafeMutablePointer<Double>, _: Inputs.Type
) -> MessageRange {
  switch (group.states, group.hasRuns) {
  case (1, false): forward(group, value, Inputs.self, One.self)
  case (2, false): forward(group, value, Inputs.self, Two.self)
  case (3, false): forward(group, value, Inputs.self, Three.self)
  case (4, false): forward(group, value, Inputs.self, Four.self)
  case (1, true): forwardRuns(group, value, Inputs.self, One.self)
  case (2, true): forwardRuns(group, value, Inputs.self, Two.self)
  case (3, true): forwardRuns(group, value, Inputs.self, Three.self)
  case (4, true): forwardRuns(group, value, Inputs.self, Four.self)
  case (_, false): forward(group, value, Inputs.self, AnyCount.self)
  case (_, true): forwardRuns(group, value, Inputs.self, AnyCount.self)
  }
}

private func backward<Inputs: FixedCount>(
  _ group: NodeGroup, _ value: UnsafePointer<Double>, _ belief: UnsafeMutablePointer<Double>, _: Inputs.Type
) {
  switch (group.states, group.hasRuns) {
  case (1, false): backward(group, value, belief, Inputs.self, One.self)
  case (2, false): backward(group, value, belief, Inputs.self, Two.self)
  case (3, false): backward(group, value, belief, Inputs.self, Three.self)
  case (4, false): backward(group, value, belief, Inputs.self, Four.self)
  case (1, true): backwardRuns(group, value, belief, Inputs.self, One.self)
  case (2, true): backwardRuns(group, value, belief, Inputs.self, Two.self)
  case (3, true): backwardRuns(group, value, belief, Inputs.self, Three.self)
  case (4, true): backwardRuns(group, value, belief, Inputs.self, Four.self)
  case (_, false): backward(group, value, belief, Inputs.self, AnyCount.self)
  case (_, true): backwardRuns(group, value, belief, Inputs.self, AnyCount.self)
  }
}

@inline(never)
private func forward<Inputs: FixedCount, States: FixedCount>(
  _ group: NodeGroup, _ value: UnsafeMutablePointer<Double>, _: Inputs.Type, _: States.Type
) -> MessageRange {
  let inputs = Inputs.value ?? group.inputs
  let states = States.value ?? group.states
  let cells = group.cells
  let (t0, t1, t2) = (group.first.stride, group.second.stride, group.third.stride)
  let (offsets0, offsets1, offsets2) = (group.first.offsets, group.second.offsets, group.third.offsets)
  let (index0, index1, index2) = (group.first.index, group.second.index, group.third.index)
  var range = MessageRange()
  var out = value + group.message
  for node in 0..<group.count {
    let p0 = value + Int(offsets0[node])
    let p1 = inputs > 1 ? value + Int(offsets1[node]) : p0
    let p2 = inputs > 2 ? value + Int(offsets2[node]) : p0
    for s in 0..<cells {
      let q0 = p0 + Int(index0[s])
      let q1 = inputs > 1 ? p1 + Int(index1[s]) : q0
      let q2 = inputs > 2 ? p2 + Int(index2[s]) : q0
      var sum = 0.0
      for x in 0..<states {
        var product = q0[x &* t0]
        if inputs > 1 { product *= q1[x &* t1] }
        if inputs > 2 { product *= q2[x &* t2] }
        sum += product
      }
      out[s] = sum
      if sum < range.smallest { range.include(sum) }
    }
    out += cells
  }
  return range
}

@inline(never)
private func backward<Inputs: FixedCount, States: FixedCount>(
  _ group: NodeGroup, _ value: UnsafePointer<Double>, _ belief: UnsafeMutablePointer<Double>, _: Inputs.Type,
  _: States.Type
) {
  let inputs = Inputs.value ?? group.inputs
  let states = States.value ?? group.states
  let cells = group.cells
  let (t0, t1, t2) = (group.first.stride, group.second.stride, group.third.stride)
  let (offsets0, offsets1, offsets2) = (group.first.offsets, group.second.offsets, group.third.offsets)
  let (index0, index1, index2) = (group.first.index, group.second.index, group.third.index)
  var message = group.message
  for node in 0..<group.count {
    let o0 = Int(offsets0[node])
    let o1 = inputs > 1 ? Int(offsets1[node]) : o0
    let o2 = inputs > 2 ? Int(offsets2[node]) : o0
    for s in 0..<cells {
      let mass = belief[message &+ s]
      if mass == 0 { continue }
      let scale = mass / value[message &+ s]
      let i0 = o0 &+ Int(index0[s])
      let i1 = inputs > 1 ? o1 &+ Int(index1[s]) : i0
      let i2 = inputs > 2 ? o2 &+ Int(index2[s]) : i0
      for x in 0..<states {
        var part = scale * value[i0 &+ x &* t0]
        if inputs > 1 { part *= value[i1 &+ x &* t1] }
        if inputs > 2 { part *= value[i2 &+ x &* t2] }
        belief[i0 &+ x &* t0] += part
        if inputs > 1 { belief[i1 &+ x &* t1] += part }
        if inputs > 2 { belief[i2 &+ x &* t2] += part }
      }
    }
    message &+= cells
  }
}

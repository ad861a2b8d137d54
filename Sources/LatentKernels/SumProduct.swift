/// The arithmetic of a group of nodes: what they compute, and where from.
///
/// A node computes `message[s] = Σ_x Π_k value[offset_k + index[k · cells + s] + x · stride_k]` over the joint states s
/// of its separator and the states x of the variable that it sums out.
public struct NodeGroup {
  /// The number of nodes.
  public let count: Int
  /// The number of joint states of the separator.
  public let cells: Int
  /// The number of states of the eliminated variable; 1 for a mere product.
  public let states: Int
  /// The number of inputs of a node, 1 to 3.
  public let inputs: Int
  /// offset_k of node i: `offsets[k · count + i]`.
  let offsets: UnsafePointer<Int32>
  /// `index[k · cells + s]`.
  let index: UnsafePointer<Int32>
  /// stride_k: `strides[k]`.
  let strides: UnsafePointer<Int32>
  /// Where the messages stand: node i, cell s at `message + i · cells + s`.
  public let message: Int

  /// A group over buffers that outlive it; the fields say what each of them holds.
  public init(
    count: Int, cells: Int, states: Int, inputs: Int, offsets: UnsafePointer<Int32>,
    index: UnsafePointer<Int32>, strides: UnsafePointer<Int32>, message: Int
  ) {
    self.count = count
    self.cells = cells
    self.states = states
    self.inputs = inputs
    self.offsets = offsets
    self.index = index
    self.strides = strides
    self.message = message
  }

  /// Where input k of a node stands for cell s of the message and state x of the eliminated variable.
  public func position(of k: Int, node: Int, cell s: Int, state x: Int) -> Int {
    Int(offsets[k * count + node]) + Int(index[k * cells + s]) + x * Int(strides[k])
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
@inline(never)
public func sumProductForward(_ group: NodeGroup, value: UnsafeMutablePointer<Double>) -> MessageRange {
  switch (group.inputs, group.states) {
  case (1, 2): forward(group, value, inputs: 1, states: 2)
  case (1, 3): forward(group, value, inputs: 1, states: 3)
  case (1, 4): forward(group, value, inputs: 1, states: 4)
  case (1, _): forward(group, value, inputs: 1, states: group.states)
  case (2, 1): forward(group, value, inputs: 2, states: 1)
  case (2, 2): forward(group, value, inputs: 2, states: 2)
  case (2, 3): forward(group, value, inputs: 2, states: 3)
  case (2, 4): forward(group, value, inputs: 2, states: 4)
  case (2, _): forward(group, value, inputs: 2, states: group.states)
  case (_, 1): forward(group, value, inputs: 3, states: 1)
  case (_, 2): forward(group, value, inputs: 3, states: 2)
  case (_, 3): forward(group, value, inputs: 3, states: 3)
  case (_, 4): forward(group, value, inputs: 3, states: 4)
  default: forward(group, value, inputs: 3, states: group.states)
  }
}

/// Sweeps the adjoints of a group's messages back to its inputs.
///
/// - belief: laid out like `value`; `belief[message]` is the posterior mass that the users of the message gave to each
///   of its cells. Each input receives the mass of its cells: for s with a positive message,
///   `belief[input] += (belief[message + s] / value[message + s]) · Π_k value[…]`.
@inline(never)
public func sumProductBackward(
  _ group: NodeGroup, value: UnsafePointer<Double>, belief: UnsafeMutablePointer<Double>
) {
  switch (group.inputs, group.states) {
  case (1, 2): backward(group, value, belief, inputs: 1, states: 2)
  case (1, 3): backward(group, value, belief, inputs: 1, states: 3)
  case (1, 4): backward(group, value, belief, inputs: 1, states: 4)
  case (1, _): backward(group, value, belief, inputs: 1, states: group.states)
  case (2, 1): backward(group, value, belief, inputs: 2, states: 1)
  case (2, 2): backward(group, value, belief, inputs: 2, states: 2)
  case (2, 3): backward(group, value, belief, inputs: 2, states: 3)
  case (2, 4): backward(group, value, belief, inputs: 2, states: 4)
  case (2, _): backward(group, value, belief, inputs: 2, states: group.states)
  case (_, 1): backward(group, value, belief, inputs: 3, states: 1)
  case (_, 2): backward(group, value, belief, inputs: 3, states: 2)
  case (_, 3): backward(group, value, belief, inputs: 3, states: 3)
  case (_, 4): backward(group, value, belief, inputs: 3, states: 4)
  default: backward(group, value, belief, inputs: 3, states: group.states)
  }
}

// `inputs` and `states` are literals wherever the caller knows them, so that the loops over them unroll.

@inline(__always)
private func forward(
  _ group: NodeGroup, _ value: UnsafeMutablePointer<Double>, inputs: Int, states: Int
) -> MessageRange {
  let cells = group.cells
  let index = group.index
  let (t0, t1, t2) = strides(group, inputs)
  var range = MessageRange()
  var out = value + group.message
  for node in 0..<group.count {
    let offset = group.offsets + node
    let p0 = value + Int(offset[0])
    let p1 = inputs > 1 ? value + Int(offset[group.count]) : p0
    let p2 = inputs > 2 ? value + Int(offset[2 &* group.count]) : p0
    for s in 0..<cells {
      let q0 = p0 + Int(index[s])
      let q1 = inputs > 1 ? p1 + Int(index[cells &+ s]) : q0
      let q2 = inputs > 2 ? p2 + Int(index[2 &* cells &+ s]) : q0
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

@inline(__always)
private func backward(
  _ group: NodeGroup, _ value: UnsafePointer<Double>, _ belief: UnsafeMutablePointer<Double>,
  inputs: Int, states: Int
) {
  let cells = group.cells
  let index = group.index
  let (t0, t1, t2) = strides(group, inputs)
  var message = group.message
  for node in 0..<group.count {
    let offset = group.offsets + node
    let o0 = Int(offset[0])
    let o1 = inputs > 1 ? Int(offset[group.count]) : o0
    let o2 = inputs > 2 ? Int(offset[2 &* group.count]) : o0
    for s in 0..<cells {
      let mass = belief[message &+ s]
      if mass == 0 { continue }
      let scale = mass / value[message &+ s]
      let i0 = o0 &+ Int(index[s])
      let i1 = inputs > 1 ? o1 &+ Int(index[cells &+ s]) : i0
      let i2 = inputs > 2 ? o2 &+ Int(index[2 &* cells &+ s]) : i0
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

@inline(__always)
private func strides(_ group: NodeGroup, _ inputs: Int) -> (Int, Int, Int) {
  (Int(group.strides[0]), inputs > 1 ? Int(group.strides[1]) : 0, inputs > 2 ? Int(group.strides[2]) : 0)
}

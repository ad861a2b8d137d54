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
  /// How many of the inputs, the first ones, depend on the separator; the product of the others is formed once a node.
  let varying: Int
  let first: NodeInput
  /// The first again where there is only one.
  let second: NodeInput
  /// The first again where there are only two.
  let third: NodeInput
  /// Where the messages stand: node i, cell s at `message + i · cells + s`.
  public let message: Int
  /// Whether most nodes have the first input of the node before them: it is then read, and added to, once for all nodes
  /// of such a run.
  let hasRuns: Bool

  /// A group whose nodes have one to three inputs.
  ///
  /// - varying: how many of the inputs, the first ones, may depend on the separator.
  public init(
    count: Int, cells: Int, states: Int, message: Int, hasRuns: Bool, varying: Int, inputs: Int,
    _ input: (Int) -> NodeInput
  ) {
    self.count = count
    self.cells = cells
    self.states = states
    self.inputs = inputs
    self.varying = Self.holdsProduct(of: states) ? varying : inputs
    first = input(0)
    second = inputs > 1 ? input(1) : first
    third = inputs > 2 ? input(2) : first
    self.message = message
    self.hasRuns = hasRuns
  }

  /// Whether the kernels hold a number per state in registers.
  private static func holdsProduct(of states: Int) -> Bool { (2...4).contains(states) }

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
  switch (group.varying, group.inputs - group.varying) {
  case (1, 0): forward(group, value, One.self, Zero.self)
  case (1, 1): forward(group, value, One.self, One.self)
  case (1, _): forward(group, value, One.self, Two.self)
  case (2, 0): forward(group, value, Two.self, Zero.self)
  case (2, _): forward(group, value, Two.self, One.self)
  default: forward(group, value, Three.self, Zero.self)
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
  switch (group.varying, group.inputs - group.varying) {
  case (1, 0): backward(group, value, belief, One.self, Zero.self)
  case (1, 1): backward(group, value, belief, One.self, One.self)
  case (1, _): backward(group, value, belief, One.self, Two.self)
  case (2, 0): backward(group, value, belief, Two.self, Zero.self)
  case (2, _): backward(group, value, belief, Two.self, One.self)
  default: backward(group, value, belief, Three.self, Zero.self)
  }
}

private func forward<Varying: FixedCount, Constant: FixedCount>(
  _ group: NodeGroup, _ value: UnsafeMutablePointer<Double>, _: Varying.Type, _: Constant.Type
) -> MessageRange {
  switch (group.states, group.hasRuns) {
  case (1, false): forward(group, value, Varying.self, Constant.self, One.self)
  case (2, false): forward(group, value, Varying.self, Constant.self, Two.self)
  case (3, false): forward(group, value, Varying.self, Constant.self, Three.self)
  case (4, false): forward(group, value, Varying.self, Constant.self, Four.self)
  case (1, true): forwardRuns(group, value, Varying.self, One.self)
  case (2, true): forwardRuns(group, value, Varying.self, Two.self)
  case (3, true): forwardRuns(group, value, Varying.self, Three.self)
  case (4, true): forwardRuns(group, value, Varying.self, Four.self)
  case (_, false): forward(group, value, Varying.self, Constant.self, AnyCount.self)
  case (_, true): forwardRuns(group, value, Varying.self, AnyCount.self)
  }
}

private func backward<Varying: FixedCount, Constant: FixedCount>(
  _ group: NodeGroup, _ value: UnsafePointer<Double>, _ belief: UnsafeMutablePointer<Double>, _: Varying.Type,
  _: Constant.Type
) {
  switch (group.states, group.hasRuns) {
  case (1, _): backwardProducts(group, belief, Varying.self)
  case (2, false): backward(group, value, belief, Varying.self, Constant.self, Two.self)
  case (3, false): backward(group, value, belief, Varying.self, Constant.self, Three.self)
  case (4, false): backward(group, value, belief, Varying.self, Constant.self, Four.self)
  case (2, true): backwardRuns(group, value, belief, Varying.self, Two.self)
  case (3, true): backwardRuns(group, value, belief, Varying.self, Three.self)
  case (4, true): backwardRuns(group, value, belief, Varying.self, Four.self)
  case (_, false): backward(group, value, belief, Varying.self, Constant.self, AnyCount.self)
  case (_, true): backwardRuns(group, value, belief, Varying.self, AnyCount.self)
  }
}

@inline(never)
private func forward<Varying: FixedCount, Constant: FixedCount, States: FixedCount>(
  _ group: NodeGroup, _ value: UnsafeMutablePointer<Double>, _: Varying.Type, _: Constant.Type, _: States.Type
) -> MessageRange {
  let varying = Varying.value ?? group.varying
  let constant = Constant.value ?? 0
  let states = States.value ?? group.states
  let cells = group.cells
  let (t0, t1, t2) = (group.first.stride, group.second.stride, group.third.stride)
  let (offsets0, offsets1, offsets2) = (group.first.offsets, group.second.offsets, group.third.offsets)
  let (index0, index1, index2) = (group.first.index, group.second.index, group.third.index)
  var range = MessageRange()
  var out = value + group.message
  for node in 0..<group.count {
    let p0 = UnsafePointer(value + Int(offsets0[node]))
    let p1 = varying + constant > 1 ? UnsafePointer(value + Int(offsets1[node])) : p0
    let p2 = varying + constant > 2 ? UnsafePointer(value + Int(offsets2[node])) : p0
    let (h0, h1, h2, h3) = constantProducts(p1, p2, t1, t2, varying, constant, states)
    for s in 0..<cells {
      let q0 = p0 + Int(index0[s])
      let q1 = varying > 1 ? p1 + Int(index1[s]) : q0
      let q2 = varying > 2 ? p2 + Int(index2[s]) : q0
      var sum = multiplied(constant > 0 ? h0 * q0[0] : q0[0], q1, q2, varying)
      if states > 1 { sum += multiplied(constant > 0 ? h1 * q0[t0] : q0[t0], q1 + t1, q2 + t2, varying) }
      if states > 2 {
        sum += multiplied(constant > 0 ? h2 * q0[2 &* t0] : q0[2 &* t0], q1 + 2 &* t1, q2 + 2 &* t2, varying)
      }
      if states > 3 {
        sum += multiplied(constant > 0 ? h3 * q0[3 &* t0] : q0[3 &* t0], q1 + 3 &* t1, q2 + 3 &* t2, varying)
      }
      if states > 4 {
        for x in 4..<states { sum += multiplied(q0[x &* t0], q1 + x &* t1, q2 + x &* t2, varying) }
      }
      out[s] = sum
      if sum < range.smallest { range.include(sum) }
    }
    out += cells
  }
  return range
}

@inline(never)
private func backward<Varying: FixedCount, Constant: FixedCount, States: FixedCount>(
  _ group: NodeGroup, _ value: UnsafePointer<Double>, _ belief: UnsafeMutablePointer<Double>, _: Varying.Type,
  _: Constant.Type, _: States.Type
) {
  let varying = Varying.value ?? group.varying
  let constant = Constant.value ?? 0
  let states = States.value ?? group.states
  let cells = group.cells
  let (t0, t1, t2) = (group.first.stride, group.second.stride, group.third.stride)
  let (offsets0, offsets1, offsets2) = (group.first.offsets, group.second.offsets, group.third.offsets)
  let (index0, index1, index2) = (group.first.index, group.second.index, group.third.index)
  var message = group.message
  for node in 0..<group.count {
    let o0 = Int(offsets0[node])
    let o1 = varying + constant > 1 ? Int(offsets1[node]) : o0
    let o2 = varying + constant > 2 ? Int(offsets2[node]) : o0
    let (h0, h1, h2, h3) = constantProducts(value + o1, value + o2, t1, t2, varying, constant, states)
    var (sum0, sum1, sum2, sum3) = (0.0, 0.0, 0.0, 0.0)
    for s in 0..<cells {
      let mass = belief[message &+ s]
      if mass == 0 { continue }
      let scale = mass / value[message &+ s]
      let i0 = o0 &+ Int(index0[s])
      let i1 = varying > 1 ? o1 &+ Int(index1[s]) : i0
      let i2 = varying > 2 ? o2 &+ Int(index2[s]) : i0
      let (q0, q1, q2) = (value + i0, value + i1, value + i2)
      let (b0, b1, b2) = (belief + i0, belief + i1, belief + i2)
      let part0 = multiplied(scale * (constant > 0 ? h0 * q0[0] : q0[0]), q1, q2, varying)
      let part1 =
        states > 1 ? multiplied(scale * (constant > 0 ? h1 * q0[t0] : q0[t0]), q1 + t1, q2 + t2, varying) : 0
      let part2 =
        states > 2
        ? multiplied(
          scale * (constant > 0 ? h2 * q0[2 &* t0] : q0[2 &* t0]), q1 + 2 &* t1, q2 + 2 &* t2, varying) : 0
      let part3 =
        states > 3
        ? multiplied(
          scale * (constant > 0 ? h3 * q0[3 &* t0] : q0[3 &* t0]), q1 + 3 &* t1, q2 + 3 &* t2, varying) : 0
      if constant > 0 {
        sum0 += part0
        sum1 += part1
        sum2 += part2
        sum3 += part3
      }
      b0[0] += part0
      add(part0, b1, b2, varying)
      if states > 1 {
        b0[t0] += part1
        add(part1, b1 + t1, b2 + t2, varying)
      }
      if states > 2 {
        b0[2 &* t0] += part2
        add(part2, b1 + 2 &* t1, b2 + 2 &* t2, varying)
      }
      if states > 3 {
        b0[3 &* t0] += part3
        add(part3, b1 + 3 &* t1, b2 + 3 &* t2, varying)
      }
      if states > 4 {
        for x in 4..<states {
          let part = multiplied(scale * q0[x &* t0], q1 + x &* t1, q2 + x &* t2, varying)
          b0[x &* t0] += part
          add(part, b1 + x &* t1, b2 + x &* t2, varying)
        }
      }
    }
    if constant > 0 {
      // The second input where only the first varies, else the third, and both where there are two.
      let (b, t) = varying > 1 ? (belief + o2, t2) : (belief + o1, t1)
      b[0] += sum0
      if states > 1 { b[t] += sum1 }
      if states > 2 { b[2 &* t] += sum2 }
      if states > 3 { b[3 &* t] += sum3 }
    }
    if constant > 1 {
      let b = belief + o2
      b[0] += sum0
      if states > 1 { b[t2] += sum1 }
      if states > 2 { b[2 &* t2] += sum2 }
      if states > 3 { b[3 &* t2] += sum3 }
    }
    message &+= cells
  }
}

/// The products over the inputs that do not depend on the separator, for up to four states.
@inline(__always)
private func constantProducts(
  _ p1: UnsafePointer<Double>, _ p2: UnsafePointer<Double>, _ t1: Int, _ t2: Int, _ varying: Int, _ constant: Int,
  _ states: Int
) -> (Double, Double, Double, Double) {
  guard constant > 0 else { return (1, 1, 1, 1) }
  let (p, t) = varying > 1 ? (p2, t2) : (p1, t1)
  func product(_ x: Int) -> Double { constant > 1 ? p[x &* t] * p2[x &* t2] : p[x &* t] }
  return (product(0), states > 1 ? product(1) : 1, states > 2 ? product(2) : 1, states > 3 ? product(3) : 1)
}

/// The backward sweep over mere products: the mass of a cell is that of each of its factors.
@inline(never)
private func backwardProducts<Inputs: FixedCount>(
  _ group: NodeGroup, _ belief: UnsafeMutablePointer<Double>, _: Inputs.Type
) {
  let inputs = Inputs.value ?? group.inputs
  let cells = group.cells
  let (offsets0, offsets1, offsets2) = (group.first.offsets, group.second.offsets, group.third.offsets)
  let (index0, index1, index2) = (group.first.index, group.second.index, group.third.index)
  var message = belief + group.message
  for node in 0..<group.count {
    let b0 = belief + Int(offsets0[node])
    let b1 = inputs > 1 ? belief + Int(offsets1[node]) : b0
    let b2 = inputs > 2 ? belief + Int(offsets2[node]) : b0
    for s in 0..<cells {
      let mass = message[s]
      b0[Int(index0[s])] += mass
      if inputs > 1 { b1[Int(index1[s])] += mass }
      if inputs > 2 { b2[Int(index2[s])] += mass }
    }
    message += cells
  }
}
